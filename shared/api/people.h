// People and departments. People are never deleted: they are disabled, and logs keep their names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/leaving.h"
#include "api/page.h"
#include "core/ids.h"
#include "core/time.h"

namespace tw::api {

using domain::access::Permission;

struct PersonRow {
  PersonId person;
  Version version;
  std::string login;
  std::string name;
  DepartmentId department;
  std::string department_name;
  domain::access::Role role = domain::access::Role::member;
  std::string zone;
  std::string language;
  bool active = true;
  bool has_password = false;                     // false: invited, has not set one yet
  bool may_create_batches = false;               // granted; told to those who manage people
  std::optional<std::int64_t> holding_cap;       // executing items in all active batches; none = no cap
  std::optional<std::int64_t> daily_inflow_cap;  // items received a day
  std::int64_t weight = 100;
  std::int64_t held = 0;  // executing items in active batches now
  std::optional<Instant> last_seen;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("version", s.version);
    v("login", s.login);
    v("name", s.name);
    v("department", s.department);
    v("department_name", s.department_name);
    v("role", s.role);
    v("zone", s.zone);
    v("language", s.language);
    v("active", s.active);
    v("has_password", s.has_password);
    v("may_create_batches", s.may_create_batches);
    v("holding_cap", s.holding_cap);
    v("daily_inflow_cap", s.daily_inflow_cap);
    v("weight", s.weight);
    v("held", s.held);
    v("last_seen", s.last_seen);
  }
};

inline constexpr std::int64_t most_picked = 1000;

// Somebody as they stand in a list of those who were chosen.
struct PersonName {
  PersonId person;
  std::string name;
  std::string department_name;
  bool active = true;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("department_name", s.department_name);
    v("active", s.active);
  }
};

// Everybody who may be picked: everyone signed in sees names, departments and load; logins, caps and last_seen are
// filled only for those who manage people.
struct ListPeople {
  static constexpr Endpoint endpoint{
      .name = "people.list", .path = "/api/v1/people", .permission = Permission::view_people};
  struct Request {
    std::string search;       // name, login or initials (pinyin of Chinese characters) contain it
    DepartmentId department;  // this one and below
    std::optional<bool> active;
    std::string after;  // keyset over (name, id)
    std::int64_t limit = 100;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("search", s.search, rule::text(0, 60));
      v("department", s.department);
      v("active", s.active);
      v("after", s.after, rule::text(0, 400));
      v("limit", s.limit, rule::range(1, 500));
    }
  };
  struct Response {
    std::vector<PersonRow> rows;
    std::string next;  // cursor; empty: the end
    Total total;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
      v("total", s.total);
    }
  };
};

// People whom a picker is about to choose, or has chosen: their names, and which of them are still there. With `people`
// just those, disabled or not, whoever exists; without it all whom a search finds, so that a whole department or
// everybody found can be picked at once: the active ones, or `with_disabled` everybody.
struct PickPeople {
  static constexpr Endpoint endpoint{.name = "people.pick",
                                     .method = Method::post,
                                     .path = "/api/v1/people/pick",
                                     .permission = Permission::view_people};
  struct Request {
    std::vector<PersonId> people;
    std::string search;       // as ListPeople
    DepartmentId department;  // as ListPeople
    bool with_disabled = false;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("people", s.people, rule::list(0, most_picked));
      v("search", s.search, rule::text(0, 60));
      v("department", s.department);
      v("with_disabled", s.with_disabled);
    }
  };
  struct Response {
    std::vector<PersonName> rows;  // by name when they were searched
    bool more = false;             // beyond `most_picked`
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("more", s.more);
    }
  };
};

struct ViewPerson {
  static constexpr Endpoint endpoint{
      .name = "people.view", .path = "/api/v1/people/{person}", .permission = Permission::view_people};
  struct Request {
    PersonId person;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person, rule::required);
    }
  };
  using Response = PersonRow;
};

// `invitation` is the one-time token of the address where the new person sets a password; shown once, stored hashed.
struct InvitationReply {
  PersonId person;
  std::string invitation;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("invitation", s.invitation, rule::secret(0, 100));
  }
};

struct AddPerson {
  static constexpr Endpoint endpoint{.name = "people.add",
                                     .method = Method::post,
                                     .path = "/api/v1/people",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    std::string login;
    std::string name;
    domain::access::Role role = domain::access::Role::member;
    bool may_create_batches = false;  // managers and administrators may anyway
    DepartmentId department;
    std::string language = "zh-CN";
    std::string zone = {};  // an IANA name; empty: the inviter's own
    std::optional<std::int64_t> holding_cap;
    std::optional<std::int64_t> daily_inflow_cap;
    std::int64_t weight = 100;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("login", s.login, rule::text(1, 60));
      v("name", s.name, rule::text(1, 60));
      v("role", s.role, rule::required);
      v("may_create_batches", s.may_create_batches);
      v("department", s.department);
      v("language", s.language, rule::text(0, 12));
      v("zone", s.zone, rule::text(0, 60));
      v("holding_cap", s.holding_cap, rule::range(0, 1'000'000));
      v("daily_inflow_cap", s.daily_inflow_cap, rule::range(0, 1'000'000));
      v("weight", s.weight, rule::range(1, 10'000));
    }
  };
  using Response = InvitationReply;
};

// Absent fields stay as they are. `department` 0 takes the person out of every department; `clear_*` removes a cap.
struct UpdatePerson {
  static constexpr Endpoint endpoint{.name = "people.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/people/{person}",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    PersonId person;
    Version version;
    std::optional<std::string> name;
    std::optional<domain::access::Role> role;
    std::optional<bool> may_create_batches;
    std::optional<DepartmentId> department;
    std::optional<std::string> zone;
    std::optional<std::int64_t> holding_cap;
    bool clear_holding_cap = false;
    std::optional<std::int64_t> daily_inflow_cap;
    bool clear_daily_inflow_cap = false;
    std::optional<std::int64_t> weight;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person, rule::required);
      v("version", s.version, rule::required);
      v("name", s.name, rule::text(1, 60));
      v("role", s.role);
      v("may_create_batches", s.may_create_batches);
      v("department", s.department);
      v("zone", s.zone, rule::text(1, 60));
      v("holding_cap", s.holding_cap, rule::range(0, 1'000'000));
      v("clear_holding_cap", s.clear_holding_cap);
      v("daily_inflow_cap", s.daily_inflow_cap, rule::range(0, 1'000'000));
      v("clear_daily_inflow_cap", s.clear_daily_inflow_cap);
      v("weight", s.weight, rule::range(1, 10'000));
    }
  };
  using Response = PersonRow;
};

// Disabled people cannot sign in (their sessions end at once) and receive nothing; `leaving` says what becomes of what
// they execute, in every active batch. `successor` becomes a manager of the batches that they created and that nobody
// else manages (people.held). The last active administrator cannot be disabled.
struct SetPersonActive {
  static constexpr Endpoint endpoint{.name = "people.set-active",
                                     .method = Method::post,
                                     .path = "/api/v1/people/{person}/active",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    PersonId person;
    Version version;
    bool active = false;
    Leaving leaving = {};
    PersonId successor = {};
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person, rule::required);
      v("version", s.version, rule::required);
      v("active", s.active, rule::required);
      v("leaving", s.leaving);
      v("successor", s.successor);
    }
  };
  struct Response {
    PersonRow person;
    OperationId operation;  // that goes through what they held; 0: nothing to do
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person);
      v("operation", s.operation);
    }
  };
};

// A new invitation; the old password and every session end at once. Without a server nobody could follow the link.
struct ResetPassword {
  static constexpr Endpoint endpoint{.name = "people.reset-password",
                                     .method = Method::post,
                                     .path = "/api/v1/people/{person}/invitation",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes,
                                     .availability = Availability::server_only};
  struct Request {
    PersonId person;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person, rule::required);
    }
  };
  using Response = InvitationReply;
};

struct DepartmentRow {
  DepartmentId department;
  Version version;
  std::string name;
  DepartmentId parent;
  std::int64_t people = 0;  // active, directly in it
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("department", s.department);
    v("version", s.version);
    v("name", s.name);
    v("parent", s.parent);
    v("people", s.people);
  }
};

// All of them (at most 2,000), parents before children, then by name.
struct ListDepartments {
  static constexpr Endpoint endpoint{
      .name = "departments.list", .path = "/api/v1/departments", .permission = Permission::view_people};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::vector<DepartmentRow> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

struct AddDepartment {
  static constexpr Endpoint endpoint{.name = "departments.add",
                                     .method = Method::post,
                                     .path = "/api/v1/departments",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    std::string name;
    DepartmentId parent;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("name", s.name, rule::text(1, 60));
      v("parent", s.parent);
    }
  };
  using Response = DepartmentRow;
};

struct UpdateDepartment {
  static constexpr Endpoint endpoint{.name = "departments.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/departments/{department}",
                                     .permission = Permission::manage_people,
                                     .effect = Effect::changes};
  struct Request {
    DepartmentId department;
    Version version;
    std::optional<std::string> name;
    std::optional<DepartmentId> parent;  // a cycle is refused
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("department", s.department, rule::required);
      v("version", s.version, rule::required);
      v("name", s.name, rule::text(1, 60));
      v("parent", s.parent);
    }
  };
  using Response = DepartmentRow;
};

using PeopleOperations = Operations<ListPeople, PickPeople, ViewPerson, AddPerson, UpdatePerson, SetPersonActive,
                                    ResetPassword, ListDepartments, AddDepartment, UpdateDepartment>;

}  // namespace tw::api
