#include "services/session_store.h"

namespace tw::services {

std::optional<SessionRow> session_by_digest(Work& work, std::string_view digest) {
  // By sessions_by_digest.
  return work.db
      .prepare(
          "SELECT id, person, csrf, created, last_seen FROM sessions "
          "WHERE digest = :digest AND expires > :now")
      .bind(":digest", digest)
      .bind(":now", work.now)
      .one([](db::Row row) {
        return SessionRow{row.integer(0), row.id<PersonId>(1), row.string(2), row.instant(3), row.instant(4)};
      });
}

std::string csrf_of(Work& work, std::int64_t session) {
  // By the primary key.
  const auto csrf =
      work.db.prepare("SELECT csrf FROM sessions WHERE id = :id").bind(":id", session).one([](db::Row row) {
        return row.string(0);
      });
  return csrf.value_or(std::string());
}

void insert_session(Work& work, PersonId person, std::string_view digest, std::string_view csrf, Instant expires,
                    std::string_view peer) {
  work.db
      .prepare(
          "INSERT INTO sessions (digest, csrf, person, created, last_seen, expires, peer) "
          "VALUES (:digest, :csrf, :person, :now, :now, :expires, :peer)")
      .bind(":digest", digest)
      .bind(":csrf", csrf)
      .bind(":person", person)
      .bind(":now", work.now)
      .bind(":expires", expires)
      .bind(":peer", peer)
      .run();
  // By the primary key.
  work.db.prepare("UPDATE people SET last_seen = :now WHERE id = :person")
      .bind(":now", work.now)
      .bind(":person", person)
      .run();
}

void touch_session(Work& work, const SessionRow& session, Instant expires) {
  // Both by the primary key.
  work.db.prepare("UPDATE sessions SET last_seen = :now, expires = :expires WHERE id = :id")
      .bind(":now", work.now)
      .bind(":expires", expires)
      .bind(":id", session.session)
      .run();
  work.db.prepare("UPDATE people SET last_seen = :now WHERE id = :person")
      .bind(":now", work.now)
      .bind(":person", session.person)
      .run();
}

void delete_session(Work& work, std::int64_t session) {
  // By the primary key.
  work.db.prepare("DELETE FROM sessions WHERE id = :id").bind(":id", session).run();
}

void delete_sessions_of(Work& work, PersonId person, std::int64_t kept) {
  // By sessions_by_person.
  work.db.prepare("DELETE FROM sessions WHERE person = :person AND id <> :kept")
      .bind(":person", person)
      .bind(":kept", kept)
      .run();
}

void end_all_sessions(Work& work) {
  work.db.prepare("DELETE FROM sessions").run();  // all of them
  work.db.prepare("DELETE FROM one_time_tokens").run();
}

namespace {
std::string_view name_of(TokenPurpose purpose) { return purpose == TokenPurpose::set_up ? "set_up" : "invitation"; }
}  // namespace

void insert_token(Work& work, TokenPurpose purpose, PersonId person, std::string_view digest, Instant expires) {
  work.db
      .prepare(
          "INSERT INTO one_time_tokens (digest, purpose, person, created, expires) "
          "VALUES (:digest, :purpose, :person, :now, :expires)")
      .bind(":digest", digest)
      .bind(":purpose", name_of(purpose))
      .bind_or_null(":person", person)
      .bind(":now", work.now)
      .bind(":expires", expires)
      .run();
}

std::optional<OneTimeToken> token_by_digest(Work& work, TokenPurpose purpose, std::string_view digest) {
  // By the primary key.
  return work.db
      .prepare(
          "SELECT person FROM one_time_tokens "
          "WHERE digest = :digest AND purpose = :purpose AND expires > :now")
      .bind(":digest", digest)
      .bind(":purpose", name_of(purpose))
      .bind(":now", work.now)
      .one([](db::Row row) { return OneTimeToken{row.id<PersonId>(0)}; });
}

void delete_tokens(Work& work, TokenPurpose purpose, PersonId person) {
  // By one_time_tokens_by_person.
  work.db.prepare("DELETE FROM one_time_tokens WHERE purpose = :purpose AND person IS :person")
      .bind(":purpose", name_of(purpose))
      .bind_or_null(":person", person)
      .run();
}

std::optional<SignInAttempts> attempts_of(Work& work, std::string_view subject) {
  // By the primary key.
  return work.db.prepare("SELECT failures, closed_until, changed FROM sign_in_attempts WHERE subject = :subject")
      .bind(":subject", subject)
      .one([](db::Row row) {
        return SignInAttempts{row.integer(0), row.instant(1), row.instant(2)};
      });
}

void put_attempts(Work& work, std::string_view subject, std::int64_t failures, Instant closed_until) {
  work.db
      .prepare(
          "INSERT INTO sign_in_attempts (subject, failures, closed_until, changed) "
          "VALUES (:subject, :failures, :until, :now) "
          "ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, closed_until = excluded.closed_until, "
          "changed = excluded.changed")
      .bind(":subject", subject)
      .bind(":failures", failures)
      .bind(":until", closed_until)
      .bind(":now", work.now)
      .run();
}

void delete_attempts(Work& work, std::string_view subject) {
  // By the primary key.
  work.db.prepare("DELETE FROM sign_in_attempts WHERE subject = :subject").bind(":subject", subject).run();
}

std::int64_t forget_expired_sessions(Work& work, std::int64_t limit) {
  // By sessions_by_expires.
  return work.db
      .prepare(
          "DELETE FROM sessions WHERE id IN "
          "(SELECT id FROM sessions WHERE expires <= :now ORDER BY expires LIMIT :limit)")
      .bind(":now", work.now)
      .bind(":limit", limit)
      .run_changes();
}

std::int64_t forget_expired_tokens(Work& work, std::int64_t limit) {
  // By one_time_tokens_by_expires.
  return work.db
      .prepare(
          "DELETE FROM one_time_tokens WHERE digest IN "
          "(SELECT digest FROM one_time_tokens WHERE expires <= :now ORDER BY expires LIMIT :limit)")
      .bind(":now", work.now)
      .bind(":limit", limit)
      .run_changes();
}

std::int64_t forget_attempts(Work& work, Instant before, std::int64_t limit) {
  // By sign_in_attempts_by_changed.
  return work.db
      .prepare(
          "DELETE FROM sign_in_attempts WHERE subject IN "
          "(SELECT subject FROM sign_in_attempts WHERE changed < :before ORDER BY changed LIMIT :limit)")
      .bind(":before", before)
      .bind(":limit", limit)
      .run_changes();
}

}  // namespace tw::services
