// The file of customers that an administrator imports while the visitor is looking already: most of the company's
// customers arrive as a long operation like any other. Making them with the rest of the world would keep everybody
// waiting for longer than for all of the ninety days; even the upload waits until the first screen stands.
//
// What must stay true: the same import gives the same bytes whenever they are made, because a page that is loaded anew
// has lost the file and not the row of the import; the check has counted on them. Only a login that was changed within
// these seconds gives others: then the import ends as every one whose file is gone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/env.h"
#include "core/ids.h"
#include "demo/lists.h"
#include "services/dispatcher.h"
#include "services/work.h"

namespace tw::demo {

inline constexpr std::size_t late_file = 3;  // of the files in assets/demo/company.json

// So many rows; `customers` are there already. Dates are told from `today`, a day number.
std::string late_file_bytes(const Lists& lists, const std::string& language, std::int64_t today, std::int64_t customers,
                            std::int64_t rows, const std::vector<std::string>& owners);

// What is kept in the database about it until it has ended.
struct LateImport {
  ImportId import;             // none: it has not begun
  std::int64_t customers = 0;  // that were there before
  std::int64_t rows = 0;       // none: it has ended, or there is none
};
LateImport late_import(services::Work& work);
void set_late_import(services::Work& work, const LateImport& late);

// After a reload: the bytes are in the spool again, under the name that the import knows.
void bring_back_late_file(services::WorkRunner& runner, Env& env);

// Asks for the next thing when it is time, as the administrator would: for the file to be checked, and for its rows to
// be written then. The steps between are the product's own. False: nothing is left to do, and it was so noted.
bool go_on_with_late_file(services::WorkRunner& runner, services::Dispatcher& dispatcher, Env& env);

}  // namespace tw::demo
