#include "base/sort.h"

#include <algorithm>
#include <catch2/catch_amalgamated.hpp>
#include <functional>
#include <string>

using namespace crossglot;

namespace {

// xorshift: the same numbers on every platform.
std::uint64_t next_number(std::uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

template <typename Number>
void check_numbers(std::size_t count, std::uint64_t mask) {
  std::uint64_t state = 88172645463325252ULL + count;
  std::vector<Number> numbers(count);
  for (Number& number : numbers) number = static_cast<Number>(next_number(state) & mask);
  std::vector<Number> expected = numbers;
  std::sort(expected.begin(), expected.end());
  std::vector<Number> heap = numbers;
  sort_small(std::span(heap));
  sort_numbers(numbers);
  CHECK(numbers == expected);
  CHECK(heap == expected);
}

}  // namespace

TEST_CASE("numbers of every width and length come out ascending") {
  for (std::size_t count : {0, 1, 2, 3, 4, 7, 100, 255, 256, 257, 5000}) {
    for (std::uint64_t mask : {0ULL, 1ULL, 0xffULL, 0xff00ULL, 0x1ffffULL, 0xffffffffULL}) {
      check_numbers<std::uint32_t>(count, mask);
      check_numbers<std::uint64_t>(count, mask << 32 | 0xf);
      check_numbers<std::uint64_t>(count, mask);
    }
    check_numbers<std::uint64_t>(count, ~0ULL);
  }
}

TEST_CASE("the first of many are put in order in front, and none is lost") {
  std::uint64_t state = 88172645463325252ULL;
  std::vector<std::uint64_t> numbers(1000);
  for (std::uint64_t& number : numbers) number = next_number(state);
  std::vector<std::uint64_t> expected = numbers;
  std::sort(expected.begin(), expected.end(), std::greater<>());
  for (std::size_t count : {0, 1, 2, 3, 10, 500, 999, 1000, 2000}) {
    std::vector<std::uint64_t> first = numbers;
    sort_first(std::span(first), count, std::greater<>());
    const auto end = static_cast<std::ptrdiff_t>(std::min(count, first.size()));
    CHECK(std::equal(first.begin(), first.begin() + end, expected.begin()));
    std::sort(first.begin(), first.end(), std::greater<>());
    CHECK(first == expected);
  }
  std::vector<std::uint64_t> none;
  sort_first(std::span(none), 3);
  CHECK(none.empty());
}

TEST_CASE("items are sorted by the order that is given") {
  std::vector<std::string> words = {"b", "ccc", "aa", "", "dddd"};
  sort_small(std::span(words), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  CHECK(words == std::vector<std::string>{"dddd", "ccc", "aa", "b", ""});
}
