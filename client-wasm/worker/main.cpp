// The local backend as a program of its own, for a Web Worker or Node: messages.js brings what comes in messages here
// and posts what is answered. Nothing is here but the way between the two.
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "core/json.h"
#include "worker/block_file.h"
#include "worker/gathered_file.h"
#include "worker/heads.h"
#include "worker/local_backend.h"
#include "worker/opfs_file_em.h"

extern "C" {
// messages.js
void tw_worker_listen(void);
void tw_worker_opened(const char* problem, std::size_t length);
void tw_worker_reply(const char* head, std::size_t head_length, const char* body, std::size_t body_length);
void tw_worker_token(const char* token, std::size_t length);
void tw_worker_progress(double done, double total);
void tw_worker_players(const char* players, std::size_t length);
void tw_worker_file(const char* bytes, std::size_t length);
void tw_worker_taken(const char* refusal, std::size_t length);
void tw_worker_block(double number, const unsigned char* bytes, std::size_t length);
}

namespace {

struct Program {
  tw::Catalogs catalogs;                          // until the backend has them
  std::string unreadable;                         // the language of a catalogue
  std::unique_ptr<tw::worker::BlockFile> blocks;  // the database, where the browser has a store and no files
  std::unique_ptr<tw::db::File> database;
  std::unique_ptr<tw::db::File> journal;
  std::unique_ptr<tw::worker::LocalBackend> backend;  // last: it goes first
};

Program program;  // the page that made the worker ends it

void open(std::string_view parts_json) {
  auto parts = tw::json::decode<tw::worker::OpenParts>(parts_json);
  if (!parts) throw std::runtime_error("the message cannot be read");
  if (!program.unreadable.empty()) throw std::runtime_error("the catalogue cannot be read: " + program.unreadable);
  if (program.backend) throw std::runtime_error("it is open already");
  if (parts->kept == "files") {
    program.database = std::make_unique<tw::worker::GatheredFile>(std::make_unique<tw::worker::OpfsFile>(0));
    program.journal = std::make_unique<tw::worker::GatheredFile>(std::make_unique<tw::worker::OpfsFile>(1));
  } else {
    program.database = std::make_unique<tw::db::MemoryFile>();
    program.journal = std::make_unique<tw::db::MemoryFile>();
  }
  if (parts->kept == "blocks" && !program.blocks) program.blocks = std::make_unique<tw::worker::BlockFile>();
  tw::db::File& database = program.blocks ? *program.blocks : *program.database;
  program.backend = std::make_unique<tw::worker::LocalBackend>(database, *program.journal, std::move(program.catalogs),
                                                               std::move(parts->version));
  program.backend->move_clock({parts->ahead});
  if (!parts->world.empty()) {
    tw::demo::WorldOptions options;
    options.language = parts->world;
    program.backend->make_demo_world(std::move(options), [](tw::demo::Progress progress) {
      tw_worker_progress(static_cast<double>(progress.done), static_cast<double>(progress.total));
    });
  }
  tw_worker_opened(nullptr, 0);
}

void answer(const tw::worker::LocalReply& reply) {
  const std::string head = tw::json::encode(tw::worker::head_of(reply));
  tw_worker_reply(head.data(), head.size(), reply.body.data(), reply.body.size());
}

}  // namespace

extern "C" {

// Before tw_open: the texts of a language.
void tw_catalogue(const char* language, std::size_t language_length, const char* text, std::size_t length) {
  auto read = tw::Catalog::read(std::string(language, language_length), {text, length});
  if (!read) program.unreadable.assign(language, language_length);
  if (read) program.catalogs.add(std::move(read).value());
}

void tw_open(const char* parts, std::size_t length) {
  try {
    open({parts, length});
  } catch (const std::exception& problem) {
    const std::string_view what = problem.what();
    tw_worker_opened(what.data(), what.size());
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
  if (!lines.players.empty()) lines.first = lines.players.front().person;
  // Whose batch waits to be allocated, in the world that we have made.
  if (program.backend && program.backend->has_demo_world()) lines.first = tw::demo::who::key_accounts;
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

void tw_export(void) {
  const std::string bytes = program.backend ? program.backend->export_database().value_or("") : "";
  tw_worker_file(bytes.data(), bytes.size());
}

// Without a refusal: it was taken, and the page opens it anew.
void tw_take(const char* bytes, std::size_t length) {
  try {
    std::string_view refusal = tw::text_key("demo.open.damaged").view();
    std::optional<tw::Error> error;
    if (program.backend && (error = program.backend->take_database({bytes, length}))) refusal = error->key.view();
    if (program.backend && !error) refusal = {};
    tw_worker_taken(refusal.data(), refusal.size());
  } catch (const std::exception&) {  // the browser has no room for it
    const std::string_view refusal = tw::text_key("demo.open.no_room").view();
    tw_worker_taken(refusal.data(), refusal.size());
  }
}

// Before tw_open: what the browser's store holds, block after block.
void tw_load_block(const unsigned char* bytes, std::size_t length) {
  if (!program.blocks) program.blocks = std::make_unique<tw::worker::BlockFile>();
  program.blocks->load({bytes, length});
}

// Hands over what has changed since this was called last; how many blocks there are now, below zero: nothing changed.
double tw_changed_blocks(void) {
  if (!program.blocks) return -1;
  const auto changed = program.blocks->take_changed();
  if (changed.empty()) return -1;
  for (const std::int64_t number : changed) {
    if (number >= program.blocks->blocks()) continue;
    const auto bytes = program.blocks->block(number);
    tw_worker_block(static_cast<double>(number), bytes.data(), bytes.size());
  }
  return static_cast<double>(program.blocks->blocks());
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
