// The local backend as a program of its own, for a Web Worker or Node: messages.js brings what comes in messages here
// and posts what is answered. Nothing is here but the way between the two.
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "core/json.h"
#include "worker/heads.h"
#include "worker/local_backend.h"
#include "worker/opfs_file_em.h"

extern "C" {
// messages.js
void tw_worker_listen(void);
void tw_worker_opened(const char* problem, std::size_t length, int kept);
void tw_worker_reply(const char* head, std::size_t head_length, const char* body, std::size_t body_length);
void tw_worker_token(const char* token, std::size_t length);
void tw_worker_progress(double done, double total);
void tw_worker_players(const char* players, std::size_t length);
}

namespace {

struct Program {
  std::unique_ptr<tw::db::File> database;
  std::unique_ptr<tw::db::File> journal;
  std::unique_ptr<tw::worker::LocalBackend> backend;  // last: it goes first
};

Program program;  // the page that made the worker ends it

void open(std::string_view parts_json) {
  auto parts = tw::json::decode<tw::worker::OpenParts>(parts_json);
  if (!parts) throw std::runtime_error("the message cannot be read");
  tw::Catalogs catalogs;
  for (const auto& catalogue : parts->catalogues) {
    auto read = tw::Catalog::read(catalogue.language, catalogue.text);
    if (!read) throw std::runtime_error("the catalogue cannot be read: " + catalogue.language);
    catalogs.add(std::move(read).value());
  }
  if (program.backend) throw std::runtime_error("it is open already");
  if (parts->kept) {
    program.database = std::make_unique<tw::worker::OpfsFile>(0);
    program.journal = std::make_unique<tw::worker::OpfsFile>(1);
  } else {
    program.database = std::make_unique<tw::db::MemoryFile>();
    program.journal = std::make_unique<tw::db::MemoryFile>();
  }
  program.backend = std::make_unique<tw::worker::LocalBackend>(*program.database, *program.journal, std::move(catalogs),
                                                               std::move(parts->version));
  program.backend->move_clock({parts->ahead});
  if (!parts->world.empty()) {
    tw::demo::WorldOptions options;
    options.language = parts->world;
    program.backend->make_demo_world(std::move(options), [](tw::demo::Progress progress) {
      tw_worker_progress(static_cast<double>(progress.done), static_cast<double>(progress.total));
    });
  }
  tw_worker_opened(nullptr, 0, parts->kept);
}

void answer(const tw::worker::LocalReply& reply) {
  const std::string head = tw::json::encode(tw::worker::head_of(reply));
  tw_worker_reply(head.data(), head.size(), reply.body.data(), reply.body.size());
}

}  // namespace

extern "C" {

void tw_open(const char* parts, std::size_t length) {
  try {
    open({parts, length});
  } catch (const std::exception& problem) {
    const std::string_view what = problem.what();
    tw_worker_opened(what.data(), what.size(), 0);
  }
}

void tw_handle(const char* head, std::size_t head_length, const char* body, std::size_t body_length) {
  auto read = tw::json::decode<tw::worker::RequestHead>(std::string_view(head, head_length));
  if (!read || !program.backend) {
    tw::worker::LocalReply nothing;
    nothing.status = 503;
    return answer(nothing);
  }
  answer(program.backend->handle(request_of(std::move(read).value(), std::string(body, body_length))));
}

// Milliseconds until something is due; below zero: nothing ever is.
double tw_run_jobs(double step) {
  if (!program.backend) return -1;
  return static_cast<double>(program.backend->run_jobs({static_cast<std::int64_t>(step)}).value);
}

void tw_set_up_token(void) {
  const std::string token = program.backend ? program.backend->new_set_up_token().value_or("") : "";
  tw_worker_token(token.data(), token.size());
}

void tw_players(void) {
  tw::worker::PlayerLines lines;
  for (tw::demo::Player& player : program.backend ? program.backend->players() : std::vector<tw::demo::Player>())
    lines.players.push_back({player.person, player.name, player.department, std::string(player.about.view())});
  lines.first = tw::demo::who::key_accounts;  // whose batch waits to be allocated
  const std::string json = tw::json::encode(lines);
  tw_worker_players(json.data(), json.size());
}

// The token of a new session; empty: nobody can be this person.
void tw_act_as(double person) {
  std::string token;
  if (program.backend) {
    if (auto session = program.backend->act_as({static_cast<std::int64_t>(person)})) token = session->token;
  }
  tw_worker_token(token.data(), token.size());
}

void tw_move_clock(double milliseconds) {
  if (program.backend) program.backend->move_clock({static_cast<std::int64_t>(milliseconds)});
}

double tw_commits(void) { return program.backend ? static_cast<double>(program.backend->commits()) : 0; }
}

int main() {
  tw_worker_listen();
  return 0;
}
