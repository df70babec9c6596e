#include "build/model/hugging_face_tokenizer.h"

#include <algorithm>
#include <array>

#include "build/model/charsmap.h"
#include "build/model/json_fields.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;

constexpr const char* kFile = "tokenizer.json";

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, std::string(kFile) + ": " + what);
}

std::string type_of(const Json* json) {
  std::string type;
  if (json != nullptr) read_field(*json, "type", type);
  return type;
}

// The steps of a normaliser or pre-tokenizer: of a Sequence its members, else itself.
std::vector<const Json*> steps_of(const Json& root, const char* field, const char* members) {
  std::vector<const Json*> steps;
  const Json* found = find_field(root, field);
  if (found == nullptr) return steps;
  const Json* list = find_field(*found, members);
  if (type_of(found) != "Sequence" || list == nullptr || !list->is_array()) return {found};
  for (const Json& step : *list) steps.push_back(&step);
  return steps;
}

// Every step must be one that the tokenizers do.
Status check_steps(const Json& root, const char* field, const char* members,
                   std::span<const std::string_view> known) {
  for (const Json* step : steps_of(root, field, members)) {
    const std::string type = type_of(step);
    if (std::find(known.begin(), known.end(), type) == known.end()) {
      return bad(std::string(field) + " \"" + type + "\" is none that this crossglot knows for this kind of model");
    }
  }
  return ok_status();
}

// ---- special pieces ---------------------------------------------------------------------------------------------

std::optional<std::uint32_t> id_of(const Json& root, std::string_view token) {
  const Json* added = find_field(root, "added_tokens");
  if (added == nullptr || !added->is_array()) return std::nullopt;
  for (const Json& entry : *added) {
    std::string content;
    std::uint32_t id = 0;
    if (read_field(entry, "content", content) && content == token && read_field(entry, "id", id)) return id;
  }
  return std::nullopt;
}

// "cls": ["[CLS]", 101]
bool read_pair(const Json& object, const char* field, std::uint32_t& id) {
  const Json* pair = find_field(object, field);
  if (pair == nullptr || !pair->is_array() || pair->size() != 2 || !(*pair)[1].is_number_unsigned()) return false;
  const std::uint64_t value = (*pair)[1].get<std::uint64_t>();
  id = static_cast<std::uint32_t>(value);
  return value <= UINT32_MAX;
}

// A template "begin A end".
bool read_template(const Json& root, const Json& processor, SpecialPieces& special) {
  const Json* single = find_field(processor, "single");
  if (single == nullptr || !single->is_array() || single->size() != 3) return false;
  std::array<std::string, 2> names;
  const Json* first = find_field((*single)[0], "SpecialToken");
  const Json* last = find_field((*single)[2], "SpecialToken");
  if (first == nullptr || last == nullptr || find_field((*single)[1], "Sequence") == nullptr) return false;
  if (!read_field(*first, "id", names[0]) || !read_field(*last, "id", names[1])) return false;
  const std::optional<std::uint32_t> begin = id_of(root, names[0]);
  const std::optional<std::uint32_t> end = id_of(root, names[1]);
  if (!begin || !end) return false;
  special.begin = *begin;
  special.end = *end;
  return true;
}

Status read_special(const Json& root, std::optional<std::uint32_t> padding, SpecialPieces& special) {
  const Json* processor = find_field(root, "post_processor");
  const std::string type = type_of(processor);
  bool known = false;
  if (type == "TemplateProcessing") {
    known = read_template(root, *processor, special);
  } else if (type == "BertProcessing" || type == "RobertaProcessing") {
    known = read_pair(*processor, "cls", special.begin) && read_pair(*processor, "sep", special.end);
  }
  if (!known) return bad("post_processor does not put one piece before a text and one behind it");
  std::string name;
  if (const Json* found = find_field(root, "padding")) read_field(*found, "pad_token", name);
  for (const std::string_view token :
       {std::string_view(name), std::string_view("[PAD]"), std::string_view("<pad>")}) {
    if (const std::optional<std::uint32_t> id = id_of(root, token); id && !token.empty()) {
      special.padding = *id;
      return ok_status();
    }
  }
  if (!padding) return bad("names no piece for padding, and neither does config.json");
  special.padding = *padding;
  return ok_status();
}

// Text never becomes a special piece, so these lose their spelling.
Status clear_special(const Json& root, TokenizerPieces& pieces) {
  const auto clear = [&](std::uint32_t id) {
    if (id < pieces.pieces.size()) pieces.pieces[id].clear();
    return id < pieces.pieces.size();
  };
  if (const Json* added = find_field(root, "added_tokens"); added != nullptr && added->is_array()) {
    for (const Json& entry : *added) {
      std::uint32_t id = 0;
      bool special = false;
      std::string content;
      read_field(entry, "content", content);
      if (!read_field(entry, "id", id) || !read_field(entry, "special", special) || !clear(id)) {
        return bad("added_tokens: \"" + content + "\" has no piece of its id");
      }
      if (!special) return bad("added_tokens: \"" + content + "\" is not a special piece, which cannot be read");
    }
  }
  const SpecialPieces& special = pieces.special;
  for (const std::uint32_t id : {special.unknown, special.begin, special.end, special.padding}) {
    if (!clear(id)) return bad("a special piece has an id that is not in the vocabulary");
  }
  return ok_status();
}

// ---- WordPiece --------------------------------------------------------------------------------------------------

Status read_wordpiece(const Json& root, const Json& model, TokenizerPieces& pieces) {
  constexpr std::array<std::string_view, 1> kNormalizers = {"BertNormalizer"};
  constexpr std::array<std::string_view, 1> kPreTokenizers = {"BertPreTokenizer"};
  pieces.kind = TokenizerKind::kWordPiece;
  if (Status status = check_steps(root, "normalizer", "normalizers", kNormalizers); !status) return status;
  if (Status status = check_steps(root, "pre_tokenizer", "pretokenizers", kPreTokenizers); !status) return status;
  const std::vector<const Json*> normalizer = steps_of(root, "normalizer", "normalizers");
  if (normalizer.size() != 1) return bad("normalizer: one BertNormalizer can be read");
  BertOptions& bert = pieces.bert;
  read_field(*normalizer[0], "clean_text", bert.clean_text);
  read_field(*normalizer[0], "handle_chinese_chars", bert.separate_han);
  read_field(*normalizer[0], "lowercase", bert.lowercase);
  bert.strip_accents = bert.lowercase;
  read_field(*normalizer[0], "strip_accents", bert.strip_accents);
  std::string prefix = "##";
  std::string unknown = "[UNK]";
  std::uint64_t word_max = 100;
  read_field(model, "continuing_subword_prefix", prefix);
  read_field(model, "unk_token", unknown);
  read_field(model, "max_input_chars_per_word", word_max);
  if (prefix != "##" || word_max != 100) return bad("model: only \"##\" and words of 100 characters can be read");
  const Json* vocabulary = find_field(model, "vocab");
  if (vocabulary == nullptr || !vocabulary->is_object()) return bad("model.vocab is not an object");
  pieces.pieces.resize(vocabulary->size());
  std::vector<bool> seen(pieces.pieces.size());
  bool has_unknown = false;
  for (const auto& [piece, id] : vocabulary->items()) {
    const std::uint64_t number = id.is_number_unsigned() ? id.get<std::uint64_t>() : UINT64_MAX;
    if (number >= seen.size() || seen[number]) return bad("model.vocab: ids are not 0, 1, 2, ... each once");
    seen[number] = true;
    pieces.pieces[number] = piece;
    if (piece != unknown) continue;
    pieces.special.unknown = static_cast<std::uint32_t>(number);
    has_unknown = true;
  }
  return has_unknown ? ok_status() : bad("model.unk_token is not in the vocabulary");
}

// ---- unigram ----------------------------------------------------------------------------------------------------

Status read_unigram(const Json& root, const Json& model, TokenizerPieces& pieces) {
  constexpr std::array<std::string_view, 2> kNormalizers = {"Precompiled", "Replace"};
  constexpr std::array<std::string_view, 2> kPreTokenizers = {"WhitespaceSplit", "Metaspace"};
  pieces.kind = TokenizerKind::kUnigram;
  if (Status status = check_steps(root, "normalizer", "normalizers", kNormalizers); !status) return status;
  if (Status status = check_steps(root, "pre_tokenizer", "pretokenizers", kPreTokenizers); !status) return status;
  bool normalises = false;
  for (const Json* step : steps_of(root, "normalizer", "normalizers")) {
    if (type_of(step) != "Precompiled") continue;
    std::string rules;
    read_field(*step, "precompiled_charsmap", rules);
    if (Status status = check_charsmap(rules); !status) return bad("normalizer: " + status.error().message);
    normalises = true;
  }
  if (!normalises) return bad("normalizer: a unigram model without SentencePiece's nmt_nfkc cannot be run");
  for (const Json* step : steps_of(root, "pre_tokenizer", "pretokenizers")) {
    bool prefixed = true;
    std::string scheme = "always";
    read_field(*step, "add_prefix_space", prefixed);
    read_field(*step, "prepend_scheme", scheme);
    if (!prefixed || scheme == "never") return bad("pre_tokenizer: a text must begin with a space");
  }
  bool bytes = false;
  if (read_field(model, "byte_fallback", bytes) && bytes) return bad("model.byte_fallback cannot be run");
  if (!read_field(model, "unk_id", pieces.special.unknown)) return bad("model.unk_id is not a number");
  const Json* vocabulary = find_field(model, "vocab");
  if (vocabulary == nullptr || !vocabulary->is_array()) return bad("model.vocab is not a list");
  for (const Json& entry : *vocabulary) {
    if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number()) {
      return bad("model.vocab has an entry that is not [piece, score]");
    }
    pieces.pieces.push_back(entry[0].get<std::string>());
    pieces.scores.push_back(to_float(entry[1].get<double>()));
  }
  // <mask> and its like stand behind the vocabulary.
  if (const Json* added = find_field(root, "added_tokens"); added != nullptr && added->is_array()) {
    for (const Json& token : *added) {
      std::uint32_t id = 0;
      if (!read_field(token, "id", id) || id != pieces.pieces.size()) continue;
      pieces.pieces.emplace_back();
      pieces.scores.push_back(0);
    }
  }
  return ok_status();
}

}  // namespace

Result<TokenizerPieces> read_tokenizer_json(std::string_view text, std::optional<std::uint32_t> padding) {
  const std::optional<Json> root = parse_object(text);
  if (!root) return bad("is not a JSON object, or cut off");
  const Json* model = find_field(*root, "model");
  if (model == nullptr || !model->is_object()) return bad("has no model");
  TokenizerPieces pieces;
  Status status = bad("model.type is \"" + type_of(model) + "\"; \"Unigram\" and \"WordPiece\" can be read");
  if (type_of(model) == "WordPiece") status = read_wordpiece(*root, *model, pieces);
  if (type_of(model) == "Unigram") status = read_unigram(*root, *model, pieces);
  if (status) status = read_special(*root, padding, pieces.special);
  if (status) status = clear_special(*root, pieces);
  if (!status) return status.error();
  return pieces;
}

Result<TokenizerPieces> read_vocabulary_text(std::string_view text, std::string_view config_text) {
  TokenizerPieces pieces;
  pieces.kind = TokenizerKind::kWordPiece;
  BertOptions& bert = pieces.bert;
  if (const std::optional<Json> config = parse_object(config_text)) {
    read_field(*config, "do_lower_case", bert.lowercase);
    read_field(*config, "tokenize_chinese_chars", bert.separate_han);
    bert.strip_accents = bert.lowercase;
    read_field(*config, "strip_accents", bert.strip_accents);
  } else if (!config_text.empty()) {
    return make_error(ErrorCode::kInput, "tokenizer_config.json: is not a JSON object, or cut off");
  }
  struct Special {
    std::string_view name;
    std::uint32_t* id;
    bool found = false;
  };
  SpecialPieces& special = pieces.special;
  std::array<Special, 4> wanted = {Special{"[PAD]", &special.padding}, Special{"[UNK]", &special.unknown},
                                   Special{"[CLS]", &special.begin}, Special{"[SEP]", &special.end}};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (Special& entry : wanted) {
      if (line != entry.name) continue;
      *entry.id = static_cast<std::uint32_t>(pieces.pieces.size());
      entry.found = true;
      line = {};
    }
    pieces.pieces.emplace_back(line == "[MASK]" ? std::string_view() : line);
  }
  for (const Special& entry : wanted) {
    if (!entry.found) return make_error(ErrorCode::kInput, "vocab.txt: lacks " + std::string(entry.name));
  }
  return pieces;
}

}  // namespace crossglot
