#include "embed/pack_rows.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const Result<RowTable> table = RowTable::open({data, size})) {
    for (std::uint32_t piece = 0; piece < table->pieces(); ++piece) {
      const RowPlace place = table->place(piece);
      CG_CHECK(place.page < table->pages().size() && place.row < table->pages()[place.page].rows);
    }
  }
  if (const Result<RowPage> page = RowPage::open(Bytes(data, data + size), 3, 64)) {
    const BlockMatrix row = page->row(2);
    CG_CHECK(row.scales.size() == 2 && row.codes.back() <= 255);
  }
  return 0;
}
