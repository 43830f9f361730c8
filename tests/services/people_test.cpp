// People and departments through the door.
#include "api/people.h"

#include <gtest/gtest.h>

#include "api/batch.h"
#include "api/session.h"
#include "services/session_store.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

class PeopleTest : public ::testing::Test {
 protected:
  api::PersonRow row(PersonId person) { return *world.call<api::ViewPerson>(root, {person}); }
  std::vector<std::string> names(const api::ListPeople::Request& request, const Caller& who) {
    std::vector<std::string> found;
    const auto list = world.call<api::ListPeople>(who, request);
    EXPECT_TRUE(list) << list.reply.body;
    if (list)
      for (const auto& person : list->rows) found.push_back(person.name);
    return found;
  }
  std::vector<std::string> names(const api::ListPeople::Request& request) { return names(request, root); }
  api::DepartmentRow department(DepartmentId id) {
    const auto list = world.call<api::ListDepartments>(root, {});
    for (const auto& candidate : list->rows)
      if (candidate.department == id) return candidate;
    return {};
  }
  api::UpdatePerson::Request change_of(PersonId person) {
    api::UpdatePerson::Request request;
    request.person = person;
    request.version = row(person).version;
    return request;
  }
  api::UpdateDepartment::Request change_of(DepartmentId id) {
    api::UpdateDepartment::Request request;
    request.department = id;
    request.version = department(id).version;
    return request;
  }
  static api::ListPeople::Request search(std::string words) {
    api::ListPeople::Request request;
    request.search = std::move(words);
    return request;
  }
  test::Answer<api::SetPersonActive::Response> set_active(PersonId person, bool active) {
    return world.call<api::SetPersonActive>(root, {person, row(person).version, active});
  }

  TestWorld world;
  Caller root = world.sign_in("Root", Role::administrator);
};

TEST_F(PeopleTest, a_member_makes_batches_only_while_it_is_granted_to_them) {
  const Caller ann = world.sign_in("Ann", Role::member), bob = world.sign_in("Bob", Role::member);
  const auto may = [&](const Caller& who) {
    const auto me = world.call<api::ViewSession>(who, {});
    return std::count(me->permissions.begin(), me->permissions.end(), api::Permission::create_batch) > 0;
  };
  api::CreateBatch::Request batch;
  batch.subject = "Calls";
  EXPECT_EQ(world.call<api::CreateBatch>(ann, batch).status(), 403);
  auto grant = change_of(ann.person);
  grant.may_create_batches = true;
  EXPECT_EQ(world.call<api::UpdatePerson>(world.sign_in("Mia", Role::manager), grant).status(), 403);
  EXPECT_EQ(world.call<api::UpdatePerson>(ann, grant).status(), 403) << "nobody grants it to themselves";
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, grant));
  EXPECT_TRUE(row(ann.person).may_create_batches);
  EXPECT_FALSE(world.call<api::ViewPerson>(bob, {ann.person})->may_create_batches) << "none of a colleague's business";
  EXPECT_TRUE(may(ann)) << "from their next request on";
  EXPECT_FALSE(may(bob));
  const auto made = world.call<api::CreateBatch>(ann, batch);
  ASSERT_TRUE(made) << made.reply.body;
  EXPECT_TRUE(made->summary.manages);
  EXPECT_EQ(world.call<api::CreateBatch>(bob, batch).status(), 403);
  auto rename = change_of(ann.person);
  rename.name = "Anna";
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, rename));
  EXPECT_TRUE(may(ann)) << "what is not named stays as it is";
  auto take_back = change_of(ann.person);
  take_back.may_create_batches = false;
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, take_back));
  EXPECT_FALSE(may(ann));
  EXPECT_EQ(world.call<api::CreateBatch>(ann, batch).status(), 403);
  api::AddPerson::Request request;
  request.login = "dora";
  request.name = "Dora";
  request.may_create_batches = true;
  EXPECT_TRUE(row(world.call<api::AddPerson>(root, request)->person).may_create_batches);
}

TEST_F(PeopleTest, a_person_is_added_and_can_accept_the_invitation) {
  const auto north = world.add_department("North");
  api::AddPerson::Request request;
  request.login = "Ann";
  request.name = "安妮";
  request.role = Role::manager;
  request.department = north;
  request.holding_cap = 40;
  const auto added = world.call<api::AddPerson>(root, request);
  ASSERT_TRUE(added) << added.reply.body;
  const auto ann = row(added->person);
  EXPECT_EQ(ann.name, "安妮");
  EXPECT_EQ(ann.login, "Ann");
  EXPECT_EQ(ann.department_name, "North");
  EXPECT_EQ(ann.holding_cap, 40);
  EXPECT_FALSE(ann.has_password);
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {added->invitation, "correct horse"}).status(), 200);
  EXPECT_TRUE(row(added->person).has_password);
}

TEST_F(PeopleTest, an_administrator_sets_the_zone_of_a_person) {
  const auto ann = world.add_person("Ann");
  api::UpdatePerson::Request request{.person = ann, .version = row(ann).version};
  request.zone = "Mars/Olympus";
  const auto refused = world.call<api::UpdatePerson>(root, request);
  EXPECT_EQ(refused.status(), 400);
  EXPECT_TRUE(refused.problem.names("zone"));
  request.zone = "Europe/Berlin";
  EXPECT_EQ(world.call<api::UpdatePerson>(root, request)->zone, "Europe/Berlin");
  request = {.person = ann, .version = row(ann).version};
  request.name = "Anna";
  EXPECT_EQ(world.call<api::UpdatePerson>(root, request)->zone, "Europe/Berlin") << "left as it is";
}

TEST_F(PeopleTest, logins_that_differ_in_case_only_are_one) {
  world.add_person("Ann");
  api::AddPerson::Request request;
  request.login = "ANN";
  request.name = "Another";
  const auto refused = world.call<api::AddPerson>(root, request);
  EXPECT_EQ(refused.status(), 409);
  EXPECT_TRUE(refused.problem.names("login"));
}

TEST_F(PeopleTest, a_new_person_is_refused_by_the_field_that_is_wrong) {
  const auto wrong = [&](auto change) {
    api::AddPerson::Request request;
    request.login = "ann";
    request.name = "Ann";
    change(request);
    const auto refused = world.call<api::AddPerson>(root, request);
    EXPECT_EQ(refused.status(), 400) << refused.reply.body;
    return refused.problem.fields.empty() ? std::string() : refused.problem.fields.at(0).path;
  };
  using Request = api::AddPerson::Request;
  EXPECT_EQ(wrong([](Request& r) { r.login = "an n"; }), "login");
  EXPECT_EQ(wrong([](Request& r) { r.login = ""; }), "login");
  EXPECT_EQ(wrong([](Request& r) { r.name = "   "; }), "name");
  EXPECT_EQ(wrong([](Request& r) { r.name = "Ann\n"; }), "name");
  EXPECT_EQ(wrong([](Request& r) { r.language = "tlh"; }), "language");
  EXPECT_EQ(wrong([](Request& r) { r.zone = "../etc/passwd"; }), "zone");
  EXPECT_EQ(wrong([](Request& r) { r.department = DepartmentId{99}; }), "department");
  EXPECT_EQ(wrong([](Request& r) { r.weight = 0; }), "weight");
  EXPECT_EQ(wrong([](Request& r) { r.holding_cap = -1; }), "holding_cap");
}

TEST_F(PeopleTest, an_invitation_is_not_kept_for_a_repeated_call) {
  api::AddPerson::Request request;
  request.login = "ann";
  request.name = "Ann";
  auto call = test::call_of<api::AddPerson>(root, request);
  call.idempotency_key = "once";
  const auto first = test::decoded<api::InvitationReply>(world.send(call));
  ASSERT_TRUE(first);
  EXPECT_EQ(world.send(call).status, 410);
  EXPECT_EQ(world.count("SELECT count(*) FROM idempotency WHERE reply IS NOT NULL"), 0);
  EXPECT_EQ(world.count("SELECT count(*) FROM people"), 2);
}

TEST_F(PeopleTest, logins_caps_and_last_seen_are_for_those_who_manage_people) {
  const auto ann = world.add_person("Ann");
  auto cap = change_of(ann);
  cap.holding_cap = 5;
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, cap));
  world.sign_in(ann);
  EXPECT_TRUE(row(ann).last_seen);
  const auto bob = world.sign_in("Bob", Role::manager);
  const auto seen = world.call<api::ViewPerson>(bob, {ann});
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->name, "Ann");
  EXPECT_EQ(seen->login, "");
  EXPECT_FALSE(seen->holding_cap);
  EXPECT_FALSE(seen->last_seen);
}

TEST_F(PeopleTest, only_those_who_see_logins_find_by_them) {
  api::AddPerson::Request request;
  request.login = "secretlogin";
  request.name = "Ann";
  world.call<api::AddPerson>(root, request);
  EXPECT_EQ(names(search("SECRETL")).size(), 1u);
  EXPECT_TRUE(names(search("secretl"), world.sign_in("Bob", Role::member)).empty());
  EXPECT_EQ(names(search("ann"), world.sign_in("Cid", Role::member)).size(), 1u);
}

TEST_F(PeopleTest, a_search_takes_its_signs_as_they_are) {
  world.add_person("100%");
  world.add_person("100x");
  EXPECT_EQ(names(search("100%")), (std::vector<std::string>{"100%"}));
  EXPECT_TRUE(names(search("1_0")).empty());
  EXPECT_TRUE(names(search("'; DROP TABLE people")).empty());
}

TEST_F(PeopleTest, the_list_is_paged_by_name_and_nobody_comes_twice_or_never) {
  for (const char* name : {"B", "A", "C", "A2", "D"}) world.add_person(name);
  api::ListPeople::Request request;
  request.limit = 2;
  std::vector<std::string> all;
  do {
    const auto page = world.call<api::ListPeople>(root, request);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total.count, 6);
    for (const auto& person : page->rows) all.push_back(person.name);
    request.after = page->next;
  } while (!request.after.empty());
  EXPECT_EQ(all, (std::vector<std::string>{"A", "A2", "B", "C", "D", "Root"}));
  request.after = "nonsense";
  EXPECT_TRUE(world.call<api::ListPeople>(root, request).problem.names("after"));
}

TEST_F(PeopleTest, the_list_filters_by_department_and_below_and_by_active) {
  const auto north = world.add_department("North");
  const auto team = world.add_department("Team", north);
  const auto south = world.add_department("South");
  world.add_person("Ann", Role::member, north);
  const auto bob = world.add_person("Bob", Role::member, team);
  world.add_person("Cid", Role::member, south);
  api::ListPeople::Request request;
  request.department = north;
  EXPECT_EQ(names(request), (std::vector<std::string>{"Ann", "Bob"}));
  ASSERT_TRUE(set_active(bob, false));
  request.active = true;
  EXPECT_EQ(names(request), (std::vector<std::string>{"Ann"}));
}

TEST_F(PeopleTest, a_stale_version_is_refused) {
  const auto ann = world.add_person("Ann");
  auto request = change_of(ann);
  request.name = "Anna";
  EXPECT_EQ(world.call<api::UpdatePerson>(root, request).status(), 200);
  EXPECT_EQ(world.call<api::UpdatePerson>(root, request).status(), 409);
  EXPECT_EQ(row(ann).name, "Anna");
}

TEST_F(PeopleTest, an_update_leaves_absent_fields_and_removes_caps_when_asked) {
  const auto north = world.add_department("North");
  const auto ann = world.add_person("Ann", Role::member, north);
  auto request = change_of(ann);
  request.holding_cap = 3;
  const auto capped = world.call<api::UpdatePerson>(root, request);
  ASSERT_TRUE(capped);
  EXPECT_EQ(capped->holding_cap, 3);
  EXPECT_EQ(capped->department, north);
  auto clear = change_of(ann);
  clear.clear_holding_cap = true;
  clear.department = DepartmentId{};
  const auto cleared = world.call<api::UpdatePerson>(root, clear);
  ASSERT_TRUE(cleared);
  EXPECT_FALSE(cleared->holding_cap);
  EXPECT_FALSE(cleared->department);
}

TEST_F(PeopleTest, disabling_ends_sessions_and_invitations_at_once) {
  const auto ann = world.add_person("Ann");
  const auto session = world.sign_in(ann);
  const auto invitation = world.call<api::ResetPassword>(root, {ann})->invitation;
  const auto again = world.sign_in(ann);
  ASSERT_TRUE(set_active(ann, false));
  EXPECT_EQ(world.call<api::ViewSession>(session, {}).status(), 401);
  EXPECT_EQ(world.call<api::ViewSession>(again, {}).status(), 401);
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {invitation, "correct horse"}).status(), 410);
  ASSERT_TRUE(set_active(ann, true));
  EXPECT_EQ(world.call<api::ViewSession>(again, {}).status(), 401);
}

TEST_F(PeopleTest, the_last_active_administrator_stays_one) {
  EXPECT_EQ(set_active(root.person, false).status(), 409);
  auto demote = change_of(root.person);
  demote.role = Role::manager;
  EXPECT_EQ(world.call<api::UpdatePerson>(root, demote).status(), 409);
  world.add_person("Second", Role::administrator);
  EXPECT_EQ(set_active(root.person, false).status(), 200);
}

TEST_F(PeopleTest, a_disabled_administrator_does_not_count_as_one) {
  const auto second = world.add_person("Second", Role::administrator);
  ASSERT_TRUE(set_active(second, false));
  EXPECT_EQ(set_active(root.person, false).status(), 409);
}

TEST_F(PeopleTest, resetting_a_password_ends_the_old_one_and_every_session) {
  const auto ann = world.add_person("Ann", Role::member, {}, "correct horse");
  const auto session = world.sign_in(ann);
  const auto first = world.call<api::ResetPassword>(root, {ann});
  const auto second = world.call<api::ResetPassword>(root, {ann});
  ASSERT_TRUE(second);
  EXPECT_EQ(world.call<api::ViewSession>(session, {}).status(), 401);
  EXPECT_EQ(world.call<api::SignIn>({}, {"ann", "correct horse"}).status(), 401);
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {first->invitation, "a new password"}).status(), 410);
  EXPECT_EQ(world.call<api::AcceptInvitation>({}, {second->invitation, "a new password"}).status(), 200);
}

TEST_F(PeopleTest, a_changed_role_counts_from_the_next_request_on) {
  const auto ann = world.sign_in("Ann", Role::administrator);
  EXPECT_EQ(world.call<api::AddDepartment>(ann, {"North", {}}).status(), 200);
  auto demote = change_of(ann.person);
  demote.role = Role::member;
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, demote));
  EXPECT_EQ(world.call<api::AddDepartment>(ann, {"South", {}}).status(), 403);
}

TEST_F(PeopleTest, departments_come_parents_first_with_their_active_people) {
  const auto north = world.call<api::AddDepartment>(root, {"North", {}})->department;
  const auto team = world.call<api::AddDepartment>(root, {"A team", north})->department;
  world.call<api::AddDepartment>(root, {"East", {}});
  world.add_person("Ann", Role::member, team);
  ASSERT_TRUE(set_active(world.add_person("Bob", Role::member, team), false));
  const auto list = world.call<api::ListDepartments>(root, {});
  ASSERT_TRUE(list);
  std::vector<std::string> order;
  for (const auto& row : list->rows) order.push_back(row.name);
  EXPECT_EQ(order, (std::vector<std::string>{"East", "North", "A team"}));
  EXPECT_EQ(list->rows[2].people, 1);
  EXPECT_EQ(list->rows[2].parent, north);
}

TEST_F(PeopleTest, a_department_cannot_move_below_itself) {
  const auto north = world.add_department("North");
  const auto team = world.add_department("Team", north);
  for (const DepartmentId parent : {north, team}) {
    auto request = change_of(north);
    request.parent = parent;
    EXPECT_TRUE(world.call<api::UpdateDepartment>(root, request).problem.names("parent"));
  }
}

TEST_F(PeopleTest, a_moved_department_takes_everything_below_along) {
  const auto north = world.add_department("North");
  const auto team = world.add_department("Team", north);
  const auto squad = world.add_department("Squad", team);
  const auto south = world.add_department("South");
  for (int i = 0; i < 12; ++i) world.add_department("Filler");  // ids of two digits: /1/ must not match /10/
  const auto far = world.add_person("Far", Role::manager, south);
  EXPECT_EQ(world.actor(far).departments, (std::vector<DepartmentId>{south}));
  auto request = change_of(team);
  request.parent = south;
  ASSERT_TRUE(world.call<api::UpdateDepartment>(root, request));
  EXPECT_EQ(world.actor(far).departments, (std::vector<DepartmentId>{team, squad, south}));
  EXPECT_EQ(world.actor(world.add_person("Near", Role::manager, north)).departments,
            (std::vector<DepartmentId>{north}));
  request.version = department(team).version;
  request.parent = DepartmentId{};
  ASSERT_TRUE(world.call<api::UpdateDepartment>(root, request));
  EXPECT_EQ(world.actor(far).departments, (std::vector<DepartmentId>{south}));
  request.version = Version{1};
  EXPECT_EQ(world.call<api::UpdateDepartment>(root, request).status(), 409);
}

}  // namespace
}  // namespace tw::services
