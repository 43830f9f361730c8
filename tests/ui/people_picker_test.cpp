// The people picker: by name, by group, by hand and by key.
#include "client/views/people_picker.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "client/commands/commands.h"
#include "imgui.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

using a11y::Role;
using a11y::Tri;

class PeoplePicker : public ::testing::Test {
 protected:
  void open() {
    harness.draw([this](ui::Ui& ui) {
      ui.set_commands(&canned.queue);
      views::person_picker(ui, "people", "Executors", canned.store, chosen, state);
      for (auto& command : canned.queue.take()) pushed.push_back(std::move(command));
    });
  }
  template <class C>
  std::vector<C> asked() {
    std::vector<C> found;
    for (const auto& command : pushed)
      if (const C* one = commands::get_command<C>(command)) found.push_back(*one);
    return found;
  }
  void groups() { harness.click(Role::radio, "Groups"); }
  const a11y::Node& search() { return harness.get(Role::combo_box, "Executors: search by name or initials"); }
  void answer(const std::string& words, std::vector<api::PersonRow> rows) {
    api::ListPeople::Request request;
    request.search = words;
    request.active = true;
    auto& remote = canned.store.found_people[store::Store::key_of(request)];
    store::FoundPeople found;
    found.total = {static_cast<std::int64_t>(rows.size()), true};
    for (const auto& row : rows) canned.store.learn({row.person, row.name, {}, true});
    found.rows = std::move(rows);
    remote.answer(remote.ask(), std::move(found));
  }
  static api::PersonRow person(std::int64_t id, std::string name) {
    api::PersonRow row;
    row.person = {id};
    row.name = std::move(name);
    return row;
  }

  storybook::CannedStore canned{domain::access::Role::manager};
  Harness harness{{600, 800}};
  std::vector<PersonId> chosen{};
  views::PickerState state{};
  std::vector<commands::Command> pushed{};
};

TEST_F(PeoplePicker, a_press_chooses_and_another_takes_out_again) {
  open();
  harness.activate(Role::option, "吴天明");
  EXPECT_EQ(chosen, std::vector<PersonId>{PersonId{11}});
  EXPECT_EQ(harness.get(Role::option, "吴天明").checked, Tri::yes);
  EXPECT_NE(harness.find(Role::button, "Take out 吴天明"), nullptr);
  harness.activate(Role::option, "吴天明");
  EXPECT_TRUE(chosen.empty());
}

TEST_F(PeoplePicker, a_chip_takes_its_person_out) {
  chosen = {{11}, {12}};
  open();
  harness.activate(Role::button, "Take out 吴天明");
  EXPECT_EQ(chosen, std::vector<PersonId>{PersonId{12}});
}

TEST_F(PeoplePicker, a_group_adds_its_active_people_at_once_and_takes_them_out_again) {
  chosen = {{16}};
  open();
  groups();
  const auto& group = harness.get(Role::option, "华东续约项目组");
  EXPECT_EQ(group.checked, Tri::no);
  EXPECT_EQ(group.description, "4 people: 李莉, 吴天明, 赵路, 陈曦") << "who is meant; Anna Berg is disabled";
  harness.activate(Role::option, "华东续约项目组");
  EXPECT_EQ(chosen, (std::vector<PersonId>{{16}, {10}, {11}, {12}, {13}}));
  EXPECT_EQ(harness.get(Role::option, "华东续约项目组").checked, Tri::yes);
  EXPECT_EQ(harness.get(Role::option, "展会跟进").checked, Tri::mixed) << "some of them are chosen";
  harness.activate(Role::option, "华东续约项目组");
  EXPECT_EQ(chosen, std::vector<PersonId>{PersonId{16}});
}

TEST_F(PeoplePicker, a_group_that_is_half_chosen_is_completed_first) {
  chosen = {{13}};
  open();
  groups();
  harness.activate(Role::option, "华东续约项目组");
  EXPECT_EQ(chosen.size(), 4u);
}

TEST_F(PeoplePicker, who_is_in_a_group_shows_under_the_pointer_and_under_a_resting_finger) {
  open();
  groups();
  // Tips stand over everything, on a list of their own.
  const auto shows_names = [] { return ImGui::GetForegroundDrawList()->VtxBuffer.Size > 0; };
  const auto& group = harness.get(Role::option, "华东续约项目组");
  const ui::Point middle{group.x + group.w / 2, group.y + group.h / 2};
  EXPECT_FALSE(shows_names());
  harness.move_to(middle);
  harness.wait(0.7);
  EXPECT_TRUE(shows_names());
  harness.move_to({1, 790});
  harness.wait(0.2);
  EXPECT_FALSE(shows_names());
  harness.finger_down(middle);
  harness.wait(0.7);
  EXPECT_TRUE(shows_names());
  harness.finger_up();
  EXPECT_TRUE(chosen.empty()) << "a finger that rests looks; it does not choose";
}

TEST_F(PeoplePicker, who_is_in_a_group_shows_while_the_keyboard_stands_on_it) {
  open();
  groups();
  harness.move_to({1, 790});
  harness.wait(0.2);
  // Tips stand over everything, on a list of their own: below the group that they belong to.
  const auto tip_below = [this](std::string_view group) {
    const auto& option = harness.get(Role::option, group);
    float top = 1e9f;
    for (const ImDrawVert& corner : ImGui::GetForegroundDrawList()->VtxBuffer) top = std::min(top, corner.pos.y);
    return std::abs(top - (option.y + option.h + 6)) < 3;
  };
  EXPECT_EQ(ImGui::GetForegroundDrawList()->VtxBuffer.Size, 0);
  harness.focus(Role::combo_box, search().name);
  for (int i = 0; i < 4 && search().active != harness.get(Role::option, "华东续约项目组").id; ++i)
    harness.key(ui::Key::down);
  ASSERT_EQ(search().active, harness.get(Role::option, "华东续约项目组").id);
  harness.wait(0.7);
  EXPECT_TRUE(tip_below("华东续约项目组"));
  for (int i = 0; i < 4 && search().active != harness.get(Role::option, "展会跟进").id; ++i) harness.key(ui::Key::down);
  harness.wait(0.7);
  EXPECT_TRUE(tip_below("展会跟进"));
  EXPECT_FALSE(tip_below("华东续约项目组"));
  EXPECT_TRUE(chosen.empty()) << "standing on it chooses nobody";
}

TEST_F(PeoplePicker, arrows_and_enter_choose_and_the_field_is_free_for_the_next_name) {
  open();
  answer("wtm", {person(11, "吴天明")});
  harness.focus(Role::combo_box, search().name);
  harness.key(ui::Key::down);
  EXPECT_EQ(search().active, harness.get(Role::option, "吴天明").id);
  harness.key(ui::Key::enter);
  EXPECT_EQ(chosen, std::vector<PersonId>{PersonId{11}});
  harness.key(ui::Key::enter);
  EXPECT_TRUE(chosen.empty());
  harness.type("wtm");
  harness.key(ui::Key::enter);
  harness.frames(4);
  EXPECT_EQ(chosen, std::vector<PersonId>{PersonId{11}}) << "Enter does not wait for the pause";
  EXPECT_EQ(search().value, "");
}

TEST_F(PeoplePicker, what_is_typed_is_asked_of_the_server_when_typing_pauses) {
  open();
  harness.focus(Role::combo_box, search().name);
  harness.type("zh");
  EXPECT_TRUE(asked<commands::FindPeople>().empty());
  harness.info().now = harness.info().now + Millis{300};
  harness.frames(2);
  ASSERT_FALSE(asked<commands::FindPeople>().empty());
  const auto request = asked<commands::FindPeople>().back().request;
  EXPECT_EQ(request.search, "zh");
  EXPECT_EQ(request.active, true);
  EXPECT_NE(harness.find(Role::option, "吴天明"), nullptr) << "what was there stays until the answer";
}

TEST_F(PeoplePicker, everybody_who_is_found_is_chosen_at_once_when_the_server_has_named_them) {
  open();
  harness.activate(Role::button, "Choose all 7");
  ASSERT_EQ(asked<commands::PickPeople>().size(), 1u);
  EXPECT_TRUE(chosen.empty());
  api::PickPeople::Response all;
  for (int i = 0; i < 7; ++i) all.rows.push_back({{10 + i}, "P", {}, true});
  canned.store.picked_key = asked<commands::PickPeople>().front().key;
  canned.store.picked.answer(canned.store.picked.ask(), all);
  harness.frames(2);
  EXPECT_EQ(chosen.size(), 7u);
}

TEST_F(PeoplePicker, the_next_page_is_a_row_like_others) {
  api::ListPeople::Request first;
  first.active = true;
  store::FoundPeople found;
  found.rows = {person(11, "吴天明")};
  found.next = "11:x";
  found.total = {1200, true};
  auto& remote = canned.store.found_people[store::Store::key_of(first)];
  remote.answer(remote.ask(), found);
  open();
  harness.activate(Role::option, "Show more (1,199 left)");
  ASSERT_EQ(asked<commands::FindPeople>().size(), 1u);
  EXPECT_EQ(asked<commands::FindPeople>().front().request.after, "11:x");
}

TEST_F(PeoplePicker, names_of_those_who_were_chosen_elsewhere_are_asked_for) {
  chosen = {{4711}};
  open();
  ASSERT_FALSE(asked<commands::NamePeople>().empty());
  EXPECT_EQ(asked<commands::NamePeople>().front().people, std::vector<PersonId>{PersonId{4711}});
}

TEST(PeoplePickerOfAdministrators, promises_logins_to_whom_the_server_lets_search_them) {
  for (const auto role : {domain::access::Role::manager, domain::access::Role::administrator}) {
    storybook::CannedStore canned{role};
    Harness harness{{600, 800}};
    std::vector<PersonId> chosen;
    views::PickerState state;
    harness.draw([&](ui::Ui& ui) {
      ui.set_commands(&canned.queue);
      views::person_picker(ui, "people", "Executors", canned.store, chosen, state);
      canned.queue.take();
    });
    const bool logins = role == domain::access::Role::administrator;
    EXPECT_EQ(harness.find(Role::combo_box, "Executors: search by name, login or initials") != nullptr, logins);
    EXPECT_EQ(harness.find(Role::combo_box, "Executors: search by name or initials") != nullptr, !logins);
  }
}

TEST(PersonSelect, one_replaces_the_other) {
  storybook::CannedStore canned{domain::access::Role::manager};
  Harness harness{{600, 800}};
  PersonId owner{10};
  views::PickerState state;
  harness.draw([&](ui::Ui& ui) {
    ui.set_commands(&canned.queue);
    views::person_select(ui, "owner", "Owner", canned.store, owner, state);
    canned.queue.take();
  });
  harness.activate(Role::option, "赵路");
  EXPECT_EQ(owner, PersonId{12});
  EXPECT_EQ(harness.find(Role::radio, "Groups"), nullptr);
  harness.activate(Role::button, "Take out 赵路");
  EXPECT_FALSE(owner);
}

}  // namespace
}  // namespace tw::test
