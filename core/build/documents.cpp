#include "build/documents.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "text/language.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kAddressBytesMax = 8192;  // of an address, a group, an anchor, a filter
constexpr std::size_t kTitleBytesMax = 65535;   // of a title or a heading

// Reads fields of one object; the first problem stays and the rest is not looked at.
class Fields {
 public:
  Fields(const Json& object, std::string path, std::string& problem)
      : object_(object), path_(std::move(path)), problem_(problem) {}

  void fail(const std::string& field, const std::string& what) {
    if (problem_.empty()) problem_ = path_ + field + ": " + what;
  }

  const Json* find(const char* field) const {
    if (!problem_.empty()) return nullptr;
    const auto at = object_.find(field);
    return at == object_.end() || at->is_null() ? nullptr : &*at;
  }

  std::string text(const char* field, std::size_t bytes_max) {
    const Json* value = find(field);
    if (value == nullptr) return {};
    if (!value->is_string()) {
      fail(field, "must be a string");
      return {};
    }
    const std::string& text = value->get_ref<const std::string&>();
    if (text.size() > bytes_max) fail(field, "is longer than " + std::to_string(bytes_max) + " bytes");
    return text;
  }

  const Json* array(const char* field) {
    const Json* value = find(field);
    if (value == nullptr || value->is_array()) return value;
    fail(field, "must be an array");
    return nullptr;
  }

  const Json* object(const char* field) {
    const Json* value = find(field);
    if (value == nullptr || value->is_object()) return value;
    fail(field, "must be an object");
    return nullptr;
  }

 private:
  const Json& object_;
  std::string path_;
  std::string& problem_;
};

void read_language(Fields& fields, Document& document) {
  const std::string tag = fields.text("lang", 255);
  document.lang = tag.empty() ? kUndetermined : normalize_language(tag);
  if (document.lang.empty()) fields.fail("lang", "\"" + tag + "\" is not a language tag");
  document.dir = fields.text("dir", 255);
  if (document.dir.empty() || document.dir == "auto") document.dir = text_direction(document.lang);
  if (document.dir != "ltr" && document.dir != "rtl") fields.fail("dir", "must be \"ltr\" or \"rtl\"");
}

void read_weight(Fields& fields, Document& document) {
  const Json* value = fields.find("weight");
  if (value == nullptr) return;
  if (value->is_number()) document.weight = value->get<double>();
  if (!value->is_number() || !(document.weight > 0) || document.weight > 1e9) {
    fields.fail("weight", "must be a number above 0");
  }
}

void read_alternates(Fields& fields, Document& document) {
  const Json* value = fields.object("alternates");
  if (value == nullptr) return;
  for (const auto& [lang, url] : value->items()) {
    if (!url.is_string()) return fields.fail("alternates." + lang, "must be a string");
    document.alternates.emplace_back(lang, url.get_ref<const std::string&>());
  }
}

void read_filters(Fields& fields, Document& document) {
  const Json* value = fields.object("filters");
  if (value == nullptr) return;
  for (const auto& [key, values] : value->items()) {
    if (values.is_string()) {
      document.filters.emplace_back(key, values.get_ref<const std::string&>());
      continue;
    }
    if (!values.is_array()) return fields.fail("filters." + key, "must be an array of strings");
    for (const Json& entry : values) {
      if (!entry.is_string()) return fields.fail("filters." + key, "must be an array of strings");
      document.filters.emplace_back(key, entry.get_ref<const std::string&>());
    }
  }
}

bool is_span(const Json& span, std::size_t text_size) {
  if (!span.is_array() || span.size() != 3 || !span[0].is_number_unsigned() || !span[1].is_number_unsigned() ||
      !span[2].is_string()) {
    return false;
  }
  const std::uint64_t begin = span[0].get<std::uint64_t>();
  const std::uint64_t end = span[1].get<std::uint64_t>();
  return begin <= end && end <= text_size;
}

void read_section(const Json& value, const std::string& path, std::string& problem, DocumentSection& section) {
  if (!value.is_object()) {
    if (problem.empty()) problem = path + ": must be an object";
    return;
  }
  Fields fields(value, path + ".", problem);
  section.anchor = fields.text("anchor", kAddressBytesMax);
  section.heading = fields.text("heading", kTitleBytesMax);
  section.text = fields.text("text", SIZE_MAX);
  section.code = fields.text("code", SIZE_MAX);
  if (const Json* level = fields.find("level")) {
    if (!level->is_number_unsigned() || level->get<std::uint64_t>() > 6) {
      fields.fail("level", "must be a whole number from 0 to 6");
    } else {
      section.level = static_cast<std::uint8_t>(level->get<std::uint64_t>());
    }
  }
  if (const Json* spans = fields.array("spans")) {
    for (const Json& span : *spans) {
      if (!is_span(span, section.text.size())) fields.fail("spans", "must be [begin, end, language] inside the text");
    }
  }
}

// The lead carries the title. What stands before the first heading is one, and so is a section under a heading of
// the first level; any other page gets an empty lead.
void ensure_lead(Document& document) {
  const bool has_lead =
      !document.sections.empty() && (document.sections[0].heading.empty() || document.sections[0].level <= 1 ||
                                     document.sections[0].heading == document.title);
  if (!has_lead) document.sections.insert(document.sections.begin(), DocumentSection{});
}

}  // namespace

Result<Document> parse_document(std::string_view line) {
  const std::size_t invalid = find_invalid_utf8(line);
  if (invalid != line.size()) {
    return make_error(ErrorCode::kInput, "byte " + std::to_string(invalid + 1) + " of the line is not UTF-8");
  }
  const Json json = Json::parse(line.begin(), line.end(), nullptr, false);
  if (json.is_discarded()) return make_error(ErrorCode::kInput, "not JSON, or cut off");
  if (!json.is_object()) return make_error(ErrorCode::kInput, "must be a JSON object");

  std::string problem;
  Document document;
  Fields fields(json, "", problem);
  document.url = fields.text("url", kAddressBytesMax);
  if (document.url.empty()) fields.fail("url", "is missing or empty");
  read_language(fields, document);
  document.title = fields.text("title", kTitleBytesMax);
  document.group = fields.text("group", kAddressBytesMax);
  read_weight(fields, document);
  read_alternates(fields, document);
  read_filters(fields, document);
  if (const Json* sections = fields.array("sections")) {
    document.sections.resize(sections->size());
    for (std::size_t i = 0; i < sections->size(); ++i) {
      read_section((*sections)[i], "sections[" + std::to_string(i) + "]", problem, document.sections[i]);
    }
  }
  if (!problem.empty()) return make_error(ErrorCode::kInput, problem);
  ensure_lead(document);
  return document;
}

std::size_t find_invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0; };
  std::size_t at = 0;
  while (at < text.size()) {
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4) return at;
    std::uint32_t code = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
      const std::uint32_t next = byte(at + i);
      if ((next & 0xc0) != 0x80) return at;
      code = code << 6 | (next & 0x3f);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kSmallest[size] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return at;
    at += size;
  }
  return text.size();
}

}  // namespace crossglot
