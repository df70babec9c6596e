// base/check.h - stop at a broken precondition, in every build.
//
// Errors in input are values (base/result.h). A broken precondition is a bug in the caller: going on would
// read or write what it must not, so the process ends with the place and the condition that did not hold.
#pragma once

namespace crossglot {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace crossglot

#define CG_CHECK(condition)                                      \
  do {                                                           \
    if (!(condition)) [[unlikely]]                               \
      ::crossglot::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
