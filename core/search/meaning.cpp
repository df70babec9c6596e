#include "search/meaning.h"

#include <algorithm>

#include "vector/vector_index.h"

namespace crossglot {
namespace {

class VectorMeaning : public Meaning {
 public:
  explicit VectorMeaning(std::unique_ptr<VectorIndex> index) : index_(std::move(index)) {}

  std::string model() const override { return index_->list().model; }

  const FileEntry* find_file(std::string_view name, bool& attached) const override {
    const std::uint32_t file = index_->find_file(name);
    if (file == VectorIndex::kNoFile) return nullptr;
    attached = index_->attached(file);
    return &index_->list().files[file];
  }

  Status attach(std::string_view name, const Bytes& bytes) override {
    return index_->attach(index_->find_file(name), bytes);
  }

  Result<FusedRows> rank(const SearchRequest& request, const FusionCandidates& candidates) override {
    index_->clear_missing();
    const auto& languages = index_->list().languages;
    const std::size_t lang = related_language(request.lang, languages.size(),
                                              [&](std::size_t i) { return std::string_view(languages[i].lang); });
    const std::size_t count = index_->list().group_count();
    const std::vector<std::uint8_t> groups = admitted_groups(candidates, count);
    const VectorRequest asked{request.vector,
                              lang < languages.size() ? std::string_view(languages[lang].lang) : std::string_view(),
                              std::span(groups).first(count), request.draft, request.held_out};
    const Result<bool> exact = index_->score(asked, unit_scores_);
    if (!exact) return exact.error();
    const FusionInput input{candidates, index_->list(), groups, unit_scores_};
    const FusionParameters parameters;
    return candidates.sections ? fuse_sections(input, parameters) : fuse_pages(input, parameters);
  }

  std::vector<std::string> missing() const override {
    std::vector<std::string> names;
    for (const std::uint32_t file : index_->missing()) names.push_back(index_->list().files[file].name);
    return names;
  }

 private:
  std::unique_ptr<VectorIndex> index_;
  std::vector<float> unit_scores_;
};

}  // namespace

Result<std::unique_ptr<Meaning>> open_meaning(Bytes list) {
  Result<std::unique_ptr<VectorIndex>> index = VectorIndex::open(std::move(list));
  if (!index) return index.error();
  return std::unique_ptr<Meaning>(std::make_unique<VectorMeaning>(std::move(*index)));
}

}  // namespace crossglot
