#include "command/command.h"

#include <cstdio>

namespace crossglot::command {

int fail(const std::string& message) {
  std::fprintf(stderr, "crossglot: %s\n", message.c_str());
  return kExitBadInput;
}

int fail(const Error& error) {
  return fail(error.message);
}

Status check_mode(const std::string& mode) {
  if (mode == "lexical") return ok_status();
  if (mode == "dense" || mode == "hybrid") {
    return make_error(ErrorCode::kArgument, "--mode " + mode + ": this build has no encoder; use --mode lexical");
  }
  return make_error(ErrorCode::kArgument, "--mode " + mode + ": no such mode; use --mode lexical");
}

}  // namespace crossglot::command
