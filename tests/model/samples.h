// Encoders of a few kilobytes, written as others write theirs: an E5S1 file and Hugging Face folders.
#pragma once

#include <map>
#include <string>

#include "build/builder.h"
#include "build/model/model.h"

namespace crossglot::test {

using Folder = std::map<std::string, Bytes, std::less<>>;

ReadFile reader_of(Folder folder);
Bytes bytes_of(std::string_view text);

struct FolderOptions {
  std::string type = "F32";     // of the tensors
  std::string family = "bert";  // "xlm-roberta": unigram, two rows of positions before the first
  std::string prefix;           // of the tensors' names
  bool classifier = false;      // a head behind the encoder, as a cross-encoder has one
};
// config.json, model.safetensors, tokenizer.json, 1_Pooling/config.json: 3 layers of 32, 2 heads, 8 positions.
Folder hugging_face_folder(const FolderOptions& options = {});
// The file of the folder with `from` replaced by `to`, which must be there.
void replace(Folder& folder, const std::string& file, const std::string& from, const std::string& to);

// 2 layers of 64, 2 heads, 12 positions, 40 pieces and two rows more.
Bytes e5s1_file();

// A pack's files by name.
Folder folder_of(const std::vector<BundleFile>& files);

// What a value of a tensor is: a function of its place, exact in bfloat16.
float sample_value(std::size_t tensor, std::size_t index);

}  // namespace crossglot::test
