#include "command/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace crossglot::command {

namespace fs = std::filesystem;

std::string content_type(std::string_view file_name) {
  // .cgl and .cgt are gzip files that the page inflates itself: a Content-Encoding would make the browser do it.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".htm", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".webp", "image/webp"},
      {".avif", "image/avif"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".ttf", "font/ttf"},
      {".txt", "text/plain; charset=utf-8"},
      {".md", "text/plain; charset=utf-8"},
      {".xml", "application/xml"},
      {".pdf", "application/pdf"},
      {".mp4", "video/mp4"},
      {".webm", "video/webm"},
  }};
  const std::size_t dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    std::string extension(file_name.substr(dot));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& [known, type] : kTypes) {
      if (extension == known) return std::string(type);
    }
  }
  return "application/octet-stream";
}

std::string cache_control(std::string_view file_name) {
  constexpr std::size_t kHashDigits = 16;
  std::size_t run = 0;
  for (const char c : file_name) {
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    run = digit ? run + 1 : 0;
    if (run >= kHashDigits) return "public, max-age=31536000, immutable";
  }
  return "no-cache";
}

Result<StaticFiles> StaticFiles::open(const std::string& root) {
  std::error_code error;
  const fs::path canonical = fs::canonical(root, error);
  if (error) return make_error(ErrorCode::kMissing, root + ": " + error.message());
  if (!fs::is_directory(canonical, error)) return make_error(ErrorCode::kIo, root + ": not a folder");
  StaticFiles files;
  files.root_ = canonical.string();
  return files;
}

Result<StaticFile> StaticFiles::find(std::string_view request_path) const {
  const auto nothing = [&] { return make_error(ErrorCode::kMissing, "there is no " + std::string(request_path)); };
  if (request_path.empty() || request_path.front() != '/') return nothing();
  if (request_path.find('\0') != std::string_view::npos || request_path.find('\\') != std::string_view::npos) {
    return nothing();
  }
  std::error_code error;
  // canonical() follows links and resolves "..", so that what is compared with the root is the file that is read.
  fs::path path = fs::canonical(root_ + std::string(request_path), error);
  if (error) return nothing();
  StaticFile file;
  const bool folder = fs::is_directory(path, error);
  if (folder && request_path.back() != '/') {
    file.needs_slash = true;
  } else if (folder) {
    path = fs::canonical(path / "index.html", error);
    if (error) return nothing();
  } else if (request_path.back() == '/') {
    return nothing();
  }
  const std::string real = path.string();
  const bool inside = root_ == "/" || real == root_ ||
                      (real.size() > root_.size() && real.starts_with(root_) && real[root_.size()] == '/');
  if (!inside) return nothing();
  if (file.needs_slash) return file;
  if (!fs::is_regular_file(path, error)) return nothing();
  file.path = real;
  const std::string name = path.filename().string();
  file.content_type = content_type(name);
  file.cache_control = cache_control(name);
  return file;
}

}  // namespace crossglot::command
