// SQL must mean the same natively and in the browser: both builds of SQLite carry the options of one golden file.
#include <fstream>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace tw::db {
namespace {

// What may differ: who compiled it, and the threads and the log, which wasm has not.
bool depends_on_the_build(const std::string& option) {
  return option.rfind("COMPILER=", 0) == 0 || option.rfind("THREADSAFE=", 0) == 0 || option.rfind("MUTEX_", 0) == 0 ||
         option == "OMIT_WAL" || option.rfind("SYSTEM_MALLOC", 0) == 0 || option.rfind("ATOMIC_", 0) == 0;
}

TEST(SqliteOptions, are_the_golden_ones_in_every_build) {
  std::set<std::string> got;
  for (int i = 0; const char* option = sqlite3_compileoption_get(i); ++i) {
    if (!depends_on_the_build(option)) got.insert(option);
  }
  got.insert(std::string("SQLITE ") + sqlite3_libversion());

  std::set<std::string> expected;
  std::ifstream golden("tests/golden/sqlite_options.txt");
  for (std::string line; std::getline(golden, line);) expected.insert(line);
  EXPECT_EQ(got, expected);
}

}  // namespace
}  // namespace tw::db
