#include "search/index.h"

#include <algorithm>

#include "base/sha256.h"
#include "search/answer.h"
#include "text/language.h"

namespace crossglot {

struct Index::State {
  Stemmer* stemmer = nullptr;
  RankingParameters parameters;
  std::vector<std::unique_ptr<LanguageState>> languages;
  std::unique_ptr<Meaning> meaning;
};

Index::Index(Stemmer* stemmer) : state_(std::make_unique<State>()) {
  state_->stemmer = stemmer;
}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

Status Index::add_language(Bytes list) {
  Result<std::unique_ptr<LanguageIndex>> opened = LanguageIndex::open(std::move(list));
  if (!opened) return opened.error();
  const std::string& lang = (*opened)->list().lang;
  for (const auto& language : state_->languages) {
    if (language->index->list().lang != lang) continue;
    return make_error(ErrorCode::kArgument, "language " + lang + " is in the index already");
  }
  state_->languages.push_back(
      std::make_unique<LanguageState>(std::move(*opened), state_->stemmer, state_->parameters));
  return ok_status();
}

Status Index::add_vectors(Bytes list) {
  if (state_->meaning != nullptr) return make_error(ErrorCode::kArgument, "the index has vectors already");
  Result<std::unique_ptr<Meaning>> opened = open_meaning(std::move(list));
  if (!opened) return opened.error();
  state_->meaning = std::move(*opened);
  return ok_status();
}

std::string Index::vector_model() const {
  return state_->meaning == nullptr ? std::string() : state_->meaning->model();
}

Status Index::attach(std::string_view name, Bytes bytes) {
  bool known = false;
  bool checked = false;
  for (const auto& language : state_->languages) {
    LanguageIndex& index = *language->index;
    // Equal content has one name, in a language (dictionaries of two folds) as in two: each file keeps its own copy.
    for (std::uint32_t file = 0; file < index.list().files.size(); ++file) {
      if (index.list().files[file].name != name) continue;
      known = true;
      if (index.attached(file)) continue;
      if (!checked && file_hash(sha256(bytes)) != index.list().files[file].hash) {
        return make_error(ErrorCode::kCorrupt, std::string(name) + " is not what the index was built with");
      }
      checked = true;
      if (Status status = index.attach(file, bytes); !status) return status;
    }
  }
  if (kHasMeaning && state_->meaning != nullptr) {
    bool attached = false;
    const FileEntry* file = state_->meaning->find_file(name, attached);
    known = known || file != nullptr;
    if (file != nullptr && !attached) {
      if (!checked && file_hash(sha256(bytes)) != file->hash) {
        return make_error(ErrorCode::kCorrupt, std::string(name) + " is not what the index was built with");
      }
      if (Status status = state_->meaning->attach(name, bytes); !status) return status;
    }
  }
  if (!known) return make_error(ErrorCode::kArgument, "no language of the index names a file " + std::string(name));
  return ok_status();
}

std::vector<std::string> Index::stemmers() const {
  std::vector<std::string> names;
  for (const auto& language : state_->languages) {
    const List& list = language->index->list();
    if (!list.stemmed) continue;
    for (const std::string_view name : stemmer_algorithms(list.lang)) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    }
  }
  return names;
}

Result<SearchResponse> Index::search(const SearchRequest& request) {
  return Answer(state_->languages, state_->meaning.get(), request).run();
}

}  // namespace crossglot
