// Prints the digest for vectors.golden. Run by ./approve, never by a test.
#include <cstdio>

#include "embed/golden.h"

int main() {
  const std::string folder = crossglot::test::model_folder();
  const std::optional<crossglot::test::RealModel> model =
      folder.empty() ? std::nullopt : crossglot::test::read_model(folder);
  if (!model.has_value()) return 1;
  std::printf("%s\n", crossglot::test::golden_digest(*model).c_str());
}
