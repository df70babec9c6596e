// wasm/json_text.h - the few JSON texts that the C interface writes itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crossglot {

// Appends `text` as a JSON string. Control characters, '"' and '\' are escaped; other bytes are copied.
void append_json_string(std::string& out, std::string_view text);

std::string json_array(const std::vector<std::string>& texts);

}  // namespace crossglot
