// What of a message is not its body, as JSON between the program and whoever carries its messages.
#pragma once

#include <string>
#include <vector>

#include "core/describe.h"
#include "core/ids.h"
#include "worker/local_call.h"

namespace tw::worker {

inline constexpr FieldRule longest_line = rule::text(0, 64 * 1024);

struct HeaderLine {
  std::string name;
  std::string value;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name, longest_line);
    v("value", s.value, longest_line);
  }
};

struct RequestHead {
  std::string method;
  std::string path;
  std::vector<HeaderLine> headers;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("method", s.method);
    v("path", s.path, longest_line);
    v("headers", s.headers);
  }
};

struct ReplyHead {
  std::int64_t status = 0;
  std::vector<HeaderLine> headers;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("status", s.status);
    v("headers", s.headers);
  }
};

// Whom a visitor of the demo can be, for the page around the client.
struct PlayerLine {
  PersonId person;
  std::string name;
  std::string department;
  std::string about;  // a key of the catalogues
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("department", s.department);
    v("about", s.about);
  }
};

struct PlayerLines {
  std::vector<PlayerLine> players;
  PersonId first;  // who a visitor is at first
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("players", s.players);
    v("first", s.first);
  }
};

struct OpenParts {
  std::string version;
  std::string kept;        // "files" of the browser, "blocks" of its store; empty: in memory
  std::string world;       // language of the demo's world, which is made where nobody exists yet; empty: none is made
  std::int64_t ahead = 0;  // milliseconds that the clock was moved forward before
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("version", s.version);
    v("kept", s.kept);
    v("world", s.world);
    v("ahead", s.ahead);
  }
};

inline LocalRequest request_of(RequestHead head, std::string body) {
  LocalRequest request;
  request.method = std::move(head.method);
  request.path = std::move(head.path);
  for (HeaderLine& line : head.headers) request.headers.emplace_back(std::move(line.name), std::move(line.value));
  request.body = std::move(body);
  return request;
}

inline ReplyHead head_of(const LocalReply& reply) {
  ReplyHead head;
  head.status = reply.status;
  for (const auto& entry : reply.headers) head.headers.push_back({entry.first, entry.second});
  return head;
}

}  // namespace tw::worker
