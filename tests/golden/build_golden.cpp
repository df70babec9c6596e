// build_golden DOCUMENTS FOLDER: writes the bundle of the documents. Run by ./approve, never by a test.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "build/builder.h"
#include "build/writer.h"

using namespace crossglot;

int main(int argument_count, char** arguments) {
  if (argument_count != 3) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  AnalyseOptions options;
  options.file_name = arguments[1];
  Result<Segment> segment = analyse(text, options, *stemmer);
  Error error;
  if (!segment) {
    error = segment.error();
  } else {
    Builder builder;
    (void)builder.add(std::move(segment->bytes)).ok();
    const Result<std::vector<BundleFile>> files = builder.finish({});
    const Status status = files ? write_bundle(arguments[2], *files) : Status(files.error());
    if (status) return 0;
    error = status.error();
  }
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}
