#include "command/model_place.h"

#include <filesystem>
#include <string_view>

#include "build/model/description.h"

namespace crossglot::command {
namespace {

namespace fs = std::filesystem;

bool is_pack(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kDescriptionName, ignored);
}

// What npm lets a package be called, as far as it matters here: nothing that leaves node_modules.
bool is_package_name(std::string_view name) {
  if (name.starts_with('@')) {
    const std::size_t slash = name.find('/');
    return slash != std::string_view::npos && slash > 1 && is_package_name(name.substr(slash + 1));
  }
  return !name.empty() && !name.starts_with('.') && name.find_first_of("/\\") == std::string_view::npos;
}

}  // namespace

Result<std::string> find_model(const std::string& model, const std::string& from) {
  if (is_pack(model)) return model;
  std::error_code ignored;
  if (fs::is_directory(model, ignored)) {
    return make_error(ErrorCode::kMissing, model + ": is no model pack, it has no " + kDescriptionName +
                                               "; `crossglot model import` makes one");
  }
  if (is_package_name(model)) {
    fs::path folder = fs::absolute(from, ignored);
    for (;;) {
      const fs::path candidate = folder / "node_modules" / model;
      if (is_pack(candidate)) return candidate.string();
      if (!folder.has_relative_path()) break;
      folder = folder.parent_path();
    }
  }
  return make_error(ErrorCode::kMissing, model + ": neither a folder with a model pack nor a package that npm has " +
                                             "installed here; try `npm install " + model + "`");
}

Result<std::string> find_model(const std::string& model) {
  return find_model(model, ".");
}

}  // namespace crossglot::command
