#include "server/local/door.h"

#include <cerrno>
#include <fstream>

#include "server/words/reasons.h"

namespace tw::server {
namespace {

constexpr std::int64_t part_bytes = 256 * 1024;

class DirectDoor final : public Door {
 public:
  DirectDoor(Folder folder, Clock& clock, Log& log, const std::string& version, std::string language)
      : backend_(std::move(folder), clock, log, version), language_(std::move(language)) {
    backend_.start_jobs();
  }

  LocalReply send(const api::WireRequest& request) override {
    return local(backend_.dispatcher().handle(call_of(request)));
  }

  LocalReply upload(const api::WireRequest& request, const std::filesystem::path& file,
                    const std::function<void(std::int64_t)>& progress) override {
    std::ifstream in(file, std::ios::binary);
    Spool& spool = backend_.env().spool;
    const SpoolId spooled = spool.create();
    std::string part(part_bytes, '\0');
    std::int64_t sent = 0;
    while (in.read(part.data(), part_bytes) || in.gcount() > 0) {
      spool.append(spooled, std::string_view(part).substr(0, static_cast<std::size_t>(in.gcount())));
      sent += in.gcount();
      progress(sent);
    }
    if (in.bad()) {
      const int problem = errno;
      spool.remove(spooled);
      throw Refused(said("files.cannot_read", {param("path", file.string())}).with("reason", reason_of(problem)));
    }
    spool.finish(spooled);
    auto call = call_of(request);
    call.upload = spooled;
    return local(backend_.dispatcher().handle(call));
  }

  LocalReply download(const api::WireRequest& request, std::ostream& to) override {
    const auto reply = backend_.dispatcher().handle(call_of(request));
    if (!reply.file) return local(reply);
    for (std::int64_t at = 0;;) {
      const auto part = backend_.env().spool.read(*reply.file, at, part_bytes);
      if (part.empty()) break;
      to.write(part.data(), static_cast<std::streamsize>(part.size()));
      at += static_cast<std::int64_t>(part.size());
    }
    return {reply.status, {}};
  }

  CheckReply check() override { return backend_.check(language_); }
  bool backup_made(const std::string& note) override { return backend_.backup_made(note); }

 private:
  services::Call call_of(const api::WireRequest& request) const {
    services::Call call;
    call.method = request.method;
    call.path = request.path;
    call.query = request.query;
    call.body = request.body;
    call.language = language_;
    call.peer = "local";
    call.request_id = "command";
    call.local_operator = true;
    return call;
  }
  static LocalReply local(const services::Reply& reply) { return {reply.status, reply.body}; }

  Backend backend_;
  const std::string language_;
};

// Only what is shown.
struct Problem {
  struct Field {
    std::string path;
    std::string message;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("path", s.path);
      v("message", s.message);
    }
  };
  std::string detail;
  std::vector<Field> fields;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("detail", s.detail);
    v("fields", s.fields);
  }
};

}  // namespace

std::unique_ptr<Door> open_door(Folder folder, Clock& clock, Log& log, const std::string& version,
                                const std::string& language) {
  if (folder.lock()) return std::make_unique<DirectDoor>(std::move(folder), clock, log, version, language);
  if (auto door = open_socket_door(folder, language)) return door;
  throw Refused(said("door.no_answer_yet", {param("folder", folder.path().string())}));
}

std::string problem_text(const LocalReply& reply, const Words& words) {
  const auto problem = json::decode<Problem>(reply.body);
  if (!problem || problem->detail.empty())
    return words(said("door.answer_was", {param("status", std::int64_t{reply.status})}));
  std::string text = problem->detail;
  for (const auto& field : problem->fields) text += "\n  " + field.path + ": " + field.message;
  return text;
}

}  // namespace tw::server
