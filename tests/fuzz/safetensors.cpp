#include "build/model/safetensors.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<SafeTensors> tensors = SafeTensors::open({data, size});
  if (!tensors) {
    CG_CHECK(tensors.error().code == ErrorCode::kInput && !tensors.error().message.empty());
    return 0;
  }
  for (const char* name : {"f32", "f16", "bf16", "i64"}) {
    const Result<std::vector<float>> values = tensors->read(name, {2, 3});
    if (values) CG_CHECK(values->size() == 6);
    (void)tensors->rows(name);
  }
  return 0;
}
