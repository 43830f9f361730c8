// The database in two files: it works like any other, and what was acknowledged survives whatever is cut off.
#include "db/two_files.h"

#include <cstring>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "db/upkeep.h"
#include "support/fakes.h"

namespace tw::db {
namespace {

// Burns down with every change of either file; nothing reaches them after that.
struct Fuse {
  std::int64_t left = 1'000'000;
  std::int64_t burnt = 0;
  bool is_dead() const { return left <= 0; }
  bool burn() {
    ++burnt;
    return left-- > 0;
  }
};

// A file on a disk that forgets: what was not flushed when the power goes may be there, or not, each write for itself.
class MortalFile final : public File {
 public:
  explicit MortalFile(Fuse& fuse) : fuse_(fuse) {}

  std::int64_t size() override { return fuse_.is_dead() ? -1 : static_cast<std::int64_t>(seen_.size()); }
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override {
    if (fuse_.is_dead()) return -1;
    const auto from = static_cast<std::size_t>(offset);
    if (from >= seen_.size()) return 0;
    const auto count = std::min(into.size(), seen_.size() - from);
    std::memcpy(into.data(), seen_.data() + from, count);
    return static_cast<std::int64_t>(count);
  }
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override {
    return change({offset, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
  }
  bool truncate(std::int64_t size) override { return change({size, std::nullopt}); }
  bool flush() override {
    if (!fuse_.burn()) return false;
    durable_ = seen_;
    pending_.clear();
    return true;
  }

  // A reload of the page: what was written is there.
  void reload() { pending_.clear(); }
  // A power failure: `coin` decides of each unflushed change.
  void lose_power(test::SeededRandom& coin) {
    seen_ = durable_;
    for (const Change& change : pending_)
      if (coin.next() & 1) apply(change);
    pending_.clear();
  }

 private:
  struct Change {
    std::int64_t at = 0;
    std::optional<std::string> bytes;  // none: cut off at `at`
  };
  bool change(Change change) {
    if (!fuse_.burn()) return false;
    apply(change);
    pending_.push_back(std::move(change));
    return true;
  }
  void apply(const Change& change) {
    const auto at = static_cast<std::size_t>(change.at);
    if (!change.bytes) {
      seen_.resize(std::min(seen_.size(), at));  // a file that is cut off does not grow
      return;
    }
    if (seen_.size() < at + change.bytes->size()) seen_.resize(at + change.bytes->size());
    std::memcpy(seen_.data() + at, change.bytes->data(), change.bytes->size());
  }

  Fuse& fuse_;
  std::string seen_;
  std::string durable_;
  std::vector<Change> pending_;
};

class TwoFilesTest : public ::testing::Test {
 protected:
  test::FakeClock clock;
  test::SeededRandom random;
};

TEST_F(TwoFilesTest, a_database_is_there_again_when_it_is_opened_a_second_time) {
  MemoryFile file;
  MemoryFile journal;
  TwoFiles files(file, journal, clock, random);
  {
    auto database = Database::open(files);
    migrate(*database);
    database->execute("CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT");
    database->execute("INSERT INTO kept (id) VALUES (7)");
  }
  EXPECT_EQ(journal.size(), 0) << "a finished transaction leaves an empty journal";
  auto database = Database::open(files);
  EXPECT_EQ(migrate(*database), 0);
  EXPECT_EQ(database->prepare("SELECT id FROM kept").integer_or(0), 7);
  EXPECT_TRUE(integrity_problems(*database, 5).empty());
}

TEST_F(TwoFilesTest, journal_and_flushes_are_what_durability_needs) {
  MemoryFile file;
  MemoryFile journal;
  TwoFiles files(file, journal, clock, random);
  auto database = Database::open(files);
  const auto setting = [&](const char* pragma) {
    return database->prepare(pragma).one([](Row row) { return row.string(0); }).value_or("");
  };
  EXPECT_EQ(setting("PRAGMA journal_mode"), "truncate");
  EXPECT_EQ(setting("PRAGMA synchronous"), "2");
  EXPECT_EQ(setting("PRAGMA temp_store"), "2") << "there is no third file";
}

TEST_F(TwoFilesTest, time_is_the_ports_own_and_statements_know_none) {
  MemoryFile file;
  MemoryFile journal;
  TwoFiles files(file, journal, clock, random);
  sqlite3_vfs* const vfs = sqlite3_vfs_find(files.vfs_name());
  ASSERT_TRUE(vfs);
  constexpr sqlite3_int64 julian_1970 = 210'866'760'000'000;
  sqlite3_int64 now = 0;
  ASSERT_EQ(vfs->xCurrentTimeInt64(vfs, &now), SQLITE_OK);
  EXPECT_EQ(now - julian_1970, clock.now().ms);
  auto database = Database::open(files);
  EXPECT_THROW(database->prepare("SELECT strftime('%s', 'now')"), DbError);
}

TEST_F(TwoFilesTest, a_work_that_touches_many_pages_rolls_back_whole) {
  MemoryFile file;
  MemoryFile journal;
  TwoFiles files(file, journal, clock, random);
  auto database = Database::open(files);
  database->execute("PRAGMA cache_size = 10");  // changes leave the cache before the end
  database->execute("CREATE TABLE many (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
  constexpr const char* fill =
      "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 2000) "
      "INSERT INTO many (id, text) SELECT id, hex(randomblob(200)) FROM n";
  {
    Transaction transaction(*database);
    database->execute(fill);
    EXPECT_GT(journal.size(), 0);
  }
  EXPECT_EQ(database->prepare("SELECT count(*) FROM many").integer_or(-1), 0);
  database->execute(fill);
  EXPECT_EQ(database->prepare("SELECT count(*) FROM many").integer_or(-1), 2000);
  EXPECT_TRUE(integrity_problems(*database, 5).empty());
}

// Row k of `kept` and so much in `moved` belong together: half a transaction is seen.
constexpr int transactions = 4;
constexpr int rows_moved = 100;

// Runs until all is done or the fuse is burnt; answers how many were acknowledged.
int run_transactions(const TwoFiles& files) {
  int acknowledged = 0;
  try {
    auto database = Database::open(files);
    database->execute("PRAGMA cache_size = 4");  // pages are overwritten before the commit, too
    for (int k = 1; k <= transactions; ++k) {
      Transaction transaction(*database);
      database->prepare("INSERT INTO kept (id) VALUES (:k)").bind(":k", k).run();
      database->prepare("UPDATE moved SET round = :k, filler = hex(randomblob(100))").bind(":k", k).run();
      transaction.commit();
      acknowledged = k;
    }
  } catch (const DbError&) {
    // The fuse: whoever waited for this one was told nothing.
  }
  return acknowledged;
}

void make_schema(const TwoFiles& files) {
  auto database = Database::open(files);
  database->execute(
      "CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT;"
      "CREATE TABLE moved (id INTEGER PRIMARY KEY, round INTEGER NOT NULL, filler TEXT NOT NULL) STRICT;"
      "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 100) "
      "INSERT INTO moved (id, round, filler) SELECT id, 0, hex(randomblob(100)) FROM n");
}

void expect_what_was_acknowledged(const TwoFiles& files, int acknowledged, const std::string& where) {
  auto database = Database::open(files);
  EXPECT_TRUE(integrity_problems(*database, 5).empty()) << where;
  const auto rows = database->prepare("SELECT count(*) FROM kept").integer_or(-1);
  EXPECT_GE(rows, acknowledged) << where << ": an acknowledged change is gone";
  EXPECT_LE(rows, acknowledged + 1) << where << ": more than was ever begun";
  EXPECT_EQ(database->prepare("SELECT min(round) FROM moved").integer_or(-1), rows) << where << ": half a change";
  EXPECT_EQ(database->prepare("SELECT max(round) FROM moved").integer_or(-1), rows) << where << ": half a change";
  EXPECT_EQ(database->prepare("SELECT count(*) FROM moved").integer_or(-1), rows_moved) << where;
}

// `end`: what happens to a file when everything stops.
template <class End>
void cut_off_everywhere(Clock& clock, Random& random, End end) {
  bool finished = false;
  std::int64_t cuts = 0;
  for (std::int64_t at = 1; !finished; ++at) {
    Fuse fuse;
    MortalFile file(fuse);
    MortalFile journal(fuse);
    TwoFiles files(file, journal, clock, random);
    make_schema(files);
    fuse.left = at;
    const int acknowledged = run_transactions(files);
    finished = !fuse.is_dead();
    cuts += finished ? 0 : 1;
    fuse.left = 1'000'000;
    end(file, journal, at);
    expect_what_was_acknowledged(files, acknowledged, "cut off at change " + std::to_string(at));
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(cuts, 100) << "every write, every cut and every flush of both files was once the last";
}

TEST_F(TwoFilesTest, a_reload_at_any_moment_loses_nothing_that_was_acknowledged) {
  cut_off_everywhere(clock, random, [](MortalFile& file, MortalFile& journal, std::int64_t) {
    file.reload();
    journal.reload();
  });
}

TEST_F(TwoFilesTest, a_power_failure_at_any_moment_loses_nothing_that_was_acknowledged) {
  for (const std::uint64_t seed : {1, 2}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    cut_off_everywhere(clock, random, [seed](MortalFile& file, MortalFile& journal, std::int64_t at) {
      test::SeededRandom coin(seed * 1000 + static_cast<std::uint64_t>(at));
      file.lose_power(coin);
      journal.lose_power(coin);
    });
  }
}

TEST_F(TwoFilesTest, a_file_that_takes_no_more_is_a_full_disk) {
  Fuse fuse;
  MortalFile file(fuse);
  MortalFile journal(fuse);
  TwoFiles files(file, journal, clock, random);
  auto database = Database::open(files);
  database->execute("CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT");
  fuse.left = 2;
  try {
    database->execute("INSERT INTO kept (id) VALUES (1)");
    FAIL() << "it was acknowledged";
  } catch (const DbError& problem) {
    EXPECT_TRUE(problem.is_full()) << problem.what();
  }
}

}  // namespace
}  // namespace tw::db
