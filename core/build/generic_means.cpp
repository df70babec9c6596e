#include "build/generic_means.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "text/language.h"

namespace crossglot {
namespace {

constexpr std::string_view kHead = "# crossglot means 1\n";
constexpr float kUnit = 1000;
constexpr int kLargest = 1000;  // of a vector of length 1

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// The text before `sign`, which is taken off with it.
std::string_view take_until(std::string_view& text, char sign) {
  const std::string_view taken = text.substr(0, text.find(sign));
  text.remove_prefix(std::min(text.size(), taken.size() + 1));
  return taken;
}

bool read_mean(std::string_view line, std::size_t dimensions, GenericMean& mean) {
  mean.lang = normalize_language(take_until(line, '\t'));
  if (mean.lang.empty() || !read_number(take_until(line, '\t'), mean.count) || mean.count == 0) return false;
  while (!line.empty()) {
    int units = 0;
    if (!read_number(take_until(line, ' '), units) || units < -kLargest || units > kLargest) return false;
    mean.mean.push_back(static_cast<float>(units) / kUnit);
  }
  return mean.mean.size() == dimensions;
}

}  // namespace

Status GenericMeans::read(std::string_view text, const std::string& file) {
  const auto wrong = [&](std::size_t number, const char* what) {
    return make_error(ErrorCode::kInput, file + ":" + std::to_string(number) + ": " + what);
  };
  if (!text.starts_with(kHead)) return wrong(1, "not a file of means of this version");
  GenericMeans read;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_until(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("@ ")) {
      line.remove_prefix(2);
      read.model_ = take_until(line, ' ');
      const bool first = read.dimensions_ == 0;
      if (!first || read.model_.empty() || !read_number(line, read.dimensions_) ||
          read.dimensions_ > kVectorDimensionsMax) {
        return wrong(number, "there is one line of the model, `@ model dimensions`");
      }
      continue;
    }
    GenericMean mean;
    if (read.dimensions_ == 0 || !read_mean(line, read.dimensions_, mean)) {
      return wrong(number, "a line is `language <tab> texts <tab> as many thousandths as the model has dimensions`");
    }
    read.languages_.push_back(std::move(mean));
  }
  std::sort(read.languages_.begin(), read.languages_.end(),
            [](const GenericMean& a, const GenericMean& b) { return a.lang < b.lang; });
  for (std::size_t i = 1; i < read.languages_.size(); ++i) {
    if (read.languages_[i].lang == read.languages_[i - 1].lang) return wrong(1, "a language has two means");
  }
  *this = std::move(read);
  return ok_status();
}

Status GenericMeans::check_model(std::string_view model, std::size_t dimensions, const std::string& file) const {
  if (model_ == model && dimensions_ == dimensions) return ok_status();
  return make_error(ErrorCode::kArgument, file + ": means of another model, or of another version of it");
}

const GenericMean* GenericMeans::find(std::string_view lang) const {
  const GenericMean* related = nullptr;
  for (const GenericMean& mean : languages_) {
    if (mean.lang == lang) return &mean;
    if (related == nullptr && primary_language(mean.lang) == primary_language(lang)) related = &mean;
  }
  return related;
}

std::string means_file(const VectorList& list) {
  std::string file(kHead);
  file += "@ " + list.model + " " + std::to_string(list.dimensions) + "\n";
  for (const VectorLanguage& language : list.languages) {
    if (language.source != MeanSource::kSite) continue;
    file += language.lang + "\t" + std::to_string(language.query_count);
    char between = '\t';
    for (const float x : language.query_mean) {
      file += between + std::to_string(std::lround(x * kUnit));
      between = ' ';
    }
    file += "\n";
  }
  return file;
}

}  // namespace crossglot
