// command/vector_file.h - the cache of vectors on disk (build/model/vector_cache.h says what hosts keep to).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "build/vector_work.h"

namespace crossglot::command {

class VectorFile {
 public:
  // Keeps nothing.
  VectorFile() = default;
  // Makes the folder of `path`. Errors: kIo, as when nothing can be written there.
  static Result<VectorFile> open(const std::string& path);
  ~VectorFile();
  VectorFile(VectorFile&& other) noexcept;
  VectorFile& operator=(VectorFile&& other) noexcept;

  // Gives the file to `work`, and makes it ready for records. Errors: kIo.
  Status read(VectorWork& work);
  // Precondition: read() was called. Errors: kIo, as when the disk is full; some of the records may be there.
  Status append(const Bytes& records);

 private:
  Status begin_anew(const Bytes& header);
  Error error(const std::string& what) const;

  std::string path_;
  int file_ = -1;
};

}  // namespace crossglot::command
