// audit verify: walks the chain of the audit log from its first entry to its last, in pieces, from a process of its own
// beside a server that may run. Changes nothing.
#include <filesystem>
#include <ostream>
#include <stdexcept>

#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/reading_env.h"
#include "server/commands/commands.h"
#include "services/audit_chain.h"
#include "services/audit_entry_store.h"

namespace tw::server {
namespace {

using services::AuditFault;

constexpr int whole = 0;
constexpr int broken = 3;
constexpr std::int64_t entries_at_once = 5000;
constexpr std::int64_t notes_looked_at = 100'000;  // a day each

std::string text_of(const AuditFault& fault) {
  const std::string number = std::to_string(fault.number);
  switch (fault.what) {
    case AuditFault::What::missing:
      return "Entry " + number + " is missing: entries come after it.";
    case AuditFault::What::changed:
      return "Entry " + number + " was changed: its content does not give its hash.";
    case AuditFault::What::out_of_order:
      return "Entry " + number +
             " does not follow the one before it: one of the two was exchanged, or the log was put together anew.";
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

// Empty: it is there, with this hash.
std::string missed(Verifier& verifier, std::int64_t number, const std::string& hash, const std::string& noted) {
  const std::string there = verifier.hash_of(number);
  if (there == hash) return {};
  const std::string entry = "Entry " + std::to_string(number) + " (" + noted + ") ";
  if (there.empty()) return entry + "is not there any more: the log's end was cut off.";
  return entry + "has another hash: the log was written anew from there, or from before it.";
}

}  // namespace

int verify_audit(const Options& options, Streams& streams, Clock& clock, Log& log) {
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "tidewater.db"))
    throw std::runtime_error("There is no database in " + options.data + ".");
  const Folder folder(options.data);
  const auto database = db::open_beside(folder.database());
  if (!has_audit_log(*database))
    throw std::runtime_error("The database has no audit log yet: its schema is older. The next start makes one.");
  Verifier verifier(*database, clock, log);
  const auto walk = verifier.walk();
  streams.out << walk.number() << " entries are whole";
  if (walk.number() > 0) streams.out << ", the last of them " << walk.number() << ":" << walk.hash();
  streams.out << "\n";

  std::string wrong;
  if (walk.fault()) wrong += text_of(*walk.fault()) + "\n";
  const auto look_for = [&](std::int64_t number, const std::string& hash, const std::string& noted) {
    const std::string problem = missed(verifier, number, hash, noted);
    if (!problem.empty()) wrong += problem + "\n";
  };
  for (const auto& note : verifier.notes()) {
    look_for(note.head.number, note.head.hash, "noted by the server itself");
    if (!wrong.empty()) break;  // the newest one that is missed tells enough
  }
  if (options.expected) look_for(options.expected->number, options.expected->hash, "expected");
  if (wrong.empty()) return whole;
  streams.err << wrong
              << "A restored backup brings its own, older end of the log: then an entry \"restored\" says where the "
                 "replaced one ended.\n";
  return broken;
}

}  // namespace tw::server
