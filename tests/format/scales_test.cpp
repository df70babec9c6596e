// The one-byte logarithmic scales.
#include <catch_amalgamated.hpp>

#include "format/list.h"
#include "format/term_shard.h"

namespace crossglot {
namespace {

TEST_CASE("every frequency code decodes to what encodes to it") {
  for (int code = 0; code < 32; ++code) {
    CHECK(encode_frequency(decode_frequency(static_cast<std::uint8_t>(code))) == code);
  }
  CHECK(decode_frequency(0) == 0.05F);
  CHECK(decode_frequency(31) == Catch::Approx(105.3).epsilon(0.01));
  CHECK(decode_frequency(kPlaceMask | 7) == decode_frequency(7));
}

TEST_CASE("a word is the greater share of a title the shorter it is, and a title is a better place than a heading") {
  CHECK(place_share(kInBody | 31) == 0.0F);
  CHECK(place_share(title_place(1)) == 1.0F);
  CHECK(place_share(heading_place(1)) == 1.0F);
  for (std::uint32_t words = 1; words < 12; ++words) {
    CHECK(place_of(title_place(words) | 31) == title_place(words));
    CHECK(title_place(words) >= title_place(words + 1));
    CHECK(place_share(title_place(words)) >= place_share(title_place(words + 1)));
    CHECK(heading_place(words) >= heading_place(words + 1));
    CHECK(title_place(words) > heading_place(1));
    CHECK(heading_place(words) >= kInHeading);
  }
}

TEST_CASE("frequencies round to the nearest in the logarithm and are clamped at both ends") {
  CHECK(encode_frequency(0) == 0);
  CHECK(encode_frequency(1e9) == 31);
  for (const double frequency : {0.06, 0.3, 1.0, 2.5, 17.0, 80.0}) {
    CHECK(decode_frequency(encode_frequency(frequency)) == Catch::Approx(frequency).epsilon(0.14));
  }
}

TEST_CASE("weights keep 1 exactly and are clamped to a sixteenth and sixteen") {
  CHECK(encode_weight(1.0) == 0);
  CHECK(decode_weight(0) == 1.0F);
  CHECK(decode_weight(encode_weight(1000)) == Catch::Approx(16));
  CHECK(decode_weight(encode_weight(0.001)) == Catch::Approx(1.0 / 16));
  CHECK(decode_weight(encode_weight(-3)) == Catch::Approx(1.0 / 16));
  CHECK(decode_weight(0x80) == Catch::Approx(1.0 / 16));
  for (const double weight : {0.1, 0.5, 0.99, 1.5, 10.0}) {
    CHECK(decode_weight(encode_weight(weight)) == Catch::Approx(weight).epsilon(0.012));
  }
}

TEST_CASE("lengths grow with their words and lie within five percent") {
  CHECK(decode_length(encode_length(0)) == 0);
  CHECK(decode_length(encode_length(1)) == 1);
  float last = -1;
  for (int code = 0; code < 256; ++code) {
    const float length = decode_length(static_cast<std::uint8_t>(code));
    CHECK(length > last);
    last = length;
  }
  for (const std::uint64_t words : {3ULL, 17ULL, 290ULL, 1'000'000ULL}) {
    CHECK(decode_length(encode_length(words)) == Catch::Approx(static_cast<double>(words)).epsilon(0.05));
  }
}

}  // namespace
}  // namespace crossglot
