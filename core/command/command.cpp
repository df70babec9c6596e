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

}  // namespace crossglot::command
