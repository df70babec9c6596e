// What importers take, and what they say of what they do not.
#include <bit>
#include <catch_amalgamated.hpp>

#include "build/model/e5s1.h"
#include "build/model/hugging_face.h"
#include "build/model/hugging_face_tokenizer.h"
#include "embed/block_matrix.h"
#include "model/samples.h"

namespace crossglot::test {
namespace {

Result<Model> import_folder(const Folder& folder, BlockEncoding encoding = BlockEncoding::kInt8,
                            const CardFile& card = {}) {
  return import_hugging_face(reader_of(folder), card, encoding);
}

// The error's words, where there must be one.
Error error_of(const Folder& folder) {
  const Result<Model> model = import_folder(folder);
  REQUIRE_FALSE(model);
  return model.error();
}

void check_says(const Error& error, const std::string& words) {
  INFO(error.message);
  CHECK(error.code == ErrorCode::kInput);
  CHECK(error.message.find(words) != std::string::npos);
}

float first_weight(const BlockMatrix& matrix) {
  std::vector<float> row(matrix.columns);
  decode_row(matrix, 0, row.data());
  return row[0];
}

TEST_CASE("a BERT folder becomes a model of its shape") {
  const Result<Model> model = import_folder(hugging_face_folder());
  REQUIRE(model);
  const EncoderShape& shape = model->weights.shape;
  CHECK(shape.layers == 3);
  CHECK(shape.hidden == 32);
  CHECK(shape.heads == 2);
  CHECK(shape.feed_forward == 64);
  CHECK(shape.positions == 8);
  CHECK(shape.pieces == 22);
  CHECK(shape.pooling == Pooling::kMean);
  CHECK(shape.layer_norm_epsilon == 1e-12F);
  CHECK(model->tokenizer_kind == "wordpiece");
  CHECK(model->weights.layers.size() == 3);
  CHECK(model->weights.type[5] == sample_value(2, 5));
  CHECK(model->weights.embedding_norm.shift[7] == sample_value(4, 7));
  const Result<Tokenizer> tokenizer = Tokenizer::create(model->tokenizer);
  REQUIRE(tokenizer);
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> pieces;
  tokenizer->tokenize("Searching the [CLS] поиск", workspace, pieces);
  CHECK(pieces.front() == 7);  // "search"; "[CLS]" in a text is no special piece
  CHECK(std::find(pieces.begin(), pieces.end(), 2u) == pieces.end());
  CHECK(tokenizer->special().begin == 2);
  CHECK(tokenizer->special().end == 3);
}

TEST_CASE("float16 and bfloat16 tensors give what the same float32 ones give") {
  const Result<Model> wide = import_folder(hugging_face_folder());
  REQUIRE(wide);
  for (const char* type : {"F16", "BF16"}) {
    const Result<Model> half = import_folder(hugging_face_folder({type, "bert", ""}));
    REQUIRE(half);
    CHECK(std::equal(half->rows.codes.begin(), half->rows.codes.end(), wide->rows.codes.begin()));
    CHECK(std::equal(half->rows.scales.begin(), half->rows.scales.end(), wide->rows.scales.begin()));
    CHECK(half->weights.layers[2].output.bias[1] == wide->weights.layers[2].output.bias[1]);
  }
}

TEST_CASE("tensors may have a prefix") {
  CHECK(import_folder(hugging_face_folder({"F32", "bert", "bert."})));
  CHECK(import_folder(hugging_face_folder({"F32", "bert", "model."})));
}

TEST_CASE("of a cross-encoder's folder the encoder is taken, its classification head is left out") {
  Folder folder = hugging_face_folder({"F32", "xlm-roberta", "roberta.", true});
  folder.erase("1_Pooling/config.json");  // which such a folder does not have
  check_says(error_of(folder), "crossglot-card.json");
  CardFile card;
  card.pooling = Pooling::kFirst;
  const Result<Model> model = import_folder(folder, BlockEncoding::kInt8, card);
  const Result<Model> headless = import_folder(hugging_face_folder({"F32", "xlm-roberta", "roberta."}));
  REQUIRE(model);
  REQUIRE(headless);
  CHECK(model->tokenizer == headless->tokenizer);
  CHECK(std::ranges::equal(model->rows.codes, headless->rows.codes));
}

TEST_CASE("an XLM-RoBERTa folder starts at the position behind its padding") {
  const Result<Model> model = import_folder(hugging_face_folder({"F32", "xlm-roberta", "roberta."}));
  REQUIRE(model);
  CHECK(model->tokenizer_kind == "unigram");
  CHECK(model->weights.shape.positions == 8);
  // Row 2 of the file's table, whose rows have 32 values, is row 0 of the model's.
  CHECK(std::abs(first_weight(model->weights.positions) - sample_value(1, 64)) < 0.005F);
}

TEST_CASE("int4 weights are half the size") {
  const Result<Model> model = import_folder(hugging_face_folder(), BlockEncoding::kInt4);
  REQUIRE(model);
  CHECK(model->rows.codes.size() == 22 * 16);
  CHECK(model->weights.positions.encoding == BlockEncoding::kInt8);
}

TEST_CASE("pooling comes from the card before the folder, and must come from one of them") {
  Folder folder = hugging_face_folder();
  CardFile card;
  card.pooling = Pooling::kFirst;
  const Result<Model> first = import_folder(folder, BlockEncoding::kInt8, card);
  REQUIRE(first);
  CHECK(first->weights.shape.pooling == Pooling::kFirst);
  folder.erase("1_Pooling/config.json");
  check_says(error_of(folder), "crossglot-card.json");
  CHECK(import_folder(folder, BlockEncoding::kInt8, card));
}

TEST_CASE("a sequence length that the folder states caps the positions") {
  Folder folder = hugging_face_folder();
  folder["sentence_bert_config.json"] = bytes_of(R"({"max_seq_length": 6})");
  const Result<Model> model = import_folder(folder);
  REQUIRE(model);
  CHECK(model->weights.shape.positions == 6);
}

TEST_CASE("what the engine cannot run is an error that names the field") {
  const struct {
    const char* file;
    const char* from;
    const char* to;
    const char* words;
  } changes[] = {
      {"config.json", "\"gelu\"", "\"relu\"", "hidden_act is \"relu\"; only \"gelu\""},
      {"config.json", "\"absolute\"", "\"relative_key\"", "position_embedding_type"},
      {"config.json", "\"bert\"", "\"mpnet\"", "model_type is \"mpnet\"; \"bert\", \"roberta\" and \"xlm-roberta\""},
      {"config.json", "\"model_type\"", "\"is_decoder\":true,\"model_type\"", "is_decoder"},
      {"config.json", "\"model_type\"", "\"quantization_config\":{\"bits\":4},\"model_type\"", "quantization_config"},
      {"config.json", "\"hidden_size\":32", "\"hidden_size\":-32", "hidden_size"},
      {"config.json", "\"hidden_size\":32", "\"hidden_size\":33", "multiple of 32"},
      {"config.json", "\"hidden_size\":32", "\"hidden_size\":99999999999", "hidden_size"},
      {"config.json", "\"num_hidden_layers\":3", "\"num_hidden_layers\":0", "layers"},
      {"config.json", "\"num_hidden_layers\":3", "\"num_hidden_layers\":4", "encoder.layer.3."},
      {"config.json", "\"num_attention_heads\":2", "\"num_attention_heads\":3", "heads"},
      {"config.json", "\"vocab_size\":22", "\"vocab_size\":21", "vocab_size"},
      {"config.json", "\"vocab_size\":22", "\"vocab_size\":23", "word_embeddings"},
      {"config.json", "\"layer_norm_eps\":1e-12", "\"layer_norm_eps\":\"1\"", "layer_norm_eps"},
      {"tokenizer.json", "\"WordPiece\"", "\"BPE\"", "model.type is \"BPE\"; \"Unigram\" and \"WordPiece\""},
      {"tokenizer.json", "\"BertNormalizer\"", "\"NFC\"", "normalizer \"NFC\""},
      {"tokenizer.json", "\"BertPreTokenizer\"", "\"ByteLevel\"", "pre_tokenizer \"ByteLevel\""},
      {"tokenizer.json", "\"TemplateProcessing\"", "\"ByteLevel\"", "post_processor"},
      {"tokenizer.json", "\"the\":5", "\"the\":6", "model.vocab"},
      {"tokenizer.json", "\"max_input_chars_per_word\":100", "\"max_input_chars_per_word\":9", "100 characters"},
      {"model.safetensors", "encoder.layer.1.output.dense.bias", "encoder.layer.1.output.dense.bi_s",
       "layer.1.output"},
  };
  for (const auto& change : changes) {
    Folder folder = hugging_face_folder();
    replace(folder, change.file, change.from, change.to);
    INFO(change.file << ": " << change.to);
    check_says(error_of(folder), change.words);
  }
}

TEST_CASE("a unigram tokenizer that does other steps than SentencePiece is an error") {
  const std::pair<const char*, const char*> changes[] = {
      {"\"Precompiled\"", "\"Lowercase\""},
      {"\"Metaspace\"", "\"Metaspace\",\"prepend_scheme\":\"never\""},
      {"\"Metaspace\"", "\"Metaspace\",\"add_prefix_space\":false"},
      {"\"unk_id\":3", "\"unk_id\":3,\"byte_fallback\":true"},
      {"\"unk_id\":3", "\"unk_id\":-3"},
      {"\"unk_id\":3", "\"unk_id\":3000"},
  };
  for (const auto& [from, to] : changes) {
    Folder folder = hugging_face_folder({"F32", "xlm-roberta", ""});
    REQUIRE(import_folder(folder));
    replace(folder, "tokenizer.json", from, to);
    INFO(to);
    check_says(error_of(folder), "tokenizer.json: ");
  }
}

TEST_CASE("a step after pooling that changes vectors is an error") {
  Folder folder = hugging_face_folder();
  folder["modules.json"] = bytes_of(R"([{"type": "sentence_transformers.models.Dense"}])");
  check_says(error_of(folder), "sentence_transformers.models.Dense");
}

TEST_CASE("a file that is not there is named") {
  for (const char* name : {"config.json", "model.safetensors", "tokenizer.json"}) {
    Folder folder = hugging_face_folder();
    folder.erase(name);
    const Error error = error_of(folder);
    CHECK(error.code == ErrorCode::kMissing);
    CHECK(error.message.find(name) != std::string::npos);
  }
}

TEST_CASE("vocab.txt with tokenizer_config.json makes the same tokenizer as tokenizer.json") {
  Folder folder = hugging_face_folder();
  const Result<TokenizerPieces> pieces = read_tokenizer_json(as_text(folder["tokenizer.json"]), std::nullopt);
  REQUIRE(pieces);
  const char* special[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
  std::string text;
  for (std::size_t i = 0; i < pieces->pieces.size(); ++i) text += (i < 5 ? special[i] : pieces->pieces[i]) + "\r\n";
  const Result<Model> before = import_folder(folder);
  folder.erase("tokenizer.json");
  folder["vocab.txt"] = bytes_of(text);
  folder["tokenizer_config.json"] = bytes_of(R"({"do_lower_case": true, "strip_accents": null})");
  const Result<Model> after = import_folder(folder);
  REQUIRE(before);
  REQUIRE(after);
  CHECK(after->tokenizer == before->tokenizer);
  folder["tokenizer_config.json"] = bytes_of(R"({"do_lower_case": false})");
  const Result<Model> cased = import_folder(folder);
  REQUIRE(cased);
  CHECK(cased->tokenizer != before->tokenizer);
  folder["vocab.txt"] = bytes_of("[PAD]\n[UNK]\n[CLS]\nthe\n");
  check_says(error_of(folder), "[SEP]");
}

TEST_CASE("an E5S1 file has the names and prefixes of multilingual-e5-small unless a card says others") {
  const Result<Model> model = import_e5s1(e5s1_file(), {});
  REQUIRE(model);
  CHECK(model->card.name == "multilingual-e5-small");
  CHECK(model->card.license == "MIT");
  CHECK(model->card.query_prefix == "query: ");
  CHECK(model->card.passage_prefix == "passage: ");
  const Result<Model> named = import_e5s1(e5s1_file(), {"mine", "", "", "Q ", ""});
  REQUIRE(named);
  CHECK(named->card.name == "mine");
  CHECK(named->card.query_prefix == "Q ");
}

TEST_CASE("an E5S1 file of a newer version or an impossible shape is told apart") {
  Bytes newer = e5s1_file();
  newer[4] = 2;
  const Result<Model> model = import_e5s1(newer, {});
  REQUIRE_FALSE(model);
  CHECK(model.error().code == ErrorCode::kTooNew);
  for (const std::size_t field : {8, 12, 16, 20, 24, 28, 32, 36, 40, 44}) {
    for (const std::uint8_t high : {0x00, 0x7f, 0xff}) {  // nothing, huge, negative
      Bytes file = e5s1_file();
      for (std::size_t i = 0; i < 4; ++i) file[field + i] = high;
      const Result<Model> broken = import_e5s1(file, {});
      INFO("byte " << field << " = " << int{high});
      REQUIRE_FALSE(broken);
      CHECK(broken.error().code == ErrorCode::kInput);
    }
  }
}

TEST_CASE("a card says its fields, and what is wrong with them") {
  const Result<CardFile> card = read_card_file(
      R"({"name": "my-model", "license": "MIT", "prefixes": {"query": "Q: "}, "pooling": "cls", "more": 1})");
  REQUIRE(card);
  CHECK(card->card.name == "my-model");
  CHECK(card->card.query_prefix == "Q: ");
  CHECK(card->card.passage_prefix.empty());
  CHECK(card->pooling == Pooling::kFirst);
  const std::pair<const char*, const char*> broken[] = {
      {"[]", "JSON object"},
      {R"({"name": 3})", "name"},
      {R"({"name": "../x"})", "name"},
      {R"({"name": "Ü"})", "name"},
      {R"({"license": []})", "license"},
      {R"({"prefixes": "query: "})", "prefixes"},
      {R"({"prefixes": {"query": 1}})", "prefixes"},
      {R"({"pooling": "max"})", "pooling"},
  };
  for (const auto& [text, words] : broken) {
    const Result<CardFile> result = read_card_file(text);
    INFO(text);
    REQUIRE_FALSE(result);
    check_says(result.error(), words);
  }
}

}  // namespace
}  // namespace crossglot::test
