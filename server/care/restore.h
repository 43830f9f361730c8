// Puts a backup in the place of a data folder's database, and keeps what was there.
//
// What must stay true: at every moment, also after kill -9, the folder has a whole database, the old one or the new
// one; the old one is never deleted. Whoever is signed in then must sign in again: sessions that ended after the backup
// was made would be alive in it.
#pragma once

#include <filesystem>
#include <string>

#include "core/env.h"
#include "server/care/verify.h"
#include "server/folder.h"

namespace tw::server {

struct Restored {
  Verified verified;               // when it is not whole, nothing was changed
  std::filesystem::path replaced;  // where the old one is; empty: there was none
};

// The caller holds both locks of the folder. Throws DbError, std::system_error or Refused.
Restored restore_backup(const Folder& folder, const std::filesystem::path& file, Clock& clock, Log& log);

}  // namespace tw::server
