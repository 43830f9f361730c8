// User groups: people that administrators put together so that many can be picked, or unpicked, with one press. A group
// is only a shortcut: picking it adds its active people at once, which group it was is kept nowhere, and what becomes
// of the group later changes nothing. Not departments: a person may be in any number of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/people.h"

namespace tw::api {

inline constexpr std::int64_t most_in_user_group = 1000;

struct UserGroupRow {
  UserGroupId group;
  Version version;
  std::string name;
  std::vector<PersonName> people;  // by name; the disabled stay in it and are not picked
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("group", s.group);
    v("version", s.version);
    v("name", s.name);
    v("people", s.people);
  }
};

// All of them, by name, with their people: whoever picks people sees who is meant.
struct ListUserGroups {
  static constexpr Endpoint endpoint{
      .name = "user-groups.list", .path = "/api/v1/user-groups", .permission = Permission::view_people};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::vector<UserGroupRow> rows;
    std::int64_t most = 0;  // so many there may be
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("most", s.most);
    }
  };
};

// Names are unique whatever their case. A disabled person can stay in a group, and cannot be put into one.
struct AddUserGroup {
  static constexpr Endpoint endpoint{.name = "user-groups.add",
                                     .method = Method::post,
                                     .path = "/api/v1/user-groups",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    std::string name;
    std::vector<PersonId> people;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("name", s.name, rule::text(1, 60));
      v("people", s.people, rule::list(0, most_in_user_group));
    }
  };
  using Response = UserGroupRow;
};

// Absent fields stay as they are; `people` is all of them from now on.
struct UpdateUserGroup {
  static constexpr Endpoint endpoint{.name = "user-groups.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/user-groups/{group}",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    UserGroupId group;
    Version version;
    std::optional<std::string> name;
    std::optional<std::vector<PersonId>> people;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("group", s.group, rule::required);
      v("version", s.version, rule::required);
      v("name", s.name, rule::text(1, 60));
      v("people", s.people, rule::list(0, most_in_user_group));
    }
  };
  using Response = UserGroupRow;
};

// Nothing else changes: whoever was picked with it stays picked.
struct DeleteUserGroup {
  static constexpr Endpoint endpoint{.name = "user-groups.delete",
                                     .method = Method::remove,
                                     .path = "/api/v1/user-groups/{group}",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    UserGroupId group;
    Version version;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("group", s.group, rule::required);
      v("version", s.version, rule::required);
    }
  };
  using Response = Done;
};

// The company's own bound, 50 at first. Below what there is, it keeps new ones from being made and takes none away.
struct SetMostUserGroups {
  static constexpr Endpoint endpoint{.name = "user-groups.set-most",
                                     .method = Method::post,
                                     .path = "/api/v1/settings/user-groups",
                                     .permission = Permission::manage_settings,
                                     .effect = Effect::changes};
  struct Request {
    std::int64_t most = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("most", s.most, FieldRule{.required = true, .minimum = 1, .maximum = 500});
    }
  };
  using Response = Done;
};

using UserGroupOperations =
    Operations<ListUserGroups, AddUserGroup, UpdateUserGroup, DeleteUserGroup, SetMostUserGroups>;

}  // namespace tw::api
