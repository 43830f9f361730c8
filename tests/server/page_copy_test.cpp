// Copies of a database that somebody goes on writing, and the ways to open files that are nobody's at the moment.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::db {
namespace {

class PageCopies : public ::testing::Test {
 protected:
  PageCopies() {
    std::string name = (std::filesystem::temp_directory_path() / "tidewater-db-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    writer = Database::open(path("a.db"), OpenMode::read_write);
    writer->execute("CREATE TABLE heap (id INTEGER PRIMARY KEY AUTOINCREMENT, filling BLOB NOT NULL) STRICT");
    for (int i = 0; i < 100; ++i) add();
  }
  ~PageCopies() override {
    writer.reset();
    std::filesystem::remove_all(folder);
  }

  std::string path(const std::string& name) const { return (folder / name).string(); }
  void add() { writer->execute("INSERT INTO heap (filling) VALUES (zeroblob(4000))"); }
  static std::int64_t rows(Database& database) { return database.prepare("SELECT COUNT(*) FROM heap").integer_or(-1); }
  // Of the file's header: 1 says that there is no log, 2 that there is one.
  char log_mark(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    in.seekg(18);
    return static_cast<char>(in.get());
  }

  std::filesystem::path folder;
  std::unique_ptr<Database> writer;
};

TEST_F(PageCopies, hold_what_was_there_when_they_began_while_others_write) {
  {
    const auto source = open_beside(path("a.db"));
    const auto target = open_whole_file(path("b.db"));
    PageCopy copy(*source, *target);
    int steps = 0;
    while (copy.step(5)) {
      add();  // a commit of another connection neither gets into the copy nor makes it begin anew
      ++steps;
    }
    EXPECT_GT(steps, 10);
    EXPECT_LT(steps, 60);
    EXPECT_EQ(copy.left(), 0);
    EXPECT_GT(copy.pages(), 100);
  }
  const auto target = open_whole_file(path("b.db"));
  EXPECT_EQ(rows(*target), 100);
  EXPECT_TRUE(integrity_problems(*target, 5).empty());
  EXPECT_GT(rows(*writer), 110);
}

TEST_F(PageCopies, are_complete_without_a_log_once_they_were_opened_as_whole_files) {
  {
    const auto source = open_beside(path("a.db"));
    const auto target = open_whole_file(path("b.db"));
    PageCopy copy(*source, *target);
    while (copy.step(1000)) {}
  }
  open_whole_file(path("b.db"));
  EXPECT_EQ(log_mark("b.db"), 1);
  EXPECT_EQ(log_mark("a.db"), 2);
  EXPECT_FALSE(std::filesystem::exists(path("b.db-wal")));
}

TEST_F(PageCopies, of_an_empty_target_only) {
  const auto source = open_beside(path("a.db"));
  EXPECT_THROW(source->execute("DELETE FROM heap"), DbError) << "it only reads";
  const auto target = open_whole_file(path("b.db"));
  target->execute("BEGIN; CREATE TABLE x (y INTEGER) STRICT");
  EXPECT_THROW(PageCopy(*source, *target), DbError);
  EXPECT_FALSE(in_transaction(*source)) << "the snapshot is given back";
}

// As when the server is killed while a backup reads: the backup's connection is the last one then, and by the time it
// closes a restore may have put another database under the name.
TEST_F(PageCopies, leave_the_log_of_a_writer_that_is_gone) {
  {
    const auto source = open_beside(path("a.db"));
    EXPECT_EQ(rows(*source), 100);
    // The writer's end must not copy the log either: that is what a kill looks like.
    auto other = open_beside(path("a.db"));
    writer.reset();
    other.reset();
  }
  EXPECT_TRUE(std::filesystem::exists(path("a.db-wal")));
}

TEST_F(PageCopies, count_rows_by_table) {
  writer->execute("CREATE VIRTUAL TABLE words USING fts5 (text)");
  writer->execute("CREATE TABLE \"a \"\"name\"\"\" (x INTEGER) STRICT; INSERT INTO \"a \"\"name\"\"\" VALUES (1), (2)");
  const std::map<std::string, std::int64_t> expected{{"a \"name\"", 2}, {"heap", 100}};
  EXPECT_EQ(table_counts(*writer), expected);
}

TEST_F(PageCopies, go_on_with_numbers_that_were_given_out_elsewhere) {
  EXPECT_EQ(last_numbers(*writer).at("heap"), 100);
  number_from(*writer, {{"heap", 7}, {"never_there", 9}});
  EXPECT_EQ(last_numbers(*writer).at("heap"), 100) << "never back";
  number_from(*writer, {{"heap", 5000}});
  add();
  EXPECT_EQ(writer->last_insert_id(), 5001);
}

TEST_F(PageCopies, are_broken_off_in_the_middle_of_a_long_look) {
  bool asked = false;
  const std::function<bool()> stop = [&asked] { return asked = true; };
  interrupt_when(*writer, stop);
  EXPECT_THROW(writer
                   ->prepare("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000) "
                             "SELECT SUM(i) FROM n")
                   .step(),
               DbError);
  EXPECT_TRUE(asked);
}

}  // namespace
}  // namespace tw::db
