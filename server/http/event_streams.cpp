#include "server/http/event_streams.h"

#include <httplib.h>

#include "api/events.h"
#include "core/json.h"

namespace tw::server {

namespace {

constexpr std::string_view stream_path = "/api/v1/events/stream";
constexpr std::string_view asked_path = "/api/v1/events";

}  // namespace

struct EventStreams::Stream {
  services::Call call;  // what is asked again and again, as the same person
  std::int64_t person = 0;
  std::int64_t newest = 0;  // as the database says
  std::int64_t told = -1;
  std::uint64_t rings = 0;
  EventBell::Time::time_point begun{}, written{}, rung{};
};

bool EventStreams::is_asked(const services::Call& call) {
  return call.method == "GET" && call.path == stream_path && !call.local_operator;
}

services::Reply EventStreams::open(services::Call call, httplib::Response& response) {
  auto stream = std::make_shared<Stream>();
  call.path = std::string(asked_path);
  call.query = {{"after", "-1"}};
  stream->rings = bell_.rings();
  auto reply = dispatcher_.handle(call);
  if (reply.status != 200) return reply;
  stream->person = reply.person.value;
  if (!take_place(stream->person)) {
    reply.status = 429;
    reply.retry_after = 60;
    return reply;
  }
  const auto read = json::decode<api::EventsAfter::Response>(reply.body);
  stream->newest = read ? read->newest : 0;
  stream->call = std::move(call);
  stream->begun = stream->written = EventBell::Time::now();
  response.set_header("X-Accel-Buffering", "no");  // proxies must not collect what should arrive at once
  response.set_chunked_content_provider(
      "text/event-stream", [this, stream](std::size_t, httplib::DataSink& sink) { return write_next(*stream, &sink); },
      [this, person = stream->person](bool) { leave_place(person); });
  return reply;
}

// One thing to write, or none and the look whether somebody is still there. False ends the connection.
bool EventStreams::write_next(Stream& stream, void* opaque) {
  auto& sink = *static_cast<httplib::DataSink*>(opaque);
  const auto write = [&](const std::string& words) {
    stream.written = EventBell::Time::now();
    return sink.write(words.data(), words.size());
  };
  const auto end = [&] {
    sink.done();
    return true;
  };
  if (stream.told < 0) {  // the first one says where they are
    stream.told = stream.newest;
    stream.rung = EventBell::Time::now();
    return write("retry: 5000\nid: " + std::to_string(stream.newest) + "\ndata: " + std::to_string(stream.newest) +
                 "\n\n");
  }
  const auto now = EventBell::Time::now();
  if (now - stream.begun >= settings_.longest) return end();
  auto heard = bell_.wait(stream.rings, std::min(now + settings_.look, stream.written + settings_.heartbeat));
  // Rings that follow close on the last one are one with it.
  while (!closed_ && heard > stream.rings && EventBell::Time::now() < stream.rung + settings_.pause)
    heard = bell_.wait(heard, stream.rung + settings_.pause);
  if (closed_) return end();
  if (!sink.is_writable()) return false;
  const bool rang = heard > stream.rings;
  const bool beats = EventBell::Time::now() - stream.written >= settings_.heartbeat;
  if (!rang && !beats) return true;
  stream.rings = heard;
  stream.rung = EventBell::Time::now();
  if (!look(stream)) return end();
  if (stream.newest > stream.told) {
    stream.told = stream.newest;
    return write("id: " + std::to_string(stream.told) + "\ndata: " + std::to_string(stream.told) + "\n\n");
  }
  return beats ? write(":\n\n") : true;
}

bool EventStreams::look(Stream& stream) {
  const auto reply = dispatcher_.handle(stream.call);
  if (reply.status >= 500) return true;  // busy; the next heartbeat looks again
  if (reply.status != 200 || reply.person.value != stream.person) return false;
  if (const auto read = json::decode<api::EventsAfter::Response>(reply.body)) stream.newest = read->newest;
  return true;
}

void EventStreams::close() {
  closed_ = true;
  bell_.ring();
}

bool EventStreams::take_place(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  auto& own = by_person_[person];
  if (closed_ || running_ >= settings_.most || own >= settings_.most_of_one_person) {
    if (own == 0) by_person_.erase(person);
    return false;
  }
  ++own;
  ++running_;
  ++open_;
  return true;
}

void EventStreams::leave_place(std::int64_t person) {
  const std::lock_guard lock(mutex_);
  --running_;
  --open_;
  if (--by_person_[person] == 0) by_person_.erase(person);
}

std::size_t EventStreams::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

}  // namespace tw::server
