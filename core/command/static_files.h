// command/static_files.h - which file answers a request, and with which headers. No network here.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace crossglot::command {

struct StaticFile {
  std::string path;  // of a regular file inside the root
  std::string content_type;
  std::string cache_control;
  bool needs_slash = false;  // the request named a folder without its slash; nothing else is filled
};

class StaticFiles {
 public:
  // Errors: kMissing, kIo when `root` is not a folder.
  static Result<StaticFiles> open(const std::string& root);

  // request_path  decoded, starting with '/'. A folder answers with its index.html.
  // Errors: kMissing: nothing there, or outside of the root (by "..", by a link, by any spelling).
  Result<StaticFile> find(std::string_view request_path) const;

 private:
  std::string root_;  // canonical
};

std::string content_type(std::string_view file_name);

// "no-cache" for the manifest and pages; a year and immutable for names with a content hash (16 hex digits or more).
std::string cache_control(std::string_view file_name);

}  // namespace crossglot::command
