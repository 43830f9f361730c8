#include "services/user_group_store.h"

#include "core/text.h"

namespace tw::services {

namespace {

UserGroup read_group(db::Row row) { return {row.id<UserGroupId>(0), row.version(1), row.string(2)}; }

}  // namespace

std::vector<UserGroup> list_user_groups(Work& work) {
  // Small table, in the order of user_groups_by_name.
  return work.db.prepare("SELECT id, version, name FROM user_groups ORDER BY name_key").all(read_group);
}

std::optional<UserGroup> load_user_group(Work& work, UserGroupId group) {
  // By the primary key.
  return work.db.prepare("SELECT id, version, name FROM user_groups WHERE id = :id").bind(":id", group).one(read_group);
}

std::optional<UserGroup> user_group_by_name(Work& work, std::string_view name) {
  const std::string key = text::lower(name);
  // By user_groups_by_name.
  return work.db.prepare("SELECT id, version, name FROM user_groups WHERE name_key = :key")
      .bind(":key", key)
      .one(read_group);
}

std::int64_t count_user_groups(Work& work) {
  // Small table.
  return work.db.prepare("SELECT COUNT(*) FROM user_groups").integer_or(0);
}

UserGroupId insert_user_group(Work& work, std::string_view name) {
  const std::string key = text::lower(name);
  return work.db
      .prepare(
          "INSERT INTO user_groups (version, name, name_key, created, changed) "
          "VALUES (1, :name, :key, :now, :now) RETURNING id")
      .bind(":name", name)
      .bind(":key", key)
      .bind(":now", work.now)
      .one([](db::Row row) { return row.id<UserGroupId>(0); })
      .value_or(UserGroupId{});
}

bool update_user_group(Work& work, const UserGroup& group) {
  const std::string key = text::lower(group.name);
  // By the primary key.
  return work.db
             .prepare(
                 "UPDATE user_groups SET version = version + 1, name = :name, name_key = :key, changed = :now "
                 "WHERE id = :id AND version = :version")
             .bind(":name", group.name)
             .bind(":key", key)
             .bind(":now", work.now)
             .bind(":id", group.group)
             .bind(":version", group.version)
             .run_changes() == 1;
}

void delete_user_group(Work& work, UserGroupId group) {
  // Both by the primary key.
  work.db.prepare("DELETE FROM user_group_people WHERE user_group = :id").bind(":id", group).run();
  work.db.prepare("DELETE FROM user_groups WHERE id = :id").bind(":id", group).run();
}

std::vector<api::PersonName> people_of(Work& work, UserGroupId group) {
  // By the primary keys of all three.
  return work.db
      .prepare(
          "SELECT p.id, p.name, d.name, p.active FROM user_group_people AS g JOIN people AS p ON p.id = g.person "
          "LEFT JOIN departments AS d ON d.id = p.department WHERE g.user_group = :id ORDER BY p.name, p.id")
      .bind(":id", group)
      .all([](db::Row row) {
        return api::PersonName{row.id<PersonId>(0), row.string(1), row.string(2), row.boolean(3)};
      });
}

void put_into_user_group(Work& work, UserGroupId group, PersonId person) {
  work.db
      .prepare(
          "INSERT INTO user_group_people (user_group, person) VALUES (:group, :person) "
          "ON CONFLICT (user_group, person) DO NOTHING")
      .bind(":group", group)
      .bind(":person", person)
      .run();
}

void take_out_of_user_group(Work& work, UserGroupId group, PersonId person) {
  // By the primary key.
  work.db.prepare("DELETE FROM user_group_people WHERE user_group = :group AND person = :person")
      .bind(":group", group)
      .bind(":person", person)
      .run();
}

}  // namespace tw::services
