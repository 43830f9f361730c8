// What stays ticked when rows leave a list: who has left is not meant by "3 selected", and must not be ticked still
// when they come back.
#pragma once

#include <cstdint>
#include <iterator>
#include <set>

#include "api/customer.h"
#include "api/item.h"
#include "client/store/window.h"
#include "client/ui/table.h"

namespace tw::views {

struct Here {  // of a list, what has been loaded
  std::set<std::int64_t> keys{};
  bool whole = false;  // that is all of it
};

inline std::int64_t key_of(const api::ItemRow& row) { return row.item.value; }
inline std::int64_t key_of(const api::CustomerRow& row) { return row.customer.value; }

template <class Row>
Here here_of(const store::Window<Row>& rows) {
  Here here;
  rows.each([&here](const Row& row) { here.keys.insert(key_of(row)); });
  here.whole = rows.known() && rows.total.exact && static_cast<std::int64_t>(here.keys.size()) >= rows.rows();
  return here;
}

// Only a list that is here whole can tell of any row that it has left. Of one that changed lately it is enough that it
// is not among those that are here; others may stand on a page that is not loaded.
template <class Row>
void keep_what_is_here(ui::Selection& selection, const store::Window<Row>& rows,
                       const std::set<std::int64_t>& changed) {
  if (selection.keys.empty()) return;  // nearly always, and looking through all that is loaded costs a frame something
  const Here here = here_of(rows);
  for (auto key = selection.keys.begin(); key != selection.keys.end();) {
    const bool left = here.keys.count(*key) == 0 && (here.whole || changed.count(*key) != 0);
    key = left ? selection.keys.erase(key) : std::next(key);
  }
}

}  // namespace tw::views
