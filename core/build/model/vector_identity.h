// build/model/vector_identity.h - what vectors are of: the names by which a bundle and a cache know a model.
#pragma once

#include <string>

#include "build/model/description.h"

namespace crossglot {

// What a bundle calls the vectors of this model: pack, arithmetic and passage rules. A query encoded by another one
// must not meet them.
std::string vector_identity(const ModelDescription& description);

// The cache's header names pack and arithmetic; its file, in the cache's folder, the pack.
std::string cache_identity(const ModelDescription& description);
std::string cache_file_name(const ModelDescription& description);

}  // namespace crossglot
