// build/bundle.h - the parts of all languages as the bundle's files: packed, compressed, named, listed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "build/builder.h"
#include "build/language_parts.h"
#include "build/vector_parts.h"

namespace crossglot {

// Consumes the parts. vectors: null where the bundle has none. Files come in the order to write them in: data, lists,
// manifest.json. Fills the sizes of `report`, whose languages are those of `parts`.
Result<std::vector<BundleFile>> assemble(std::vector<LanguageParts> parts, const VectorParts* vectors,
                                         std::uint64_t groups, unsigned threads, BuildReport& report);

// A language as search/index.h takes it: what a bundle's files inflate to.
struct LoosePack {
  Bytes list;
  std::vector<std::pair<std::string, Bytes>> files;  // by the names that the list has for them
};

// Errors: kInput when a page is too large for a file.
Result<LoosePack> pack_loose(const LanguageParts& parts);

}  // namespace crossglot
