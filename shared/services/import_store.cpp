#include "services/import_store.h"

#include "core/json.h"

namespace tw::services {

namespace {

constexpr std::string_view import_columns =
    "SELECT id, version, state, actor, actor_name, language, file_name, file, file_bytes, refusals, encoding, "
    "delimiter, columns, mapping, key_from_row_number, on_duplicate, owner, department, file_rows, new_rows, "
    "update_rows, skipped_rows, refused_rows, written_rows, operation, created, choices, changed FROM imports ";

std::string sql(std::string_view tail) { return std::string(import_columns) + std::string(tail); }

template <class T>
struct StoredList {
  std::vector<T> rows;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("rows", s.rows, FieldRule{.max_length = 100'000});
  }
};

// The documents are ours: what does not read any more is a broken database and shows as an empty list.
template <class T>
std::vector<T> read_list(std::string_view text) {
  auto read = json::decode<StoredList<T>>("{\"rows\":" + std::string(text) + "}");
  return read ? std::move(read->rows) : std::vector<T>();
}

Import read_import(db::Row row) {
  Import read;
  read.id = row.id<ImportId>(0);
  read.version = row.version(1);
  read.state = static_cast<api::ImportState>(row.integer(2));
  read.actor = row.id<PersonId>(3);
  read.actor_name = row.string(4);
  read.language = row.string(5);
  read.file_name = row.string(6);
  read.file = row.id<SpoolId>(7);
  read.file_bytes = row.integer(8);
  read.refusals = row.id<SpoolId>(9);
  read.encoding = row.string(10);
  read.delimiter = row.string(11);
  read.columns = read_list<api::ImportColumn>(row.text(12));
  read.mapping = read_list<api::ColumnMapping>(row.text(13));
  read.key_from_row_number = row.boolean(14);
  read.on_duplicate = static_cast<api::OnDuplicate>(row.integer(15));
  read.owner = row.id<PersonId>(16);
  read.department = row.id<DepartmentId>(17);
  read.rows = row.integer(18);
  read.new_rows = row.integer(19);
  read.update_rows = row.integer(20);
  read.skipped_rows = row.integer(21);
  read.refused_rows = row.integer(22);
  read.written_rows = row.integer(23);
  read.operation = row.id<OperationId>(24);
  read.created = row.instant(25);
  read.choices = read_list<ImportChoices>(row.text(26));
  read.changed = row.instant(27);
  return read;
}

}  // namespace

// Primary key.
std::optional<Import> load_import(Work& work, ImportId import) {
  return work.db.prepare(sql("WHERE id = :import")).bind(":import", import).one(&read_import);
}

ImportId insert_import(Work& work, const Import& import) {
  const std::string columns = json::encode(import.columns);
  return {
      work.db
          .prepare("INSERT INTO imports (state, actor, actor_name, language, file_name, file, file_bytes, encoding, "
                   "delimiter, columns, created, changed) VALUES (:state, :actor, :actor_name, :language, :file_name, "
                   ":file, :file_bytes, :encoding, :delimiter, :columns, :now, :now) RETURNING id")
          .bind(":state", static_cast<int>(import.state))
          .bind_or_null(":actor", import.actor)
          .bind(":actor_name", import.actor_name)
          .bind(":language", import.language)
          .bind(":file_name", import.file_name)
          .bind(":file", import.file)
          .bind(":file_bytes", import.file_bytes)
          .bind(":encoding", import.encoding)
          .bind(":delimiter", import.delimiter)
          .bind(":columns", columns)
          .bind(":now", work.now)
          .integer_or(0)};
}

// Primary key.
void store_import(Work& work, const Import& import) {
  const std::string mapping = json::encode(import.mapping);
  const std::string choices = json::encode(import.choices);
  work.db
      .prepare(
          "UPDATE imports SET version = version + 1, state = :state, file = :file, refusals = :refusals, "
          "mapping = :mapping, choices = :choices, key_from_row_number = :key_from_row_number, on_duplicate = "
          ":on_duplicate, "
          "owner = :owner, department = :department, file_rows = :rows, new_rows = :new_rows, "
          "update_rows = :update_rows, skipped_rows = :skipped_rows, refused_rows = :refused_rows, "
          "written_rows = :written_rows, operation = :operation, changed = :now WHERE id = :import")
      .bind(":state", static_cast<int>(import.state))
      .bind(":file", import.file)
      .bind(":refusals", import.refusals)
      .bind(":mapping", mapping)
      .bind(":choices", choices)
      .bind(":key_from_row_number", import.key_from_row_number)
      .bind(":on_duplicate", static_cast<int>(import.on_duplicate))
      .bind_or_null(":owner", import.owner)
      .bind_or_null(":department", import.department)
      .bind(":rows", import.rows)
      .bind(":new_rows", import.new_rows)
      .bind(":update_rows", import.update_rows)
      .bind(":skipped_rows", import.skipped_rows)
      .bind(":refused_rows", import.refused_rows)
      .bind(":written_rows", import.written_rows)
      .bind(":operation", import.operation)
      .bind(":now", work.now)
      .bind(":import", import.id)
      .run();
}

// imports_by_actor, or the primary key.
std::vector<Import> imports_of(Work& work, std::optional<PersonId> actor, std::int64_t limit) {
  if (!actor) return work.db.prepare(sql("ORDER BY id DESC LIMIT :limit")).bind(":limit", limit).all(&read_import);
  return work.db.prepare(sql("WHERE actor = :actor ORDER BY id DESC LIMIT :limit"))
      .bind(":actor", *actor)
      .bind(":limit", limit)
      .all(&read_import);
}

// Primary key; of a small table.
std::vector<ImportId> imports_with_files(Work& work, ImportId after, std::int64_t limit) {
  return work.db
      .prepare("SELECT id FROM imports WHERE id > :after AND (file <> 0 OR refusals <> 0) ORDER BY id LIMIT :limit")
      .bind(":after", after)
      .bind(":limit", limit)
      .all([](db::Row row) { return row.id<ImportId>(0); });
}

// people_by_name.
PersonId only_person_named(Work& work, std::string_view name) {
  const auto found = work.db.prepare("SELECT id FROM people WHERE name = :name AND active = 1 LIMIT 2")
                         .bind(":name", name)
                         .all([](db::Row row) { return row.id<PersonId>(0); });
  return found.size() == 1 ? found[0] : PersonId{};
}

// Small table.
DepartmentId only_department_named(Work& work, std::string_view name) {
  const auto found =
      work.db.prepare("SELECT id FROM departments WHERE name = :name LIMIT 2").bind(":name", name).all([](db::Row row) {
        return row.id<DepartmentId>(0);
      });
  return found.size() == 1 ? found[0] : DepartmentId{};
}

void add_exception(Work& work, ImportId import, const RowException& exception) {
  work.db
      .prepare(
          "INSERT INTO import_exceptions (import, row, verdict, kind, place) "
          "VALUES (:import, :row, :verdict, :kind, :place)")
      .bind(":import", import)
      .bind(":row", exception.row)
      .bind(":verdict", static_cast<int>(exception.verdict))
      .bind(":kind", static_cast<int>(exception.kind))
      .bind(":place", exception.place)
      .run();
}

// Primary key.
std::vector<RowException> exceptions_after(Work& work, ImportId import, std::int64_t row, std::int64_t limit) {
  return work.db
      .prepare(
          "SELECT row, verdict, kind, place FROM import_exceptions WHERE import = :import AND row > :row "
          "ORDER BY row LIMIT :limit")
      .bind(":import", import)
      .bind(":row", row)
      .bind(":limit", limit)
      .all([](db::Row found) {
        return RowException{found.integer(0), static_cast<RowVerdict>(found.integer(1)),
                            static_cast<ProblemKind>(found.integer(2)), found.integer(3)};
      });
}

// Primary key.
void add_problem(Work& work, ImportId import, const FoundProblem& problem) {
  work.db
      .prepare(
          "INSERT INTO import_problems (import, kind, place, line, value, count) "
          "VALUES (:import, :kind, :place, :line, :value, :count) "
          "ON CONFLICT (import, kind, place) DO UPDATE SET count = count + excluded.count")
      .bind(":import", import)
      .bind(":kind", static_cast<int>(problem.kind))
      .bind(":place", problem.place)
      .bind(":line", problem.line)
      .bind(":value", problem.value)
      .bind(":count", problem.count)
      .run();
}

// Primary key; as many rows as there are columns times kinds.
std::vector<FoundProblem> problems_of(Work& work, ImportId import, std::int64_t limit) {
  return work.db
      .prepare(
          "SELECT kind, place, line, value, count FROM import_problems WHERE import = :import "
          "ORDER BY line, place, kind LIMIT :limit")
      .bind(":import", import)
      .bind(":limit", limit)
      .all([](db::Row row) {
        return FoundProblem{static_cast<ProblemKind>(row.integer(0)), row.integer(1), row.integer(2), row.string(3),
                            row.integer(4)};
      });
}

// Primary key.
bool claim_key(Work& work, ImportId import, std::string_view key, std::int64_t row) {
  return work.db
             .prepare(
                 "INSERT INTO import_keys (import, key, row) VALUES (:import, :key, :row) "
                 "ON CONFLICT (import, key) DO NOTHING")
             .bind(":import", import)
             .bind(":key", key)
             .bind(":row", row)
             .run_changes() > 0;
}

// Primary key.
void release_key(Work& work, ImportId import, std::string_view key) {
  work.db.prepare("DELETE FROM import_keys WHERE import = :import AND key = :key")
      .bind(":import", import)
      .bind(":key", key)
      .run();
}

// Primary key.
ImportId next_import_with_keys(Work& work, ImportId after) {
  return {work.db.prepare("SELECT import FROM import_keys WHERE import > :after ORDER BY import LIMIT 1")
              .bind(":after", after)
              .integer_or(0)};
}

// A range of the primary key, up to the first one that stays: 5 ms for 5,000. (Emptying the whole table at once is
// quick only while its pages are in the cache; it held everybody up for 400 ms after a check of a million rows.)
bool forget_keys(Work& work, ImportId import, std::int64_t at_most) {
  const auto stays = work.db
                         .prepare(R"sql(
                           SELECT key FROM import_keys WHERE import = :import ORDER BY key LIMIT 1 OFFSET :at_most)sql")
                         .bind(":import", import)
                         .bind(":at_most", at_most)
                         .one([](db::Row row) { return row.string(0); });
  auto statement = work.db.prepare(stays ? "DELETE FROM import_keys WHERE import = :import AND key < :stays"
                                         : "DELETE FROM import_keys WHERE import = :import");
  statement.bind(":import", import);
  if (stays) statement.bind(":stays", *stays);
  statement.run();
  return stays.has_value();
}

void forget_findings(Work& work, ImportId import) {
  work.db.prepare("DELETE FROM import_exceptions WHERE import = :import").bind(":import", import).run();
  work.db.prepare("DELETE FROM import_problems WHERE import = :import").bind(":import", import).run();
}

}  // namespace tw::services
