// approve_vectors small|real: prints the digest for small_vectors.golden or vectors.golden. Run by ./approve, never
// by a test.
#include <cstdio>
#include <string_view>

#include "embed/golden.h"
#include "embed/small_digest.h"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "small") {
    std::printf("%s\n", crossglot::test::small_digest().c_str());
    return 0;
  }
  const std::string folder = crossglot::test::model_folder();
  const std::optional<crossglot::test::RealModel> model =
      folder.empty() ? std::nullopt : crossglot::test::read_model(folder);
  if (!model.has_value()) return 1;
  std::printf("%s\n", crossglot::test::golden_digest(*model).c_str());
}
