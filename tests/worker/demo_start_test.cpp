// The demo's world in the local backend's own database, and a visitor in it. What is in that world is claimed by
// tests/demo.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "api/import.h"
#include "api/session.h"
#include "core/json.h"
#include "services/sessions.h"
#include "worker/local_backend.h"

namespace tw::worker {
namespace {

Catalogs shipped() {
  Catalogs catalogs;
  for (const std::string language : {"zh-CN", "en"}) {
    std::ifstream file("assets/i18n/" + language + ".json", std::ios::binary);
    const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    catalogs.add(Catalog::read(language, json).value());
  }
  return catalogs;
}

class DemoStart : public ::testing::Test {
 protected:
  DemoStart() { open(); }
  void open() {
    backend.reset();
    backend = std::make_unique<LocalBackend>(database, journal, shipped(), "1.2.3");
  }
  void make_world(std::int64_t late = 0) {
    demo::WorldOptions options;
    options.language = "en";
    options.late_customers = late;
    backend->make_demo_world(std::move(options), [this](demo::Progress progress) { told.push_back(progress); });
  }
  std::int64_t customers() {
    const auto reply = get("/api/v1/imports", demo::who::administrator);
    const auto imports = json::decode<api::ListImports::Response>(reply.body);
    if (!imports) return -1;
    std::int64_t written = 0;
    for (const auto& import : imports->rows) written += import.written_rows;
    return written;
  }
  api::ImportState late_import() {
    const auto reply = get("/api/v1/imports", demo::who::administrator);
    return json::decode<api::ListImports::Response>(reply.body)->rows.at(0).state;
  }
  // Until it is in this state, or nothing more is to be done.
  void run_jobs_until(api::ImportState state) {
    for (int round = 0; round < 500 && late_import() != state; ++round) backend->run_jobs({1});
  }
  LocalReply get(std::string path, PersonId as) {
    const auto session = backend->act_as(as);
    if (!session) {
      LocalReply nobody;
      nobody.status = 401;
      return nobody;
    }
    return backend->handle(
        {"GET", std::move(path), {{"Cookie", std::string(services::session_cookie_name) + "=" + session->token}}, {}});
  }

  db::MemoryFile database;
  db::MemoryFile journal;
  std::unique_ptr<LocalBackend> backend;
  std::vector<demo::Progress> told;
};

TEST_F(DemoStart, AnEmptyDatabaseGetsAWorldThatSurvivesAReload) {
  make_world();
  ASSERT_GT(told.size(), 10u);
  for (std::size_t at = 1; at < told.size(); ++at) EXPECT_GE(told[at].done, told[at - 1].done);
  EXPECT_LE(told.back().done, told.back().total);

  open();
  const auto people = backend->players();
  ASSERT_FALSE(people.empty());
  for (const demo::Player& player : people) {
    const auto reply = get("/api/v1/session", player.person);
    ASSERT_EQ(reply.status, 200) << player.login;
    EXPECT_EQ(json::decode<api::SessionPerson>(reply.body)->name, player.name);
  }
  EXPECT_EQ(
      get("/api/v1/batches/" + std::to_string(demo::batch_of(demo::Subject::waiting).value), demo::who::key_accounts)
          .status,
      200);

  told.clear();
  make_world();
  EXPECT_TRUE(told.empty()) << "somebody exists: nothing is made";
}

TEST_F(DemoStart, NobodyCanBeWhoDoesNotExist) {
  EXPECT_FALSE(backend->act_as(demo::who::key_accounts));
  EXPECT_TRUE(backend->players().empty());
}

TEST_F(DemoStart, MostCustomersArriveWhileTheVisitorIsThere) {
  make_world(600);
  const std::int64_t before = customers();
  backend->run_jobs({1});
  EXPECT_EQ(late_import(), api::ImportState::done) << "one of before: the first screen has its time";
  backend->move_clock(seconds(4));
  backend->run_jobs({1});
  EXPECT_EQ(late_import(), api::ImportState::checking);
  run_jobs_until(api::ImportState::done);
  EXPECT_EQ(late_import(), api::ImportState::done);
  EXPECT_EQ(customers(), before + 600);
  EXPECT_EQ(get("/api/v1/session", demo::who::second_administrator).status, 200) << "a session of their own";
}

// A file that was uploaded is in memory and goes with the page; this one is made again.
TEST_F(DemoStart, TheLateFileSurvivesAReloadAtAnyMoment) {
  make_world(600);
  const std::int64_t before = customers();
  open();  // before it has begun
  for (const auto moment : {api::ImportState::checking, api::ImportState::checked, api::ImportState::writing}) {
    run_jobs_until(moment);
    open();
  }
  run_jobs_until(api::ImportState::done);
  EXPECT_EQ(late_import(), api::ImportState::done);
  EXPECT_EQ(customers(), before + 600);
}

// A page that is closed while the world is being made leaves nothing.
TEST_F(DemoStart, HalfAWorldIsNone) {
  struct Closed {};
  try {
    demo::WorldOptions options;
    backend->make_demo_world(std::move(options), [](demo::Progress progress) {
      if (progress.done * 2 > progress.total) throw Closed();
    });
    FAIL() << "it was made to its end";
  } catch (const Closed&) {}
  open();
  EXPECT_TRUE(backend->players().empty());
  EXPECT_TRUE(backend->new_set_up_token()) << "nobody exists";
}

}  // namespace
}  // namespace tw::worker
