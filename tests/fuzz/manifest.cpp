#include "build/manifest.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<Manifest> manifest = read_manifest({reinterpret_cast<const char*>(data), size});
  if (!manifest) return 0;
  for (const ManifestLanguage& language : manifest->languages) {
    CG_CHECK(language.list.find('/') == std::string::npos);
  }
  return 0;
}
