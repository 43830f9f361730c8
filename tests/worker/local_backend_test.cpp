// What the local backend adds to the dispatcher: its adapter, its jobs between requests, its files. What the operations
// do is claimed by tests/scenarios, at this door as at the others.
#include "worker/local_backend.h"

#include <gtest/gtest.h>

#include "api/registry.h"
#include "core/json.h"

namespace tw::worker {
namespace {

constexpr const char* password = "correct horse";

class LocalBackendTest : public ::testing::Test {
 protected:
  LocalBackendTest() { open(); }
  void open() {
    backend.reset();
    backend = std::make_unique<LocalBackend>(database, journal, Catalogs(), "1.2.3");
  }
  LocalReply send(std::string method, std::string path, std::string body = {}, Headers headers = {}) {
    if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
    if (!csrf.empty()) headers.emplace_back("X-CSRF-Token", csrf);
    return backend->handle({std::move(method), std::move(path), std::move(headers), std::move(body)});
  }
  void set_up() {
    const auto token = backend->new_set_up_token();
    ASSERT_TRUE(token);
    const auto reply =
        send("POST", "/api/v1/setup", json::encode(api::SetUp::Request{*token, "root", "Root", password, "en"}));
    ASSERT_EQ(reply.status, 200) << reply.body;
    cookie = reply.header("set-cookie").substr(0, reply.header("set-cookie").find(';'));
    csrf = json::decode<api::SessionPerson>(reply.body)->csrf;
  }

  db::MemoryFile database;
  db::MemoryFile journal;
  std::unique_ptr<LocalBackend> backend;
  std::string cookie;
  std::string csrf;
};

TEST_F(LocalBackendTest, it_says_that_no_server_is_behind_it) {
  const auto reply = send("GET", "/api/v1/capabilities");
  ASSERT_EQ(reply.status, 200);
  const auto capabilities = json::decode<api::ViewCapabilities::Response>(reply.body);
  ASSERT_TRUE(capabilities);
  EXPECT_TRUE(capabilities->offline);
  EXPECT_TRUE(capabilities->needs_setup);
  EXPECT_EQ(capabilities->version, "1.2.3");
}

// What works without a server is claimed by tests/scenarios; this is the rest of it, and all of it.
TEST_F(LocalBackendTest, what_is_declared_to_need_a_server_is_said_and_refused_and_nothing_else_is) {
  const std::vector<std::string> expected = {"session.sign-out", "session.change-password", "people.reset-password"};
  set_up();
  const auto capabilities = json::decode<api::ViewCapabilities::Response>(send("GET", "/api/v1/capabilities").body);
  ASSERT_TRUE(capabilities);
  EXPECT_EQ(capabilities->unavailable, expected);
  std::vector<std::string> refused;
  api::AllOperations::each([&]<class O>() {
    std::string path(O::endpoint.path);
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{'))
      path.replace(open, path.find('}') - open + 1, "1");
    const auto reply = send(std::string(name_of(O::endpoint.method)), path, "{}");
    if (reply.body.find("\"error.server_only\"") == std::string::npos) return;
    EXPECT_EQ(reply.status, 404) << O::endpoint.name;
    EXPECT_NE(reply.body.find("\"operation\":\"" + std::string(O::endpoint.name) + "\""), std::string::npos);
    refused.emplace_back(O::endpoint.name);
  });
  EXPECT_EQ(refused, expected);
  EXPECT_EQ(send("GET", "/api/v1/session").status, 200) << "nobody was signed out";
}

TEST_F(LocalBackendTest, a_session_is_in_the_cookie_and_survives_a_reload) {
  set_up();
  EXPECT_EQ(send("GET", "/api/v1/session").status, 200);
  EXPECT_FALSE(backend->new_set_up_token()) << "somebody exists";
  open();
  EXPECT_EQ(send("GET", "/api/v1/session").status, 200);
  cookie = "tidewater_session=wrong";
  EXPECT_EQ(send("GET", "/api/v1/session").status, 401);
}

TEST_F(LocalBackendTest, headers_are_found_in_any_case_and_answered_as_the_server_does) {
  set_up();
  Headers headers = {{"x-REQUEST-id", "mine-1"}, {"accept-Language", "en"}};
  auto reply = send("GET", "/api/v1/people/999", {}, headers);
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.header("x-request-id"), "mine-1");
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  EXPECT_EQ(reply.header("content-type"), "application/problem+json");
  reply = send("GET", "/api/v1/people", {}, {{"X-Request-Id", "not one\n"}});
  EXPECT_EQ(reply.header("x-request-id").size(), 16U) << "drawn";
  reply = send("DELETE", "/api/v1/people");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.header("allow"), "GET, POST");
  EXPECT_EQ(send("GET", "/elsewhere").status, 404);
}

TEST_F(LocalBackendTest, a_body_that_the_server_would_not_take_is_refused) {
  set_up();
  const auto reply = send("POST", "/api/v1/departments", std::string(largest_body + 1, ' '));
  EXPECT_EQ(reply.status, 413);
}

TEST_F(LocalBackendTest, a_query_is_decoded) {
  set_up();
  ASSERT_EQ(send("POST", "/api/v1/people", R"({"login":"li","name":"李 娜","role":"member"})").status, 200);
  const auto reply = send("GET", "/api/v1/people?search=%E6%9D%8E+%E5%A8%9C&limit=10");
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find("李 娜"), std::string::npos) << reply.body;
  EXPECT_EQ(send("GET", "/api/v1/people?limit=many").status, 400);
}

TEST_F(LocalBackendTest, it_counts_what_changed_and_nothing_else) {
  set_up();
  const auto before = backend->commits();
  send("GET", "/api/v1/people");
  EXPECT_EQ(backend->commits(), before);
  send("POST", "/api/v1/departments", R"({"name":"North"})");
  EXPECT_EQ(backend->commits(), before + 1);
  send("POST", "/api/v1/departments", R"({"name":""})");
  EXPECT_EQ(backend->commits(), before + 1) << "refused";
}

TEST_F(LocalBackendTest, jobs_go_on_where_a_reload_cut_them_off) {
  set_up();
  const auto uploaded =
      send("POST", "/api/v1/imports?file_name=a.csv", "name,phone\nAnn,13800000001\nBob,13800000002\n");
  ASSERT_EQ(uploaded.status, 200) << uploaded.body;
  const auto view = json::Document::parse(uploaded.body);
  const auto id = std::to_string(view->root().find("import").integer().value_or(0));
  ASSERT_EQ(send("POST", "/api/v1/imports/" + id + "/check",
                 R"({"version":1,"mapping":[{"column":0,"to":"standard","standard":"name"},)"
                 R"({"column":1,"to":"standard","standard":"phone"}]})")
                .status,
            202);
  EXPECT_NE(send("GET", "/api/v1/imports/" + id).body.find(R"("state":"checking")"), std::string::npos);
  for (int round = 0; round < 50 && backend->run_jobs({30}) == Millis{0}; ++round) {}
  EXPECT_NE(send("GET", "/api/v1/imports/" + id).body.find(R"("state":"checked")"), std::string::npos);
  open();  // the file was in memory: whoever goes on is told, and nothing hangs
  const auto reply = send("POST", "/api/v1/imports/" + id + "/write", R"({"version":3})");
  for (int round = 0; round < 50 && backend->run_jobs({30}) == Millis{0}; ++round) {}
  const auto after = send("GET", "/api/v1/imports/" + id).body;
  EXPECT_EQ(after.find(R"("state":"writing")"), std::string::npos) << reply.body << "\n" << after;
}

TEST_F(LocalBackendTest, jobs_say_when_they_are_due_again) {
  set_up();
  Millis next{0};
  for (int round = 0; round < 50 && next == Millis{0}; ++round) next = backend->run_jobs({30});
  EXPECT_GT(next.value, 0);
  EXPECT_LE(next.value, minutes(10).value);
}

}  // namespace
}  // namespace tw::worker
