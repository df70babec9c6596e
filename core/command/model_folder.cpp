#include "command/model_folder.h"

#include <filesystem>

#include "command/file.h"

namespace crossglot::command {

ReadFile read_from_folder(const std::string& folder) {
  return
      [folder](const std::string& name) { return read_whole_file((std::filesystem::path(folder) / name).string()); };
}

}  // namespace crossglot::command
