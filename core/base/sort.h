// base/sort.h - sorting for code that browsers load: one small function for each order.
//
// std::sort unrolls into two to four kilobytes of wasm for every type and order that it is called with; heapsort into
// a few hundred bytes, at about twice the time. Right for lists of hundreds; for tens of thousands of numbers in the
// middle of a query std::sort earns its size.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <utility>

namespace crossglot {

// Sorts by `before`, a strict order in which no two different items tie: what is tied comes out in any order.
// O(n log n) for every input, in place.
template <typename Item, typename Before = std::less<>>
void sort_small(std::span<Item> items, Before before = {}) {
  std::size_t roots = items.size() / 2;  // a heap with the last item in front, built from its last parent on
  std::size_t size = items.size();
  while (size > 1) {
    if (roots > 0) {
      --roots;
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

}  // namespace crossglot
