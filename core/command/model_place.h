// command/model_place.h - which folder `--model` means: a folder, or a package that npm has installed.
#pragma once

#include <string>

#include "base/result.h"

namespace crossglot::command {

// model  the folder of a model pack, or the name of an npm package that is one ("crossglot-model-x",
//        "@scope/model"), looked up as Node does: in node_modules of `from` and of the folders around it.
// Errors: kMissing, with what to do.
Result<std::string> find_model(const std::string& model, const std::string& from);

// The same from the current folder.
Result<std::string> find_model(const std::string& model);

}  // namespace crossglot::command
