// audit verify: walks the chain of the audit log from its first entry to its last, in pieces, from a process of its own
// beside a server that may run. Changes nothing.
#include <optional>
#include <ostream>

#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/reading_env.h"
#include "server/commands/commands.h"
#include "server/database_check.h"
#include "services/audit_chain.h"
#include "services/audit_entry_store.h"

namespace tw::server {
namespace {

using services::AuditFault;

constexpr int whole = 0;
constexpr int broken = 3;
constexpr std::int64_t entries_at_once = 5000;
constexpr std::int64_t notes_looked_at = 100'000;  // a day each

Message message_of_fault(const AuditFault& fault) {
  const std::vector<Param> params = {param("number", fault.number)};
  switch (fault.what) {
    case AuditFault::What::missing:
      return said("audit.missing", params);
    case AuditFault::What::changed:
      return said("audit.changed", params);
    case AuditFault::What::out_of_order:
      return said("audit.out_of_order", params);
  }
  return {};
}

class Verifier {
 public:
  Verifier(db::Database& database, Clock& clock, Log& log) : database_(database), env_(clock, log) {}

  // Each piece is a snapshot of its own: entries only ever come, so together they are one.
  services::AuditWalk walk() {
    services::AuditWalk walk;
    for (;;) {
      std::vector<services::AuditEntry> entries;
      env_.read(database_, [&](services::Work& work) {
        entries = services::audit_entries_after(work, walk.number(), entries_at_once);
      });
      for (const auto& entry : entries)
        if (!walk.take(entry)) return walk;
      if (static_cast<std::int64_t>(entries.size()) < entries_at_once) return walk;
    }
  }

  std::string hash_of(std::int64_t number) {
    std::string hash;
    env_.read(database_, [&](services::Work& work) { hash = services::audit_hash_of(work, number); });
    return hash;
  }

  std::vector<services::NotedHead> notes() {
    std::vector<services::NotedHead> notes;
    env_.read(database_, [&](services::Work& work) { notes = services::noted_audit_heads(work, notes_looked_at); });
    return notes;
  }

 private:
  db::Database& database_;
  ReadingEnv env_;
};

// Nothing: it is there, with this hash. `noted`: by whom.
std::optional<Message> missed(Verifier& verifier, std::int64_t number, const std::string& hash, TextKey noted) {
  const std::string there = verifier.hash_of(number);
  if (there == hash) return std::nullopt;
  Message problem = there.empty() ? said("audit.cut_off", {param("number", number)})
                                  : said("audit.another_hash", {param("number", number)});
  return std::move(problem).with("noted", message_of(noted));
}

}  // namespace

int verify_audit(const Options& options, Streams& streams, Clock& clock, Log& log) {
  const Folder folder = folder_with_database(options.data);
  const auto database = db::open_beside(folder.database());
  if (!has_audit_log(*database)) throw Refused(said("audit.no_log_yet"));
  Verifier verifier(*database, clock, log);
  const auto walk = verifier.walk();
  const std::vector<Param> whole_ones = {param("count", walk.number()), param("hash", walk.hash())};
  streams.out << streams.words(walk.number() > 0 ? said("audit.whole", whole_ones) : said("audit.none", whole_ones))
              << "\n";

  std::vector<Message> wrong;
  if (walk.fault()) wrong.push_back(message_of_fault(*walk.fault()));
  const auto look_for = [&](std::int64_t number, const std::string& hash, TextKey noted) {
    if (auto problem = missed(verifier, number, hash, noted)) wrong.push_back(std::move(*problem));
  };
  for (const auto& note : verifier.notes()) {
    look_for(note.head.number, note.head.hash, said_key("audit.noted_by_server"));
    if (!wrong.empty()) break;  // the newest one that is missed tells enough
  }
  if (options.expected) look_for(options.expected->number, options.expected->hash, said_key("audit.expected"));
  if (wrong.empty()) return whole;
  wrong.push_back(said("audit.after_a_restore"));
  streams.err << lines_of(wrong, streams.words);
  return broken;
}

}  // namespace tw::server
