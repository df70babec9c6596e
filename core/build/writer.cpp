#include "build/writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>
#include <system_error>

#include "build/manifest.h"
#include "build/model/description.h"
#include "format/list_layout.h"

namespace crossglot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeside = ".part";

// What the files of a folder are called: one of a fixed name, the others by their content and one of a few
// extensions.
struct Names {
  std::string_view root;
  std::array<std::string_view, 3> extensions;
};
constexpr Names kBundleNames = {kManifestName, {kDataExtension, kListExtension, kVectorListExtension}};
constexpr Names kModelNames = {kDescriptionName, {kPackExtension, kPackExtension, kPackExtension}};

Error io_error(const std::string& what, const fs::path& path, const std::string& reason) {
  return make_error(ErrorCode::kIo, what + " " + path.string() + ": " + reason);
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

bool holds(const fs::path& path, const Bytes& bytes) {
  std::error_code ignored;
  if (fs::file_size(path, ignored) != bytes.size() || ignored) return false;
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.string().c_str(), "rb"));
  if (file == nullptr) return false;
  Bytes found(bytes.size());
  return std::fread(found.data(), 1, found.size(), file.get()) == found.size() && found == bytes;
}

Status write_file(const fs::path& path, const Bytes& bytes) {
  std::FILE* file = std::fopen(path.string().c_str(), "wb");
  if (file == nullptr) return io_error("cannot write", path, std::strerror(errno));
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int reason = errno;
  const bool closed = std::fclose(file) == 0;
  if (written && closed) return ok_status();
  return io_error("cannot write", path, std::strerror(written ? errno : reason));
}

// Writes beside, then renames: whoever reads `path` sees the old content or the new one.
Status replace_file(const fs::path& path, const Bytes& bytes) {
  const fs::path beside = path.string() + std::string(kBeside);
  Status status = write_file(beside, bytes);
  std::error_code error;
  if (status) {
    fs::rename(beside, path, error);
    if (error) status = io_error("cannot rename to", path, error.message());
  }
  if (!status) fs::remove(beside, error);
  return status;
}

bool is_data_name(std::string_view name, const Names& names) {
  if (name.ends_with(kBeside)) {
    name.remove_suffix(kBeside.size());
    if (name == names.root) return true;
  }
  const auto ends = [&](std::string_view extension) { return name.ends_with(extension); };
  if (std::none_of(names.extensions.begin(), names.extensions.end(), ends)) return false;
  const std::string_view stem = name.substr(0, name.find('.'));
  return stem.size() == 16 && stem.size() + 4 == name.size() &&
         stem.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What cannot be removed is harmless: nothing names it.
void remove_others(const fs::path& folder, const std::vector<BundleFile>& files, const Names& names) {
  std::set<std::string> kept;
  for (const BundleFile& file : files) kept.insert(file.name);
  std::vector<fs::path> old;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (is_data_name(name, names) && !kept.contains(name)) old.push_back(entry->path());
  }
  for (const fs::path& path : old) fs::remove(path, error);
}

Status write_folder(const std::string& folder, const std::vector<BundleFile>& files, const Names& names) {
  CG_CHECK(!files.empty() && files.back().name == names.root);
  const fs::path root(folder);
  std::error_code error;
  fs::create_directories(root, error);
  if (error || !fs::is_directory(root, error)) {
    return io_error("cannot make the folder", root, error ? error.message() : "something else has this name");
  }
  for (const BundleFile& file : files) {
    const fs::path path = root / file.name;
    if (holds(path, file.bytes)) continue;
    if (Status status = replace_file(path, file.bytes); !status) return status;
  }
  remove_others(root, files, names);
  return ok_status();
}

}  // namespace

Status write_bundle(const std::string& folder, const std::vector<BundleFile>& files) {
  return write_folder(folder, files, kBundleNames);
}

Status write_model(const std::string& folder, const std::vector<BundleFile>& files) {
  return write_folder(folder, files, kModelNames);
}

}  // namespace crossglot
