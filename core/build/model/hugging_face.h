// build/model/hugging_face.h - import a Hugging Face folder of the BERT or XLM-RoBERTa family.
//
// Read: config.json, model.safetensors (F32, F16, BF16), tokenizer.json or vocab.txt, and where they are there
// 1_Pooling/config.json, modules.json, sentence_bert_config.json, tokenizer_config.json. What the engine cannot run
// is an error that names file and field (hugging_face_config.h).
#pragma once

#include "build/model/card.h"
#include "build/model/model.h"

namespace crossglot {

// encoding  of matrices and rows of the vocabulary; positions are int8.
// Errors: kInput, kMissing, kIo, naming the file.
Result<Model> import_hugging_face(const ReadFile& read, const CardFile& card, BlockEncoding encoding);

}  // namespace crossglot
