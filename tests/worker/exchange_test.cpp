// Databases that come and go as files.
#include "worker/exchange.h"

#include <gtest/gtest.h>

#include "api/audit.h"
#include "api/session.h"
#include "core/json.h"
#include "support/fakes.h"
#include "worker/local_backend.h"

namespace tw::worker {
namespace {

constexpr const char* password = "correct horse";

// One browser: what it keeps, and the product in it.
struct Browser {
  Browser() { open(); }
  void open() {
    backend.reset();
    backend = std::make_unique<LocalBackend>(database, journal, Catalogs(), "1.2.3");
  }
  LocalReply send(std::string method, std::string path, std::string body = {}) {
    return backend->handle(
        {std::move(method), std::move(path), {{"Cookie", cookie}, {"X-CSRF-Token", csrf}}, std::move(body)});
  }
  void set_up(const std::string& name) {
    const auto token = backend->new_set_up_token();
    ASSERT_TRUE(token);
    const auto reply =
        send("POST", "/api/v1/setup", json::encode(api::SetUp::Request{*token, "root", name, password, "en"}));
    ASSERT_EQ(reply.status, 200) << reply.body;
    cookie = reply.header("set-cookie").substr(0, reply.header("set-cookie").find(';'));
    csrf = json::decode<api::SessionPerson>(reply.body)->csrf;
  }
  void add_department(const std::string& name) {
    ASSERT_EQ(send("POST", "/api/v1/departments", R"({"name":")" + name + "\"}").status, 200);
  }
  std::string refusal_of(std::string bytes) {
    const auto error = backend->take_database(std::move(bytes));
    return error ? std::string(error->key.view()) : "";
  }

  db::MemoryFile database, journal;
  std::unique_ptr<LocalBackend> backend;
  std::string cookie, csrf;
};

TEST(Exchange, what_was_exported_is_there_where_it_is_opened_and_nobody_is_signed_in) {
  Browser here, there;
  here.set_up("Ann");
  here.add_department("North");
  there.set_up("Bob");
  there.add_department("South");
  there.add_department("West");
  const auto file = here.backend->export_database();
  ASSERT_TRUE(file);
  EXPECT_EQ(there.refusal_of(*file), "");

  EXPECT_EQ(here.send("GET", "/api/v1/session").status, 200);
  there.cookie = here.cookie;                // it is in the file
  for (int times = 0; times < 2; ++times) {  // also after a reload
    EXPECT_EQ(there.send("GET", "/api/v1/session").status, 401);
    const auto players = there.backend->players();
    ASSERT_EQ(players.size(), 1u);
    EXPECT_EQ(players[0].name, "Ann");
    EXPECT_EQ(players[0].about.view(), "role.administrator");
    there.open();
  }
  const auto session = there.backend->act_as({1});
  ASSERT_TRUE(session.ok());
  there.cookie = "tidewater_session=" + session->token;
  EXPECT_NE(there.send("GET", "/api/v1/departments").body.find("North"), std::string::npos);
  EXPECT_EQ(there.send("GET", "/api/v1/departments").body.find("South"), std::string::npos);
}

TEST(Exchange, the_audit_log_of_what_is_opened_says_so_and_where_the_replaced_one_ended) {
  Browser here, there;
  here.set_up("Ann");
  there.set_up("Bob");
  there.add_department("South");
  const auto newest = [](Browser& browser) {
    const auto log = json::decode<api::ListAudit::Response>(browser.send("GET", "/api/v1/audit?limit=2").body);
    return log.value().rows;
  };
  const auto before = newest(here).front(), replaced = newest(there).front();
  ASSERT_EQ(there.refusal_of(*here.backend->export_database()), "");
  const auto session = there.backend->act_as({1});
  ASSERT_TRUE(session.ok());
  there.cookie = "tidewater_session=" + session->token;
  const auto rows = newest(there);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].kind, api::AuditKind::restored);
  EXPECT_EQ(rows[0].number, before.number + 1);
  EXPECT_EQ(rows[1].hash, before.hash) << "one chain";
  EXPECT_FALSE(rows[0].person);
  ASSERT_EQ(rows[0].facts.size(), 2u);
  EXPECT_EQ(rows[0].facts[0].fact, api::AuditFact::replaced);
  EXPECT_EQ(rows[0].facts[0].value, std::to_string(replaced.number));
  EXPECT_EQ(rows[0].facts[1].value, replaced.hash);
  EXPECT_EQ(there.refusal_of("no database"), "demo.open.not_a_database");
  EXPECT_EQ(newest(there).front().number, rows[0].number) << "what is refused leaves nothing";
}

// As the copy of a server's database that had a log.
TEST(Exchange, a_file_that_speaks_of_a_log_is_taken_without_one) {
  Browser here, there;
  here.set_up("Ann");
  std::string file = here.backend->export_database().value();
  file[18] = file[19] = 2;
  EXPECT_EQ(there.refusal_of(file), "");
  EXPECT_EQ(there.backend->players().size(), 1u);
}

TEST(Exchange, what_is_no_whole_database_of_ours_is_refused_and_changes_nothing) {
  Browser here, other;
  here.set_up("Ann");
  other.set_up("Bob");
  const std::string whole = other.backend->export_database().value();
  std::string broken = whole;
  for (std::size_t at = 8192; at < broken.size(); at += 4096) broken.replace(at, 64, 64, '\x55');

  const auto named = [](const std::string& migration) {
    test::FakeClock clock;
    test::SeededRandom random;
    db::MemoryFile file, journal;
    db::TwoFiles files(file, journal, clock, random);
    auto database = db::Database::open(files);
    database->execute("CREATE TABLE schema_migrations (name TEXT NOT NULL PRIMARY KEY) STRICT");
    if (migration.empty()) db::migrate(*database);
    if (!migration.empty())
      database->prepare("INSERT INTO schema_migrations VALUES (:name)").bind(":name", migration).run();
    database.reset();
    return all_of(file).value();
  };
  Browser newer;
  newer.set_up("Cid");
  {
    test::FakeClock clock;
    test::SeededRandom random;
    newer.backend.reset();
    db::TwoFiles files(newer.database, newer.journal, clock, random);
    db::Database::open(files)->execute("INSERT INTO schema_migrations VALUES ('9999_of_another_year')");
  }

  const auto before = here.backend->export_database();
  EXPECT_EQ(here.refusal_of(""), "demo.open.not_a_database");
  EXPECT_EQ(here.refusal_of("SQLite format 3"), "demo.open.not_a_database");
  EXPECT_EQ(here.refusal_of(std::string(100'000, 'x')), "demo.open.not_a_database");
  EXPECT_EQ(here.refusal_of(named("0001_of_somebody_else")), "demo.open.not_a_database");
  EXPECT_EQ(here.refusal_of(named("")), "demo.open.nobody");
  EXPECT_EQ(here.refusal_of(all_of(newer.database).value()), "demo.open.newer");
  EXPECT_EQ(here.refusal_of(broken), "demo.open.damaged");
  EXPECT_EQ(here.refusal_of(whole.substr(0, whole.size() / 2)), "demo.open.damaged");
  EXPECT_EQ(here.backend->export_database(), before);
  EXPECT_EQ(here.send("GET", "/api/v1/session").status, 200);
  EXPECT_EQ(here.refusal_of(whole), "") << "and the whole one is taken";
}

}  // namespace
}  // namespace tw::worker
