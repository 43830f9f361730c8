#include "db/upkeep.h"

#include <algorithm>

#include <sqlite3.h>

#include "db/migrations.h"

namespace tw::db {
namespace {

int note_log_pages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<std::int64_t*>(pages) = in_log;
  return SQLITE_OK;
}

// A name inside of a statement's text.
std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string(2, c) : std::string(1, c);
  return text + "\"";
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

std::unique_ptr<Database> open_beside(const std::string& path) {
  auto database = Database::open(path, OpenMode::read_only);
  // The last one to close a database copies its log and removes it. This one may be the last when the server was killed
  // meanwhile, and by then another file may stand under the name: whoever opens it next sees to the log.
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database->execute("PRAGMA cache_size = -16384");
  return database;
}

std::unique_ptr<Database> open_whole_file(const std::string& path) {
  auto database = Database::open(path, OpenMode::read_write);
  database->execute("PRAGMA journal_mode = DELETE");
  return database;
}

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

std::vector<IntegrityProblem> integrity_problems(Database& database, int at_most) {
  std::vector<IntegrityProblem> problems;
  const auto note = [&](IntegrityProblem problem) {
    if (static_cast<int>(problems.size()) < at_most) problems.push_back(std::move(problem));
  };
  auto structure = database.prepare("PRAGMA integrity_check");
  structure.each([&](Row row) {
    if (row.text(0) != "ok") note({row.string(0), {}, {}});
  });
  auto references = database.prepare("PRAGMA foreign_key_check");
  references.each([&](Row row) { note({{}, row.string(0), row.string(2)}); });
  return problems;
}

void interrupt_when(Database& database, const std::function<bool()>& asked) {
  constexpr int steps_between = 10'000;
  sqlite3_progress_handler(
      database.handle(), steps_between,
      [](void* question) { return (*static_cast<const std::function<bool()>*>(question))() ? 1 : 0; },
      const_cast<std::function<bool()>*>(&asked));
}

std::vector<std::string> run_migrations(Database& database) {
  const auto has_table =
      database.prepare("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'")
          .integer_or(0);
  if (has_table == 0) return {};
  return database.prepare("SELECT name FROM schema_migrations ORDER BY name").all([](Row row) {
    return row.string(0);
  });
}

bool is_known_schema(const std::vector<std::string>& run) {
  const auto known = migrations();
  return run.size() <= known.size() &&
         std::equal(run.begin(), run.end(), known.begin(),
                    [](const std::string& name, const Migration& one) { return name == one.name; });
}

int pending_migrations(Database& database) {
  return static_cast<int>(migrations().size()) - static_cast<int>(run_migrations(database).size());
}

void copy_to(Database& database, const std::string& path) {
  database.prepare("VACUUM INTO :path").bind(":path", path).run();
}

PageCopy::PageCopy(Database& from, Database& to) : from_(from) {
  // The snapshot is taken here and not by the first step: as long as it is held, no other connection's commit makes the
  // copy begin anew.
  from_.execute("BEGIN");
  from_.prepare("SELECT COUNT(*) FROM sqlite_schema").run();
  handle_ = sqlite3_backup_init(to.handle(), "main", from_.handle(), "main");
  if (handle_) return;
  const int code = sqlite3_extended_errcode(to.handle());
  from_.execute("ROLLBACK");
  throw DbError(std::string("begin a copy: ") + sqlite3_errstr(code), code);
}

PageCopy::~PageCopy() {
  sqlite3_backup_finish(handle_);
  sqlite3_exec(from_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);  // it has only read
}

bool PageCopy::step(int pages) {
  const int code = sqlite3_backup_step(handle_, pages);
  if (code == SQLITE_OK) return true;
  if (code == SQLITE_DONE) return false;
  throw DbError(std::string("copy pages: ") + sqlite3_errstr(code), code);
}

std::int64_t PageCopy::pages() const { return sqlite3_backup_pagecount(handle_); }
std::int64_t PageCopy::left() const { return sqlite3_backup_remaining(handle_); }

std::map<std::string, std::int64_t> table_counts(Database& database) {
  std::map<std::string, std::int64_t> counts;
  const auto tables =
      database.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").all([](Row row) {
        return row.string(0);
      });
  for (const auto& table : tables) {
    if (table.rfind("sqlite_", 0) == 0) continue;
    counts[table] = database.prepare_once("SELECT COUNT(*) FROM " + quoted(table)).integer_or(0);
  }
  return counts;
}

std::map<std::string, std::int64_t> last_numbers(Database& database) {
  std::map<std::string, std::int64_t> numbers;
  database.prepare("SELECT name, seq FROM sqlite_sequence").each([&](Row row) {
    numbers[row.string(0)] = row.integer(1);
  });
  return numbers;
}

void number_from(Database& database, const std::map<std::string, std::int64_t>& least) {
  const auto known = last_numbers(database);
  for (const auto& [table, number] : least) {
    const auto found = known.find(table);
    // A table that never had a row has no number yet: the first one makes it, and nobody has heard of one.
    if (found == known.end() || found->second >= number) continue;
    database.prepare("UPDATE sqlite_sequence SET seq = :number WHERE name = :table")
        .bind(":number", number)
        .bind(":table", table)
        .run();
  }
}

std::string sqlite_version() { return sqlite3_libversion(); }

std::string schema_text(Database& database) {
  std::string text;
  auto statement = database.prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'schema_migrations' AND name NOT LIKE "
      "'sqlite_%' "
      "AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow') "
      "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name");
  statement.each([&](Row row) {
    text += row.text(0);
    text += ";\n\n";
  });
  return text;
}

std::string rows_text(Database& database) {
  std::string text;
  for (const auto& entry : table_counts(database)) {
    const std::string& name = entry.first;
    if (entry.second == 0 || name == "schema_migrations") continue;
    std::string columns, values;
    database.prepare("SELECT name FROM pragma_table_info(:table) ORDER BY cid").bind(":table", name).each([&](Row row) {
      columns += (columns.empty() ? "" : ", ") + row.string(0);
      values += (values.empty() ? "quote(" : " || ', ' || quote(") + row.string(0) + ")";
    });
    database.prepare_once("SELECT " + values + " FROM " + name).each([&](Row row) {
      text += "INSERT INTO " + name + " (" + columns + ")\nVALUES (" + row.string(0) + ");\n";
    });
  }
  return text;
}

DbError busy(const std::string& why) { return DbError(why, SQLITE_BUSY); }

}  // namespace tw::db
