// The HTTP adapter in front of a real server: what it serves, refuses and adds by itself.
#include <thread>

#include <gtest/gtest.h>
#include <httplib.h>

#include "api/people.h"
#include "api/session.h"
#include "server/http/compression.h"
#include "server/http/http_server.h"
#include "server/http/security_headers.h"
#include "server/http/web_files.h"
#include "support/server/raw_connection.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

class HttpTest : public ::testing::Test {
 protected:
  httplib::Client client() {
    httplib::Client made("127.0.0.1", server.port());
    made.set_read_timeout(20);
    return made;
  }
  static httplib::Headers signed_in(const test::Caller& who) {
    return {{"Cookie", "tidewater_session=" + who.cookie}, {"X-CSRF-Token", who.csrf}};
  }
  test::RunningServer server;
};

TEST_F(HttpTest, watchers_are_answered_without_a_session) {
  auto http = client();
  EXPECT_EQ(http.Get("/healthz")->body, "ok\n");
  EXPECT_EQ(http.Get("/readyz")->body, "ready\n");
  http.Get("/api/v1/capabilities");
  const auto metrics = http.Get("/metrics");
  EXPECT_NE(metrics->body.find("tidewater_requests_total{operation=\"session.capabilities\",status=\"200\"} 1"),
            std::string::npos)
      << metrics->body;
  EXPECT_NE(metrics->body.find("tidewater_database_bytes "), std::string::npos);
}

TEST_F(HttpTest, every_reply_carries_the_security_headers_and_a_request_id) {
  auto http = client();
  for (const char* path : {"/healthz", "/", "/nothing/here", "/api/v1/capabilities", "/api/v1/nothing"}) {
    const auto reply = http.Get(path);
    ASSERT_TRUE(reply) << path;
    EXPECT_EQ(reply->get_header_value("Content-Security-Policy"), content_security_policy) << path;
    EXPECT_EQ(reply->get_header_value_count("Content-Security-Policy"), 1u) << path;
    EXPECT_EQ(reply->get_header_value("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(reply->get_header_value("Cross-Origin-Opener-Policy"), "same-origin") << path;
    EXPECT_EQ(reply->get_header_value("Referrer-Policy"), "no-referrer") << path;
    EXPECT_FALSE(reply->get_header_value("X-Request-Id").empty()) << path;
  }
}

TEST_F(HttpTest, a_request_id_is_kept_unless_it_could_harm_the_log) {
  auto http = client();
  EXPECT_EQ(http.Get("/healthz", {{"X-Request-Id", "abc-1.2_3"}})->get_header_value("X-Request-Id"), "abc-1.2_3");
  EXPECT_NE(http.Get("/healthz", {{"X-Request-Id", "a b=c"}})->get_header_value("X-Request-Id"), "a b=c");
}

TEST_F(HttpTest, api_replies_are_never_cached) {
  EXPECT_EQ(client().Get("/api/v1/capabilities")->get_header_value("Cache-Control"), "no-store");
}

TEST_F(HttpTest, web_files_come_with_their_etag_compressed_and_kept_for_ever) {
  auto http = client();
  for (const WebFile& file : web_files()) {
    const std::string path(file.path);
    const auto plain = http.Get(path, {{"Accept-Encoding", "identity"}});
    ASSERT_EQ(plain->status, 200) << path;
    EXPECT_EQ(plain->body.size(), file.raw.size());
    EXPECT_EQ(plain->get_header_value("ETag"), file.etag);
    EXPECT_EQ(plain->get_header_value("Content-Type"), file.content_type);
    EXPECT_EQ(plain->get_header_value("Cache-Control"),
              file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    const auto again = http.Get(path, {{"If-None-Match", std::string(file.etag)}});
    EXPECT_EQ(again->status, 304) << path;
    EXPECT_TRUE(again->body.empty());
    if (file.gzip.empty()) continue;
    http.set_decompress(false);
    const auto packed = http.Get(path, {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
    EXPECT_EQ(packed->get_header_value_count("Content-Encoding"), 1u);
    EXPECT_EQ(packed->body.size(), file.gzip.size());
    http.set_decompress(true);
  }
}

TEST_F(HttpTest, a_long_reply_is_compressed_once_but_no_short_and_no_secret_one) {
  const auto root = server.administrator();
  for (int i = 0; i < 12; ++i) server.person(root, "member" + std::to_string(i), domain::access::Role::member);
  auto http = client();
  const auto got = [&](const char* path, const char* encodings, bool decompress) {
    auto headers = signed_in(root);
    headers.emplace("Accept-Encoding", encodings);
    http.set_decompress(decompress);
    return http.Get(path, headers);
  };
  const auto plain = got("/api/v1/people", "identity", false);
  ASSERT_EQ(plain->status, 200);
  ASSERT_GE(plain->body.size(), least_compressed);
  EXPECT_EQ(plain->get_header_value("Content-Encoding"), "");
  EXPECT_EQ(plain->get_header_value("Vary"), "Accept-Encoding");
  for (int again = 0; again < 2; ++again) {  // a thread's deflater is used more than once
    const auto packed = got("/api/v1/people", "gzip", false);
    EXPECT_EQ(packed->get_header_value_count("Content-Encoding"), 1u);
    EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
    EXPECT_EQ(packed->body.substr(0, 2), "\x1f\x8b");
    EXPECT_LT(packed->body.size(), plain->body.size() / 2);
    EXPECT_EQ(got("/api/v1/people", "gzip", true)->body, plain->body);
  }
  EXPECT_EQ(got("/api/v1/departments", "gzip", false)->get_header_value("Content-Encoding"), "") << "too short to pay";
  EXPECT_EQ(got("/api/v1/session", "gzip", false)->get_header_value("Content-Encoding"), "");
  EXPECT_FALSE(may_be_compressed("session.view", 100'000)) << "it has a secret in it";
  EXPECT_TRUE(may_be_compressed("people.list", least_compressed));
}

TEST_F(HttpTest, a_missing_file_is_not_found_and_nothing_else) {
  auto http = client();
  EXPECT_EQ(http.Get("/client.12345678.js", {{"Accept", "*/*"}})->status, 404);
  EXPECT_EQ(http.Get("/../../etc/passwd", {{"Accept", "text/html"}})->status, 404);
  EXPECT_EQ(http.Post("/", "x", "text/plain")->status, 405);
}

TEST_F(HttpTest, a_head_request_has_headers_and_no_body) {
  auto http = client();
  const auto reply = http.Head("/api/v1/capabilities");
  EXPECT_EQ(reply->status, 200);
  EXPECT_TRUE(reply->body.empty());
}

TEST_F(HttpTest, a_refusal_is_a_problem_document_in_the_callers_language) {
  auto http = client();
  const auto chinese = http.Get("/api/v1/session", {{"Accept-Language", "zh-CN"}});
  EXPECT_EQ(chinese->status, 401);
  EXPECT_EQ(chinese->get_header_value("Content-Type"), "application/problem+json");
  EXPECT_NE(chinese->body.find("请先登录"), std::string::npos) << chinese->body;
  EXPECT_NE(http.Get("/api/v1/session", {{"Accept-Language", "en"}})->body.find("sign in"), std::string::npos);
}

TEST_F(HttpTest, a_change_that_another_site_caused_is_refused) {
  auto http = client();
  const auto root = server.administrator();
  const std::string body = R"({"language":"en"})";
  const auto patch = [&](const char* name, const std::string& value) {
    auto headers = signed_in(root);
    headers.emplace(name, value);
    return http.Patch("/api/v1/session", headers, body, "application/json")->status;
  };
  EXPECT_EQ(patch("Sec-Fetch-Site", "cross-site"), 403);
  EXPECT_EQ(patch("Sec-Fetch-Site", "same-site"), 403);
  EXPECT_EQ(patch("Origin", "http://example.com"), 403);
  EXPECT_EQ(patch("Origin", "null"), 403);
  EXPECT_EQ(patch("Sec-Fetch-Site", "same-origin"), 200);
  EXPECT_EQ(patch("Origin", "http://127.0.0.1:" + std::to_string(server.port())), 200);
}

TEST_F(HttpTest, a_body_that_is_too_large_is_refused_before_it_is_read) {
  auto http = client();
  const auto root = server.administrator();
  const auto reply =
      http.Post("/api/v1/people", signed_in(root), std::string(9 * 1024 * 1024, ' '), "application/json");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 413);
  EXPECT_NE(reply->body.find("error.body_too_large"), std::string::npos);
}

TEST_F(HttpTest, a_form_is_refused) {
  auto http = client();
  httplib::UploadFormDataItems items = {{"file", "a,b\n1,2\n", "a.csv", "text/csv"}};
  EXPECT_EQ(http.Post("/api/v1/people", items)->status, 415);
}

TEST_F(HttpTest, requests_that_no_client_would_send_do_no_harm) {
  const std::string requests[] = {
      "nonsense\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /%zz%00%ff/../..//etc HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nX-Long: " + std::string(100'000, 'a') + "\r\n\r\n",
      "GET / HTTP/1.1\r\nRange: bytes=5-1,9-2,-\r\n\r\n",
      "POST /api/v1/setup HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /api/v1/setup HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
      "POST /api/v1/setup HTTP/1.1\r\nContent-Length: -1\r\n\r\n{}",
      "POST /api/v1/setup HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{",
      "POST /api/v1/setup HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
      std::string("GET /\0 HTTP/1.1\r\n\r\n", 19),
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  for (const auto& request : requests) {
    test::RawConnection connection(server.port(), request);
    connection.end();
    const auto reply = connection.receive();
    EXPECT_EQ(reply.find("HTTP/1.1 5"), std::string::npos) << request.substr(0, 60) << " -> " << reply;
  }
  EXPECT_EQ(client().Get("/healthz")->status, 200);
}

TEST_F(HttpTest, the_administrators_address_works_once) {
  const auto token = server.set_up_token();
  ASSERT_EQ(token.size(), 64u);
  server.administrator();
  api::SetUp::Request again;
  again.token = token;
  again.login = "second";
  again.name = "Second";
  again.password = "correct horse";
  EXPECT_FALSE(test::call<api::SetUp>(server, {}, again));
  server.start();
  EXPECT_TRUE(server.set_up_token().empty()) << server.printed();
}

TEST_F(HttpTest, a_set_up_address_is_replaced_at_each_start) {
  const auto first = server.set_up_token();
  server.start();
  EXPECT_NE(server.set_up_token(), first);
  EXPECT_FALSE(server.set_up_token().empty());
  api::SetUp::Request old;
  old.token = first;
  old.login = "root";
  old.name = "Root";
  old.password = "correct horse";
  EXPECT_FALSE(test::call<api::SetUp>(server, {}, old));
}

TEST_F(HttpTest, a_session_survives_a_restart) {
  const auto root = server.administrator();
  server.start();
  EXPECT_TRUE(test::call<api::ViewSession>(server, root, {}));
}

TEST_F(HttpTest, the_log_names_the_request_and_holds_no_secret) {
  const auto root = server.administrator();
  auto http = client();
  auto headers = signed_in(root);
  headers.emplace("X-Request-Id", "find-me");
  http.Get("/api/v1/people?search=13812341234", headers);
  const auto log = server.log();
  EXPECT_NE(log.find("request=find-me"), std::string::npos) << log;
  EXPECT_NE(log.find("operation=people.list"), std::string::npos);
  EXPECT_EQ(log.find("13812341234"), std::string::npos);
  EXPECT_EQ(log.find(root.cookie), std::string::npos);
  EXPECT_EQ(log.find(root.csrf), std::string::npos);
  EXPECT_EQ(log.find("correct horse"), std::string::npos);
}

TEST_F(HttpTest, two_hundred_idle_connections_do_not_keep_others_waiting) {
  std::vector<std::unique_ptr<httplib::Client>> idle;
  for (int i = 0; i < 200; ++i) {
    auto http = std::make_unique<httplib::Client>("127.0.0.1", server.port());
    http->set_keep_alive(true);
    ASSERT_TRUE(http->Get("/healthz")) << i;
    idle.push_back(std::move(http));
  }
  for (int i = 0; i < 20; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(client().Get("/api/v1/capabilities")->status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << i;
  }
}

TEST_F(HttpTest, connections_that_arrive_together_do_not_wait_for_each_others_keep_alive) {
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 60; ++i)
    threads.emplace_back([&] {
      httplib::Client http("127.0.0.1", server.port());
      http.set_keep_alive(true);
      const auto reply = http.Get("/healthz");
      answered += reply && reply->status == 200;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 60);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST_F(HttpTest, parallel_sign_ins_are_bounded_and_all_get_an_answer) {
  server.administrator();
  std::vector<std::thread> threads;
  std::atomic<int> sensible = 0;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&, i] {
      api::SignIn::Request request;
      request.login = "nobody" + std::to_string(i);
      request.password = "wrong password";
      const auto answer = test::call<api::SignIn>(server, {}, request);
      sensible += answer.status() == 401 || answer.status() == 400 || answer.status() == 429 || answer.status() == 503;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(sensible, 12);
}

// Behind a proxy on this machine.
TEST(Proxied, sign_in_limits_cookies_and_logs_go_by_whom_the_proxy_names) {
  test::RunningServer server({"--proxy", "127.0.0.0/8"});
  server.administrator();
  httplib::Client http("127.0.0.1", server.port());
  const auto sign_in = [&](const std::string& who, const std::string& login, const char* password) {
    return http.Post("/api/v1/session",
                     {{"X-Forwarded-For", "198.51.100.66, " + who},
                      {"X-Forwarded-Proto", "https"},
                      {"X-Forwarded-Host", "crm.example"},
                      {"Origin", "https://crm.example"}},
                     R"({"login":")" + login + R"(","password":")" + password + "\"}", "application/json");
  };
  const auto good = sign_in("203.0.113.5", "root", "correct horse");
  ASSERT_TRUE(good);
  EXPECT_NE(good->get_header_value("Set-Cookie").find("; Secure"), std::string::npos) << good->body;
  EXPECT_NE(server.log().find("peer=203.0.113.5"), std::string::npos) << server.log();
  EXPECT_EQ(sign_in("203.0.113.6", "nobody", "wrong")->status, 401);
  std::string counted;
  server.backend().runner().read([&](services::Work& work) {
    work.db.prepare("SELECT subject FROM sign_in_attempts ORDER BY subject").each([&](db::Row row) {
      counted += std::string(row.text(0)) + " ";
    });
  });
  EXPECT_NE(counted.find("203.0.113.6"), std::string::npos) << counted;
  EXPECT_EQ(counted.find("127.0.0.1"), std::string::npos) << "else everybody behind the proxy waits: " << counted;
}

TEST(Proxied, a_header_that_is_there_twice_is_nobodys_word) {
  test::RunningServer server({"--proxy", "127.0.0.1"});
  httplib::Client http("127.0.0.1", server.port());
  http.Get("/api/v1/capabilities", {{"X-Forwarded-For", "198.51.100.66"}, {"X-Forwarded-For", "203.0.113.5"}});
  http.stop();
  EXPECT_NE(server.log().find("peer=127.0.0.1"), std::string::npos) << server.log();
  EXPECT_EQ(server.log().find("198.51.100.66"), std::string::npos) << server.log();
}

}  // namespace
}  // namespace tw::server
