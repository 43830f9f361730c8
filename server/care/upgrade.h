// Brings the database to the schema of this program, and back.
//
// What must stay true: before a schema that has data is changed, a checked copy of the database lies in the folder of
// backups; the change is one transaction, so that kill -9 leaves the old schema or the new one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/env.h"
#include "db/sqlite.h"
#include "server/folder.h"
#include "server/words/message.h"

namespace tw::server {

struct Upgraded {
  std::unique_ptr<db::Database> database;  // open, at the schema of this program
  int migrations = 0;                      // that ran
  std::filesystem::path snapshot;          // from before them; empty: none ran, or there was no data yet
};

// The caller holds the folder's lock. Throws when the copy cannot be made: then nothing is changed.
Upgraded open_up_to_date(const Folder& folder, const std::filesystem::path& backups, Clock& clock, Log& log);

// How many rows a table has before and after; none: the table is not there.
struct TableChange {
  std::string table;
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  bool lost_rows() const;  // some that were there are not there any more
};

// What an upgrade would do, tried on a copy that is thrown away; also while a server runs. `good`: every row that was
// there is there afterwards, and the check finds no damage. Counters that do not agree can be made from the rows again,
// after the upgrade as well as before it.
struct Tried {
  bool good = false;
  bool counts_agree = false;
  int migrations = 0;
  std::vector<TableChange> tables;
  std::vector<Message> lines;  // of the check
};
Tried try_upgrade(const Folder& folder, Clock& clock, Log& log);

}  // namespace tw::server
