// `tidewater audit verify`, and what the care of a data folder leaves in the log: tampering with the database file is
// found, whatever is done to it.
#include <gtest/gtest.h>

#include "api/audit.h"
#include "api/people.h"
#include "api/session.h"
#include "api/system.h"
#include "db/upkeep.h"
#include "services/audit_chain.h"
#include "support/server/http_door.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using services::AuditEntry;
using test::call;
using test::run_command;

class AuditVerifyTest : public ::testing::Test {
 protected:
  AuditVerifyTest() {
    for (int i = 0; i < 8; ++i) call<api::AddDepartment>(server, root, {"D" + std::to_string(i), {}});
  }
  std::string data() const { return server.folder().string(); }
  std::string database() const { return data() + "/tidewater.db"; }
  test::CommandResult verify(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"audit", "verify", "--data", data()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments);
  }
  std::string newest() {
    const auto status = call<api::ViewSystem>(server, root, {});
    return std::to_string(status->audit.number) + ":" + status->audit.hash;
  }
  // As somebody does who has the file and no scruples. The server is stopped.
  void tamper(const std::string& sql) {
    server.stop();
    const auto opened = db::open_whole_file(database());
    opened->execute(
        "DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_are_kept; DROP TRIGGER audit_entries_follow");
    opened->execute(sql.c_str());
  }
  // From `number` on, made to fit again.
  void chain_anew(std::int64_t number) {
    const auto opened = db::open_whole_file(database());
    std::string previous = opened->prepare("SELECT hash FROM audit_entries WHERE number = :n")
                               .bind(":n", number - 1)
                               .one([](db::Row row) { return row.string(0); })
                               .value();
    const auto entries = opened
                             ->prepare(
                                 "SELECT number, at, person, kind, address, subject FROM audit_entries WHERE number >= "
                                 ":n ORDER BY number")
                             .bind(":n", number)
                             .all([](db::Row row) {
                               return AuditEntry{row.integer(0),
                                                 row.instant(1),
                                                 row.id<PersonId>(2),
                                                 row.string(3),
                                                 row.string(4),
                                                 row.string(5),
                                                 {},
                                                 {}};
                             });
    for (AuditEntry entry : entries) {
      entry.previous = previous;
      previous = entry.hash = services::audit_hash(entry);
      opened->prepare("UPDATE audit_entries SET previous = :p, hash = :h WHERE number = :n")
          .bind(":p", entry.previous)
          .bind(":h", entry.hash)
          .bind(":n", entry.number)
          .run();
    }
  }

  test::RunningServer server;
  test::Caller root = server.administrator();
};

TEST_F(AuditVerifyTest, reads_beside_the_server_and_prints_the_newest_entry) {
  const auto result = verify();
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("entries are whole, the last of them " + newest()), std::string::npos) << result.out;
  EXPECT_EQ(verify({"--expect", newest()}).code, 0);
  EXPECT_EQ(run_command({"audit", "verify", "--data", data() + "/none"}).code, 1);
  EXPECT_EQ(verify({"--expect", "5"}).code, 2);
  EXPECT_EQ(verify({"--expect", "5:abc"}).code, 2);
}

TEST_F(AuditVerifyTest, a_changed_entry_is_found) {
  tamper("UPDATE audit_entries SET at = at + 1 WHERE number = 4");
  const auto result = verify();
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.out.find("3 entries are whole"), std::string::npos) << result.out;
  EXPECT_NE(result.err.find("Entry 4 was changed"), std::string::npos) << result.err;
}

TEST_F(AuditVerifyTest, a_removed_middle_is_found) {
  tamper("DELETE FROM audit_entries WHERE number IN (4, 5)");
  const auto result = verify();
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.err.find("Entry 4 is missing"), std::string::npos) << result.err;
}

TEST_F(AuditVerifyTest, exchanged_entries_are_found) {
  tamper("UPDATE audit_entries SET subject = '{}' WHERE number = 4");
  const auto opened = db::open_whole_file(database());
  AuditEntry entry;
  opened->prepare("SELECT at, person, kind, address, previous FROM audit_entries WHERE number = 4")
      .each([&](db::Row row) {
        entry = {4, row.instant(0), row.id<PersonId>(1), row.string(2), row.string(3), "{}", row.string(4), {}};
      });
  const std::string hash = services::audit_hash(entry);
  opened->prepare("UPDATE audit_entries SET hash = :h WHERE number = 4").bind(":h", hash).run();
  const auto result = verify();
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.err.find("Entry 5 does not follow"), std::string::npos) << result.err;
}

// The day's note in the database tells of it, and so does what was noted elsewhere when the note is gone, too.
TEST_F(AuditVerifyTest, a_tail_that_was_cut_off_is_found) {
  const std::string noted = newest();
  tamper("DELETE FROM audit_entries WHERE number > 5");
  const auto alone = verify();
  EXPECT_EQ(alone.code, 0) << "a cut tail is whole by itself: " << alone.err;
  const auto expected = verify({"--expect", noted});
  EXPECT_EQ(expected.code, 3);
  EXPECT_NE(expected.err.find("(expected) is not there any more"), std::string::npos) << expected.err;
}

TEST_F(AuditVerifyTest, a_tail_that_was_written_anew_is_found) {
  const std::string noted = newest();
  tamper("UPDATE audit_entries SET subject = '{}' WHERE number = 6");
  chain_anew(6);
  EXPECT_EQ(verify().code, 0);
  const auto expected = verify({"--expect", noted});
  EXPECT_EQ(expected.code, 3);
  EXPECT_NE(expected.err.find("has another hash"), std::string::npos) << expected.err;
}

TEST_F(AuditVerifyTest, the_server_s_own_note_of_the_day_finds_a_cut_tail) {
  tamper(
      "INSERT INTO audit_heads (day, at, number, hash) SELECT 1, at, number, hash FROM audit_entries "
      "ORDER BY number DESC LIMIT 1; DELETE FROM audit_entries WHERE number > 5");
  const auto result = verify();
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.err.find("(noted by the server itself) is not there any more"), std::string::npos) << result.err;
}

// --- what commands leave in it ---------------------------------------------------------------------------------------

class AuditOfCare : public AuditVerifyTest {
 protected:
  std::string file(const std::string& name) const { return (elsewhere.path() / name).string(); }
  std::int64_t count(const std::string& kind) const {
    return db::open_beside(database())
        ->prepare("SELECT COUNT(*) FROM audit_entries WHERE kind = :kind")
        .bind(":kind", kind)
        .integer_or(-1);
  }
  test::TempFolder elsewhere;
};

TEST_F(AuditOfCare, a_backup_is_an_entry_with_and_without_a_server) {
  ASSERT_EQ(server.command({"backup", file("a.db")}).code, 0);
  EXPECT_EQ(count("backup_made"), 1);
  server.stop();
  const auto alone = run_command({"backup", file("b.db"), "--data", data()});
  ASSERT_EQ(alone.code, 0);
  EXPECT_EQ(alone.err, "");
  EXPECT_EQ(count("backup_made"), 2);
  EXPECT_EQ(verify().code, 0);
}

TEST_F(AuditOfCare, a_restore_says_where_the_replaced_log_ended) {
  ASSERT_EQ(server.command({"backup", file("a.db")}).code, 0);
  call<api::AddDepartment>(server, root, {"Later", {}});
  const std::string last = newest();
  server.stop();
  ASSERT_EQ(run_command({"restore", file("a.db"), "--data", data()}).code, 0);
  const std::string subject = db::open_beside(database())
                                  ->prepare("SELECT subject FROM audit_entries ORDER BY number DESC LIMIT 1")
                                  .one([](db::Row row) { return row.string(0); })
                                  .value();
  const auto colon = last.find(':');
  EXPECT_EQ(subject,
            "{\"replaced\":" + last.substr(0, colon) + ",\"replaced_hash\":\"" + last.substr(colon + 1) + "\"}");
  const auto result = verify({"--expect", last});
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.err.find("restored"), std::string::npos);
  EXPECT_EQ(verify().code, 0);
}

TEST_F(AuditOfCare, an_upgrade_is_the_first_entry_of_a_database_that_had_no_log) {
  const std::string old = file("old");
  test::make_old_folder(old, 12, 5);
  EXPECT_EQ(run_command({"audit", "verify", "--data", old}).code, 1);
  ASSERT_EQ(run_command({"upgrade", "--data", old}).code, 0);
  EXPECT_EQ(db::open_beside(old + "/tidewater.db")
                ->prepare("SELECT COUNT(*) FROM audit_entries WHERE kind = 'upgraded' AND number = 1")
                .integer_or(-1),
            1);
  EXPECT_EQ(run_command({"audit", "verify", "--data", old}).code, 0);
}

TEST_F(AuditOfCare, a_person_made_by_the_command_line_is_nobody_s_deed_from_here) {
  ASSERT_EQ(server.command({"user", "add", "eve"}, "low tide 2026\n").code, 0);
  api::ListAudit::Request request;
  request.kind = api::AuditKind::person_added;
  const auto list = call<api::ListAudit>(server, root, request);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->rows[0].person, PersonId{});
  EXPECT_EQ(list->rows[0].facts[0].name, "eve");
  EXPECT_EQ(list->rows[0].address, "local");
}

TEST_F(AuditOfCare, the_status_tells_what_the_server_knows) {
  const auto status = call<api::ViewSystem>(server, root, {});
  ASSERT_TRUE(status);
  EXPECT_FALSE(status->offline);
  EXPECT_GT(status->database_bytes.value_or(0), 0);
  EXPECT_GT(status->free_bytes.value_or(0), 0);
  ASSERT_TRUE(status->queues);
  ASSERT_TRUE(status->backups);
  EXPECT_FALSE(status->backups->last);
  ASSERT_EQ(status->jobs.size(), wire_names(api::JobKind{}).size());
  EXPECT_GT(status->jobs[0].runs, 0);
  EXPECT_EQ(status->jobs[0].failures, 0);
  ASSERT_EQ(server.command({"backup", file("a.db")}).code, 0);
  EXPECT_TRUE(call<api::ViewSystem>(server, root, {})->backups->last);
}

}  // namespace
}  // namespace tw::server
