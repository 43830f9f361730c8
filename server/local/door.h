// How a command reaches the product: through the socket of the server that runs on the folder, or, where none runs, by
// holding the folder's lock and calling the dispatcher itself. Both carry the same bytes and act as the local operator.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "api/wire.h"
#include "core/json.h"
#include "server/backend.h"
#include "server/words/words.h"

namespace tw::server {

struct LocalReply {
  int status = 0;
  std::string body;
};

class Door {
 public:
  virtual ~Door() = default;
  virtual LocalReply send(const api::WireRequest& request) = 0;
  // The body is the file's content. `progress` hears how many bytes went.
  virtual LocalReply upload(const api::WireRequest& request, const std::filesystem::path& file,
                            const std::function<void(std::int64_t)>& progress) = 0;
  virtual LocalReply download(const api::WireRequest& request, std::ostream& to) = 0;
  virtual CheckReply check() = 0;
  // Tells the server of a backup that was made beside it (server/care/audit_notes.h); false: it did not listen.
  virtual bool backup_made(const std::string& note) = 0;
};

// Throws Refused.
std::unique_ptr<Door> open_door(Folder folder, Clock& clock, Log& log, const std::string& version,
                                const std::string& language);

// server/http/socket_door.cpp; null when nobody answers there.
std::unique_ptr<Door> open_socket_door(const Folder& folder, const std::string& language);

// The detail and the wrong fields of a problem document, as lines for a terminal.
std::string problem_text(const LocalReply& reply, const Words& words);

template <class Response>
struct LocalAnswer {
  std::optional<Response> value;
  LocalReply reply;
  explicit operator bool() const { return value.has_value(); }
  const Response* operator->() const { return &*value; }
  std::string problem(const Words& words) const { return problem_text(reply, words); }
};

template <class Response>
LocalAnswer<Response> decoded(LocalReply reply) {
  LocalAnswer<Response> answer;
  if (reply.status >= 200 && reply.status < 300) {
    auto value = json::decode<Response>(reply.body);
    if (value) answer.value = std::move(value).value();
  }
  answer.reply = std::move(reply);
  return answer;
}

template <class O>
LocalAnswer<typename O::Response> call(Door& door, const typename O::Request& request) {
  return decoded<typename O::Response>(door.send(api::to_wire<O>(request)));
}

}  // namespace tw::server
