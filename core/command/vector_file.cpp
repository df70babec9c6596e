#include "command/vector_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace crossglot::command {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1 << 20;

// Every write goes to the end, whoever else writes.
int open_file(const std::string& path, int more) {
  return ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | more, 0666);
}

bool write_all(int file, ByteSpan bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Error VectorFile::error(const std::string& what) const {
  return make_error(ErrorCode::kIo, what + " " + path_ + ": " + std::strerror(errno));
}

Result<VectorFile> VectorFile::open(const std::string& path) {
  VectorFile cache;
  cache.path_ = path;
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) {
    return make_error(ErrorCode::kIo, "cannot make the folder of the cache " + path + ": " + error.message());
  }
  cache.file_ = open_file(path, O_CREAT);
  if (cache.file_ < 0) return cache.error("cannot write");
  return cache;
}

VectorFile::~VectorFile() {
  if (file_ >= 0) ::close(file_);
}

VectorFile::VectorFile(VectorFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

VectorFile& VectorFile::operator=(VectorFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

Status VectorFile::read(VectorWork& work) {
  if (file_ < 0) return ok_status();
  Bytes piece(kPieceBytes);
  off_t position = 0;
  for (;;) {
    const ssize_t size = ::pread(file_, piece.data(), piece.size(), position);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return error("cannot read");
    if (size == 0) break;
    work.read_cache(ByteSpan(piece).first(static_cast<std::size_t>(size)));
    position += size;
  }
  const auto good = static_cast<off_t>(work.cache().good_bytes());
  if (good == 0) return begin_anew(work.cache().header());
  if (good < position && ::ftruncate(file_, good) != 0) return error("cannot write");
  return ok_status();
}

// Beside, then renamed: of two runs that begin at once one keeps its records, and neither breaks the file.
Status VectorFile::begin_anew(const Bytes& header) {
  const std::string beside = path_ + "." + std::to_string(::getpid());
  const int file = open_file(beside, O_CREAT | O_TRUNC);
  if (file < 0) return error("cannot write");
  ::close(std::exchange(file_, file));
  if (write_all(file, header) && ::rename(beside.c_str(), path_.c_str()) == 0) return ok_status();
  const Error failed = error("cannot write");
  ::unlink(beside.c_str());
  return failed;
}

Status VectorFile::append(const Bytes& records) {
  if (file_ < 0 || write_all(file_, records)) return ok_status();
  return error("cannot write");
}

}  // namespace crossglot::command
