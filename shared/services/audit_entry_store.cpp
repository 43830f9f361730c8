#include "services/audit_entry_store.h"

namespace tw::services {

namespace {

AuditEntry read_entry(db::Row row) {
  AuditEntry entry;
  entry.number = row.integer(0);
  entry.at = row.instant(1);
  entry.person = row.id<PersonId>(2);
  entry.kind = row.string(3);
  entry.address = row.string(4);
  entry.subject = row.string(5);
  entry.previous = row.string(6);
  entry.hash = row.string(7);
  return entry;
}

}  // namespace

AuditHead audit_head(Work& work) {
  // By the primary key, whose largest value is at its end.
  return work.db
      .prepare("SELECT number, at, hash FROM audit_entries WHERE number = (SELECT MAX(number) FROM audit_entries)")
      .one([](db::Row row) {
        return AuditHead{row.integer(0), row.instant(1), row.string(2)};
      })
      .value_or(AuditHead{});
}

void append_audit_entry(Work& work, const AuditEntry& entry) {
  work.db
      .prepare(
          "INSERT INTO audit_entries (number, at, person, kind, address, subject, previous, hash) "
          "VALUES (:number, :at, :person, :kind, :address, :subject, :previous, :hash)")
      .bind(":number", entry.number)
      .bind(":at", entry.at)
      .bind_or_null(":person", entry.person)
      .bind(":kind", entry.kind)
      .bind(":address", entry.address)
      .bind(":subject", entry.subject)
      .bind(":previous", entry.previous)
      .bind(":hash", entry.hash)
      .run();
}

std::vector<AuditEntry> audit_entries_after(Work& work, std::int64_t number, std::int64_t limit) {
  // Along the primary key.
  return work.db
      .prepare(
          "SELECT number, at, person, kind, address, subject, previous, hash FROM audit_entries "
          "WHERE number > :number ORDER BY number LIMIT :limit")
      .bind(":number", number)
      .bind(":limit", limit)
      .all(read_entry);
}

std::string audit_hash_of(Work& work, std::int64_t number) {
  // By the primary key.
  return work.db.prepare("SELECT hash FROM audit_entries WHERE number = :number")
      .bind(":number", number)
      .one([](db::Row row) { return row.string(0); })
      .value_or(std::string());
}

// Each along the index whose name is what narrows it, from the place on.
std::vector<AuditEntry> list_audit_entries(Work& work, const AuditFilter& filter, std::int64_t limit) {
  constexpr const char* all = R"sql(
    SELECT number, at, person, kind, address, subject, previous, hash FROM audit_entries
    WHERE at >= :from AND at < :until AND at <= :at AND (at < :at OR number < :number)
    ORDER BY at DESC, number DESC LIMIT :limit)sql";
  constexpr const char* of_kind = R"sql(
    SELECT number, at, person, kind, address, subject, previous, hash FROM audit_entries
    WHERE kind = :kind AND at >= :from AND at < :until AND at <= :at AND (at < :at OR number < :number)
    ORDER BY at DESC, number DESC LIMIT :limit)sql";
  constexpr const char* of_person = R"sql(
    SELECT number, at, person, kind, address, subject, previous, hash FROM audit_entries
    WHERE person = :person AND at >= :from AND at < :until AND at <= :at AND (at < :at OR number < :number)
    ORDER BY at DESC, number DESC LIMIT :limit)sql";
  constexpr const char* of_both = R"sql(
    SELECT number, at, person, kind, address, subject, previous, hash FROM audit_entries
    WHERE person = :person AND kind = :kind AND at >= :from AND at < :until
    AND at <= :at AND (at < :at OR number < :number)
    ORDER BY at DESC, number DESC LIMIT :limit)sql";
  const bool by_person = static_cast<bool>(filter.person);
  auto statement = work.db.prepare(filter.kind ? (by_person ? of_both : of_kind) : (by_person ? of_person : all));
  if (filter.kind) statement.bind(":kind", wire_name(*filter.kind));
  if (by_person) statement.bind(":person", filter.person);
  return statement.bind(":from", filter.from)
      .bind(":until", filter.until)
      .bind(":at", filter.before_at)
      .bind(":number", filter.before_number)
      .bind(":limit", limit)
      .all(read_entry);
}

std::int64_t count_audit_entries(Work& work, api::AuditKind kind, Instant since, std::int64_t at_most) {
  // By audit_entries_by_kind.
  return work.db
      .prepare(
          "SELECT COUNT(*) FROM (SELECT 1 FROM audit_entries WHERE kind = :kind AND at > :since AND at <= :now "
          "LIMIT :limit)")
      .bind(":kind", wire_name(kind))
      .bind(":since", since)
      .bind(":now", work.now)
      .bind(":limit", at_most)
      .integer_or(0);
}

void note_audit_head(Work& work, std::int64_t day, const AuditHead& head) {
  work.db.prepare("INSERT INTO audit_heads (day, at, number, hash) VALUES (:day, :at, :number, :hash)")
      .bind(":day", day)
      .bind(":at", work.now)
      .bind(":number", head.number)
      .bind(":hash", head.hash)
      .run();
}

bool is_audit_head_noted(Work& work, std::int64_t day) {
  // By the primary key.
  return work.db.prepare("SELECT 1 FROM audit_heads WHERE day = :day").bind(":day", day).integer_or(0) != 0;
}

std::vector<NotedHead> noted_audit_heads(Work& work, std::int64_t limit) {
  // Backwards along the primary key.
  return work.db.prepare("SELECT day, at, number, hash FROM audit_heads ORDER BY day DESC LIMIT :limit")
      .bind(":limit", limit)
      .all([](db::Row row) {
        NotedHead noted;
        noted.day = row.integer(0);
        noted.noted = row.instant(1);
        noted.head.number = row.integer(2);
        noted.head.hash = row.string(3);
        return noted;
      });
}

}  // namespace tw::services
