// The numbered .sql files of shared/db/migrations, embedded by the build in the order of their names.
#pragma once

#include <vector>

namespace tw::db {

struct Migration {
  const char* name;  // "0001_foundation"
  const char* sql;
};

std::vector<Migration> migrations();

}  // namespace tw::db
