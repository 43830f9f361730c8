// The command line's side of the socket in the data folder: the same requests as over HTTP, to a running server.
#include <cerrno>
#include <filesystem>
#include <fstream>

#include <httplib.h>

#include "server/local/door.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

Refused no_answer(httplib::Error error) {
  return Refused(said("door.no_answer", {param("reason", httplib::to_string(error))}));
}

class SocketDoor final : public Door {
 public:
  // The client connects through the folder's descriptor, so the folder is kept open.
  SocketDoor(Folder folder, std::string path, std::string language)
      : folder_(std::move(folder)), client_(path, 1), language_(std::move(language)) {
    client_.set_address_family(AF_UNIX);
    client_.set_path_encode(false);  // targets come encoded
    client_.set_read_timeout(300);
    client_.set_write_timeout(60);
  }

  bool answers() {
    const auto result = client_.Get("/healthz");
    return result && result->status == 200;
  }

  LocalReply send(const api::WireRequest& request) override {
    httplib::Request sent = request_of(request);
    sent.body = request.body;
    if (!request.body.empty()) sent.set_header("Content-Type", "application/json");
    return local(client_.send(sent));
  }

  LocalReply upload(const api::WireRequest& request, const std::filesystem::path& file,
                    const std::function<void(std::int64_t)>& progress) override {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Refused(said("files.cannot_read", {param("path", file.string())}).with("reason", reason_of(errno)));
    const auto size = std::filesystem::file_size(file);
    std::string part;
    return local(client_.Post(
        request.target(), headers(), static_cast<std::size_t>(size),
        [&](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
          part.resize(std::min<std::size_t>(length, 256 * 1024));
          in.read(part.data(), static_cast<std::streamsize>(part.size()));
          if (in.gcount() <= 0) return false;
          const auto count = static_cast<std::size_t>(in.gcount());
          progress(static_cast<std::int64_t>(offset + count));
          return sink.write(part.data(), count);
        },
        "application/octet-stream"));
  }

  LocalReply download(const api::WireRequest& request, std::ostream& to) override {
    LocalReply reply;
    const auto result = client_.Get(
        request.target(), headers(),
        [&](const httplib::Response& response) {
          reply.status = response.status;
          return true;
        },
        [&](const char* bytes, std::size_t count) {
          if (reply.status == 200) {
            to.write(bytes, static_cast<std::streamsize>(count));
          } else {
            reply.body.append(bytes, count);
          }
          return true;
        });
    if (!result) throw no_answer(result.error());
    return reply;
  }

  CheckReply check() override {
    const auto result = client_.Post("/check", headers(), "", "text/plain");
    if (!result) throw no_answer(result.error());
    return {result->get_header_value("X-Whole") == "yes", result->get_header_value("X-Counts-Agree") == "yes",
            result->body};
  }

  bool backup_made(const std::string& note) override {
    const auto result = client_.Post("/backup-made", headers(), note, "application/json");
    return result && result->status == 200;
  }

 private:
  httplib::Headers headers() const { return {{"Accept-Language", language_}}; }

  httplib::Request request_of(const api::WireRequest& request) const {
    httplib::Request made;
    made.method = std::string(request.method);
    made.path = request.target();
    made.headers = headers();
    return made;
  }

  static LocalReply local(const httplib::Result& result) {
    if (!result) throw no_answer(result.error());
    return {result->status, result->body};
  }

  Folder folder_;
  httplib::Client client_;
  const std::string language_;
};

}  // namespace

std::unique_ptr<Door> open_socket_door(const Folder& folder, const std::string& language) {
  Folder own(folder.path());
  std::string path = own.socket();
  auto door = std::make_unique<SocketDoor>(std::move(own), std::move(path), language);
  if (!door->answers()) return nullptr;
  return door;
}

}  // namespace tw::server
