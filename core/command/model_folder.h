// command/model_folder.h - the files of a folder, as importers and readers of models ask for them.
#pragma once

#include <string>

#include "build/model/model.h"

namespace crossglot::command {

// Errors: kMissing, kIo; messages name the path.
ReadFile read_from_folder(const std::string& folder);

}  // namespace crossglot::command
