#include "command/document_stream.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace crossglot::command {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

Error file_error(const std::string& path, int number) {
  const ErrorCode code = number == ENOENT || number == ENOTDIR ? ErrorCode::kMissing : ErrorCode::kIo;
  return make_error(code, path + ": " + std::strerror(number));
}

}  // namespace

Result<std::unique_ptr<DocumentStream>> DocumentStream::open(std::vector<std::string> paths,
                                                             std::size_t chunk_bytes) {
  std::unique_ptr<DocumentStream> stream(new DocumentStream);
  for (const std::string& path : paths) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return file_error(path, errno);
    if (S_ISDIR(status.st_mode)) return file_error(path, EISDIR);
    if (S_ISREG(status.st_mode)) stream->bytes_total_ += static_cast<std::uint64_t>(status.st_size);
  }
  stream->paths_ = std::move(paths);
  stream->chunk_bytes_ = chunk_bytes;
  return stream;
}

std::uint64_t DocumentStream::bytes_done() const {
  const std::lock_guard lock(mutex_);
  return bytes_done_;
}

bool DocumentStream::fill(std::string& text) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t used = text.size();
    text.resize(used + chunk_bytes_);
    const std::size_t got = std::fread(text.data() + used, 1, chunk_bytes_, file_.get());
    text.resize(used + got);
    bytes_done_ += got;
    if (got == 0) return false;
    const std::size_t line_end = std::string_view(text).substr(searched).rfind('\n');
    if (line_end != std::string_view::npos) {
      rest_.assign(text, searched + line_end + 1);
      text.resize(searched + line_end + 1);
      return true;
    }
    searched = text.size();
  }
}

Result<std::optional<DocumentChunk>> DocumentStream::next() {
  const std::lock_guard lock(mutex_);
  while (file_number_ < paths_.size()) {
    const std::string& path = paths_[file_number_];
    const bool at_start = !file_;
    if (at_start) {
      file_.reset(std::fopen(path.c_str(), "rb"));
      if (!file_) return file_error(path, errno);
      line_ = 1;
    }
    DocumentChunk chunk;
    chunk.text.swap(rest_);
    const bool more = fill(chunk.text);
    if (!more) {
      if (std::ferror(file_.get()) != 0) return file_error(path, errno);
      file_.reset();
      ++file_number_;
    }
    if (at_start && chunk.text.starts_with(kByteOrderMark)) chunk.text.erase(0, kByteOrderMark.size());
    if (chunk.text.empty()) continue;
    chunk.number = chunk_number_++;
    chunk.file_name = path;
    chunk.first_line = line_;
    line_ += static_cast<std::uint64_t>(std::count(chunk.text.begin(), chunk.text.end(), '\n'));
    return std::optional<DocumentChunk>(std::move(chunk));
  }
  return std::optional<DocumentChunk>();
}

}  // namespace crossglot::command
