// The C interface of crossglot/crossglot.h, and of crossglot/meaning.h but where words alone are searched, over
// search/index.h.
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "abi_stemmer.h"
#include "base/bytes.h"
#include "base/check.h"
#include "crossglot/crossglot.h"
#ifndef CROSSGLOT_WORDS_ONLY
#  include "crossglot/meaning.h"
#endif
#include "json_text.h"
#include "request.h"
#include "search/index.h"

using namespace crossglot;

// The stemmer outlives the index that borrows it: members are destroyed in reverse order.
struct cg_index {
  std::unique_ptr<Stemmer> stemmer = make_abi_stemmer();
  Index index{stemmer.get()};
  std::string text;  // what the last cg_text of this index points into
  std::string error;
};

namespace {

Bytes copy(const std::uint8_t* bytes, std::size_t size) {
  return size == 0 ? Bytes() : Bytes(bytes, bytes + size);
}

cg_status fail(cg_index* index, const Error& error) {
  index->error = error.message;
  return static_cast<cg_status>(error.code);
}

cg_status give(cg_index* index, std::string text, cg_text* out) {
  index->text = std::move(text);
  *out = {index->text.data(), index->text.size()};
  return 0;
}

cg_status finish(cg_index* index, const Status& status) {
  return status.ok() ? 0 : fail(index, status.error());
}

}  // namespace

extern "C" {

uint32_t cg_abi_version(void) {
  return CG_ABI_VERSION;
}

void* cg_alloc(size_t size) {
  return std::malloc(size);
}
void cg_free(void* memory) {
  std::free(memory);
}

cg_index* cg_index_new(void) {
  return new cg_index();
}
void cg_index_delete(cg_index* index) {
  delete index;
}

cg_status cg_add_language(cg_index* index, const uint8_t* list, size_t size) {
  CG_CHECK(index != nullptr);
  return finish(index, index->index.add_language(copy(list, size)));
}

#ifndef CROSSGLOT_WORDS_ONLY
cg_status cg_add_vectors(cg_index* index, const uint8_t* list, size_t size) {
  CG_CHECK(index != nullptr);
  return finish(index, index->index.add_vectors(copy(list, size)));
}

void cg_vector_model(cg_index* index, cg_text* out) {
  CG_CHECK(index != nullptr && out != nullptr);
  give(index, index->index.vector_model(), out);
}
#endif

cg_status cg_attach(cg_index* index, const char* name, size_t name_size, const uint8_t* bytes, size_t size) {
  CG_CHECK(index != nullptr);
  return finish(index, index->index.attach(std::string_view(name, name_size), copy(bytes, size)));
}

cg_status cg_search(cg_index* index, const char* request, size_t size, cg_text* out) {
  CG_CHECK(index != nullptr && out != nullptr);
  const Result<SearchRequest> parsed = parse_request(std::string_view(request, size));
  if (!parsed.ok()) return fail(index, parsed.error());
  const Result<SearchResponse> response = index->index.search(*parsed);
  if (!response.ok()) return fail(index, response.error());
  return give(index, to_json(*response), out);
}

cg_status cg_stemmers(cg_index* index, cg_text* out) {
  CG_CHECK(index != nullptr && out != nullptr);
  return give(index, json_array(index->index.stemmers()), out);
}

void cg_error_message(cg_index* index, cg_text* out) {
  CG_CHECK(index != nullptr && out != nullptr);
  *out = {index->error.data(), index->error.size()};
}

}  // extern "C"
