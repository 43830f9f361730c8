#include "services/people_store.h"

#include "core/text.h"
#include "services/initials.h"

namespace tw::services {

using domain::access::Role;

namespace {

constexpr const char* person_columns =
    "id, version, login, name, department, role, zone, language, active, password_hash IS NOT NULL, holding_cap, "
    "daily_inflow_cap, weight, last_seen, may_create_batches";

}  // namespace

Person read_person(db::Row row) {
  Person person;
  person.person = row.id<PersonId>(0);
  person.version = row.version(1);
  person.login = row.string(2);
  person.name = row.string(3);
  person.department = row.id<DepartmentId>(4);
  from_wire_name(row.text(5), person.role);
  person.zone = row.string(6);
  person.language = row.string(7);
  person.active = row.boolean(8);
  person.has_password = row.boolean(9);
  person.holding_cap = row.optional_integer(10);
  person.daily_inflow_cap = row.optional_integer(11);
  person.weight = row.integer(12);
  person.last_seen = row.optional_instant(13);
  person.may_create_batches = row.boolean(14);
  return person;
}

std::optional<Person> load_person(Work& work, PersonId person) {
  // By the primary key.
  static const std::string sql = std::string("SELECT ") + person_columns + " FROM people WHERE id = :id";
  return work.db.prepare(sql).bind(":id", person).one(read_person);
}

std::optional<Person> person_by_login(Work& work, std::string_view login) {
  // By people_by_login.
  static const std::string sql = std::string("SELECT ") + person_columns + " FROM people WHERE login_key = :key";
  const std::string key = text::lower(login);
  return work.db.prepare(sql).bind(":key", key).one(read_person);
}

std::string name_of(Work& work, PersonId person) {
  // By the primary key.
  const auto name = work.db.prepare("SELECT name FROM people WHERE id = :id").bind(":id", person).one([](db::Row row) {
    return row.string(0);
  });
  return name.value_or(std::string());
}

bool has_people(Work& work) {
  // The first row of the table answers.
  return work.db.prepare("SELECT id FROM people LIMIT 1").step();
}

PersonId insert_person(Work& work, const Person& person) {
  const std::string login_key = text::lower(person.login);
  const std::string name_key = text::lower(person.name), initials = initials_of(person.name);
  const auto id = work.db
                      .prepare(
                          "INSERT INTO people (login, login_key, name, name_key, initials, department, role, zone, "
                          "language, active, holding_cap, daily_inflow_cap, weight, may_create_batches, created, "
                          "changed) "
                          "VALUES (:login, :login_key, :name, :name_key, :initials, :department, :role, :zone, "
                          ":language, :active, :holding_cap, :daily_inflow_cap, :weight, :may_create_batches, :now, "
                          ":now) RETURNING id")
                      .bind(":login", person.login)
                      .bind(":login_key", login_key)
                      .bind(":name", person.name)
                      .bind(":name_key", name_key)
                      .bind(":initials", initials)
                      .bind_or_null(":department", person.department)
                      .bind(":role", wire_name(person.role))
                      .bind(":zone", person.zone)
                      .bind(":language", person.language)
                      .bind(":active", person.active)
                      .bind(":holding_cap", person.holding_cap)
                      .bind(":daily_inflow_cap", person.daily_inflow_cap)
                      .bind(":weight", person.weight)
                      .bind(":may_create_batches", person.may_create_batches)
                      .bind(":now", work.now)
                      .one([](db::Row row) { return row.id<PersonId>(0); });
  return id.value_or(PersonId{});
}

bool update_person(Work& work, const Person& person) {
  const std::string name_key = text::lower(person.name), initials = initials_of(person.name);
  // By the primary key.
  return work.db
             .prepare(
                 "UPDATE people SET version = version + 1, name = :name, name_key = :name_key, "
                 "initials = :initials, department = :department, role = :role, zone = :zone, language = :language, "
                 "active = :active, "
                 "holding_cap = :holding_cap, daily_inflow_cap = :daily_inflow_cap, weight = :weight, "
                 "may_create_batches = :may_create_batches, changed = :now "
                 "WHERE id = :id AND version = :version")
             .bind(":name", person.name)
             .bind(":name_key", name_key)
             .bind(":initials", initials)
             .bind_or_null(":department", person.department)
             .bind(":role", wire_name(person.role))
             .bind(":zone", person.zone)
             .bind(":language", person.language)
             .bind(":active", person.active)
             .bind(":holding_cap", person.holding_cap)
             .bind(":daily_inflow_cap", person.daily_inflow_cap)
             .bind(":weight", person.weight)
             .bind(":may_create_batches", person.may_create_batches)
             .bind(":now", work.now)
             .bind(":id", person.person)
             .bind(":version", person.version)
             .run_changes() == 1;
}

std::int64_t make_missing_initials(Work& work, std::int64_t limit) {
  // Small table.
  const auto without = work.db.prepare("SELECT id, name FROM people WHERE initials IS NULL LIMIT :limit")
                           .bind(":limit", limit)
                           .all([](db::Row row) { return std::pair(row.id<PersonId>(0), row.string(1)); });
  for (const auto& [person, name] : without) {
    const std::string initials = initials_of(name);
    // By the primary key.
    work.db.prepare("UPDATE people SET initials = :initials WHERE id = :id")
        .bind(":initials", initials)
        .bind(":id", person)
        .run();
  }
  return static_cast<std::int64_t>(without.size());
}

std::optional<std::string> password_hash_of(Work& work, PersonId person) {
  // By the primary key.
  return work.db.prepare("SELECT password_hash FROM people WHERE id = :id AND password_hash IS NOT NULL")
      .bind(":id", person)
      .one([](db::Row row) { return row.string(0); });
}

void set_password_hash(Work& work, PersonId person, const std::optional<std::string>& hash) {
  // By the primary key.
  work.db.prepare("UPDATE people SET password_hash = :hash, changed = :now WHERE id = :id")
      .bind(":hash", hash)
      .bind(":now", work.now)
      .bind(":id", person)
      .run();
}

std::optional<Department> load_department(Work& work, DepartmentId department) {
  // By the primary key.
  return work.db.prepare("SELECT id, version, name, parent, path FROM departments WHERE id = :id")
      .bind(":id", department)
      .one([](db::Row row) {
        return Department{row.id<DepartmentId>(0), row.version(1), row.string(2), row.id<DepartmentId>(3),
                          row.string(4)};
      });
}

std::string department_name_of(Work& work, DepartmentId department) {
  // By the primary key.
  const auto name =
      work.db.prepare("SELECT name FROM departments WHERE id = :id").bind(":id", department).one([](db::Row row) {
        return row.string(0);
      });
  return name.value_or(std::string());
}

DepartmentId insert_department(Work& work, std::string_view name, DepartmentId parent) {
  const auto above = load_department(work, parent);
  // The path holds the id, which the insert gives: a placeholder that no path looks like bridges the two statements.
  const auto id = work.db
                      .prepare(
                          "INSERT INTO departments (name, parent, path, created, changed) "
                          "VALUES (:name, :parent, 'new', :now, :now) RETURNING id")
                      .bind(":name", name)
                      .bind_or_null(":parent", parent)
                      .bind(":now", work.now)
                      .one([](db::Row row) { return row.id<DepartmentId>(0); })
                      .value_or(DepartmentId{});
  const std::string path = (above ? above->path : std::string("/")) + std::to_string(id.value) + "/";
  // By the primary key.
  work.db.prepare("UPDATE departments SET path = :path WHERE id = :id").bind(":path", path).bind(":id", id).run();
  return id;
}

std::vector<DepartmentId> departments_below(Work& work, DepartmentId department) {
  const auto top = load_department(work, department);
  if (!top) return {};
  std::string end = top->path;
  end.back() = '0';  // the character after '/': the range ends before the first path that does not begin with ours
  // By departments_by_path.
  return work.db.prepare("SELECT id FROM departments WHERE path >= :from AND path < :end ORDER BY id")
      .bind(":from", top->path)
      .bind(":end", end)
      .all([](db::Row row) { return row.id<DepartmentId>(0); });
}

domain::access::Actor actor_for(Work& work, const Person& person, std::int64_t session) {
  domain::access::Actor actor;
  actor.person = person.person;
  actor.name = person.name;
  actor.role = person.role;
  actor.scope = domain::access::scope_of(person.role);
  actor.may_create_batches = person.may_create_batches;
  actor.department = person.department;
  actor.departments = departments_below(work, person.department);
  actor.language = person.language;
  actor.zone = person.zone;
  actor.session = session;
  return actor;
}

domain::access::Actor local_operator() {
  domain::access::Actor actor;
  actor.name = "local operator";
  actor.role = Role::administrator;
  actor.scope = domain::access::Scope::all;
  return actor;
}

}  // namespace tw::services
