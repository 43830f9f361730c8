// Whether a database file that nobody uses is worth restoring: SQLite's own checks, a schema that this program knows,
// and every kept counter against a recount. Changes nothing.
//
// What must stay true: a counter that does not agree is told, and is no reason to refuse. The rows are all there, the
// counters can be made from them again, and the file may be the only copy that somebody has.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/env.h"
#include "server/words/message.h"

namespace tw::server {

struct Verified {
  bool whole = false;          // can be put back
  bool counts_agree = false;   // and needs no recount then
  std::vector<Message> lines;  // of what is wrong, when it is not
  std::string schema;          // the newest migration in it
  int pending = 0;             // changes of the schema that this program would make
};

// `scratch` names a file that may be made, for a copy with the schema of this program; it is gone afterwards. It is
// needed only when the file's schema is older. `named` is what the texts call the file, when it is a copy of that one.
Verified verify_backup(const std::filesystem::path& file, const std::filesystem::path& scratch, Clock& clock, Log& log,
                       const std::filesystem::path& named = {});

}  // namespace tw::server
