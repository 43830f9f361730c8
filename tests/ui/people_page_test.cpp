// The list of people: what it hides it says, and shows when asked.
#include <gtest/gtest.h>

#include "client/views/people.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

struct PeoplePage : ::testing::Test {
  void open() {
    auto people = *canned.store.people;
    people[4].active = false;
    canned.store.people.answer(canned.store.people.ask(), people);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_people(ui, canned.store, state); });
  }
  CannedStore canned{domain::access::Role::administrator};
  views::PeopleState state;
  std::optional<ViewPage> page;
};

TEST_F(PeoplePage, says_that_it_hides_some_and_shows_all_when_asked) {
  state.search = state.search_draft = "吴";
  open();
  EXPECT_TRUE(page->shows("1 person shown, 6 hidden"));
  page->click(Role::button, "Show all");
  const auto pushed = canned.pushed<commands::Go>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].path, "/people?disabled=1");
}

TEST_F(PeoplePage, says_so_too_where_only_disabled_people_are_hidden_and_nothing_where_nobody_is) {
  open();
  EXPECT_TRUE(page->shows("6 people shown, 1 hidden"));
  state.shows_disabled = true;
  page->frames(2);
  EXPECT_EQ(page->find(Role::button, "Show all"), nullptr);
}

TEST(PersonDialog, offers_members_what_managers_may_anyway) {
  CannedStore canned{domain::access::Role::administrator};
  canned.add_everything();
  views::PersonDraft draft;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_person_dialog(ui, canned.store, 1, {}, draft); });
  page.frames(2);
  page.click(Role::checkbox, "May make batch tasks");
  EXPECT_TRUE(draft.may_create_batches);
  draft.name = draft.login = "dora";
  page.frames(2);
  page.click(Role::button, "Add and invite");
  const auto added = canned.pushed<commands::AddPerson>();
  ASSERT_EQ(added.size(), 1u);
  EXPECT_TRUE(added[0].request.may_create_batches);
  draft.role = static_cast<int>(domain::access::Role::manager);
  page.frames(2);
  EXPECT_EQ(page.find(Role::checkbox, "May make batch tasks"), nullptr);
}

}  // namespace
}  // namespace tw::test
