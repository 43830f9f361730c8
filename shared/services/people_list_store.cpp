#include "services/people_list_store.h"

#include "services/initials.h"

namespace tw::services {

namespace {

// Small table: thousands of rows at most, so the conditions need no index of their own.
constexpr const char* filter_sql =
    "(:search = '' OR p.name_key LIKE :pattern ESCAPE '!' OR p.initials LIKE :initials "
    "OR (:logins = 1 AND p.login_key LIKE :pattern ESCAPE '!')) "
    "AND (:department = 0 OR p.department IN (SELECT d.id FROM departments AS d WHERE d.path >= :from AND d.path < "
    ":end)) "
    "AND (:active IS NULL OR p.active = :active)";

std::string pattern_of(std::string_view search) {
  std::string pattern = "%";
  for (const char c : search) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

// What the filter's parameters are bound to: bound text must outlive the statement.
struct FilterTexts {
  std::string pattern;
  std::optional<std::string> initials;
  std::string from;  // the department's path and the end of its range
  std::string end;
};

FilterTexts texts_of(Work& work, const PeopleFilter& filter) {
  FilterTexts texts{pattern_of(filter.search), {}, {}, {}};
  if (may_be_initials(filter.search)) texts.initials = texts.pattern;
  if (const auto top = load_department(work, filter.department)) {
    texts.from = top->path;
    texts.end = top->path;
    texts.end.back() = '0';
  }
  return texts;
}

void bind_filter(db::Statement& statement, const PeopleFilter& filter, const FilterTexts& texts) {
  statement.bind(":search", filter.search)
      .bind(":pattern", texts.pattern)
      .bind(":initials", texts.initials)
      .bind(":logins", filter.search_logins)
      .bind(":department", filter.department)
      .bind(":from", texts.from)
      .bind(":end", texts.end)
      .bind(":active", filter.active);
}

ListedDepartment read_department(db::Row row) {
  return {{row.id<DepartmentId>(0), row.version(1), row.string(2), row.id<DepartmentId>(3), row.string(4)},
          row.integer(5)};
}

}  // namespace

std::vector<ListedPerson> list_people(Work& work, const PeopleFilter& filter, std::string_view after_name,
                                      PersonId after, std::int64_t limit) {
  // In the order of people_by_name.
  static const std::string sql =
      std::string(
          "SELECT p.id, p.version, p.login, p.name, p.department, p.role, p.zone, p.language, p.active, "
          "p.password_hash IS NOT NULL, p.holding_cap, p.daily_inflow_cap, p.weight, p.last_seen, "
          "p.may_create_batches, "
          "COALESCE(own.name, '') FROM people AS p LEFT JOIN departments AS own ON own.id = p.department "
          "WHERE (p.name, p.id) > (:after_name, :after) AND ") +
      filter_sql + " ORDER BY p.name, p.id LIMIT :limit";
  const FilterTexts texts = texts_of(work, filter);
  auto statement = work.db.prepare(sql);
  bind_filter(statement, filter, texts);
  return statement.bind(":after_name", after_name).bind(":after", after).bind(":limit", limit).all([](db::Row row) {
    return ListedPerson{read_person(row), row.string(15)};
  });
}

std::int64_t count_people(Work& work, const PeopleFilter& filter) {
  // Small table.
  static const std::string sql = std::string("SELECT COUNT(*) FROM people AS p WHERE ") + filter_sql;
  const FilterTexts texts = texts_of(work, filter);
  auto statement = work.db.prepare(sql);
  bind_filter(statement, filter, texts);
  return statement.integer_or(0);
}

std::int64_t count_active_administrators(Work& work) {
  // Small table.
  return work.db.prepare("SELECT COUNT(*) FROM people WHERE role = 'administrator' AND active = 1").integer_or(0);
}

std::vector<ListedDepartment> list_departments(Work& work) {
  // Small table, whole; the depth is the number of slashes in the path. People by people_by_department.
  return work.db
      .prepare(
          "SELECT d.id, d.version, d.name, d.parent, d.path, "
          "(SELECT COUNT(*) FROM people AS p WHERE p.department = d.id AND p.active = 1) FROM departments AS d "
          "ORDER BY LENGTH(d.path) - LENGTH(REPLACE(d.path, '/', '')), d.name, d.id")
      .all(read_department);
}

std::optional<ListedDepartment> listed_department(Work& work, DepartmentId department) {
  // By the primary key; people by people_by_department.
  return work.db
      .prepare(
          "SELECT d.id, d.version, d.name, d.parent, d.path, "
          "(SELECT COUNT(*) FROM people AS p WHERE p.department = d.id AND p.active = 1) FROM departments AS d "
          "WHERE d.id = :id")
      .bind(":id", department)
      .one(read_department);
}

std::int64_t count_departments(Work& work) {
  // Small table.
  return work.db.prepare("SELECT COUNT(*) FROM departments").integer_or(0);
}

bool update_department(Work& work, const Department& department) {
  // By the primary key.
  const auto changed = work.db
                           .prepare(
                               "UPDATE departments SET version = version + 1, name = :name, parent = :parent, "
                               "changed = :now WHERE id = :id AND version = :version")
                           .bind(":name", department.name)
                           .bind_or_null(":parent", department.parent)
                           .bind(":now", work.now)
                           .bind(":id", department.department)
                           .bind(":version", department.version)
                           .run_changes();
  if (changed != 1) return false;

  const auto above = load_department(work, department.parent);
  const std::string path = (above ? above->path : std::string("/")) + std::to_string(department.department.value) + "/";
  if (path == department.path) return true;
  std::string end = department.path;
  end.back() = '0';
  // By departments_by_path. Paths end in '/', so the old prefix of each is cut off by its length.
  work.db
      .prepare(
          "UPDATE departments SET path = :path || SUBSTR(path, LENGTH(:old) + 1) WHERE path >= :old AND path < :end")
      .bind(":path", path)
      .bind(":old", department.path)
      .bind(":end", end)
      .run();
  return true;
}

}  // namespace tw::services
