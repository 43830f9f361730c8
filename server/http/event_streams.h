// The doorbell: GET /api/v1/events/stream answers with server-sent events that say "there is something new up to number
// N" and nothing else; what it is the page asks with events.after, with its own permissions. Losing one is harmless,
// because pages poll as well, seldom while their stream lives.
//
// cpp-httplib has no way to set a connection aside: a reply that is still being written keeps its thread, whether its
// content comes from a chunked provider or not. So streams are bounded, in all (a quarter of the threads) and for each
// person; each ends by itself after some minutes, and the browser comes again; and one whose reader is gone or does not
// read is dropped. Requests therefore always find threads.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "server/event_bell.h"
#include "services/dispatcher.h"

namespace httplib {
struct Response;
}

namespace tw::server {

struct EventStreamSettings {
  std::size_t most = 64;
  std::size_t most_of_one_person = 4;
  std::chrono::milliseconds heartbeat = std::chrono::seconds(15);  // also: is the session still good?
  std::chrono::milliseconds longest = std::chrono::minutes(5);
  std::chrono::milliseconds pause = std::chrono::seconds(1);  // between two rings: many commits are one
  std::chrono::milliseconds look = std::chrono::seconds(2);   // whether the reader is still there
};

class EventStreams {
 public:
  // `open` counts them, over all servers that share it.
  EventStreams(services::Dispatcher& dispatcher, EventBell& bell, EventStreamSettings settings,
               std::atomic<std::int64_t>& open)
      : dispatcher_(dispatcher), bell_(bell), settings_(settings), open_(open) {}

  static bool is_asked(const services::Call& call);
  // Asks the dispatcher as whoever calls. Answers its refusal, or status 200 and the stream is in `response`.
  services::Reply open(services::Call call, httplib::Response& response);

  void close();  // they end now, and no more begin
  std::size_t running() const;

 private:
  struct Stream;
  bool take_place(std::int64_t person);
  void leave_place(std::int64_t person);
  bool write_next(Stream& stream, void* sink);
  bool look(Stream& stream);  // false: they may no longer listen

  services::Dispatcher& dispatcher_;
  EventBell& bell_;
  const EventStreamSettings settings_;
  std::atomic<std::int64_t>& open_;
  mutable std::mutex mutex_;
  std::map<std::int64_t, std::size_t> by_person_;
  std::size_t running_ = 0;
  std::atomic<bool> closed_ = false;
};

}  // namespace tw::server
