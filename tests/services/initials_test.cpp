// Initials of names, and finding people by them.
#include "services/initials.h"

#include <gtest/gtest.h>

#include "api/people.h"
#include "services/jobs.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

TEST(Initials, chinese_characters_give_the_first_letter_of_their_reading) {
  EXPECT_EQ(initials_of("吴天明"), "wtm");
  EXPECT_EQ(initials_of("李莉"), "ll");
  EXPECT_EQ(initials_of("歐陽鋒"), "oyf");
}

TEST(Initials, other_words_give_their_first_letter) {
  EXPECT_EQ(initials_of("Anna Maria Berg-Holm"), "ambh");
  EXPECT_EQ(initials_of("张Anna"), "za");
  EXPECT_EQ(initials_of("  "), "");
  EXPECT_EQ(initials_of("Élise"), "é");
}

TEST(Initials, a_surname_that_is_read_differently_has_both_readings) {
  EXPECT_EQ(initials_of("曾国藩"), "zgf cgf");
  EXPECT_EQ(initials_of("单小明"), "sxm dxm");
  EXPECT_EQ(initials_of("解缙"), "xj jj");
  EXPECT_EQ(initials_of("李单"), "ld") << "only in front is it a surname";
}

TEST(Initials, broken_text_breaks_nothing) { EXPECT_EQ(initials_of("\xff\xfe"), "\xEF\xBF\xBD"); }

class FoundByInitials : public ::testing::Test {
 protected:
  std::vector<std::string> found(const std::string& words) {
    api::ListPeople::Request request;
    request.search = words;
    std::vector<std::string> names;
    const auto answer = world.call<api::ListPeople>(member, request);
    for (const auto& row : answer->rows) names.push_back(row.name);
    return names;
  }

  TestWorld world;
  PersonId wu = world.add_person("吴天明"), zeng = world.add_person("曾国藩"), berg = world.add_person("Anna Berg");
  Caller member = world.sign_in("Zoe Q", Role::member);
};

TEST_F(FoundByInitials, people_are_found_by_them_in_any_case) {
  EXPECT_EQ(found("wtm"), std::vector<std::string>{"吴天明"});
  EXPECT_EQ(found("WT"), std::vector<std::string>{"吴天明"});
  EXPECT_EQ(found("zgf"), std::vector<std::string>{"曾国藩"});
  EXPECT_EQ(found("cgf"), std::vector<std::string>{"曾国藩"});
  EXPECT_EQ(found("ab"), std::vector<std::string>{"Anna Berg"});
  EXPECT_TRUE(found("xyz").empty());
}

TEST_F(FoundByInitials, a_new_name_has_new_ones) {
  const Caller root = world.administrator();
  api::UpdatePerson::Request request;
  request.person = wu;
  request.version = world.call<api::ViewPerson>(root, {wu})->version;
  request.name = "吴亦凡";
  ASSERT_TRUE(world.call<api::UpdatePerson>(root, request));
  EXPECT_TRUE(found("wtm").empty());
  EXPECT_EQ(found("wyf"), std::vector<std::string>{"吴亦凡"});
}

TEST_F(FoundByInitials, the_sweep_makes_them_for_who_was_there_before) {
  world.change([](Work& work) { work.db.prepare("UPDATE people SET initials = NULL").run(); });
  EXPECT_TRUE(found("wtm").empty());
  class Endless final : public StepBudget {
    bool used_up() override { return false; }
  } endless;
  sweep(world.runner, world.env, endless);
  EXPECT_EQ(found("wtm"), std::vector<std::string>{"吴天明"});
}

TEST_F(FoundByInitials, signs_of_patterns_mean_themselves) {
  EXPECT_TRUE(found("w%").empty());
  EXPECT_TRUE(found("w_m").empty());
}

TEST_F(FoundByInitials, picking_names_those_asked_for_and_everybody_who_is_found) {
  const Caller root = world.administrator();
  ASSERT_TRUE(world.call<api::SetPersonActive>(root, {wu, world.call<api::ViewPerson>(root, {wu})->version, false}));
  const auto named = world.call<api::PickPeople>(member, {{wu, berg, PersonId{4711}}, {}, {}});
  ASSERT_TRUE(named) << named.reply.body;
  ASSERT_EQ(named->rows.size(), 2u);
  EXPECT_EQ(named->rows[0].name, "吴天明");
  EXPECT_FALSE(named->rows[0].active);
  const auto all = world.call<api::PickPeople>(member, {{}, "g", {}});
  ASSERT_EQ(all->rows.size(), 2u) << "Anna Berg by her name, 曾国藩 by his initials; the disabled are not picked";
  EXPECT_FALSE(all->more);
  const auto everybody = world.call<api::PickPeople>(member, {{}, "w", {}, true});
  ASSERT_EQ(everybody->rows.size(), 1u) << "who filters asks for those who have left, too";
  EXPECT_EQ(everybody->rows[0].person, wu);
  EXPECT_FALSE(everybody->rows[0].active);
}

TEST_F(FoundByInitials, a_whole_department_is_picked_with_what_is_below_it) {
  const auto north = world.add_department("North"), town = world.add_department("Town", north);
  const auto one = world.add_person("One", Role::member, north), two = world.add_person("Two", Role::member, town);
  const auto all = world.call<api::PickPeople>(member, {{}, {}, north});
  ASSERT_EQ(all->rows.size(), 2u);
  EXPECT_EQ(all->rows[0].person, one);
  EXPECT_EQ(all->rows[1].person, two);
  EXPECT_EQ(all->rows[1].department_name, "Town");
}

}  // namespace
}  // namespace tw::services
