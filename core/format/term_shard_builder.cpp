#include <algorithm>

#include "format/front_coding.h"
#include "format/part_header.h"
#include "format/term_shard.h"

namespace crossglot {
namespace {

std::uint64_t zigzag(std::uint32_t value, std::uint32_t base) {
  return value >= base ? std::uint64_t{value - base} * 2 : std::uint64_t{base - value} * 2 - 1;
}

}  // namespace

Bytes build_term_shard(const std::vector<GroupPostings>& groups) {
  ByteWriter group_sizes, group_frequencies, flags, counts, frequencies, gaps, codes;
  FrontCodedWriter stems, surfaces;
  std::string_view last_stem;
  for (const GroupPostings& group : groups) {
    stems.add(last_stem, group.stem);
    last_stem = group.stem;
    group_sizes.varint(group.terms.size());
    std::uint32_t most = 0;
    std::string_view last_surface = group.stem;
    for (const TermPostings& entry : group.terms) {
      const std::uint32_t count = static_cast<std::uint32_t>(entry.postings.size());
      surfaces.add(last_surface, entry.term.surface);
      last_surface = entry.term.surface;
      flags.u8(entry.term.flags);
      counts.varint(count);
      frequencies.varint(zigzag(entry.term.document_frequency, count));
      most = std::max(most, entry.term.document_frequency);
      std::uint32_t next = 0;
      for (const Posting& posting : entry.postings) {
        gaps.varint(posting.section - next);
        codes.u8(posting.code);
        next = posting.section + 1;
      }
    }
    CG_CHECK(group.document_frequency >= most);
    group_frequencies.varint(group.document_frequency - most);
  }
  ByteWriter writer;
  write_part_header(writer, PartKind::kTerms);
  writer.varint(groups.size());
  for (const ByteWriter* column : {&group_sizes, &group_frequencies, &flags, &counts, &frequencies}) {
    writer.string(as_text(column->bytes()));
  }
  stems.write(writer);
  surfaces.write(writer);
  writer.string(as_text(gaps.bytes()));
  writer.string(as_text(codes.bytes()));
  return writer.take();
}

}  // namespace crossglot
