// Reads the query plans of what a connection has run so far. TestWorld asks at the end of each test, so every statement
// that any test runs is looked at, natively and in wasm.
#pragma once

#include <string>
#include <vector>

#include "db/sqlite.h"

namespace tw::test {

// The statements that read a large table from one end to the other without an index, each with its plan. One that
// means to says so and why: "/* whole table: a recount */".
std::vector<std::string> whole_table_reads(db::Database& database);

}  // namespace tw::test
