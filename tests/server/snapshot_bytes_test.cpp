// Bytes of a database that others change, checkpoint and empty the log of meanwhile: what they make up is one state,
// not older than the snapshot. And the backup that is made of them.
#include "db/snapshot_bytes.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"
#include "server/care/backup.h"

namespace tw::db {
namespace {

using Part = SnapshotBytes::Part;

class SnapshotBytesTest : public ::testing::Test {
 protected:
  SnapshotBytesTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tidewater-db-XXXXXX").string();
    folder = ::mkdtemp(name.data());
    writer = Database::open(path("a.db"), OpenMode::read_write);
    writer->execute(
        "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 10;"
        "CREATE TABLE heap (id INTEGER PRIMARY KEY AUTOINCREMENT, round INTEGER NOT NULL, filling BLOB NOT NULL) "
        "STRICT;"
        "CREATE INDEX heap_round ON heap (round)");
    for (int i = 0; i < 100; ++i) add();
    checkpoint(*writer, CheckpointMode::truncate);
  }
  ~SnapshotBytesTest() override {
    writer.reset();
    std::filesystem::remove_all(folder);
  }

  std::string path(const std::string& name) const { return (folder / name).string(); }
  void add() { writer->execute("INSERT INTO heap (round, filling) VALUES (0, randomblob(3000))"); }
  // Every row changes, so every page does: a copy that mixes two rounds is found out.
  void next_round() { writer->execute("UPDATE heap SET round = round + 1, filling = randomblob(3000)"); }
  std::int64_t round_now() { return writer->prepare("SELECT MAX(round) FROM heap").integer_or(-1); }

  static void copy_part(const SnapshotBytes& from, Part part, const std::string& to,
                        const std::function<void(std::int64_t)>& between) {
    std::ofstream out(to, std::ios::binary);
    std::vector<char> piece(3 * 4096);
    const std::int64_t bytes = from.bytes(part);
    for (std::int64_t at = 0; at < bytes; at += std::ssize(piece)) {
      const auto length = std::min<std::int64_t>(std::ssize(piece), bytes - at);
      from.read(part, at, piece.data(), static_cast<int>(length));
      out.write(piece.data(), length);
      between(at);
    }
  }
  // The round that the whole copy is in.
  std::int64_t round_of_copy() {
    const auto copy = open_whole_file(path("b.db"));
    EXPECT_TRUE(integrity_problems(*copy, 5).empty());
    EXPECT_EQ(copy->prepare("SELECT COUNT(DISTINCT round) FROM heap").integer_or(-1), 1);
    return copy->prepare("SELECT MAX(round) FROM heap").integer_or(-1);
  }
  static void nothing(std::int64_t) {}

  std::filesystem::path folder;
  std::unique_ptr<Database> writer;
};

TEST_F(SnapshotBytesTest, are_one_state_although_the_file_changes_under_the_reader) {
  next_round();  // in the log only: the snapshot needs it
  const auto source = open_beside(path("a.db"));
  {
    const SnapshotBytes bytes(*source);
    int rounds = 0;
    copy_part(bytes, Part::file, path("b.db"), [&](std::int64_t at) {
      // The first time a checkpoint puts the snapshot's own pages into the file, of which the beginning was read
      // already.
      if (at / 4096 % 9 == 6 && rounds < 3) ++rounds, next_round();
      checkpoint(*writer, CheckpointMode::passive);
    });
    EXPECT_EQ(rounds, 3);
    copy_part(bytes, Part::log, path("b.db-wal"), nothing);
    EXPECT_FALSE(bytes.log_began_anew());
  }
  const auto now = round_now();
  EXPECT_EQ(now, 4);
  EXPECT_EQ(round_of_copy(), now);
}

TEST_F(SnapshotBytesTest, do_not_hold_what_was_not_committed_when_they_were_read) {
  next_round();
  const auto source = open_beside(path("a.db"));
  const SnapshotBytes bytes(*source);
  writer->execute("BEGIN");
  const auto before = bytes.bytes(Part::log);
  next_round();  // larger than the cache: part of it is in the log already
  ASSERT_GT(bytes.bytes(Part::log), before);
  copy_part(bytes, Part::file, path("b.db"), nothing);
  copy_part(bytes, Part::log, path("b.db-wal"), nothing);
  writer->execute("ROLLBACK");
  EXPECT_EQ(round_of_copy(), 1);
}

TEST_F(SnapshotBytesTest, need_no_log_that_began_anew) {
  for (const bool emptied : {false, true}) {
    SCOPED_TRACE(emptied);
    next_round();
    ASSERT_TRUE(checkpoint(*writer, CheckpointMode::restart).complete());
    const auto round = round_now();
    {
      const auto source = open_beside(path("a.db"));
      const SnapshotBytes bytes(*source);
      EXPECT_GT(bytes.bytes(Part::log), 0) << "of before; nobody needs it";
      copy_part(bytes, Part::file, path("b.db"), nothing);
      copy_part(bytes, Part::log, path("b.db-wal"), [&](std::int64_t at) {
        if (at > 0) return;
        if (emptied) checkpoint(*writer, CheckpointMode::truncate);
        if (!emptied) writer->execute("UPDATE heap SET round = round + 1 WHERE id < 4");
      });
      EXPECT_TRUE(bytes.log_began_anew());
    }
    std::filesystem::remove(path("b.db-wal"));
    EXPECT_EQ(round_of_copy(), round);
    writer->execute("UPDATE heap SET round = (SELECT MAX(round) FROM heap)");
  }
}

TEST_F(SnapshotBytesTest, are_there_without_a_log_too) {
  writer.reset();
  open_whole_file(path("a.db"));
  const auto source = open_beside(path("a.db"));
  {
    const SnapshotBytes bytes(*source);
    EXPECT_EQ(bytes.bytes(Part::log), 0);
    EXPECT_FALSE(bytes.log_began_anew());
    copy_part(bytes, Part::file, path("b.db"), nothing);
  }
  EXPECT_EQ(round_of_copy(), 0);
  EXPECT_FALSE(in_transaction(*source)) << "the snapshot is given back";
}

TEST_F(SnapshotBytesTest, of_memory_do_not_exist) {
  const auto memory = Database::open(":memory:", OpenMode::read_write);
  EXPECT_THROW(SnapshotBytes{*memory}, DbError);
  EXPECT_FALSE(in_transaction(*memory));
}

// As if a file system had lost what was written to it.
TEST_F(SnapshotBytesTest, make_no_backup_where_the_log_did_not_arrive) {
  migrate(*writer);
  checkpoint(*writer, CheckpointMode::truncate);
  add();
  const auto room_and_loss = [this](const std::filesystem::path&) -> std::int64_t {
    std::error_code none;
    std::filesystem::resize_file(path("b.db.part-wal"), 0, none);
    return 1'000'000'000;
  };
  server::BackupPace pace;
  pace.piece_bytes = 4096;
  pace.room = room_and_loss;
  try {
    server::make_backup(path("a.db"), path("b.db"), pace);
    ADD_FAILURE() << "a backup without the newest row";
  } catch (const server::Damaged& refused) {
    EXPECT_NE(std::string(refused.what()).find("differs"), std::string::npos) << refused.what();
  }
  EXPECT_FALSE(std::filesystem::exists(path("b.db")));
  EXPECT_FALSE(std::filesystem::exists(path("b.db.part")));
  pace.room = server::free_bytes;
  EXPECT_EQ(server::make_backup(path("a.db"), path("b.db"), pace).counts.at("heap"), 101);
}

}  // namespace
}  // namespace tw::db
