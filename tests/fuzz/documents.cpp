#include "build/documents.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<Document> document = parse_document({reinterpret_cast<const char*>(data), size});
  if (document) {
    CG_CHECK(!document->url.empty() && !document->lang.empty() && !document->sections.empty());
  } else {
    CG_CHECK(document.error().code == ErrorCode::kInput && !document.error().message.empty());
  }
  return 0;
}
