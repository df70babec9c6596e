#include "build/model/vector_identity.h"

#include "build/passages.h"
#include "embed/encoder.h"

namespace crossglot {

std::string vector_identity(const ModelDescription& description) {
  return cache_identity(description) + "-" + kPassageRules;
}

std::string cache_identity(const ModelDescription& description) {
  return description.id + "-" + std::to_string(kVectorFormat);
}

std::string cache_file_name(const ModelDescription& description) {
  return description.id.substr(0, 16) + ".vectors";
}

}  // namespace crossglot
