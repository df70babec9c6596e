// `crossglot search`: one query, answered for a person or as the JSON that the browser's worker gives.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "command/bundle_reader.h"
#include "command/command.h"
#include "command/query_vectors.h"
#include "command/terminal.h"
#include "text/stemmer.h"

namespace crossglot::command {

namespace {

struct Style {
  const char* title = "";
  const char* url = "";
  const char* mark = "";
  const char* faint = "";
  const char* off = "";
};

Style terminal_style() {
  if (!stdout_is_terminal()) return {};
  return {"\033[1m", "\033[36m", "\033[1;33m", "\033[2m", "\033[0m"};
}

void print_line(const std::string& line) {
  std::printf("%s\n", line.c_str());
}

void print_hit(std::size_t number, const Hit& hit, const Style& style) {
  std::string line = std::to_string(number) + ". " + style.title;
  line += emphasise(hit.title.empty() ? hit.url : hit.title, hit.title_marks, style.mark,
                    std::string(style.off) + style.title);
  line += std::string(style.off) + style.faint + "  [" + hit.lang + "]" + style.off;
  print_line(line);
  for (const SectionHit& section : hit.sections) {
    const std::string target = section.anchor.empty() ? hit.url : hit.url + "#" + section.anchor;
    print_line(std::string("   ") + style.url + emphasise(target, {}, "", "") + style.off);
    if (!section.heading.empty() && section.heading != hit.title) {
      print_line("     " + emphasise(section.heading, {}, "", ""));
    }
    if (!section.excerpt.empty()) {
      print_line("     " + emphasise(section.excerpt, section.marks, style.mark, style.off));
    }
  }
}

void print_response(const SearchResponse& response, SearchMode mode, const Style& style) {
  for (const Correction& correction : response.corrected) {
    std::printf("Searched for \"%s\" instead of \"%s\".\n", correction.to.c_str(), correction.from.c_str());
  }
  // What is found by its meaning was not missed.
  if (!response.dropped.empty() && mode == SearchMode::kLexical) {
    std::string words;
    for (const std::string& word : response.dropped)
      words += (words.empty() ? "" : ", ") + emphasise(word, {}, "", "");
    std::printf("Not found together with the rest: %s.\n", words.c_str());
  }
  if (response.hits.empty()) {
    print_line("Nothing found.");
    return;
  }
  for (std::size_t i = 0; i < response.hits.size(); ++i) print_hit(i + 1, response.hits[i], style);
  if (response.total > response.hits.size()) {
    std::printf("%s%s pages match in all.%s\n", style.faint, grouped(response.total).c_str(), style.off);
  }
}

// The shape that a page gets from search() (web/protocol/types.ts): the core's answer with what its host adds.
std::string public_json(const SearchResponse& response, SearchMode mode) {
  auto json = nlohmann::ordered_json::parse(to_json(response));
  json.erase("needs");
  json["tiers"] = nlohmann::ordered_json::array();
  if (mode != SearchMode::kDense) json["tiers"].push_back("lexical");
  if (mode != SearchMode::kLexical) json["tiers"].push_back("dense");
  json["complete"] = response.needs.empty();
  return json.dump();
}

// Whose interface is it, when nobody says? English where the bundle has it, else the bundle's first language.
std::string default_language(const Manifest& manifest) {
  for (const ManifestLanguage& language : manifest.languages) {
    if (language.lang == "en" || language.lang.starts_with("en-")) return language.lang;
  }
  return manifest.languages.empty() ? "" : manifest.languages.front().lang;
}

}  // namespace

int run_search(const SearchCommand& options) {
  const Result<SearchMode> mode = search_mode(options.mode);
  if (!mode) return fail(mode.error());
  const Result<BundleReader> bundle = BundleReader::open(options.bundle);
  if (!bundle) return fail(bundle.error());
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Index index(stemmer.get());
  const std::vector<std::string> languages = split_languages(options.in);
  if (const Status status = bundle->add_languages(languages, index); !status) return fail(status.error());

  SearchRequest request;
  request.query = options.query;
  request.mode = *mode;
  if (*mode != SearchMode::kLexical) {
    const Result<QueryVectors> vectors = QueryVectors::make(options.meaning, {options.query}, *bundle, index);
    if (!vectors) return fail(vectors.error());
    request.vector = vectors->of(0);
  }
  request.limit = options.limit;
  request.in = languages;
  if (languages.empty() && !options.in.empty()) {  // "all"
    for (const ManifestLanguage& language : bundle->manifest().languages) request.in.push_back(language.lang);
  }
  request.lang = !options.lang.empty() ? options.lang
                 : !languages.empty()  ? languages.front()
                                       : default_language(bundle->manifest());
  const Result<SearchResponse> response = bundle->search(request, index);
  if (!response) return fail(response.error());
  if (options.json) {
    print_line(public_json(*response, *mode));
  } else {
    print_response(*response, *mode, terminal_style());
  }
  return response->hits.empty() ? kExitNo : kExitDone;
}

}  // namespace crossglot::command
