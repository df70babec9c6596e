// build/writer.h - a bundle's or a model's files into a folder, so that the folder holds a whole one at every moment.
//
// Every file is written beside its place and renamed into it; names are hashes of content, so the old bundle's files
// stay untouched until manifest.json (model.json), renamed last, names the new ones. Only then do files that a bundle
// could have written and this one does not name go away; all other files in the folder stay. An interrupted run
// leaves the old bundle working, and its leftovers go with the next one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "build/builder.h"

namespace crossglot {

// folder  created with its parents when it is not there.
// files   of Builder::finish: manifest.json is the last.
// Errors: kIo, naming the path and what the system said; the folder's bundle is then the old one.
Status write_bundle(const std::string& folder, const std::vector<BundleFile>& files);

// The same for a model pack: files of write_pack, model.json the last.
Status write_model(const std::string& folder, const std::vector<BundleFile>& files);

}  // namespace crossglot
