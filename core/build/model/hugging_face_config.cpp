#include "build/model/hugging_face_config.h"

#include <algorithm>

#include "build/model/json_fields.h"
#include "embed/pack_encoder.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;

constexpr const char* kConfigName = "config.json";
constexpr const char* kPoolingName = "1_Pooling/config.json";
constexpr const char* kModulesName = "modules.json";
constexpr const char* kLengthName = "sentence_bert_config.json";

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, what);
}

// The JSON object of a file, or nothing where there is no such file. Errors: kInput, kIo.
Result<std::optional<Json>> read_json(const ReadFile& read, const std::string& name) {
  const Result<Bytes> bytes = read(name);
  if (!bytes && bytes.error().code == ErrorCode::kMissing) return std::optional<Json>();
  if (!bytes) return bytes.error();
  Json json = Json::parse(bytes->begin(), bytes->end(), nullptr, false);
  if (json.is_discarded()) return bad(name + ": is not JSON, or cut off");
  return std::optional<Json>(std::move(json));
}

// Fields of which the engine knows one value. A field that is not there has it.
Status check_supported(const Json& config) {
  struct Known {
    const char* field;
    const char* value;
  };
  for (const Known known : {Known{"hidden_act", "gelu"}, Known{"position_embedding_type", "absolute"}}) {
    const Json* found = find_field(config, known.field);
    if (found != nullptr && *found != known.value) {
      return bad(std::string(kConfigName) + ": " + known.field + " is " + found->dump() + "; only \"" + known.value +
                 "\" can be run");
    }
  }
  for (const char* field : {"is_decoder", "add_cross_attention", "is_encoder_decoder"}) {
    bool set = false;
    if (read_field(config, field, set) && set) return bad(std::string(kConfigName) + ": " + field + " cannot be run");
  }
  for (const char* field : {"quantization_config", "pruned_heads"}) {
    const Json* found = find_field(config, field);
    if (found != nullptr && !found->empty()) return bad(std::string(kConfigName) + ": " + field + " cannot be read");
  }
  return ok_status();
}

Status read_shape(const Json& config, HuggingFaceConfig& result) {
  EncoderShape& shape = result.shape;
  const struct {
    const char* field;
    std::uint32_t* value;
  } numbers[] = {{"num_hidden_layers", &shape.layers},
                 {"hidden_size", &shape.hidden},
                 {"num_attention_heads", &shape.heads},
                 {"intermediate_size", &shape.feed_forward},
                 {"max_position_embeddings", &result.stored_positions},
                 {"vocab_size", &result.vocabulary},
                 {"type_vocab_size", &result.types}};
  for (const auto& number : numbers) {
    if (!read_field(config, number.field, *number.value)) {
      return bad(std::string(kConfigName) + ": " + number.field + " is not there, or no number from 0 to 4294967295");
    }
  }
  if (!read_field(config, "layer_norm_eps", shape.layer_norm_epsilon)) {
    return bad(std::string(kConfigName) + ": layer_norm_eps is not there, or no number");
  }
  std::uint32_t padding = 0;
  if (read_field(config, "pad_token_id", padding)) result.padding = padding;
  if (result.types == 0) return bad(std::string(kConfigName) + ": type_vocab_size is 0");
  return ok_status();
}

Status read_family(const Json& config, HuggingFaceConfig& result) {
  std::string family;
  read_field(config, "model_type", family);
  if (family == "xlm-roberta" || family == "roberta") {
    result.first_position = result.padding.value_or(1) + 1;
  } else if (family != "bert") {
    return bad(std::string(kConfigName) + ": model_type is \"" + family +
               "\"; \"bert\", \"roberta\" and \"xlm-roberta\" can be read");
  }
  if (result.first_position >= result.stored_positions) {
    return bad(std::string(kConfigName) + ": max_position_embeddings leaves no position for a text");
  }
  result.shape.positions = result.stored_positions - result.first_position;
  return ok_status();
}

Status read_pooling(const ReadFile& read, std::optional<Pooling> pooling, EncoderShape& shape) {
  if (pooling) {
    shape.pooling = *pooling;
    return ok_status();
  }
  const Result<std::optional<Json>> json = read_json(read, kPoolingName);
  if (!json) return json.error();
  bool mean = false, first = false;
  if (json->has_value()) {
    read_field(**json, "pooling_mode_mean_tokens", mean);
    read_field(**json, "pooling_mode_cls_token", first);
  }
  if (mean == first) {
    return bad(std::string(kPoolingName) +
               " does not say one of mean and cls: say it in crossglot-card.json, {\"pooling\": \"mean\"}");
  }
  shape.pooling = mean ? Pooling::kMean : Pooling::kFirst;
  return ok_status();
}

// Sentence-transformers' steps after pooling: normalising is what every vector gets; others change it.
Status check_modules(const ReadFile& read) {
  const Result<std::optional<Json>> json = read_json(read, kModulesName);
  if (!json) return json.error();
  if (!json->has_value() || !(*json)->is_array()) return ok_status();
  for (const Json& module : **json) {
    std::string type;
    read_field(module, "type", type);
    const std::string last = type.substr(type.rfind('.') + 1);
    if (last != "Transformer" && last != "Pooling" && last != "Normalize") {
      return bad(std::string(kModulesName) + ": the module " + type + " cannot be run");
    }
  }
  return ok_status();
}

// What the model was made for can be shorter than what its table holds.
Status read_length(const ReadFile& read, EncoderShape& shape) {
  const Result<std::optional<Json>> json = read_json(read, kLengthName);
  if (!json) return json.error();
  std::uint32_t length = 0;
  if (json->has_value() && read_field(**json, "max_seq_length", length) && length > 2) {
    shape.positions = std::min(shape.positions, length);
  }
  return ok_status();
}

}  // namespace

Result<HuggingFaceConfig> read_hugging_face_config(const ReadFile& read, std::optional<Pooling> pooling) {
  const Result<std::optional<Json>> json = read_json(read, kConfigName);
  if (!json) return json.error();
  if (!json->has_value()) return make_error(ErrorCode::kMissing, "there is no config.json");
  const Json& config = **json;
  if (!config.is_object()) return bad(std::string(kConfigName) + ": is not an object");
  HuggingFaceConfig result;
  if (Status status = check_supported(config); !status) return status.error();
  if (Status status = read_shape(config, result); !status) return status.error();
  if (Status status = read_family(config, result); !status) return status.error();
  if (Status status = read_pooling(read, pooling, result.shape); !status) return status.error();
  if (Status status = check_modules(read); !status) return status.error();
  if (Status status = read_length(read, result.shape); !status) return status.error();
  EncoderShape whole = result.shape;
  whole.pieces = result.vocabulary;
  if (Status status = check_shape(whole); !status)
    return bad(std::string(kConfigName) + ": " + status.error().message);
  return result;
}

}  // namespace crossglot
