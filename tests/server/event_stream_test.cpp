// The doorbell over real connections: it rings, it says nothing, it is bounded, it ends.
#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>
#include <httplib.h>

#include "api/events.h"
#include "api/people.h"
#include "api/session.h"
#include "server/http/event_streams.h"
#include "server/http/http_server.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using namespace std::chrono_literals;
using test::Caller;

constexpr auto path = "/api/v1/events/stream";

httplib::Headers signed_in(const Caller& who) { return {{"Cookie", "tidewater_session=" + who.cookie}}; }

// Reads a stream on a thread of its own until it ends or is hung up on.
class Listener {
 public:
  Listener(int port, const Caller& who) : client_("127.0.0.1", port) {
    client_.set_read_timeout(60);
    thread_ = std::thread([this, headers = signed_in(who)] {
      const auto answered = [this](const httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        status_ = response.status;
        changed_.notify_all();
        return true;
      };
      client_.Get(path, headers, answered, [this](const char* bytes, std::size_t count) {
        const std::lock_guard lock(mutex_);
        heard_.append(bytes, count);
        changed_.notify_all();
        return !hung_up_;
      });
      const std::lock_guard lock(mutex_);
      ended_ = true;
      changed_.notify_all();
    });
  }
  ~Listener() { hang_up(); }

  void hang_up() {
    {
      const std::lock_guard lock(mutex_);
      hung_up_ = true;
    }
    client_.stop();
    if (thread_.joinable()) thread_.join();
  }
  bool hears(const std::string& words) {
    return wait([&] { return heard_.find(words) != std::string::npos; });
  }
  bool ends() {
    return wait([&] { return ended_; });
  }
  std::string heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  bool is_answered() {
    return wait([&] { return status_ > 0; });
  }
  int status() {
    const std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  bool wait(const std::function<bool()>& what) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, what);
  }

  httplib::Client client_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string heard_;
  int status_ = 0;
  bool ended_ = false, hung_up_ = false;
  std::thread thread_;
};

class EventStream : public ::testing::Test {
 protected:
  // A door of its own in front of the same server, so that a test need not wait for minutes.
  void serve(EventStreamSettings events, std::size_t threads = 64) {
    auto& backend = server.backend();
    HttpParts parts{backend.dispatcher(),
                    backend.env(),
                    backend.catalogs(),
                    backend.metrics(),
                    backend.bell(),
                    [] { return true; },
                    [] { return Sizes{}; },
                    [](std::string_view) { return CheckReply{}; },
                    [](std::string_view) { return true; }};
    HttpSettings settings;
    settings.most_threads = threads;
    settings.events = events;
    http = std::make_unique<HttpServer>(parts, settings);
    ASSERT_TRUE(http->listen("127.0.0.1", 0));
  }
  static EventStreamSettings quick() {
    EventStreamSettings settings;
    settings.heartbeat = 200ms;
    settings.pause = 50ms;
    settings.look = 50ms;
    return settings;
  }
  void change() { ASSERT_TRUE(test::call<api::AddDepartment>(server, root, {"D" + std::to_string(++made), {}})); }
  std::int64_t newest() { return test::call<api::EventsAfter>(server, root, {-1})->newest; }
  httplib::Result get(const Caller& who) {
    return httplib::Client("127.0.0.1", http->port()).Get(path, signed_in(who));
  }

  test::RunningServer server;
  Caller root = server.administrator();
  std::unique_ptr<HttpServer> http;
  int made = 0;
};

TEST_F(EventStream, says_how_far_things_are_and_rings_when_they_go_on) {
  serve(quick());
  Listener listener(http->port(), root);
  ASSERT_TRUE(listener.hears("data: " + std::to_string(newest()) + "\n\n"));
  change();
  EXPECT_TRUE(listener.hears("id: " + std::to_string(newest()) + "\ndata: " + std::to_string(newest()) + "\n\n"));
  EXPECT_EQ(listener.heard().find("department"), std::string::npos) << "what it is, whoever hears it asks for";
}

TEST_F(EventStream, is_for_who_is_signed_in) {
  serve(quick());
  EXPECT_EQ(httplib::Client("127.0.0.1", http->port()).Get(path)->status, 401);
}

TEST_F(EventStream, many_changes_ring_once) {
  auto settings = quick();
  settings.pause = 500ms;
  serve(settings);
  Listener listener(http->port(), root);
  ASSERT_TRUE(listener.hears("data: "));
  for (int i = 0; i < 20; ++i) change();
  ASSERT_TRUE(listener.hears("data: " + std::to_string(newest()) + "\n\n"));
  const std::string heard = listener.heard();
  int rings = 0;
  for (std::size_t at = 0; (at = heard.find("data: ", at)) != std::string::npos; ++at) ++rings;
  EXPECT_LT(rings, 10) << heard;
}

TEST_F(EventStream, is_bounded_for_each_person_and_a_place_that_was_left_is_free) {
  auto settings = quick();
  settings.most_of_one_person = 2;
  serve(settings);
  Listener first(http->port(), root);
  ASSERT_TRUE(first.hears("data: "));
  auto second = std::make_unique<Listener>(http->port(), root);
  ASSERT_TRUE(second->hears("data: "));
  const auto refused = get(root);
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(refused->get_header_value("Retry-After"), "60");
  const Caller other = server.person(root, "Ann", domain::access::Role::member);
  Listener hers(http->port(), other);
  EXPECT_TRUE(hers.hears("data: ")) << "others have places of their own";
  second->hang_up();
  // The server notices within a look; until then it is full.
  bool free = false;
  for (int i = 0; i < 200 && !free; ++i) {
    Listener again(http->port(), root);
    free = again.is_answered() && again.status() == 200;
    if (!free) std::this_thread::yield();
  }
  EXPECT_TRUE(free);
}

TEST_F(EventStream, is_bounded_in_all_and_requests_find_threads_when_it_is_full) {
  auto settings = quick();
  settings.most = settings.most_of_one_person = 8;
  serve(settings, 16);
  std::vector<std::unique_ptr<Listener>> full;
  for (int i = 0; i < 8; ++i) {
    full.push_back(std::make_unique<Listener>(http->port(), root));
    ASSERT_TRUE(full.back()->hears("data: "));
  }
  EXPECT_EQ(get(root)->status, 429);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(httplib::Client("127.0.0.1", http->port()).Get("/api/v1/events", signed_in(root))->status, 200);
}

TEST_F(EventStream, ends_with_the_session_and_by_itself_after_a_while) {
  auto settings = quick();
  serve(settings);
  const Caller ann = server.person(root, "Ann", domain::access::Role::member);
  Listener hers(http->port(), ann);
  ASSERT_TRUE(hers.hears("data: "));
  ASSERT_TRUE(test::call<api::SignOut>(server, ann, {}));
  EXPECT_TRUE(hers.ends());
  settings.longest = 300ms;
  serve(settings);
  Listener listener(http->port(), root);
  EXPECT_TRUE(listener.hears("data: "));
  EXPECT_TRUE(listener.ends());
}

TEST_F(EventStream, a_quiet_one_has_a_heartbeat) {
  serve(quick());
  Listener listener(http->port(), root);
  EXPECT_TRUE(listener.hears("\n\n:\n\n"));
}

TEST_F(EventStream, a_stopping_server_waits_for_none) {
  serve(quick());
  Listener listener(http->port(), root);
  ASSERT_TRUE(listener.hears("data: "));
  const auto begun = std::chrono::steady_clock::now();
  http->stop();
  EXPECT_TRUE(listener.ends());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

}  // namespace
}  // namespace tw::server
