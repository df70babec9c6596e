#include "build/model/hugging_face_config.h"

#include "fuzz/targets.h"

using namespace crossglot;

// The input stands for each of the folder's JSON files in turn; the others are as they ought to be.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kConfig =
      R"({"model_type":"bert","num_hidden_layers":1,"hidden_size":32,"num_attention_heads":1,"intermediate_size":32,)"
      R"("max_position_embeddings":2,"vocab_size":5,"type_vocab_size":1,"layer_norm_eps":1e-12})";
  constexpr std::string_view kPooling = R"({"pooling_mode_mean_tokens":true})";
  for (const std::string_view fuzzed :
       {"config.json", "1_Pooling/config.json", "modules.json", "sentence_bert_config.json"}) {
    const ReadFile read = [&](const std::string& name) -> Result<Bytes> {
      if (name == fuzzed) return Bytes(data, data + size);
      if (name == "config.json") return Bytes(kConfig.begin(), kConfig.end());
      if (name == "1_Pooling/config.json") return Bytes(kPooling.begin(), kPooling.end());
      return make_error(ErrorCode::kMissing, name);
    };
    const Result<HuggingFaceConfig> config = read_hugging_face_config(read, std::nullopt);
    if (config) {
      CG_CHECK(config->shape.positions + config->first_position <= config->stored_positions);
      CG_CHECK(config->shape.hidden % config->shape.heads == 0);
    } else {
      CG_CHECK(config.error().code == ErrorCode::kInput && !config.error().message.empty());
    }
  }
  return 0;
}
