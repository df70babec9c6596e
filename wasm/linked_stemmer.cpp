#include "abi_stemmer.h"

namespace crossglot {

std::unique_ptr<Stemmer> make_abi_stemmer() {
  return make_snowball_stemmer();
}

}  // namespace crossglot
