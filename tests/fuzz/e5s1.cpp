#include "build/model/e5s1.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<Model> model = import_e5s1({data, size}, {});
  if (model) {
    CG_CHECK(model->rows.rows == model->weights.shape.pieces);
    CG_CHECK(model->weights.layers.size() == model->weights.shape.layers);
  } else {
    CG_CHECK(model.error().code == ErrorCode::kInput || model.error().code == ErrorCode::kTooNew);
  }
  return 0;
}
