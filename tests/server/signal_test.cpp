// The real program and its end: SIGTERM finishes what is running, and a killed server leaves nothing to repair.
#include <chrono>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "api/session.h"
#include "support/server/http_door.h"
#include "support/server/raw_connection.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::test {
namespace {

class SignalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!ServerProcess::available()) GTEST_SKIP() << "TIDEWATER_BINARY names no program";
    process.start();
  }
  std::filesystem::path data() const { return parent.path() / "data"; }

  TempFolder parent;
  ServerProcess process{data()};
};

TEST_F(SignalTest, sigterm_ends_the_program_well) {
  for (const int signal : {SIGTERM, SIGINT}) {
    process.send(signal);
    EXPECT_EQ(process.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(data() / "control.sock"));
    EXPECT_FALSE(std::filesystem::exists(data() / "tidewater.db-wal")) << "the log went into the database";
    process.start();
  }
}

TEST_F(SignalTest, sigterm_finishes_the_request_that_is_running) {
  const std::string body = R"({"token":"wrong","login":"a","name":"b","password":"correct horse"})";
  RawConnection request(process.port(),
                        "POST /api/v1/setup HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nContent-Length: " +
                            std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, 10));
  // The server reads the headers of this one before those of a later connection.
  HttpDoor(process.port()).send(call_as({}, "GET", "/api/v1/capabilities"));
  process.send(SIGTERM);
  request.send(body.substr(10));
  const auto reply = request.receive();
  EXPECT_EQ(reply.rfind("HTTP/1.1 ", 0), 0u) << reply;
  EXPECT_NE(reply.find("\"status\":4"), std::string::npos) << reply;
  EXPECT_EQ(process.wait(), 0);
}

TEST_F(SignalTest, sigterm_ends_the_streams_of_events_at_once) {
  HttpDoor door(process.port());
  api::SetUp::Request request;
  request.token = process.set_up_token();
  request.login = "root";
  request.name = "Root";
  request.password = "correct horse";
  const auto set_up = call<api::SetUp>(door, {}, request);
  ASSERT_TRUE(set_up);
  RawConnection stream(process.port(), "GET /api/v1/events/stream HTTP/1.1\r\nHost: x\r\nCookie: tidewater_session=" +
                                           session_cookie_of(set_up.reply) + "\r\n\r\n");
  door.send(call_as({}, "GET", "/api/v1/capabilities"));  // later than the stream's headers
  const auto begun = std::chrono::steady_clock::now();
  process.send(SIGTERM);
  EXPECT_NE(stream.receive().find("data: "), std::string::npos);
  EXPECT_EQ(process.wait(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

TEST_F(SignalTest, sighup_does_not_end_a_service_that_has_nothing_to_read_anew) {
  process.send(SIGHUP);
  HttpDoor door(process.port());
  for (int i = 0; i < 500 && process.log().find("nothing to read anew") == std::string::npos; ++i)
    EXPECT_EQ(door.send(call_as({}, "GET", "/api/v1/capabilities")).status, 200);
  EXPECT_NE(process.log().find("nothing to read anew"), std::string::npos);
}

TEST_F(SignalTest, who_starts_it_is_told_when_it_is_ready_and_when_it_ends) {
  process.send(SIGTERM);
  process.wait();
  const auto name = (parent.path() / "notify.sock").string();
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const timeval patience{20, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto heard = [socket] {
    char words[100];
    const auto count = ::recv(socket, words, sizeof words, 0);
    return std::string(words, count > 0 ? static_cast<std::size_t>(count) : 0);
  };
  ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  process.start();
  ::unsetenv("NOTIFY_SOCKET");
  EXPECT_EQ(heard(), "READY=1");
  process.send(SIGHUP);
  EXPECT_EQ(heard(), "RELOADING=1");
  EXPECT_EQ(heard(), "READY=1");
  process.send(SIGTERM);
  EXPECT_EQ(heard(), "STOPPING=1");
  EXPECT_EQ(process.wait(), 0);
  ::close(socket);
}

TEST_F(SignalTest, a_killed_server_starts_again_and_keeps_what_it_acknowledged) {
  HttpDoor door(process.port());
  api::SetUp::Request request;
  request.token = process.set_up_token();
  request.login = "root";
  request.name = "Root";
  request.password = "correct horse";
  ASSERT_TRUE(call<api::SetUp>(door, {}, request));
  process.kill();
  EXPECT_TRUE(std::filesystem::exists(data() / "control.sock")) << "a killed server cannot take it away";
  process.start();
  EXPECT_TRUE(process.set_up_token().empty());
  HttpDoor again(process.port());
  EXPECT_TRUE(call<api::SignIn>(again, {}, {"root", "correct horse"}));
  EXPECT_EQ(run_command({"user", "list", "--data", data().string()}).code, 0);
}

}  // namespace
}  // namespace tw::test
