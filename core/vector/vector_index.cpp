#include "vector/vector_index.h"

#include <algorithm>

#include "base/check.h"
#include "format/vector_shard.h"
#include "vector/int4.h"
#include "vector/numbers.h"

namespace crossglot {
namespace {

static_assert(kDimensionsMax == kVectorDimensionsMax);
static_assert(vector_row_bytes(384) == int4_row_bytes(384) && bit_row_bytes(384) == 8 * bit_words(384));

// A draft wants the shards of so many rows that one-bit codes call the best, the best ones' first, and no more than
// so many of them: a shard is 100 KB, and 20,000 rows' codes are a megabyte already.
constexpr std::size_t kDraftRows = 30;
constexpr std::size_t kDraftShards = 4;

bool any_wanted(std::span<const std::uint8_t> wanted, std::size_t begin, std::size_t end) {
  if (wanted.empty()) return begin < end;
  const auto of = wanted.subspan(begin, end - begin);
  return std::any_of(of.begin(), of.end(), [](std::uint8_t row) { return row != 0; });
}

}  // namespace

template <typename Visit>
void VectorIndex::each_shard(const Visit& visit) {
  for (VectorShardRef& shard : list_.shards) visit(shard);
  for (VectorShardRef& shard : list_.bit_shards) visit(shard);
  for (HeldOutVectors& held_out : list_.held_out) {
    for (VectorShardRef& shard : held_out.shards) visit(shard);
  }
}

Result<std::unique_ptr<VectorIndex>> VectorIndex::open(Bytes bytes) {
  Result<VectorList> list = VectorList::open(std::move(bytes));
  if (!list) return list.error();
  std::unique_ptr<VectorIndex> index(new VectorIndex);
  index->list_ = std::move(*list);
  const VectorList& opened = index->list_;
  // Equal shards are one file, under each of its numbers.
  std::vector<std::uint32_t> first_of;
  for (const FileEntry& file : index->list_.files) first_of.push_back(index->find_file(file.name));
  index->each_shard([&](VectorShardRef& shard) {
    if (shard.part.file != kInlineFile) shard.part.file = first_of[shard.part.file];
  });
  index->attached_.assign(opened.files.size(), 0);
  index->tables_.resize(1 + opened.held_out.size());
  for (std::size_t i = 0; i < index->tables_.size(); ++i) {
    index->tables_[i].shards = i == 0 ? &opened.shards : &opened.held_out[i - 1].shards;
  }
  if (Status status = index->open_parts(kInlineFile, {}); !status) return status.error();
  return index;
}

std::uint32_t VectorIndex::find_file(std::string_view name) const {
  for (std::uint32_t i = 0; i < list_.files.size(); ++i) {
    if (list_.files[i].name == name) return i;
  }
  return kNoFile;
}

ByteSpan VectorIndex::part_of(const Part& part, ByteSpan bytes) const {
  if (part.file == kInlineFile) return list_.inline_bytes(part);
  return bytes.size() < part.begin || bytes.size() - part.begin < part.size ? ByteSpan()
                                                                            : bytes.subspan(part.begin, part.size);
}

// Rows of a table are made room for when the first of them arrive: an evaluation's tables are many.
Status VectorIndex::open_parts(std::uint32_t file, ByteSpan bytes) {
  struct Opened {
    Table* table;
    std::size_t first;
    VectorShard shard;
  };
  std::vector<Opened> opened;
  for (Table& table : tables_) {
    for (std::size_t i = 0; i < table.shards->size(); ++i) {
      const VectorShardRef& ref = (*table.shards)[i];
      if (ref.part.file != file) continue;
      const std::size_t rows = list_.shard_end(*table.shards, i) - ref.first_row;
      Result<VectorShard> shard = VectorShard::open(part_of(ref.part, bytes), rows, list_.dimensions);
      if (!shard) return shard.error();
      opened.push_back({&table, ref.first_row, std::move(*shard)});
    }
  }
  for (std::size_t i = 0; i < list_.bit_shards.size(); ++i) {
    const VectorShardRef& ref = list_.bit_shards[i];
    if (ref.part.file != file) continue;
    const std::size_t rows = list_.shard_end(list_.bit_shards, i) - ref.first_row;
    const Result<BitShard> shard = BitShard::open(part_of(ref.part, bytes), rows, list_.dimensions);
    if (!shard) return shard.error();
    if (bits_.size() == 0) bits_ = BitTable(list_.row_count(), list_.dimensions);
    bits_.set_rows(ref.first_row, rows, shard->bits);
  }
  for (const Opened& part : opened) {
    if (part.table->rows.size() == 0) part.table->rows = VectorTable(list_.row_count(), list_.dimensions);
    part.table->rows.set_rows(part.first, part.shard.nibbles, part.shard.scales);
  }
  return ok_status();
}

Status VectorIndex::attach(std::uint32_t file, const Bytes& bytes) {
  if (Status status = open_parts(file, bytes); !status) return status;
  attached_[file] = 1;
  return ok_status();
}

// A query of a language that the site lacks loses the mean of all languages' means, which keeps most of the gain.
std::vector<float> VectorIndex::centre(std::span<const float> vector, std::string_view lang) const {
  std::vector<float> centred(vector.begin(), vector.end());
  normalise(centred);
  const VectorLanguage* own = list_.find_language(lang);
  const float share = own != nullptr ? 1 : 1 / static_cast<float>(std::max<std::size_t>(list_.languages.size(), 1));
  for (const VectorLanguage& language : list_.languages) {
    if (own != nullptr && &language != own) continue;
    for (std::size_t i = 0; i < centred.size(); ++i) centred[i] -= share * language.query_mean[i];
  }
  return centred;
}

std::vector<std::uint8_t> VectorIndex::wanted_rows(std::span<const std::uint8_t> groups) const {
  if (groups.empty()) return {};
  std::vector<std::uint8_t> wanted(list_.row_count(), 0);
  for (std::size_t group = 0; group < std::min<std::size_t>(groups.size(), list_.group_count()); ++group) {
    if (groups[group] == 0) continue;
    const std::uint32_t begin = list_.unit_begin[list_.group_begin[group]];
    const std::uint32_t end = list_.unit_begin[list_.group_begin[group + 1]];
    std::fill(wanted.begin() + begin, wanted.begin() + end, std::uint8_t{1});
  }
  return wanted;
}

void VectorIndex::note(const Part& part) {
  if (part.file == kInlineFile || attached_[part.file] != 0) return;
  if (std::find(missing_.begin(), missing_.end(), part.file) == missing_.end()) missing_.push_back(part.file);
}

// Notes the shards that hold wanted rows and are not there; false where there are any.
bool VectorIndex::note_absent(const Table& table, std::span<const std::uint8_t> wanted) {
  const std::size_t before = missing_.size();
  for (std::size_t i = 0; i < table.shards->size(); ++i) {
    const VectorShardRef& shard = (*table.shards)[i];
    if (any_wanted(wanted, shard.first_row, list_.shard_end(*table.shards, i))) note(shard.part);
  }
  return missing_.size() == before;
}

// Rows that have no exact score get the one-bit codes' instead, and the shards of the best of them are noted.
void VectorIndex::guess(const Table& table, const VectorQuery& query, std::span<const std::uint8_t> wanted) {
  for (std::size_t i = 0; i < list_.bit_shards.size(); ++i) {
    const VectorShardRef& shard = list_.bit_shards[i];
    if (any_wanted(wanted, shard.first_row, list_.shard_end(list_.bit_shards, i))) note(shard.part);
  }
  if (bits_.size() == 0) return;
  // By the codes alone: what is there already does not change what is asked for.
  std::vector<float> guesses(scores_.size(), kNoScore);
  bits_.score(query, wanted, guesses);
  for (std::size_t row = 0; row < scores_.size(); ++row) {
    if (scores_[row] == kNoScore) scores_[row] = guesses[row];
  }
  std::vector<std::size_t> seen;
  for (const ScoredRow& best : best_rows(guesses, kDraftRows)) {
    std::size_t shard = 0;
    while (list_.shard_end(*table.shards, shard) <= best.row) ++shard;
    if (std::find(seen.begin(), seen.end(), shard) != seen.end()) continue;
    if (seen.size() == kDraftShards) break;
    seen.push_back(shard);
    note((*table.shards)[shard].part);
  }
}

Result<bool> VectorIndex::score(const VectorRequest& request, std::vector<float>& unit_scores) {
  if (request.vector.size() != list_.dimensions) {
    return make_error(ErrorCode::kArgument, "a query's vector has " + std::to_string(request.vector.size()) +
                                                " dimensions, the index " + std::to_string(list_.dimensions));
  }
  std::size_t number = 0;
  if (!request.held_out.empty()) {
    while (number < list_.held_out.size() && list_.held_out[number].lang != request.held_out) ++number;
    if (number == list_.held_out.size()) {
      return make_error(ErrorCode::kArgument, "the index holds no vectors without " + std::string(request.held_out));
    }
    ++number;
  }
  const Table& table = tables_[number];
  const VectorQuery query = make_vector_query(centre(request.vector, request.lang));
  const std::vector<std::uint8_t> wanted = wanted_rows(request.groups);
  scores_.assign(list_.row_count(), kNoScore);
  if (table.rows.size() > 0) table.rows.score(query, wanted, scores_);
  bool exact = true;
  if (request.draft && !list_.bit_shards.empty() && number == 0) {
    guess(table, query, wanted);
    for (std::size_t i = 0; i < table.shards->size() && exact; ++i) {
      const Part& part = (*table.shards)[i].part;
      exact = part.file == kInlineFile || attached_[part.file] != 0;
    }
  } else {
    exact = note_absent(table, wanted);
  }
  unit_scores.assign(list_.unit_count(), kNoScore);
  for (std::uint32_t unit = 0; unit < list_.unit_count(); ++unit) {
    for (std::uint32_t row = list_.unit_begin[unit]; row < list_.unit_begin[unit + 1]; ++row) {
      unit_scores[unit] = std::max(unit_scores[unit], scores_[row]);
    }
  }
  return exact;
}

}  // namespace crossglot
