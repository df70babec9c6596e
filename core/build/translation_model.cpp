#include "build/translation_model.h"

#include <algorithm>
#include <utility>

namespace crossglot {
namespace {

// The lines' words of one language: those of line i stand from begin[i] to begin[i + 1], each once, in order.
struct Words {
  std::vector<std::uint32_t> begin{0};
  std::vector<std::uint32_t> stems;
  std::vector<std::uint32_t> counts;  // how often each stands in its line

  void add_line(const std::vector<std::uint32_t>& line) {
    std::vector<std::uint32_t> sorted = line;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        ++counts.back();
        continue;
      }
      stems.push_back(sorted[i]);
      counts.push_back(1);
    }
    begin.push_back(static_cast<std::uint32_t>(stems.size()));
  }

  std::size_t lines() const { return begin.size() - 1; }
};

struct Lines {
  Words left, right;
  std::vector<std::uint8_t> sampled;  // by line
};

Lines collect(const Bitext& bitext, const std::vector<std::uint8_t>& held_out,
              const std::vector<std::uint8_t>& sample) {
  Lines lines;
  for (const BitextLine& line : bitext.lines) {
    if (!held_out.empty() && held_out[line.group] != 0) continue;
    lines.left.add_line(line.left);
    lines.right.add_line(line.right);
    lines.sampled.push_back(!sample.empty() && sample[line.group] != 0 ? 1 : 0);
  }
  return lines;
}

// P(target | source) of one direction.
//
// A line's expectations need all its sources at once, and a table of what every word of every line may mean would be
// many times the lines. So sources are gone through one by one, twice: each adds its part to the sums of the lines
// that it stands in; and when all sums are there, takes its share of each. A source's targets are spread out by their
// number meanwhile, so that nothing is looked up and only one source's expectations exist at a time. What is added to
// what, and in which order, is as if it went line by line.
class Direction {
 public:
  Direction(const Words& sources, const Words& targets, const std::vector<std::uint8_t>& sampled,
            std::size_t source_stems, std::size_t target_stems, const ModelOptions& options)
      : sources_(sources),
        targets_(targets),
        sampled_(sampled),
        options_(options),
        null_(target_stems, options.null_words),
        sums_(targets.stems.size()),
        spread_(target_stems, 0.0),
        expected_(target_stems, 0.0) {
    place_sources(source_stems);
    find_pairs();
  }

  // One iteration of expectation maximisation. without_sample: over the lines that are not of the sample.
  void iterate(bool without_sample) {
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] = null_[targets_.stems[i]];
    for (std::uint32_t source = 0; source < sources(); ++source) {
      spread(source);
      each_target(source, without_sample, [&](std::size_t target, double count) {
        sums_[target] += count * spread_[targets_.stems[target]];
      });
    }
    share_out(without_sample);
    for (std::uint32_t source = 0; source < sources(); ++source) {
      spread(source);
      each_target(source, without_sample, [&](std::size_t target, double count) {
        const std::uint32_t stem = targets_.stems[target];
        expected_[stem] += sums_[target] * count * spread_[stem];
      });
      normalise(source);
    }
  }

  TranslationTable prune() const {
    TranslationTable table(sources());
    for (std::uint32_t source = 0; source < table.size(); ++source) {
      std::vector<Translation>& entry = table[source];
      for (std::uint32_t pair = pair_begin_[source]; pair < pair_begin_[source + 1]; ++pair) {
        if (probability_[pair] >= options_.probability_min) entry.push_back({target_of_[pair], probability_[pair]});
      }
      if (targets_.lines() < options_.lines_few) drop_seen_once(source, entry);
      std::sort(entry.begin(), entry.end(), [](const Translation& a, const Translation& b) {
        return a.probability != b.probability ? a.probability > b.probability : a.stem < b.stem;
      });
      if (entry.size() > options_.translations_max) entry.resize(options_.translations_max);
    }
    return table;
  }

 private:
  struct Place {
    std::uint32_t line = 0;
    std::uint32_t count = 0;
  };

  std::uint32_t sources() const { return static_cast<std::uint32_t>(place_begin_.size() - 1); }

  // Where each source stands, in the order of the lines.
  void place_sources(std::size_t stems) {
    place_begin_.assign(stems + 1, 0);
    for (const std::uint32_t stem : sources_.stems) ++place_begin_[stem + 1];
    for (std::size_t i = 0; i < stems; ++i) place_begin_[i + 1] += place_begin_[i];
    places_.resize(sources_.stems.size());
    std::vector<std::uint32_t> next(place_begin_.begin(), place_begin_.end() - 1);
    for (std::uint32_t line = 0; line < sources_.lines(); ++line) {
      for (std::uint32_t i = sources_.begin[line]; i < sources_.begin[line + 1]; ++i) {
        places_[next[sources_.stems[i]]++] = {line, sources_.counts[i]};
      }
    }
  }

  // The pairs that stand in a line together, by source and then in the order of their first sight. They are counted
  // before there is room made for them.
  void find_pairs() {
    pair_begin_.assign(sources() + 1, 0);
    std::vector<std::uint32_t> last(null_.size(), UINT32_MAX);
    for (const bool keep : {false, true}) {
      std::fill(last.begin(), last.end(), UINT32_MAX);
      std::size_t pairs = 0;
      for (std::uint32_t source = 0; source < sources(); ++source) {
        each_target(source, false, [&](std::size_t target, double) {
          const std::uint32_t stem = targets_.stems[target];
          if (last[stem] == source) return;
          last[stem] = source;
          if (keep) target_of_[pairs] = stem;
          ++pairs;
        });
        pair_begin_[source + 1] = static_cast<std::uint32_t>(pairs);
      }
      if (!keep) target_of_.resize(pairs);
    }
    probability_.assign(target_of_.size(), 1.0);
  }

  // Calls visit(number of the target in all lines, count of the source) for what stands beside a source.
  template <typename Visit>
  void each_target(std::uint32_t source, bool without_sample, Visit visit) const {
    for (std::uint32_t place = place_begin_[source]; place < place_begin_[source + 1]; ++place) {
      const auto [line, count] = places_[place];
      if (without_sample && sampled_[line] != 0) continue;
      for (std::size_t i = targets_.begin[line]; i < targets_.begin[line + 1]; ++i) visit(i, count);
    }
  }

  // What a target of a line says of its sources: its count over the sum of what they gave; and what is left for the
  // NULL words.
  void share_out(bool without_sample) {
    std::vector<double> expected(null_.size(), 0.0);
    for (std::uint32_t line = 0; line < targets_.lines(); ++line) {
      if (without_sample && sampled_[line] != 0) continue;
      for (std::size_t i = targets_.begin[line]; i < targets_.begin[line + 1]; ++i) {
        sums_[i] = sums_[i] > 0 ? targets_.counts[i] / sums_[i] : 0;
        expected[targets_.stems[i]] += sums_[i] * null_[targets_.stems[i]];
      }
    }
    double total = 0;
    for (const double count : expected) total += count;
    for (std::size_t i = 0; i < null_.size(); ++i) {
      null_[i] = total > 0 ? options_.null_words * expected[i] / total : 0;
    }
  }

  void spread(std::uint32_t source) {
    for (std::uint32_t pair = pair_begin_[source]; pair < pair_begin_[source + 1]; ++pair) {
      spread_[target_of_[pair]] = probability_[pair];
    }
  }

  // Turns what was expected of a source into probabilities.
  void normalise(std::uint32_t source) {
    double total = 0;
    for (std::uint32_t pair = pair_begin_[source]; pair < pair_begin_[source + 1]; ++pair) {
      probability_[pair] = std::exchange(expected_[target_of_[pair]], 0.0);
      total += probability_[pair];
    }
    if (total <= 0) return;
    for (std::uint32_t pair = pair_begin_[source]; pair < pair_begin_[source + 1]; ++pair)
      probability_[pair] /= total;
  }

  // Leaves out translations that stand beside the source in one line alone.
  void drop_seen_once(std::uint32_t source, std::vector<Translation>& entry) const {
    std::erase_if(entry, [&](const Translation& translation) {
      std::size_t seen = 0;
      each_target(source, false, [&](std::size_t target, double) {
        if (targets_.stems[target] == translation.stem) ++seen;
      });
      return seen < 2;
    });
  }

  const Words& sources_;
  const Words& targets_;
  const std::vector<std::uint8_t>& sampled_;
  const ModelOptions& options_;
  std::vector<std::uint32_t> place_begin_;  // by source, into places_; one more at the end
  std::vector<Place> places_;
  std::vector<std::uint32_t> pair_begin_;  // by source, into the next two; one more at the end
  std::vector<std::uint32_t> target_of_;
  std::vector<double> probability_;
  std::vector<double> null_;      // by target stem, of all NULL words together
  std::vector<double> sums_;      // by target in all lines: of what its sources give; then its share a unit of it
  std::vector<double> spread_;    // by target stem: the probabilities of the source at hand
  std::vector<double> expected_;  // by target stem: what the source at hand has been given
};

// unseen: as after one more iteration without the sample, or null.
TranslationTable learn(const Words& sources, const Words& targets, const Lines& lines, std::size_t source_stems,
                       std::size_t target_stems, const ModelOptions& options, TranslationTable* unseen) {
  Direction direction(sources, targets, lines.sampled, source_stems, target_stems, options);
  for (int i = 0; i < options.iterations; ++i) direction.iterate(false);
  TranslationTable table = direction.prune();
  if (unseen != nullptr) {
    direction.iterate(true);
    *unseen = direction.prune();
  }
  return table;
}

}  // namespace

TranslationTables learn_translations(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                     const std::vector<std::uint8_t>& held_out, const ModelOptions& options) {
  const Lines lines = collect(bitext, held_out, {});
  return {learn(lines.left, lines.right, lines, left_stems, right_stems, options, nullptr),
          learn(lines.right, lines.left, lines, right_stems, left_stems, options, nullptr)};
}

SampledTables learn_with_sample(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                const std::vector<std::uint8_t>& sample, const ModelOptions& options) {
  const Lines lines = collect(bitext, {}, sample);
  SampledTables tables;
  tables.all.to_right =
      learn(lines.left, lines.right, lines, left_stems, right_stems, options, &tables.unseen.to_right);
  tables.all.to_left =
      learn(lines.right, lines.left, lines, right_stems, left_stems, options, &tables.unseen.to_left);
  return tables;
}

}  // namespace crossglot
