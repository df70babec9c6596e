// vector/vector_index.h - a bundle's vectors: its list, the shards attached so far, the scores of a query.
//
// Fed like the index of words: what is not there yet is noted in missing(), and scores are given of what there is. A
// draft does with less: one-bit codes of all rows first, then the shards that these say hold the best ones.
//
// Ownership  Keeps tables of its own; attached bytes are not kept.
// Threads    One at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "format/vector_list.h"
#include "vector/table.h"

namespace crossglot {

struct VectorRequest {
  std::span<const float> vector = {};  // as the encoder gave it, not centred
  std::string_view lang = {};          // that it is written in: a tag of the list, or any other for the mean of all
  std::span<const std::uint8_t> groups = {};  // a byte a group, 0: not searched; empty: all are
  bool draft = false;
  std::string_view held_out =
      {};  // in bundles made to be evaluated: vectors without this language's versions; or empty
};

class VectorIndex {
 public:
  // Errors: those of VectorList::open; kCorrupt where a shard inside the list is broken.
  static Result<std::unique_ptr<VectorIndex>> open(Bytes list);

  const VectorList& list() const { return list_; }

  // Index into list().files, or kNoFile.
  static constexpr std::uint32_t kNoFile = 0xffffffff;
  std::uint32_t find_file(std::string_view name) const;
  bool attached(std::uint32_t file) const { return attached_[file] != 0; }
  // bytes: already checked against the file's hash. Errors: kCorrupt; the index then is as before.
  Status attach(std::uint32_t file, const Bytes& bytes);

  // unit_scores[unit] = cosine of the query and the unit's best row; kNoScore where none is there or wanted. Notes
  // the files that would complete it. True when all rows that were wanted have been read exactly.
  // Errors: kArgument: the vector is of another model's size, or nothing is held out of that language.
  Result<bool> score(const VectorRequest& request, std::vector<float>& unit_scores);

  // Files that were wanted and not there since the last clear_missing().
  const std::vector<std::uint32_t>& missing() const { return missing_; }
  void clear_missing() { missing_.clear(); }

 private:
  struct Table {
    const std::vector<VectorShardRef>* shards = nullptr;
    VectorTable rows;
  };

  VectorIndex() = default;
  template <typename Visit>
  void each_shard(const Visit& visit);
  Status open_parts(std::uint32_t file, ByteSpan bytes);
  ByteSpan part_of(const Part& part, ByteSpan bytes) const;
  std::vector<float> centre(std::span<const float> vector, std::string_view lang) const;
  std::vector<std::uint8_t> wanted_rows(std::span<const std::uint8_t> groups) const;
  bool note_absent(const Table& table, std::span<const std::uint8_t> wanted);
  void guess(const Table& table, const VectorQuery& query, std::span<const std::uint8_t> wanted);
  void note(const Part& part);

  VectorList list_;
  std::vector<std::uint8_t> attached_;  // by file
  std::vector<Table> tables_;           // the site's, then those of list_.held_out
  BitTable bits_;
  std::vector<float> scores_;  // by row: scratch
  std::vector<std::uint32_t> missing_;
};

}  // namespace crossglot
