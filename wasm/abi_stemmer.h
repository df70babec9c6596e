// wasm/abi_stemmer.h - where a module finds its stemmers: the one difference between the two modules' search.
//
//   host_stemmer.cpp     the browser's core asks its host, which holds one small module per algorithm
//   linked_stemmer.cpp   the indexer's core has all algorithms linked in
#pragma once

#include <memory>

#include "text/stemmer.h"

namespace crossglot {

std::unique_ptr<Stemmer> make_abi_stemmer();

}  // namespace crossglot
