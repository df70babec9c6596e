#include "build/translation_model.h"

#include <algorithm>

namespace crossglot {
namespace {

struct Counted {
  std::uint32_t stem = 0;
  double count = 0;
};

std::vector<Counted> count_stems(std::vector<std::uint32_t> stems) {
  std::sort(stems.begin(), stems.end());
  std::vector<Counted> counted;
  for (const std::uint32_t stem : stems) {
    if (counted.empty() || counted.back().stem != stem) counted.push_back({stem, 0});
    counted.back().count += 1;
  }
  return counted;
}

// Word pairs to numbers in the order of their first sight. The table places them and its order reaches nothing.
class PairNumbers {
 public:
  PairNumbers() : slots_(1u << 16, UINT32_MAX) {}

  std::uint32_t number(std::uint32_t left, std::uint32_t right) {
    if (lefts.size() * 2 >= slots_.size()) grow();
    const std::size_t at = find(left, right);
    if (slots_[at] == UINT32_MAX) {
      slots_[at] = static_cast<std::uint32_t>(lefts.size());
      lefts.push_back(left);
      rights.push_back(right);
    }
    return slots_[at];
  }

  // When no further pairs come: what finds them takes more than they do.
  void finish() {
    slots_ = {};
    lefts.shrink_to_fit();
    rights.shrink_to_fit();
  }

  std::vector<std::uint32_t> lefts, rights;

 private:
  std::size_t find(std::uint32_t left, std::uint32_t right) const {
    const std::uint64_t key = (std::uint64_t{left} << 32 | right) * 0x9e3779b97f4a7c15u;
    std::size_t at = static_cast<std::size_t>(key >> 32) & (slots_.size() - 1);
    while (slots_[at] != UINT32_MAX && (lefts[slots_[at]] != left || rights[slots_[at]] != right)) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  void grow() {
    slots_.assign(slots_.size() * 2, UINT32_MAX);
    for (std::uint32_t i = 0; i < lefts.size(); ++i) slots_[find(lefts[i], rights[i])] = i;
  }

  std::vector<std::uint32_t> slots_;
};

class Model {
 public:
  // sample  by group, or empty: lines of those that are not 0 can be left out of a last iteration.
  Model(const Bitext& bitext, const std::vector<std::uint8_t>& held_out, const std::vector<std::uint8_t>& sample) {
    for (const BitextLine& line : bitext.lines) {
      if (!held_out.empty() && held_out[line.group] != 0) continue;
      Line& kept = lines_.emplace_back();
      kept.left = count_stems(line.left);
      kept.right = count_stems(line.right);
      kept.cells = cells_.size();
      kept.sampled = !sample.empty() && sample[line.group] != 0;
      for (const Counted& left : kept.left) {
        for (const Counted& right : kept.right) cells_.push_back(pairs_.number(left.stem, right.stem));
      }
    }
    pairs_.finish();
    cells_.shrink_to_fit();
    seen_.assign(pairs_.lefts.size(), 0);
    for (const std::uint32_t cell : cells_) ++seen_[cell];
  }

  // P(right | left) when to_right, else P(left | right). unseen: as after the last iteration without the sample, or
  // null.
  TranslationTable learn(bool to_right, std::size_t sources, std::size_t targets, const ModelOptions& options,
                         TranslationTable* unseen) const {
    State state{std::vector<double>(pairs_.lefts.size(), 1.0), std::vector<double>(targets, options.null_words)};
    for (int i = 0; i < options.iterations; ++i) state = iterate(to_right, state, false, sources, options);
    if (unseen != nullptr) {
      *unseen = prune(to_right, iterate(to_right, state, true, sources, options).probability, sources, options);
    }
    return prune(to_right, state.probability, sources, options);
  }

 private:
  struct Line {
    std::vector<Counted> left, right;
    std::size_t cells = 0;  // the numbers of its pairs, by left and then right stem
    bool sampled = false;
  };

  struct State {
    std::vector<double> probability;       // by pair
    std::vector<double> null_probability;  // by target stem, of all NULL words together
  };

  State iterate(bool to_right, const State& before, bool without_sample, std::size_t sources,
                const ModelOptions& options) const {
    const std::vector<std::uint32_t>& source_of = to_right ? pairs_.lefts : pairs_.rights;
    State expected{std::vector<double>(before.probability.size(), 0.0),
                   std::vector<double>(before.null_probability.size(), 0.0)};
    for (const Line& line : lines_) {
      if (!without_sample || !line.sampled) add_expectations(line, to_right, before, expected);
    }
    std::vector<double> total(sources, 0.0);
    double null_total = 0;
    for (std::size_t pair = 0; pair < source_of.size(); ++pair) total[source_of[pair]] += expected.probability[pair];
    for (const double count : expected.null_probability) null_total += count;
    for (std::size_t pair = 0; pair < source_of.size(); ++pair) {
      if (total[source_of[pair]] > 0) expected.probability[pair] /= total[source_of[pair]];
    }
    for (double& null : expected.null_probability) {
      null = null_total > 0 ? options.null_words * null / null_total : 0;
    }
    return expected;
  }

  void add_expectations(const Line& line, bool to_right, const State& before, State& expected) const {
    const std::vector<Counted>& sources = to_right ? line.left : line.right;
    const std::vector<Counted>& targets = to_right ? line.right : line.left;
    const std::size_t source_stride = to_right ? line.right.size() : 1;
    const std::size_t target_stride = to_right ? 1 : line.right.size();
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const std::uint32_t* cell = cells_.data() + line.cells + t * target_stride;
      const double null = before.null_probability[targets[t].stem];
      double sum = null;
      for (std::size_t s = 0; s < sources.size(); ++s) {
        sum += sources[s].count * before.probability[cell[s * source_stride]];
      }
      if (sum <= 0) continue;
      const double share = targets[t].count / sum;
      expected.null_probability[targets[t].stem] += share * null;
      for (std::size_t s = 0; s < sources.size(); ++s) {
        const std::uint32_t pair = cell[s * source_stride];
        expected.probability[pair] += share * sources[s].count * before.probability[pair];
      }
    }
  }

  TranslationTable prune(bool to_right, const std::vector<double>& probability, std::size_t sources,
                         const ModelOptions& options) const {
    const std::vector<std::uint32_t>& source_of = to_right ? pairs_.lefts : pairs_.rights;
    const std::vector<std::uint32_t>& target_of = to_right ? pairs_.rights : pairs_.lefts;
    TranslationTable table(sources);
    for (std::size_t pair = 0; pair < probability.size(); ++pair) {
      if (probability[pair] < options.probability_min) continue;
      if (lines_.size() < options.lines_few && seen_[pair] < 2) continue;
      table[source_of[pair]].push_back({target_of[pair], probability[pair]});
    }
    for (std::vector<Translation>& entry : table) {
      std::sort(entry.begin(), entry.end(), [](const Translation& a, const Translation& b) {
        return a.probability != b.probability ? a.probability > b.probability : a.stem < b.stem;
      });
      if (entry.size() > options.translations_max) entry.resize(options.translations_max);
    }
    return table;
  }

  std::vector<Line> lines_;
  PairNumbers pairs_;
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint32_t> seen_;  // by pair: in how many lines
};

}  // namespace

TranslationTables learn_translations(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                     const std::vector<std::uint8_t>& held_out, const ModelOptions& options) {
  const Model model(bitext, held_out, {});
  return {model.learn(true, left_stems, right_stems, options, nullptr),
          model.learn(false, right_stems, left_stems, options, nullptr)};
}

SampledTables learn_with_sample(const Bitext& bitext, std::size_t left_stems, std::size_t right_stems,
                                const std::vector<std::uint8_t>& sample, const ModelOptions& options) {
  const Model model(bitext, {}, sample);
  SampledTables tables;
  tables.all.to_right = model.learn(true, left_stems, right_stems, options, &tables.unseen.to_right);
  tables.all.to_left = model.learn(false, right_stems, left_stems, options, &tables.unseen.to_left);
  return tables;
}

}  // namespace crossglot
