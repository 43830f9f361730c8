// The numbered .sql files of shared/db/migrations, embedded by the build in the order of their names, and what they
// arrive at (newest_schema.sql).
#pragma once

#include <vector>

namespace tw::db {

struct Migration {
  const char* name;  // "0001_foundation"
  const char* sql;
};

std::vector<Migration> migrations();

// Where the first migrations of a new database lead, in one step: SQLite reads the whole schema anew for each column
// that is added, and a database that has just been made would do so twenty times.
struct MadeSchema {
  const char* through;  // the name of the last migration that is in it; later ones run after it
  const char* sql;
};

MadeSchema newest_schema();

}  // namespace tw::db
