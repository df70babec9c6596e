// build/generic_means.h - means of queries that other documentation gave, for languages that a site has little of.
//
//   # crossglot means 1
//   @ MODEL 384                  whose vectors these are, and their dimensions
//   fr<TAB>640<TAB>-12 3 ...     a language, texts that its mean is of, and the mean in thousandths
//
// Readers ask in languages that the site is not written in. What their queries have in common is mostly the language,
// so that another site's titles, headings and first sentences tell it too; half of what this site's queries differ
// from the others' in is added (VectorLanguage::query_mean). How a file is made, and of what: models/means/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "format/vector_list.h"

namespace crossglot {

struct GenericMean {
  std::string lang;
  std::uint32_t count = 0;
  std::vector<float> mean;  // [dimensions]
};

class GenericMeans {
 public:
  // Takes a file's means in place of what was there. Errors: kInput naming file and line; all is then as before.
  Status read(std::string_view text, const std::string& file);
  // Whether they can be taken off that model's vectors (model/vector_identity.h). Errors: kArgument naming `file`.
  Status check_model(std::string_view model, std::size_t dimensions, const std::string& file) const;

  const std::string& model() const { return model_; }
  std::size_t dimensions() const { return dimensions_; }
  const std::vector<GenericMean>& languages() const { return languages_; }  // ascending by lang
  // The mean of this language, else of one that shares its primary subtag, or null.
  const GenericMean* find(std::string_view lang) const;
  bool empty() const { return languages_.empty(); }

 private:
  std::string model_;
  std::size_t dimensions_ = 0;
  std::vector<GenericMean> languages_;
};

// The file of a list's means that are the site's own.
std::string means_file(const VectorList& list);

}  // namespace crossglot
