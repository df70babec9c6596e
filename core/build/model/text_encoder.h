// build/model/text_encoder.h - texts to vectors with a model pack on disk: what the command line and the indexer use.
//
// Pages of the vocabulary are read when a text first needs them.
//
// Threads  One at a time; encode() starts threads of its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "build/model/pack_reader.h"
#include "embed/encoder.h"
#include "embed/loaded_rows.h"
#include "text/tokenizer.h"

namespace crossglot {

// Which of the pack's prefixes a text gets.
enum class TextKind : std::uint8_t { kQuery, kPassage };

class TextEncoder {
 public:
  // Reads everything but pages. Errors: those of PackReader; kCorrupt where files do not fit each other.
  static Result<TextEncoder> open(ReadFile read);

  const ModelDescription& description() const { return reader_.description(); }
  std::size_t dimensions() const { return encoder_.shape().hidden; }
  const Kernels& kernels() const { return encoder_.kernels(); }

  // texts  UTF-8 without prefix; what is longer than the model takes is cut.
  // out    [texts][dimensions()], each of length 1: the same bits for any number of threads and texts.
  // Errors: those of PackReader::read_page, the file's name in them; `out` is then untouched.
  // Precondition: out.size() == texts.size() * dimensions().
  Status encode(std::span<const std::string> texts, TextKind kind, unsigned threads, std::span<float> out);

 private:
  TextEncoder(PackReader reader, Encoder encoder, Tokenizer tokenizer, LoadedRows rows);
  std::vector<std::uint32_t> pieces_of(const std::string& text, TextKind kind);
  Status load_pages(std::span<const std::vector<std::uint32_t>> texts);

  PackReader reader_;
  Encoder encoder_;
  Tokenizer tokenizer_;
  LoadedRows rows_;
  TokenizerWorkspace workspace_;
};

}  // namespace crossglot
