// build/model/pack_reader.h - a model pack in a folder: every file inflated and checked against what names it.
//
// Errors: kMissing (a file is not there), kIo, kCorrupt, kTooNew, kTooOld, kInput (another family); all name the
// file.
#pragma once

#include <string>
#include <vector>

#include "build/model/description.h"
#include "build/model/model.h"
#include "embed/pack_encoder.h"
#include "embed/pack_rows.h"

namespace crossglot {

class PackReader {
 public:
  // read  gives the stored files; it is kept.
  static Result<PackReader> open(ReadFile read);

  const ModelDescription& description() const { return description_; }

  Result<EncoderPack> read_encoder() const;
  Result<Bytes> read_tokenizer() const;  // for Tokenizer::create
  Result<RowTable> read_rows() const;
  // Precondition: the page is one of the table's and present().
  Result<RowPage> read_page(const RowTable& table, std::uint32_t page) const;

  // The whole pack, to write it again in another order. Errors: also kInput where the pack lacks pages.
  Result<Model> read_model() const;

 private:
  PackReader(ReadFile read, ModelDescription description)
      : read_(std::move(read)), description_(std::move(description)) {}
  Result<Bytes> read_content(const PackFile& file) const;

  ReadFile read_;
  ModelDescription description_;
};

}  // namespace crossglot
