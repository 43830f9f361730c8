// The dispatcher behind standard input and output: one of the three doors that tests/scenarios knocks at. The local
// backend as a native program, in memory, with the sanitizers of its tree.
//
// A frame is four bytes of length (low byte first) and so many bytes. Of each request come two: the head as JSON
// (worker/heads.h) and the body; so go two of each reply. A head with "control" is for the door itself: "set_up_token"
// answers with the token as body, "move_clock" takes milliseconds as body. Between requests jobs have their turn.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "core/json.h"
#include "core/text.h"
#include "worker/heads.h"
#include "worker/local_backend.h"

namespace {

using namespace tw;

struct Control {
  std::string control;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("control", s.control);
  }
};

std::optional<std::string> read_frame() {
  unsigned char length[4];
  if (std::fread(length, 1, 4, stdin) != 4) return {};
  std::string bytes(length[0] | length[1] << 8 | length[2] << 16 | std::size_t{length[3]} << 24, '\0');
  if (std::fread(bytes.data(), 1, bytes.size(), stdin) != bytes.size()) return {};
  return bytes;
}

void write_frame(const std::string& bytes) {
  const auto size = bytes.size();
  for (int shift = 0; shift < 32; shift += 8) std::fputc(static_cast<int>(size >> shift & 255), stdout);
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

Catalogs catalogs() {
  Catalogs all;
  for (const char* language : {"zh-CN", "en"}) {
    std::ifstream file(std::string("assets/i18n/") + language + ".json", std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    auto catalog = Catalog::read(language, text);
    if (!catalog) {
      std::fprintf(stderr, "no catalogue %s: run this in the repository\n", language);
      std::exit(1);
    }
    all.add(std::move(catalog).value());
  }
  return all;
}

worker::LocalReply answer(worker::LocalBackend& backend, const std::string& head, std::string body) {
  const auto control = json::decode<Control>(head);
  worker::LocalReply reply;
  if (control && control->control == "set_up_token") {
    reply.body = backend.new_set_up_token().value_or("");
  } else if (control && control->control == "move_clock") {
    backend.move_clock({text::to_integer(body).value_or(0)});
  } else if (auto request = json::decode<worker::RequestHead>(head)) {
    return backend.handle(worker::request_of(std::move(request).value(), std::move(body)));
  } else {
    reply.status = 599;  // no reply of the product: the suite itself is wrong
  }
  return reply;
}

}  // namespace

int main() {
  db::MemoryFile database;
  db::MemoryFile journal;
  worker::LocalBackend backend(database, journal, catalogs(), "0.0.0");
  while (const auto head = read_frame()) {
    auto body = read_frame();
    if (!body) break;
    const auto reply = answer(backend, *head, std::move(*body));
    write_frame(json::encode(worker::head_of(reply)));
    write_frame(reply.body);
    std::fflush(stdout);
    for (int round = 0; round < 20 && backend.run_jobs({30}) == Millis{0}; ++round) {}
  }
  return 0;
}
