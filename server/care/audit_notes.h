// What the care of a data folder leaves in its audit log. Whoever copies the database takes all of it out, and whoever
// puts another one in its place moves the log's end: both are entries of the log itself (the latter is written by
// services/audit_upkeep.h, for the local backend opens databases too).
#pragma once

#include <string>

#include "server/care/backup.h"
#include "services/work.h"

namespace tw::server {

// As it goes through the socket from a command to the server that runs.
struct BackupNote {
  std::int64_t bytes = 0;
  std::int64_t rows = 0;
  std::string schema;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("bytes", s.bytes);
    v("rows", s.rows);
    v("schema", s.schema, rule::text(0, 100));
  }
};
BackupNote note_of(const Backup& backup);

// Is there an audit log in this database? One of an older schema has none before its upgrade.
bool has_audit_log(db::Database& database);

void audit_backup(services::Work& work, const BackupNote& backup);
void audit_upgrade(services::Work& work, std::string_view schema, int migrations);

}  // namespace tw::server
