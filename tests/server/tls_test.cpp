// TLS by certificate files, with certificates that are made here: what a browser gets, who is turned away, and that the
// certificate changes while everything goes on.
#include "support/server/tls.h"

#include <thread>

#include <gtest/gtest.h>
#include <httplib.h>
#include <openssl/ssl.h>
#include <signal.h>

#include "api/session.h"
#include "server/http/http_server.h"
#include "support/server/raw_connection.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"
#include "support/server/terminal_text.h"

namespace tw::server {
namespace {

using namespace std::chrono_literals;
using test::english;
using test::get_over_tls;
using test::make_certificate;
using test::RawConnection;
using test::RunningServer;
using test::TlsConnection;

constexpr const char* get_capabilities = "GET /api/v1/capabilities HTTP/1.1\r\nHost: crm.example\r\n\r\n";

class TlsTest : public ::testing::Test {
 protected:
  std::vector<std::string> options() const { return {"--certificate", files.certificate, "--key", files.key}; }
  test::TempFolder folder;
  const CertificateFiles files = make_certificate(folder.path());
};

class TlsServerTest : public TlsTest {
 protected:
  RunningServer server{options()};

  // A door of its own in front of the same server, with times of its own.
  std::unique_ptr<HttpServer> door(HttpSettings settings) {
    auto& backend = server.backend();
    settings.certificate = read_certificate(files).context;
    auto made = std::make_unique<HttpServer>(
        HttpParts{backend.dispatcher(), backend.env(), backend.catalogs(), backend.metrics(), backend.bell(),
                  [] { return true; }, [] { return Sizes{}; }, [](std::string_view) { return CheckReply{}; },
                  [](std::string_view) { return true; }},
        settings);
    EXPECT_TRUE(made->listen("127.0.0.1", 0));
    return made;
  }
  std::string set_up_over_tls() {  // the whole reply
    const std::string body = R"({"token":")" + server.set_up_token() +
                             R"(","login":"root","name":"Root","password":"correct horse","language":"en"})";
    TlsConnection connection(server.port());
    connection.send(
        "POST /api/v1/setup HTTP/1.1\r\nHost: crm.example\r\nOrigin: https://crm.example\r\n"
        "Connection: close\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    return connection.receive();
  }
  static std::string cookie_of(const std::string& reply) {
    const auto at = reply.find("tidewater_session=");
    return reply.substr(at, reply.find(';', at) - at);
  }
};

TEST_F(TlsServerTest, answers_requests_on_a_connection_that_is_kept) {
  EXPECT_NE(server.printed().find("https://127.0.0.1:"), std::string::npos) << server.printed();
  TlsConnection connection(server.port());
  ASSERT_TRUE(connection.is_made());
  EXPECT_EQ(connection.version(), "TLSv1.3");
  EXPECT_EQ(connection.protocol(), "http/1.1");
  EXPECT_EQ(connection.server_name(), "crm.example");
  for (int i = 0; i < 3; ++i) {
    connection.send(get_capabilities);
    const auto reply = connection.receive_until("\r\n\r\n");
    EXPECT_EQ(reply.rfind("HTTP/1.1 200 ", 0), 0u) << reply;
    EXPECT_NE(reply.find("Strict-Transport-Security: max-age="), std::string::npos) << reply;
  }
}

TEST_F(TlsServerTest, two_requests_at_once_are_both_answered) {
  TlsConnection connection(server.port());
  connection.send(std::string(get_capabilities) + get_capabilities);
  const auto both = connection.receive_until("\r\n\r\n") + connection.receive_until("\r\n\r\n");
  std::size_t replies = 0;
  for (std::size_t at = 0; (at = both.find("HTTP/1.1 200 ", at)) != std::string::npos; ++at) ++replies;
  EXPECT_EQ(replies, 2u) << both;
}

TEST_F(TlsServerTest, large_bodies_travel_whole_in_both_directions) {
  const auto description = get_over_tls(server.port(), "/api/v1/openapi.json");
  const auto body = description.substr(description.find("\r\n\r\n") + 4);
  EXPECT_GT(body.size(), 100'000u);
  EXPECT_EQ(body.substr(body.size() - 2), "}\n") << "the end of it is there";
  TlsConnection connection(server.port());
  const std::string large(3'000'000, ' ');
  connection.send("POST /api/v1/setup HTTP/1.1\r\nHost: crm.example\r\nConnection: close\r\nContent-Length: " +
                  std::to_string(large.size()) + "\r\n\r\n" + large);
  const auto reply = connection.receive();
  EXPECT_EQ(reply.rfind("HTTP/1.1 400 ", 0), 0u) << reply << " (read, and no JSON)";
}

TEST_F(TlsServerTest, old_versions_are_turned_away) {
  EXPECT_FALSE(TlsConnection(server.port(), {TLS1_VERSION, TLS1_1_VERSION}).is_made());
  TlsConnection older(server.port(), {TLS1_2_VERSION, TLS1_2_VERSION});
  ASSERT_TRUE(older.is_made());
  older.send(get_capabilities);
  EXPECT_EQ(older.receive_until("\r\n\r\n").rfind("HTTP/1.1 200 ", 0), 0u);
}

TEST_F(TlsServerTest, the_session_cookie_travels_encrypted_only) {
  const auto over_tls = set_up_over_tls();
  EXPECT_NE(over_tls.find("; Secure"), std::string::npos) << over_tls;
  RunningServer plain;
  const auto reply = test::call<api::SignIn>(plain, {}, {"nobody", "correct horse"}).reply;
  EXPECT_EQ(reply.set_cookie.find("Secure"), std::string::npos);
  EXPECT_TRUE(httplib::Client("127.0.0.1", plain.port())
                  .Get("/api/v1/capabilities")
                  ->get_header_value("Strict-Transport-Security")
                  .empty());
}

TEST_F(TlsServerTest, who_speaks_plain_http_is_told_so) {
  RawConnection plain(server.port(), get_capabilities);
  const auto reply = plain.receive();
  EXPECT_EQ(reply.rfind("HTTP/1.1 400 ", 0), 0u) << reply;
  EXPECT_NE(reply.find("https://"), std::string::npos) << reply;
  RawConnection noise(server.port(), std::string("\x00\x01\x02\x03", 4));
  EXPECT_EQ(noise.receive(), "");
  RawConnection broken(server.port(), std::string("\x16\x03\x01\x00\x05hello", 10));
  EXPECT_EQ(broken.receive().find("HTTP"), std::string::npos);
}

TEST_F(TlsServerTest, events_ring_and_a_reader_that_left_is_noticed) {
  const auto cookie = cookie_of(set_up_over_tls());
  HttpSettings settings;
  settings.events.most = settings.events.most_of_one_person = 1;
  settings.events.look = 50ms;
  settings.events.pause = 10ms;
  const auto quick = door(settings);
  const std::string ask = "GET /api/v1/events/stream HTTP/1.1\r\nHost: crm.example\r\nCookie: " + cookie + "\r\n\r\n";
  auto stream = std::make_unique<TlsConnection>(quick->port());
  stream->send(ask);
  EXPECT_NE(stream->receive_until("data: ").find("text/event-stream"), std::string::npos);
  server.command({"user", "add", "lin"}, "hunter2hunter2\n");
  EXPECT_NE(stream->receive_until("data: ").find("id: "), std::string::npos) << "it rang";
  {
    TlsConnection second(quick->port());
    second.send(ask);
    EXPECT_EQ(second.receive_until("\r\n\r\n").rfind("HTTP/1.1 429 ", 0), 0u) << "one place, and it is taken";
  }
  stream.reset();
  bool free = false;
  for (const auto patience = std::chrono::steady_clock::now() + 20s;
       !free && std::chrono::steady_clock::now() < patience;) {
    stream = std::make_unique<TlsConnection>(quick->port());
    stream->send(ask);
    free = stream->receive_until("\r\n\r\n").rfind("HTTP/1.1 200 ", 0) == 0;
  }
  EXPECT_TRUE(free);
  const auto begun = std::chrono::steady_clock::now();
  quick->stop();
  stream->receive();  // to its end
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

// The first bytes of a client's hello.
std::string half_a_hello() {
  return std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(40, 'r');
}

TEST_F(TlsServerTest, handshakes_that_never_end_hold_nobody_up_and_not_the_end_of_the_server_either) {
  HttpSettings settings;
  settings.longest_handshake = 10min;
  const auto patient = door(settings);
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 40; ++i) slow.push_back(std::make_unique<RawConnection>(patient->port(), half_a_hello()));
  EXPECT_EQ(get_over_tls(patient->port(), "/healthz").rfind("HTTP/1.1 200 ", 0), 0u);
  patient->stop();  // or this test lasts ten minutes
  for (auto& each : slow) EXPECT_EQ(each->receive(), "");
  EXPECT_NE(server.log().find("the server stops"), std::string::npos);
}

TEST_F(TlsServerTest, a_handshake_has_one_deadline_in_all) {
  HttpSettings settings;
  settings.longest_handshake = 200ms;
  const auto quick = door(settings);
  RawConnection slow(quick->port(), half_a_hello());
  std::atomic<bool> given_up = false;
  std::thread trickle([&] {
    while (!given_up) {
      slow.send("r");
      std::this_thread::sleep_for(20ms);
    }
  });
  slow.receive();  // until the server closes
  given_up = true;
  trickle.join();
  EXPECT_NE(server.log().find("the handshake took too long"), std::string::npos) << "it was broken off, not refused";
}

TEST_F(TlsServerTest, a_new_certificate_is_shown_to_new_connections_and_old_ones_go_on) {
  TlsConnection old(server.port());
  old.send(get_capabilities);
  old.receive_until("\r\n\r\n");
  make_certificate(folder.path(), {"new.example", -1, 30, true});
  server.reload();
  TlsConnection fresh(server.port());
  EXPECT_EQ(fresh.server_name(), "new.example");
  EXPECT_EQ(fresh.chain_length(), 2) << "whoever signed it comes with it";
  old.send(get_capabilities);
  EXPECT_EQ(old.receive_until("\r\n\r\n").rfind("HTTP/1.1 200 ", 0), 0u);
  EXPECT_NE(server.log().find("certificate read"), std::string::npos);
}

TEST_F(TlsServerTest, a_broken_certificate_is_logged_and_the_old_one_stays) {
  const auto shows = [this] { return TlsConnection(server.port()).server_name(); };
  test::TempFolder elsewhere;
  const auto other = make_certificate(elsewhere.path(), {"other.example", -1, 30, false});
  std::filesystem::copy_file(other.certificate, files.certificate, std::filesystem::copy_options::overwrite_existing);
  server.reload();  // the key is the old one's
  EXPECT_EQ(shows(), "crm.example");
  EXPECT_NE(server.log().find("is not the key of"), std::string::npos) << server.log();
  std::filesystem::remove(files.key);
  server.reload();
  EXPECT_EQ(shows(), "crm.example");
  std::filesystem::copy_file(other.key, files.key);
  server.reload();
  EXPECT_EQ(shows(), "other.example");
}

TEST_F(TlsTest, a_server_does_not_start_without_its_certificate) {
  std::filesystem::remove(files.key);
  EXPECT_THROW(RunningServer{options()}, std::runtime_error);
}

TEST_F(TlsTest, certificates_are_looked_at_before_they_are_used) {
  EXPECT_EQ(read_certificate(files).names, "crm.example, 127.0.0.1");
  EXPECT_TRUE(english(read_certificate({files.key, files.key}).problem).find("is no certificate") != std::string::npos);
  EXPECT_TRUE(english(read_certificate({files.certificate, files.certificate}).problem).find("is no private key") !=
              std::string::npos);
  EXPECT_TRUE(english(read_certificate({"/nowhere", files.key}).problem).rfind("Cannot read /nowhere", 0) == 0);
  SystemClock clock;
  EXPECT_TRUE(read_certificate(files).is_valid(clock.now()));
  test::TempFolder other;
  EXPECT_FALSE(read_certificate(make_certificate(other.path(), {"old.example", -9, -1, false})).is_valid(clock.now()));
  EXPECT_FALSE(read_certificate(make_certificate(other.path(), {"new.example", 1, 9, false})).is_valid(clock.now()));
}

// The real program.
TEST_F(TlsTest, sighup_reads_the_certificate_anew) {
  if (!test::ServerProcess::available()) GTEST_SKIP() << "TIDEWATER_BINARY names no program";
  test::TempFolder parent;
  test::ServerProcess process(parent.path() / "data", options());
  process.start();
  EXPECT_EQ(TlsConnection(process.port()).server_name(), "crm.example");
  make_certificate(folder.path(), {"new.example", -1, 30, false});
  process.send(SIGHUP);
  std::string shown;
  for (int i = 0; i < 500 && shown != "new.example"; ++i) {
    shown = TlsConnection(process.port()).server_name();
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(shown, "new.example");
  process.send(SIGTERM);
  EXPECT_EQ(process.wait(), 0);
}

}  // namespace
}  // namespace tw::server
