#include "build/builder.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Builder builder;
  // What add() accepts can be built.
  if (builder.add(Bytes(data, data + size))) CG_CHECK(builder.finish({}).ok());
  return 0;
}
