// What vectors.golden holds.
#pragma once

#include <string>

#include "embed/pack_fixture.h"

namespace crossglot::test {

// SHA-256 over the int8 vectors (quantise_vector) of all queries, then of all passages, of real_texts.h.
std::string golden_digest(const RealModel& model);

}  // namespace crossglot::test
