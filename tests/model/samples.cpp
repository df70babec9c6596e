#include "model/samples.h"

#include <bit>
#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "build/model/half.h"
#include "model/charsmap_sample.h"

namespace crossglot::test {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t kHidden = 32;
constexpr std::uint32_t kFeedForward = 64;
constexpr std::uint32_t kLayers = 3;
constexpr std::uint32_t kPositions = 8;

std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15ULL;
  return value ^ (value >> 29);
}

const std::vector<std::string>& words() {
  static const std::vector<std::string> list = {"the", "index",     "search", "page",  "a",        "b",
                                                "c",   "##s",       "##ing",  "поиск", "страница", "検索",
                                                "頁",  "αναζήτηση", "البحث",  "2",     "."};
  return list;
}

std::vector<std::string> wordpieces() {
  std::vector<std::string> pieces = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
  pieces.insert(pieces.end(), words().begin(), words().end());
  return pieces;
}

std::vector<std::string> unigrams() {
  std::vector<std::string> pieces = {"<s>", "<pad>", "</s>", "<unk>", "▁"};
  for (const std::string& word : words()) pieces.push_back(word.starts_with("##") ? word.substr(2) : "▁" + word);
  return pieces;
}

Json added_tokens(const std::vector<std::pair<std::uint32_t, std::string>>& tokens) {
  Json added = Json::array();
  for (const auto& [id, content] : tokens) added.push_back({{"id", id}, {"content", content}, {"special", true}});
  return added;
}

Json post_processor(const std::string& begin, const std::string& end) {
  return {{"type", "TemplateProcessing"},
          {"single",
           {{{"SpecialToken", {{"id", begin}}}}, {{"Sequence", {{"id", "A"}}}}, {{"SpecialToken", {{"id", end}}}}}}};
}

Json wordpiece_json() {
  Json vocabulary = Json::object();
  std::uint32_t id = 0;
  for (const std::string& piece : wordpieces()) vocabulary[piece] = id++;
  return {
      {"added_tokens", added_tokens({{0, "[PAD]"}, {1, "[UNK]"}, {2, "[CLS]"}, {3, "[SEP]"}, {4, "[MASK]"}})},
      {"normalizer",
       {{"type", "BertNormalizer"},
        {"clean_text", true},
        {"handle_chinese_chars", true},
        {"strip_accents", nullptr},
        {"lowercase", true}}},
      {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
      {"post_processor", post_processor("[CLS]", "[SEP]")},
      {"model",
       {{"type", "WordPiece"}, {"unk_token", "[UNK]"}, {"max_input_chars_per_word", 100}, {"vocab", vocabulary}}}};
}

Json unigram_json() {
  Json vocabulary = Json::array();
  double score = 0;
  for (const std::string& piece : unigrams()) {
    vocabulary.push_back({piece, piece.front() == '<' ? 0.0 : score});
    score -= 0.5;
  }
  const auto mask = static_cast<std::uint32_t>(vocabulary.size());
  return {{"added_tokens", added_tokens({{0, "<s>"}, {1, "<pad>"}, {2, "</s>"}, {3, "<unk>"}, {mask, "<mask>"}})},
          {"normalizer",
           {{"type", "Precompiled"},
            {"precompiled_charsmap", test::to_base64(test::charsmap_bytes(test::some_nmt_rules()))}}},
          {"pre_tokenizer",
           {{"type", "Sequence"}, {"pretokenizers", {{{"type", "WhitespaceSplit"}}, {{"type", "Metaspace"}}}}}},
          {"post_processor", post_processor("<s>", "</s>")},
          {"model", {{"type", "Unigram"}, {"unk_id", 3}, {"vocab", vocabulary}}}};
}

class SafeTensorsWriter {
 public:
  explicit SafeTensorsWriter(std::string type) : type_(std::move(type)) {}

  void add(const std::string& name, const std::vector<std::uint64_t>& shape) {
    std::size_t count = 1;
    for (const std::uint64_t size : shape) count *= size;
    const std::size_t begin = data_.size();
    for (std::size_t i = 0; i < count; ++i) write(sample_value(number_, i));
    header_[name] = {{"dtype", type_}, {"shape", shape}, {"data_offsets", {begin, data_.size()}}};
    ++number_;
  }

  Bytes take() {
    const std::string header = header_.dump();
    ByteWriter file;
    file.u32(static_cast<std::uint32_t>(header.size()));
    file.u32(0);
    file.append(std::string_view(header));
    file.append(ByteSpan(data_.bytes()));
    return file.take();
  }

 private:
  void write(float value) {
    if (type_ == "F32") return data_.u32(std::bit_cast<std::uint32_t>(value));
    if (type_ == "F16") return data_.u16(float_to_half(value));
    data_.u16(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16));
  }

  std::string type_;
  Json header_ = Json::object();
  ByteWriter data_;
  std::size_t number_ = 0;
};

Bytes safetensors(const FolderOptions& options, std::uint32_t vocabulary, std::uint32_t positions) {
  SafeTensorsWriter writer(options.type);
  const auto linear = [&](const std::string& name, std::uint32_t rows, std::uint32_t columns) {
    writer.add(options.prefix + name + ".weight", {rows, columns});
    writer.add(options.prefix + name + ".bias", {rows});
  };
  const auto norm = [&](const std::string& name) {
    writer.add(options.prefix + name + ".weight", {kHidden});
    writer.add(options.prefix + name + ".bias", {kHidden});
  };
  writer.add(options.prefix + "embeddings.word_embeddings.weight", {vocabulary, kHidden});
  writer.add(options.prefix + "embeddings.position_embeddings.weight", {positions, kHidden});
  writer.add(options.prefix + "embeddings.token_type_embeddings.weight", {2, kHidden});
  norm("embeddings.LayerNorm");
  for (std::uint32_t i = 0; i < kLayers; ++i) {
    const std::string layer = "encoder.layer." + std::to_string(i) + ".";
    for (const char* name : {"attention.self.query", "attention.self.key", "attention.self.value"}) {
      linear(layer + name, kHidden, kHidden);
    }
    linear(layer + "attention.output.dense", kHidden, kHidden);
    norm(layer + "attention.output.LayerNorm");
    linear(layer + "intermediate.dense", kFeedForward, kHidden);
    linear(layer + "output.dense", kHidden, kFeedForward);
    norm(layer + "output.LayerNorm");
  }
  if (options.classifier) {
    writer.add("classifier.dense.weight", {kHidden, kHidden});
    writer.add("classifier.dense.bias", {kHidden});
    writer.add("classifier.out_proj.weight", {1, kHidden});
    writer.add("classifier.out_proj.bias", {1});
  }
  return writer.take();
}

void write_u64(ByteWriter& writer, std::uint64_t value) {
  writer.u32(static_cast<std::uint32_t>(value));
  writer.u32(static_cast<std::uint32_t>(value >> 32));
}

}  // namespace

float sample_value(std::size_t tensor, std::size_t index) {
  const auto steps = static_cast<int>(mix(tensor * 1'000'003 + index + 1) % 255);  // eight significant bits
  return static_cast<float>(steps - 127) / 256.0F;
}

ReadFile reader_of(Folder folder) {
  return [folder = std::move(folder)](const std::string& name) -> Result<Bytes> {
    const auto at = folder.find(name);
    if (at == folder.end()) return make_error(ErrorCode::kMissing, name + ": not there");
    return at->second;
  };
}

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

Folder hugging_face_folder(const FolderOptions& options) {
  const bool unigram = options.family == "xlm-roberta";
  const std::uint32_t positions = kPositions + (unigram ? 2 : 0);
  const auto vocabulary = static_cast<std::uint32_t>((unigram ? unigrams().size() + 1 : wordpieces().size()));
  const Json config = {{"model_type", options.family},
                       {"hidden_act", "gelu"},
                       {"hidden_size", kHidden},
                       {"intermediate_size", kFeedForward},
                       {"layer_norm_eps", 1e-12},
                       {"max_position_embeddings", positions},
                       {"num_attention_heads", 2},
                       {"num_hidden_layers", kLayers},
                       {"pad_token_id", unigram ? 1 : 0},
                       {"position_embedding_type", "absolute"},
                       {"type_vocab_size", 2},
                       {"vocab_size", vocabulary}};
  Folder folder;
  folder["config.json"] = bytes_of(config.dump());
  folder["model.safetensors"] = safetensors(options, vocabulary, positions);
  folder["tokenizer.json"] = bytes_of((unigram ? unigram_json() : wordpiece_json()).dump());
  folder["1_Pooling/config.json"] =
      bytes_of(R"({"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false})");
  return folder;
}

void replace(Folder& folder, const std::string& file, const std::string& from, const std::string& to) {
  std::string text(as_text(folder.at(file)));
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  folder[file] = bytes_of(text.replace(at, from.size(), to));
}

Bytes e5s1_file() {
  constexpr std::uint32_t kSize = 64;
  constexpr std::uint32_t kInner = 128;
  constexpr std::uint32_t kPlaces = 12;
  std::vector<std::string> pieces = unigrams();
  while (pieces.size() < 40) pieces.push_back("▁word" + std::to_string(pieces.size()));
  const auto rows = static_cast<std::uint32_t>(pieces.size() + 2);

  ByteWriter file;
  file.append(std::string_view("E5S1"));
  for (const std::uint32_t value : {1u, kSize, 2u, 2u, kInner, rows, kPlaces, 2u}) file.u32(value);
  file.u32(std::bit_cast<std::uint32_t>(1e-12F));
  file.u32(32);
  file.u32(static_cast<std::uint32_t>(pieces.size()));
  for (const std::uint32_t special : {0u, 2u, 1u, 3u}) file.u32(special);
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  write_u64(file, text.size());
  std::uint32_t offset = 0;
  file.u32(0);
  for (const std::string& piece : pieces) file.u32(offset += static_cast<std::uint32_t>(piece.size()));
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    file.u32(std::bit_cast<std::uint32_t>(i < 4 ? 0.0F : -static_cast<float>(i)));
  }
  file.append(std::string_view(text));
  file.u32(0);  // no normalisation table
  file.u32(0);

  struct Tensor {
    std::string name;
    std::uint32_t rows, columns;  // columns 0: floats
  };
  std::vector<Tensor> tensors = {{"emb.word", rows, kSize},
                                 {"emb.pos", kPlaces * kSize, 0},
                                 {"emb.type", 2 * kSize, 0},
                                 {"emb.ln.w", kSize, 0},
                                 {"emb.ln.b", kSize, 0}};
  for (const std::string layer : {"l0.", "l1."}) {
    for (const char* name : {"q", "k", "v", "ao"}) {
      tensors.push_back({layer + name + ".w", kSize, kSize});
      tensors.push_back({layer + name + ".b", kSize, 0});
    }
    tensors.insert(tensors.end(), {{layer + "aln.w", kSize, 0},
                                   {layer + "aln.b", kSize, 0},
                                   {layer + "fi.w", kInner, kSize},
                                   {layer + "fi.b", kInner, 0},
                                   {layer + "fo.w", kSize, kInner},
                                   {layer + "fo.b", kSize, 0},
                                   {layer + "oln.w", kSize, 0},
                                   {layer + "oln.b", kSize, 0}});
  }
  std::size_t begin = file.size() + 4;
  for (const Tensor& tensor : tensors) begin += 2 + tensor.name.size() + 1 + 4 + 8 + 8;
  ByteWriter data;
  file.u32(static_cast<std::uint32_t>(tensors.size()));
  for (std::size_t number = 0; number < tensors.size(); ++number) {
    const Tensor& tensor = tensors[number];
    const std::size_t at = data.size();
    if (tensor.columns == 0) {
      for (std::uint32_t i = 0; i < tensor.rows; ++i) data.u32(std::bit_cast<std::uint32_t>(sample_value(number, i)));
    } else {
      for (std::uint32_t block = 0; block < tensor.rows * tensor.columns / 32; ++block) {
        data.u16(float_to_half(sample_value(number, block)));
        for (std::uint32_t i = 0; i < 16; ++i) data.u8(static_cast<std::uint8_t>(mix(number * 977 + block * 16 + i)));
      }
    }
    file.u16(static_cast<std::uint16_t>(tensor.name.size()));
    file.append(std::string_view(tensor.name));
    file.u8(tensor.columns == 0 ? 0 : 1);
    file.u32(tensor.rows * std::max(tensor.columns, 1u));
    write_u64(file, begin + at);
    write_u64(file, data.size() - at);
  }
  file.append(ByteSpan(data.bytes()));
  return file.take();
}

Folder folder_of(const std::vector<BundleFile>& files) {
  Folder folder;
  for (const BundleFile& file : files) folder[file.name] = file.bytes;
  return folder;
}

}  // namespace crossglot::test
