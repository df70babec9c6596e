// command/document_stream.h - documents.jsonl in pieces of whole lines, handed to any number of threads.
//
// A chunk ends at a line end, so that every chunk can be analysed on its own; a line longer than a chunk makes a
// chunk of its own length. Chunks are numbered over all files in the order given: segments added to the Builder in
// that order give the same bundle whatever the number of threads.
//
// Threads  next() may be called from several threads at once.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace crossglot::command {

struct DocumentChunk {
  std::size_t number = 0;
  std::string file_name;
  std::uint64_t first_line = 1;
  std::string text;  // whole lines
};

class DocumentStream {
 public:
  // Errors of open(): kMissing, kIo, naming the file. All files are looked at before the first is read.
  static Result<std::unique_ptr<DocumentStream>> open(std::vector<std::string> paths,
                                                      std::size_t chunk_bytes = std::size_t{1} << 20);

  // The next chunk, or nothing after the last. Errors: kIo.
  Result<std::optional<DocumentChunk>> next();

  // Bytes handed out so far and in all files together (0 where a file is a pipe).
  std::uint64_t bytes_done() const;
  std::uint64_t bytes_total() const { return bytes_total_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  DocumentStream() = default;
  // Reads until `text` ends with a line end or the file ends. Returns false at the end of the file.
  bool fill(std::string& text);

  mutable std::mutex mutex_;
  std::vector<std::string> paths_;
  std::size_t chunk_bytes_ = 0;
  std::size_t file_number_ = 0;
  std::unique_ptr<std::FILE, Closer> file_;
  std::string rest_;  // the begun line behind the last chunk
  std::uint64_t line_ = 1;
  std::size_t chunk_number_ = 0;
  std::uint64_t bytes_done_ = 0;
  std::uint64_t bytes_total_ = 0;
};

}  // namespace crossglot::command
