// Databases that come and go as files: exported from here for a server or another browser, opened from there.
//
// What must stay true: a file takes the place of what is here as one transaction, after everything that can be wrong
// with it has been looked for; a page that is closed meanwhile keeps what it had. Nobody is signed in afterwards, and
// the audit log of what was opened says so, and where the one that it replaced ended, as a restore on a server does.
#pragma once

#include <optional>
#include <string>

#include "core/env.h"
#include "core/error.h"
#include "db/sqlite.h"
#include "db/two_files.h"

namespace tw::worker {

// What a file holds, or empty when it cannot be read. Between transactions it is a whole database.
std::optional<std::string> all_of(db::File& file);

// `bytes`: a database of Tidewater of this version or an older one, as exported here or as a backup of a server. What
// is wrong with it otherwise, in words of the catalogues. Throws DbError when `into` cannot be written.
std::optional<Error> take_database(db::Database& into, std::string bytes, Env& env);

}  // namespace tw::worker
