// User groups through the door: made by administrators, picked by everybody, remembered by nothing.
#include <gtest/gtest.h>

#include "api/batch.h"
#include "api/user_group.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

class UserGroups : public ::testing::Test {
 protected:
  test::Answer<api::UserGroupRow> add(std::string name, std::vector<PersonId> people = {}) {
    return world.call<api::AddUserGroup>(root, {std::move(name), std::move(people)});
  }
  api::ListUserGroups::Response list(const Caller& who) { return *world.call<api::ListUserGroups>(who, {}); }
  std::vector<std::string> people_of(UserGroupId group) {
    std::vector<std::string> names;
    const auto all = list(root);
    for (const auto& row : all.rows)
      if (row.group == group)
        for (const auto& person : row.people) names.push_back(person.name + (person.active ? "" : " (disabled)"));
    return names;
  }
  void disable(PersonId person) {
    const auto row = *world.call<api::ViewPerson>(root, {person});
    ASSERT_TRUE(world.call<api::SetPersonActive>(root, {person, row.version, false}));
  }

  TestWorld world;
  Caller root = world.sign_in("Root", Role::administrator);
  PersonId ann = world.add_person("Ann"), bob = world.add_person("Bob"), cleo = world.add_person("Cleo");
};

TEST_F(UserGroups, everybody_sees_who_is_in_them_by_name) {
  const auto group = add("Renewals", {cleo, ann});
  ASSERT_TRUE(group) << group.reply.body;
  EXPECT_EQ(group->version.value, 1);
  EXPECT_EQ(people_of(group->group), (std::vector<std::string>{"Ann", "Cleo"}));
  ASSERT_EQ(list(world.sign_in(bob)).rows.size(), 1u);
}

TEST_F(UserGroups, a_person_is_in_any_number_of_them_and_once_in_each) {
  const auto first = add("One", {ann, ann, bob}), second = add("Two", {ann});
  EXPECT_EQ(people_of(first->group), (std::vector<std::string>{"Ann", "Bob"}));
  EXPECT_EQ(people_of(second->group), std::vector<std::string>{"Ann"});
}

TEST_F(UserGroups, only_administrators_change_them) {
  const auto group = add("Renewals", {ann});
  const Caller manager = world.sign_in("Mona", Role::manager);
  EXPECT_EQ(world.call<api::AddUserGroup>(manager, {"Mine", {}}).status(), 403);
  EXPECT_EQ(world.call<api::UpdateUserGroup>(manager, {group->group, {1}, "Mine", {}}).status(), 403);
  EXPECT_EQ(world.call<api::DeleteUserGroup>(manager, {group->group, {1}}).status(), 403);
  EXPECT_EQ(world.call<api::SetMostUserGroups>(manager, {7}).status(), 403);
}

TEST_F(UserGroups, a_new_list_of_people_replaces_the_old_one_and_a_new_name_leaves_it) {
  const auto group = add("Renewals", {ann, bob});
  ASSERT_TRUE(world.call<api::UpdateUserGroup>(root, {group->group, {1}, {}, std::vector<PersonId>{bob, cleo}}));
  EXPECT_EQ(people_of(group->group), (std::vector<std::string>{"Bob", "Cleo"}));
  const auto renamed = world.call<api::UpdateUserGroup>(root, {group->group, {2}, "Renewals, east", {}});
  ASSERT_TRUE(renamed) << renamed.reply.body;
  EXPECT_EQ(renamed->people.size(), 2u);
  EXPECT_EQ(renamed->version.value, 3);
}

TEST_F(UserGroups, a_stale_version_changes_and_deletes_nothing) {
  const auto group = add("Renewals", {ann});
  ASSERT_TRUE(world.call<api::UpdateUserGroup>(root, {group->group, {1}, "Other", {}}));
  EXPECT_EQ(world.call<api::UpdateUserGroup>(root, {group->group, {1}, {}, std::vector<PersonId>{bob}}).status(), 409);
  EXPECT_EQ(world.call<api::DeleteUserGroup>(root, {group->group, {1}}).status(), 409);
  EXPECT_EQ(people_of(group->group), std::vector<std::string>{"Ann"});
}

TEST_F(UserGroups, names_that_differ_in_case_only_are_one) {
  const auto group = add("Renewals");
  const auto again = add("RENEWALS");
  EXPECT_EQ(again.status(), 409);
  EXPECT_NE(again.reply.body.find("Renewals"), std::string::npos);
  EXPECT_TRUE(world.call<api::UpdateUserGroup>(root, {group->group, {1}, "renewals", {}})) << "its own name is free";
}

TEST_F(UserGroups, a_disabled_person_stays_in_a_group_and_gets_into_none) {
  const auto group = add("Renewals", {ann, bob});
  disable(bob);
  EXPECT_EQ(people_of(group->group), (std::vector<std::string>{"Ann", "Bob (disabled)"}));
  EXPECT_TRUE(world.call<api::UpdateUserGroup>(root, {group->group, {1}, {}, std::vector<PersonId>{ann, bob, cleo}}));
  const auto refused = add("Other", {bob});
  EXPECT_EQ(refused.status(), 400);
  EXPECT_NE(refused.reply.body.find("people[0]"), std::string::npos) << refused.reply.body;
  EXPECT_EQ(add("Strangers", {PersonId{4711}}).status(), 400);
}

TEST_F(UserGroups, there_are_fifty_at_most_or_as_many_as_the_company_says) {
  EXPECT_EQ(list(root).most, 50);
  ASSERT_TRUE(world.call<api::SetMostUserGroups>(root, {2}));
  ASSERT_TRUE(add("One"));
  ASSERT_TRUE(add("Two"));
  EXPECT_EQ(add("Three").status(), 409);
  ASSERT_TRUE(world.call<api::SetMostUserGroups>(root, {1}));
  EXPECT_EQ(list(root).rows.size(), 2u) << "a lower bound takes none away";
  ASSERT_TRUE(world.call<api::SetMostUserGroups>(root, {3}));
  EXPECT_TRUE(add("Three"));
}

// What was picked with a group is a list of people; nothing leads from there to the group.
TEST_F(UserGroups, what_becomes_of_a_group_later_changes_no_batch) {
  const auto group = add("Renewals", {ann, bob});
  api::CreateBatch::Request request;
  request.subject = "Calls";
  for (const auto& person : group->people) request.executors.push_back(person.person);
  const auto batch = world.call<api::CreateBatch>(root, request);
  ASSERT_TRUE(batch) << batch.reply.body;
  ASSERT_TRUE(world.call<api::UpdateUserGroup>(root, {group->group, {1}, {}, std::vector<PersonId>{cleo}}));
  ASSERT_TRUE(world.call<api::DeleteUserGroup>(root, {group->group, {2}}));
  EXPECT_TRUE(list(root).rows.empty());
  const auto now = world.call<api::ViewBatch>(root, {batch->summary.batch});
  ASSERT_EQ(now->executors.size(), 2u);
  EXPECT_EQ(now->executors[0].person, ann);
  EXPECT_EQ(now->executors[1].person, bob);
}

}  // namespace
}  // namespace tw::services
