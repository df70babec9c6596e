// base/sort.h - sorting for code that browsers load: one small function for each order.
//
// std::sort unrolls into two to four kilobytes of wasm for every type and order that it is called with. sort_small, a
// heapsort, takes a few hundred bytes and about twice the time: right for lists of hundreds. sort_first keeps the few
// best of many thousands in such a heap and leaves the others alone. sort_numbers, a radix sort, is as small and
// faster than std::sort on the thousands of numbers that a query handles.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace crossglot {

// Puts the first `count` items by `before` in front, in order, and the others behind them in any. `before` is a
// strict order in which no two different items tie: what is tied comes out in any order. O(n log count) for every
// input, in place.
template <typename Item, typename Before = std::less<>>
void sort_first(std::span<Item> items, std::size_t count, Before before = {}) {
  const std::size_t kept = std::min(count, items.size());
  std::size_t roots = kept / 2;  // a heap with the last of the kept in front, built from its last parent on
  std::size_t next = kept;       // then what comes before that one takes its place
  std::size_t size = kept;       // then the kept are put in order, from the last on
  while (size > 1 || next < items.size()) {
    if (roots > 0) {
      --roots;
    } else if (next < items.size()) {
      if (!before(items[next++], items[0])) continue;
      std::swap(items[0], items[next - 1]);
    } else {
      --size;
      std::swap(items[0], items[size]);
    }
    for (std::size_t parent = roots;;) {
      std::size_t child = 2 * parent + 1;
      if (child >= size) break;
      if (child + 1 < size && before(items[child], items[child + 1])) ++child;
      if (!before(items[parent], items[child])) break;
      std::swap(items[parent], items[child]);
      parent = child;
    }
  }
}

template <typename Item, typename Before = std::less<>>
void sort_small(std::span<Item> items, Before before = {}) {
  sort_first(items, items.size(), before);
}

// Ascending, for unsigned numbers. O(n) for every digit (byte) that is not the same in all of them.
template <typename Number>
void sort_numbers(std::vector<Number>& numbers) {
  Number any = 0;
  Number all = static_cast<Number>(~Number{0});
  for (const Number number : numbers) {
    any |= number;
    all &= number;
  }
  const Number varying = any ^ all;
  std::vector<Number> sorted;
  for (unsigned shift = 0; shift < 8 * sizeof(Number); shift += 8) {
    if ((varying >> shift & 0xff) == 0 || numbers.empty()) continue;
    std::array<std::uint32_t, 256> begin{};
    for (const Number number : numbers) ++begin[number >> shift & 0xff];
    std::uint32_t next = 0;
    for (std::uint32_t& entry : begin) next += std::exchange(entry, next);
    sorted.resize(numbers.size());
    for (const Number number : numbers) sorted[begin[number >> shift & 0xff]++] = number;
    numbers.swap(sorted);
  }
}

}  // namespace crossglot
