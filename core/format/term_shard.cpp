#include "format/term_shard.h"

#include <algorithm>

#include "format/front_coding.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

std::uint64_t unzigzag(std::uint64_t value, std::uint64_t base) {
  return base + (value >> 1 ^ (0 - (value & 1)));
}

// The columns of the term table, one after another in the file.
struct Columns {
  explicit Columns(ByteReader& reader)
      : group_sizes(as_bytes(reader.string())),
        group_frequencies(as_bytes(reader.string())),
        flags(as_bytes(reader.string())),
        counts(as_bytes(reader.string())),
        frequencies(as_bytes(reader.string())),
        stems(reader),
        surfaces(reader) {}

  bool failed() const {
    return group_sizes.failed() || group_frequencies.failed() || flags.failed() || counts.failed() ||
           frequencies.failed();
  }
  bool finished() const {
    return group_sizes.finished() && group_frequencies.finished() && flags.finished() && counts.finished() &&
           frequencies.finished() && stems.finished() && surfaces.finished();
  }

  ByteReader group_sizes, group_frequencies, flags, counts, frequencies;
  FrontCodedReader stems, surfaces;
};

bool skip_varints(ByteSpan bytes, std::size_t& at, std::uint32_t count) {
  for (; count > 0; --count) {
    while (at < bytes.size() && bytes[at] >= 0x80) ++at;
    if (at >= bytes.size()) return false;
    ++at;
  }
  return true;
}

bool read_group(Columns& columns, std::string& stem, TermGroup& group) {
  if (!columns.stems.next(stem)) return false;
  const std::uint32_t size = columns.group_sizes.varint32();
  if (columns.failed() || size == 0 || size > columns.flags.remaining()) return false;
  group.stem = stem;
  group.terms.resize(size);
  std::string surface = stem;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < size; ++i) {
    Term& term = group.terms[i];
    if (!columns.surfaces.next(surface)) return false;
    if (i > 0 && surface <= group.terms[i - 1].surface) return false;
    term.surface = surface;
    term.flags = columns.flags.u8();
    term.posting_count = columns.counts.varint32();
    const std::uint64_t frequency = unzigzag(columns.frequencies.varint32(), term.posting_count);
    if (frequency == 0 || frequency > UINT32_MAX || term.posting_count == 0) return false;
    term.document_frequency = static_cast<std::uint32_t>(frequency);
    most = std::max(most, term.document_frequency);
  }
  const std::uint64_t frequency = std::uint64_t{most} + columns.group_frequencies.varint32();
  group.document_frequency = static_cast<std::uint32_t>(frequency);
  return !columns.failed() && frequency <= UINT32_MAX;
}

}  // namespace

Result<TermShard> TermShard::open(ByteSpan bytes, std::uint32_t sections) {
  ByteReader reader(bytes);
  if (Status status = read_part_header(reader, PartKind::kTerms); !status) return status.error();
  const std::uint32_t count = reader.varint32();
  Columns columns(reader);
  TermShard shard;
  shard.sections_ = sections;
  shard.gaps_ = as_bytes(reader.string());
  shard.codes_ = as_bytes(reader.string());
  if (!reader.finished() || count > columns.group_sizes.remaining()) return corrupt("a term shard is cut off");

  shard.groups_.resize(count);
  std::string stem;
  std::size_t gap_at = 0;
  std::size_t code_at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    TermGroup& group = shard.groups_[i];
    if (!read_group(columns, stem, group)) return corrupt("a term shard's table is broken");
    if (i > 0 && group.stem <= shard.groups_[i - 1].stem) return corrupt("a term shard's stems are out of order");
    for (Term& term : group.terms) {
      term.gaps_begin = static_cast<std::uint32_t>(gap_at);
      term.codes_begin = static_cast<std::uint32_t>(code_at);
      if (term.posting_count > shard.codes_.size() - code_at) return corrupt("a term shard lacks postings");
      code_at += term.posting_count;
      if (!skip_varints(shard.gaps_, gap_at, term.posting_count)) return corrupt("a term shard lacks postings");
    }
  }
  if (!columns.finished() || gap_at != shard.gaps_.size() || code_at != shard.codes_.size()) {
    return corrupt("a term shard holds more than its table says");
  }
  return shard;
}

std::size_t TermShard::lower_bound(std::string_view stem) const {
  const auto at = std::lower_bound(groups_.begin(), groups_.end(), stem,
                                   [](const TermGroup& group, std::string_view key) { return group.stem < key; });
  return static_cast<std::size_t>(at - groups_.begin());
}

Status TermShard::read_postings(const Term& term, std::vector<Posting>& postings) const {
  CG_CHECK(term.gaps_begin <= gaps_.size() && term.codes_begin <= codes_.size() &&
           term.posting_count <= codes_.size() - term.codes_begin);
  ByteReader gaps(gaps_.subspan(term.gaps_begin));
  postings.resize(term.posting_count);
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    next += gaps.varint32();
    if (gaps.failed() || next >= sections_) {
      postings.clear();
      return corrupt("a posting names a section that is not there");
    }
    postings[i] = {static_cast<std::uint32_t>(next), codes_[term.codes_begin + i]};
    ++next;
  }
  return ok_status();
}

}  // namespace crossglot
