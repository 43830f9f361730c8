#include "db/upkeep.h"

#include <sqlite3.h>

#include "db/migrations.h"

namespace tw::db {
namespace {

int note_log_pages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<std::int64_t*>(pages) = in_log;
  return SQLITE_OK;
}

const char* statement_of(CheckpointMode mode) {
  switch (mode) {
    case CheckpointMode::passive:
      return "PRAGMA wal_checkpoint(PASSIVE)";
    case CheckpointMode::restart:
      return "PRAGMA wal_checkpoint(RESTART)";
    case CheckpointMode::truncate:
      return "PRAGMA wal_checkpoint(TRUNCATE)";
  }
  return nullptr;
}

}  // namespace

bool in_transaction(const Database& database) { return sqlite3_get_autocommit(database.handle()) == 0; }

std::int64_t spilled_pages(Database& database) {
  int now = 0;
  int peak = 0;
  sqlite3_db_status(database.handle(), SQLITE_DBSTATUS_CACHE_SPILL, &now, &peak, 0);
  return now;
}

void count_log_pages(Database& database, std::int64_t& pages) {
  sqlite3_wal_hook(database.handle(), note_log_pages, &pages);
}

std::int64_t page_bytes(Database& database) {
  return database.prepare("PRAGMA page_size").one([](Row row) { return row.integer(0); }).value_or(0);
}

CheckpointResult checkpoint(Database& database, CheckpointMode mode) {
  CheckpointResult result;
  auto statement = database.prepare(statement_of(mode));
  while (statement.step()) {
    result.busy = statement.row().boolean(0);
    result.log_pages = statement.row().integer(1);
    result.copied_pages = statement.row().integer(2);
  }
  return result;
}

void release_memory(Database& database) { sqlite3_db_release_memory(database.handle()); }

std::vector<std::string> integrity_problems(Database& database, int at_most) {
  std::vector<std::string> problems;
  const auto note = [&](std::string problem) {
    if (static_cast<int>(problems.size()) < at_most) problems.push_back(std::move(problem));
  };
  auto structure = database.prepare("PRAGMA integrity_check");
  structure.each([&](Row row) {
    if (row.text(0) != "ok") note(row.string(0));
  });
  auto references = database.prepare("PRAGMA foreign_key_check");
  references.each(
      [&](Row row) { note("table " + row.string(0) + ": a row refers to a missing row of " + row.string(2)); });
  return problems;
}

int pending_migrations(Database& database) {
  const auto has_table =
      database.prepare("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'")
          .one([](Row row) { return row.boolean(0); });
  const auto known = static_cast<int>(migrations().size());
  if (!has_table.value_or(false)) return known;
  const auto done = database.prepare("SELECT COUNT(*) FROM schema_migrations").one([](Row row) {
    return static_cast<int>(row.integer(0));
  });
  return known - done.value_or(0);
}

void copy_to(Database& database, const std::string& path) {
  database.prepare("VACUUM INTO :path").bind(":path", path).run();
}

std::string sqlite_version() { return sqlite3_libversion(); }

std::string schema_text(Database& database) {
  std::string text;
  auto statement = database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name");
  statement.each([&](Row row) {
    text += row.text(0);
    text += ";\n\n";
  });
  return text;
}

DbError busy(const std::string& why) { return DbError(why, SQLITE_BUSY); }

}  // namespace tw::db
