// wasm/request.h - the text of a request at the C interface (crossglot.h, cg_search) as the core's SearchRequest.
//
// Lines "key=value". Not JSON, so that what ships to the browser needs no parser of it.
//
//   query=voiture \\ électrique      "\\" a backslash, "\n" a new line
//   lang=fr
//   in=fr,de
//   filter=version:2.1               may repeat; the first ':' divides key and value
//   vector=7f80 ...                  of the query, as meaning.h has it; not where words alone are searched, nor is
//   mode
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/index.h"

namespace crossglot {

// Empty lines are ignored; a key that may not repeat takes its last value.
// Errors: kArgument naming the key: unknown, a number out of range, a flag that is not 0 or 1, a line without '='.
Result<SearchRequest> parse_request(std::string_view text);

// "fr,de" -> {"fr", "de"}. Empty parts are left out.
std::vector<std::string> split(std::string_view list, char separator);

}  // namespace crossglot
