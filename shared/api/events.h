// What changed since: the page polls this, and asks again for what it shows.
#pragma once

#include <vector>

#include "api/endpoint.h"
#include "core/events.h"

namespace tw::api {

struct Event {
  EventKind kind = EventKind::customers_changed;
  std::int64_t entity = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("kind", s.kind);
    v("entity", s.entity);
  }
};

// Only what the actor may see; equal events are told once. `after` -1 asks for the newest number alone.
struct EventsAfter {
  static constexpr Endpoint endpoint{
      .name = "events.after", .path = "/api/v1/events", .permission = domain::access::Permission::signed_in};
  struct Request {
    std::int64_t after = -1;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("after", s.after, rule::range(-1, INT64_MAX));
    }
  };
  struct Response {
    std::int64_t newest = 0;
    bool forgotten = false;  // `after` is older than what is kept: look at everything again
    std::vector<Event> events;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("newest", s.newest);
      v("forgotten", s.forgotten);
      v("events", s.events);
    }
  };
};

using EventOperations = Operations<EventsAfter>;

}  // namespace tw::api
