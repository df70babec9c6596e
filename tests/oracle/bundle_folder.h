// What both dumps share: values that are there or end the program, and a bundle's files inflated.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "build/gzip.h"
#include "format/list.h"

namespace crossglot::test {

// The value, or the end with the error's sentence on stderr and status 1.
template <typename T>
T need(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

inline Bytes read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A list of the bundle (of a language, or of vectors), with the files that it names.
template <typename List>
struct ListFolder {
  ListFolder(const std::string& folder, const std::string& name) : list(need(List::open(inflated(folder, name)))) {
    for (const FileEntry& file : list.files) files.push_back(inflated(folder, file.name));
  }

  ByteSpan bytes(const Part& part) const {
    if (part.file == kInlineFile) return list.inline_bytes(part);
    return ByteSpan(files[part.file]).subspan(part.begin, part.size);
  }

  static Bytes inflated(const std::string& folder, const std::string& name) {
    return need(gunzip(read_file(folder + "/" + name), kRawBytesMax));
  }

  List list;
  std::vector<Bytes> files;
};

}  // namespace crossglot::test
