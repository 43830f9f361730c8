#include "services/idempotency_store.h"

namespace tw::services {

std::optional<Result<std::string>> RememberedCall::replay(Work& work) {
  // By the primary key.
  auto statement = work.db.prepare(
      "SELECT fingerprint, reply FROM idempotency WHERE person = :person AND operation = :operation AND key = :key");
  statement.bind(":person", person_).bind(":operation", route_.endpoint.name).bind(":key", key_);
  if (!statement.step()) return {};
  const db::Row row = statement.row();
  if (row.text(0) != fingerprint_) return Result<std::string>(error(Code::conflict, text_key("error.key_reused")));
  if (row.is_null(1)) return Result<std::string>(error(Code::gone, text_key("error.reply_shown_once")));
  return Result<std::string>(row.string(1));
}

void RememberedCall::remember(Work& work, std::string_view reply) {
  std::optional<std::string_view> kept;
  if (!route_.answers_secret) kept = reply;
  work.db
      .prepare(
          "INSERT INTO idempotency (person, operation, key, fingerprint, reply, at) "
          "VALUES (:person, :operation, :key, :fingerprint, :reply, :at)")
      .bind(":person", person_)
      .bind(":operation", route_.endpoint.name)
      .bind(":key", key_)
      .bind(":fingerprint", fingerprint_)
      .bind(":reply", kept)
      .bind(":at", work.now)
      .run();
}

// In pieces, each digested together with what came before it: files may be larger than the memory.
std::string upload_fingerprint(Env& env, SpoolId file) {
  constexpr std::int64_t piece = 1024 * 1024;
  std::string so_far;
  for (std::int64_t at = 0;; at += piece) {
    const std::string bytes = env.spool.read(file, at, piece);
    so_far = env.digest.digest(so_far + bytes);
    if (static_cast<std::int64_t>(bytes.size()) < piece) return so_far;
  }
}

std::int64_t forget_calls(Work& work, Instant before, std::int64_t limit) {
  // By idempotency_by_at.
  return work.db
      .prepare(
          "DELETE FROM idempotency WHERE (person, operation, key) IN "
          "(SELECT person, operation, key FROM idempotency WHERE at < :before ORDER BY at LIMIT :limit)")
      .bind(":before", before)
      .bind(":limit", limit)
      .run_changes();
}

}  // namespace tw::services
