// What becomes of imports that nobody goes on with, and of the files they own. Called by the sweep (jobs.h).
//
//   the uploaded file     goes when its rows are written, when the file is refused or the import discarded, when the
//                         write is cancelled or fails, and a week after anybody last did something with it
//   the refused rows      go with the import, before the next check of it, and a month after the rows were written
//   a file without a row  goes at the next start, and by the sweep once it has not grown for a day
//
// What must stay true: no file goes that an operation which can still run needs; a row forgets its file in a commit
// before the file goes.
#pragma once

#include <vector>

#include "services/import_store.h"
#include "services/work.h"

namespace tw::services {

// What the state means now: an operation that was cancelled or failed leaves "checking" or "writing" behind.
api::ImportState settled(Work& work, const Import& import);
// Is there a whole file of refused rows, of the last check?
bool has_refusals_file(const Import& import);

struct Unowned {
  std::vector<SpoolId> files;  // that rows have forgotten
  bool more = false;           // imports are left to look at
};
Unowned end_abandoned_imports(Work& work);

// A step of it; false: nothing was left to do.
bool forget_leftover_keys(Work& work);

// Of these the ones that no row names.
std::vector<SpoolId> without_row(Work& work, std::vector<SpoolId> files);

}  // namespace tw::services
