// base/result.h - a value or an error; nothing in the core throws.
//
// Numbers of ErrorCode are part of the C ABI and of the TypeScript `SearchError`: they never change meaning.
// A Result that holds an error has no value: asking for it is a broken precondition (CG_CHECK).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"

namespace crossglot {

enum class ErrorCode : std::uint8_t {
  kOk = 0,
  kArgument = 1,  // the caller's words are off: a query too long, an unknown option
  kInput = 2,     // a document, a list of queries or a file of the user's is broken
  kCorrupt = 3,   // bytes of a bundle fail validation: magic, bounds, checksum, cross-reference
  kTooNew = 4,    // written by a later format version than this reader knows
  kTooOld = 5,    // written by a format version that this reader no longer knows
  kMissing = 6,   // a file that the bundle names is not there
  kMemory = 7,
  kIo = 8,  // reading or writing failed; the message names the path
};

struct Error {
  ErrorCode code = ErrorCode::kOk;
  std::string message;  // one sentence for a person, naming the file, line or field where there is one
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}     // NOLINT(google-explicit-constructor)
  Result(Error error) : error_(std::move(error)) {  // NOLINT(google-explicit-constructor)
    CG_CHECK(error_.code != ErrorCode::kOk);
  }

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    CG_CHECK(!ok());
    return error_;
  }
  T& value() {
    CG_CHECK(ok());
    return *value_;
  }
  const T& value() const {
    CG_CHECK(ok());
    return *value_;
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::optional<T> value_;
  Error error_;
};

// What a function that only succeeds or fails returns.
struct Done {};
using Status = Result<Done>;
inline Status ok_status() {
  return Done{};
}

inline Error make_error(ErrorCode code, std::string message) {
  return Error{code, std::move(message)};
}

}  // namespace crossglot
