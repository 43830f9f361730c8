// The board of allocation as a draft: what is given by hand stays in the plan until it is committed, can be moved and
// taken out again, is asked about where it overrides something, and survives a reload.
#include "client/views/draft_plan.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using domain::batch::ItemState;
using views::DraftPlan;

constexpr PersonId lili{10}, wu{11}, chen{13};

TEST(ADraftPlan, moves_what_was_given_to_somebody_else) {
  DraftPlan plan;
  ASSERT_TRUE(plan.give({{{{1}, {4}}, {{2}, {5}}, {{3}, {6}}}}, lili, false));
  ASSERT_TRUE(plan.give({{{{2}, {7}}}}, wu, true));
  EXPECT_EQ(plan.size(), 3);
  EXPECT_EQ(plan.given_to(lili), 2);
  EXPECT_EQ(plan.given_to(wu), 1);
  EXPECT_EQ(plan.find({2})->version.value, 7);
  EXPECT_EQ(plan.listed(), (std::vector<ItemId>{{1}, {3}, {2}})) << "by person";
  const auto entries = plan.entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_FALSE(entries[0].override_soft);
  EXPECT_EQ(entries[0].items.size(), 2u);
  EXPECT_TRUE(entries[1].override_soft);
  plan.take_out(std::vector<std::int64_t>{1, 2});
  EXPECT_EQ(plan.given_to(lili), 1);
  EXPECT_EQ(plan.given_to(wu), 0);
}

TEST(ADraftPlan, lets_what_was_confirmed_hold_for_what_was_given_then) {
  DraftPlan plan;
  ASSERT_TRUE(plan.give({{{{1}, {4}}, {{2}, {5}}}}, lili, false));
  ASSERT_TRUE(plan.give({{{{3}, {6}}}}, lili, true));
  ASSERT_TRUE(plan.give({{{{4}, {1}}}}, lili, false));
  EXPECT_FALSE(plan.find({1})->override_soft) << "nobody was asked about it";
  EXPECT_FALSE(plan.find({4})->override_soft);
  EXPECT_TRUE(plan.find({3})->override_soft);
  ASSERT_TRUE(plan.give({{{{3}, {6}}}}, lili, false));
  EXPECT_FALSE(plan.find({3})->override_soft) << "given again";
}

TEST(ADraftPlan, holds_no_more_than_a_request_may_carry_and_takes_nothing_by_half) {
  DraftPlan plan;
  std::vector<api::ItemVersion> many;
  for (std::int64_t i = 0; i < api::most_entries_by_hand; ++i) many.push_back({{i + 1}, {1}});
  ASSERT_TRUE(plan.give(many, lili, false));
  EXPECT_FALSE(plan.give({{{{5}, {1}}, {{200'000}, {1}}}}, wu, false));
  EXPECT_EQ(plan.size(), api::most_entries_by_hand);
  EXPECT_EQ(plan.find({5})->person, lili);
  EXPECT_TRUE(plan.give({{{{5}, {1}}}}, wu, false)) << "moving adds nobody";
}

TEST(ADraftPlan, is_read_again_as_it_was_written_and_for_nobody_else) {
  views::DraftPlans plans, read;
  ASSERT_TRUE(plans[7].give({{{{9}, {4}}, {{1'000'000}, {2}}}}, lili, false));
  ASSERT_TRUE(plans[7].give({{{{12}, {1}}}}, wu, true));
  ASSERT_TRUE(plans[8].give({{{{3}, {1}}}}, wu, false));
  const std::string words = views::words_of(plans, {1});
  ASSERT_TRUE(views::read_plans(words, {1}, read));
  EXPECT_EQ(views::words_of(read, {1}), words);
  EXPECT_TRUE(read[7].find({12})->override_soft);
  EXPECT_EQ(read[7].find({1'000'000})->version.value, 2);
  read.clear();
  EXPECT_FALSE(views::read_plans(words, {2}, read));
  EXPECT_TRUE(read.empty());
  for (std::size_t cut = 0; cut < words.size(); ++cut) {
    read.clear();
    if (!views::read_plans(words.substr(0, cut), {1}, read)) EXPECT_TRUE(read.empty()) << cut;
  }
}

class Board : public ::testing::Test {
 protected:
  void SetUp() override {
    canned.add_batch();
    canned.add_plan();
    state = batch_page(commands::BatchTab::allocate);
    canned.add_items(views::items_request(state), 5, ItemState::unassigned);
  }
  api::PlanAllocation::Response& plan() { return *canned.store.plan.find(7)->value; }
  api::ItemRow& row(std::size_t at) {
    auto& window = canned.store.items.open(store::Store::key_of(views::items_request(state)));
    return (*window.slot(0).rows.value)[at];
  }
  void give(std::int64_t item, PersonId person) {
    ASSERT_TRUE(state.draft().give({{{{item}, {1}}}}, person, false));
    canned.add_items(views::given_request(state, 0), 1, ItemState::unassigned);
  }
  ViewPage& page() {
    if (!page_) page_.emplace(canned, [this](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
    return *page_;
  }
  void drag(std::string_view customer, std::string_view person) {
    const a11y::Node from = page().get(Role::row, customer);
    const a11y::Node to = page().get(Role::group, person);
    canned.queue.take();
    page().drag(from, to);
  }

  // So many that most lanes are out of sight; those without a name of their own are "Member 7", "Member 8", ...
  void many_people() {
    api::BatchDetail& batch = *canned.store.batch.find(7)->value;
    for (std::int64_t n = static_cast<std::int64_t>(plan().people.size()); n < 60; ++n) {
      plan().people.push_back(plan().people[0]);
      plan().people.back().person = {1000 + n};
      plan().people.back().name = "Member " + std::to_string(n);
      batch.executors.push_back(batch.executors[0]);
      batch.executors.back().person = {1000 + n};
      batch.executors.back().name = plan().people.back().name;
    }
  }
  bool whole(std::string_view person) {  // with what it holds, and in sight
    for (const ui::DrawnWords& words : page().drawn())
      if (words.words == person) return true;
    return false;
  }

  // Commands that were pushed and not taken yet.
  template <class C>
  std::vector<C> pushed() const {
    std::vector<C> found;
    for (const commands::Command& command : canned.queue.waiting())
      if (const C* one = commands::get_command<C>(command)) found.push_back(*one);
    return found;
  }

  CannedStore canned;
  views::BatchPageState state;
  std::optional<ViewPage> page_;
};

TEST_F(Board, only_what_is_ticked_is_planned_until_everybody_is_again) {
  state.items.selection.keys = {row(1).item.value, row(3).item.value};
  page().click(a11y::Role::button, "Plan only these");
  page().frames(2);
  auto asked = pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].request.items, (std::vector<ItemId>{row(1).item, row(3).item}));
  EXPECT_FALSE(asked[0].request.selection);
  EXPECT_TRUE(state.items.selection.empty());
  EXPECT_TRUE(page().shows("Only the 2 selected customers are planned"));
  page().click(a11y::Role::button, "Commit plan");
  ASSERT_EQ(pushed<commands::AllocateItems>().size(), 1u);
  EXPECT_EQ(pushed<commands::AllocateItems>()[0].request.items.size(), 2u) << "what was shown is what is done";
  canned.queue.take();
  page().click(a11y::Role::button, "Plan everybody who waits");
  page().frames(2);
  asked = pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(asked[0].request.items.empty());
}

TEST_F(Board, all_of_the_query_is_planned_by_its_filter) {
  state.items.selection.all_of_query = true;
  state.items.selection.keys = {row(0).item.value};  // unticked again
  page().click(a11y::Role::button, "Plan only these");
  page().frames(2);
  const auto asked = pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 1u);
  ASSERT_TRUE(asked[0].request.selection);
  EXPECT_EQ(asked[0].request.selection->except, std::vector<ItemId>{row(0).item});
  EXPECT_TRUE(asked[0].request.items.empty());
}

TEST_F(Board, a_customer_dropped_on_a_person_goes_into_the_plan_with_the_version_on_the_screen) {
  drag("客户2", "陈曦");
  const auto given = pushed<commands::GiveByHand>();
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].person, chen);
  EXPECT_EQ(given[0].name, "陈曦");
  ASSERT_EQ(given[0].rows.size(), 1u);
  EXPECT_EQ(given[0].rows[0].item.value, 102);
  EXPECT_EQ(given[0].rows[0].version.value, 3);
  EXPECT_TRUE(pushed<commands::DesignateItems>().empty()) << "nothing is sent";
}

TEST_F(Board, everything_that_the_list_finds_is_carried_as_its_filter) {
  state.items.selection.all_of_query = true;
  state.items.selection.keys = {103};
  drag("客户2", "李莉");
  const auto given = pushed<commands::GiveByHand>();
  ASSERT_EQ(given.size(), 1u);
  EXPECT_TRUE(given[0].rows.empty());
  ASSERT_TRUE(given[0].selection);
  EXPECT_EQ(given[0].selection->states.size(), 3u);
  EXPECT_EQ(given[0].selection->except, std::vector<ItemId>{{103}});
}

TEST_F(Board, all_of_the_query_is_judged_by_what_is_here_and_the_rest_is_looked_at_first) {
  plan().people[3].room.reset();
  state.items.selection.all_of_query = true;
  row(1).barred = chen;
  const auto over = [&](std::string_view person) {
    page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, person));
    const std::string words = page().inside().drag ? page().inside().drag->words : std::string();
    canned.queue.take();
    page().release();
    page().frames(2);
    return words;
  };
  EXPECT_EQ(over("陈曦"), "陈曦 gave some of them up before: you will be asked");
  ASSERT_EQ(pushed<commands::OpenDialog>().size(), 1u);
  const auto opened = pushed<commands::OpenDialog>();
  const auto* asked = std::get_if<commands::Designate>(&opened[0].dialog);
  ASSERT_TRUE(asked && asked->all) << "the dialog asks about the query";
  state.items.selection.keys = {101};  // unticked: what is left nobody gave up
  EXPECT_EQ(over("陈曦"), "Can go to 陈曦");
  EXPECT_EQ(pushed<commands::GiveByHand>().size(), 1u);
  state.items.selection.keys.clear();
  row(1).barred = {};
  for (std::size_t i = 0; i < 5; ++i) row(i).do_not_contact = true;
  EXPECT_EQ(over("陈曦"), "None of them can be given to anybody now");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  for (std::size_t i = 0; i < 5; ++i) row(i).do_not_contact = false;
  canned.store.items.open(store::Store::key_of(views::items_request(state))).total.count = 12;
  EXPECT_EQ(over("陈曦"), "Can go to 陈曦; 7 customers that are not shown here are looked at first");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  EXPECT_EQ(pushed<commands::OpenDialog>().size(), 1u) << "whose plan names what stands in the way";
}

TEST_F(Board, while_all_of_the_query_is_carried_every_lane_shows_what_it_would_hold) {
  plan().people[3].room = 6;
  state.items.selection.all_of_query = true;
  state.items.selection.keys = {103};  // unticked again
  canned.store.items.open(store::Store::key_of(views::items_request(state))).total.count = 12'345;
  const auto meter = [&](std::string_view person) { return std::string(page().get(Role::meter, person).value); };
  EXPECT_EQ(meter("陈曦"), "34 → 64 / 40");
  EXPECT_TRUE(page().shows("holds 34 / 40"));
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "李莉"));
  EXPECT_EQ(meter("陈曦"), "34 → 12,378 / 40") << "also those on pages that are not here";
  EXPECT_TRUE(page().shows("holds 34 → 12,378 / 40"));
  EXPECT_TRUE(page().shows("holds 34 → 12,378")) << "of who has no cap";
  page().release();
  page().frames(2);
  EXPECT_EQ(meter("陈曦"), "34 → 64 / 40");
  EXPECT_FALSE(page().shows("holds 34 → 12,378 / 40"));
}

TEST_F(Board, what_a_lane_would_hold_counts_nobody_twice_who_is_in_its_plan_already) {
  for (const std::int64_t item : {100, 900, 901})  // two of them on no page that is here
    ASSERT_TRUE(state.draft().give({{{{item}, {1}}}}, chen, false));
  state.items.selection.all_of_query = true;
  canned.store.items.open(store::Store::key_of(views::items_request(state))).total.count = 50;
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  EXPECT_TRUE(page().shows("holds 34 → 84"));
  EXPECT_FALSE(page().shows("holds 34 → 87"));
  page().release();
  state.items.selection.keys = {901};  // stays with them
  page().frames(2);
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  EXPECT_TRUE(page().shows("holds 34 → 84")) << "49 and the one that is not carried";
}

TEST_F(Board, a_lane_that_would_refuse_promises_nothing) {
  state.left_out = {chen};
  state.items.selection.keys = {101, 102};
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  EXPECT_TRUE(page().shows("holds 34 → 36"));
  int promised = 0;
  for (const ui::DrawnWords& words : page().drawn()) promised += words.words == "holds 34 → 36";
  EXPECT_EQ(promised, static_cast<int>(plan().people.size()) - 1);
}

TEST_F(Board, more_than_a_draft_holds_is_refused_before_the_drop) {
  state.items.selection.all_of_query = true;
  auto& window = canned.store.items.open(store::Store::key_of(views::items_request(state)));
  window.total.count = api::most_entries_by_hand;
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  EXPECT_TRUE(page().inside().drag->accepted);
  page().release();
  page().frames(2);
  canned.queue.take();
  window.total.count = api::most_entries_by_hand + 1;
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  EXPECT_FALSE(page().inside().drag->accepted);
  EXPECT_EQ(page().inside().drag->words,
            "More than 100,000 by hand: narrow the search, or let a policy share them out");
  page().release();
  page().frames(2);
  EXPECT_TRUE(pushed<commands::OpenDialog>().empty());
}

TEST_F(Board, whom_nobody_may_contact_is_refused_before_the_drop_and_left_behind_among_others) {
  row(2).do_not_contact = true;
  page().drag_over(page().get(Role::row, "客户2"), page().get(Role::group, "陈曦"));
  ASSERT_TRUE(page().inside().drag);
  EXPECT_FALSE(page().inside().drag->accepted);
  EXPECT_EQ(page().inside().drag->words, "None of them can be given to anybody now");
  EXPECT_EQ(page().get(Role::group, "陈曦").description, page().inside().drag->words) << "what stands at the pointer";
  EXPECT_EQ(page().get(Role::group, "李莉").description, "");
  page().release();
  page().frames(2);
  EXPECT_EQ(page().get(Role::group, "陈曦").description, "");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  state.items.selection.keys = {101, 102};
  page().frames(2);
  drag("客户1", "陈曦");
  const auto given = pushed<commands::GiveByHand>();
  ASSERT_EQ(given.size(), 1u);
  ASSERT_EQ(given[0].rows.size(), 1u);
  EXPECT_EQ(given[0].rows[0].item.value, 101);
}

TEST_F(Board, over_a_cap_or_to_who_gave_it_up_it_is_asked_first) {
  plan().people[3].room = 0;
  drag("客户2", "陈曦");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  const auto opened = pushed<commands::OpenDialog>();
  ASSERT_EQ(opened.size(), 1u);
  const auto* asked = std::get_if<commands::Designate>(&opened[0].dialog);
  ASSERT_TRUE(asked);
  EXPECT_TRUE(asked->in_plan);
  EXPECT_EQ(asked->person, chen);
  EXPECT_EQ(asked->rows.size(), 1u);
  row(1).barred = lili;
  drag("客户1", "李莉");
  EXPECT_EQ(pushed<commands::OpenDialog>().size(), 1u);
  drag("客户1", "吴天明");
  EXPECT_EQ(pushed<commands::GiveByHand>().size(), 1u) << "only she gave it up";
}

TEST_F(Board, room_counts_what_was_given_by_hand_before) {
  plan().people[3].room = 1;
  give(104, chen);
  drag("客户2", "陈曦");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  EXPECT_EQ(pushed<commands::OpenDialog>().size(), 1u);
}

TEST_F(Board, to_who_is_absent_or_beyond_the_most_for_this_plan_it_is_asked_first) {
  plan().people[3].obstacles = {domain::allocation::Obstacle::absent};
  drag("客户2", "陈曦");
  EXPECT_TRUE(pushed<commands::GiveByHand>().empty());
  EXPECT_EQ(pushed<commands::OpenDialog>().size(), 1u);
  plan().people[3].obstacles.clear();
  canned.store.batch.find(7)->value->policy->terms.people = {{chen, std::nullopt, 1}};
  ++canned.store.batch.find(7)->value->policy->version.value;
  page().frames(2);
  drag("客户2", "陈曦");
  EXPECT_EQ(pushed<commands::GiveByHand>().size(), 1u) << "the one they may have";
  give(104, chen);
  drag("客户3", "陈曦");
  EXPECT_EQ(pushed<commands::OpenDialog>().size(), 1u);
}

TEST_F(Board, what_is_asked_first_goes_by_the_terms_on_the_board) {
  page().frames(2);
  state.terms_changed = true;
  state.terms.people = {{chen, std::nullopt, 0}};
  drag("客户2", "陈曦");
  const auto opened = pushed<commands::OpenDialog>();
  ASSERT_EQ(opened.size(), 1u);
  const auto& asked = std::get<commands::Designate>(opened[0].dialog);
  ASSERT_TRUE(asked.terms);
  EXPECT_EQ(asked.terms->at(0).person, chen);
  EXPECT_EQ(views::hand_request(asked, chen).people->at(0).most, 0);
  auto at_once = asked;
  at_once.in_plan = false;
  EXPECT_TRUE(views::hand_request(at_once, chen).people->empty());
}

TEST_F(Board, entries_by_hand_go_into_the_plan_and_into_the_commit) {
  give(102, chen);
  page().click(Role::button, "Commit plan");
  const auto committed = pushed<commands::AllocateItems>();
  ASSERT_EQ(committed.size(), 1u);
  ASSERT_EQ(committed[0].request.fixed.size(), 1u);
  EXPECT_EQ(committed[0].request.fixed[0].person, chen);
  EXPECT_EQ(committed[0].request.fixed[0].items[0].item.value, 102);
}

TEST_F(Board, a_plan_that_is_being_asked_for_anew_is_not_committed_in_between) {
  page().frames(2);
  EXPECT_FALSE(page().get(Role::button, "Commit plan").disabled);
  state.plan_again = true;  // as after a drop: the plan that stands there knows nothing of it
  page().frame();
  EXPECT_TRUE(page().get(Role::button, "Commit plan").disabled);
}

// While somebody imports a file, news come all the time.
TEST_F(Board, a_plan_that_is_only_refreshed_can_be_committed) {
  auto& asked = *canned.store.plan.find(7);
  const auto disabled = [&] {
    page().frames(2);
    return page().get(Role::button, "Commit plan").disabled;
  };
  ASSERT_FALSE(disabled());
  asked.ask();
  EXPECT_FALSE(disabled()) << "asked for the same once more";
  asked.answer(asked.asked, *asked);
  state.plan_again = true;
  page().frames(2);
  ASSERT_EQ(pushed<commands::MakePlan>().size(), 1u);
  asked.ask();
  EXPECT_TRUE(disabled()) << "asked for something else";
  asked.answer(asked.asked, *asked);
  EXPECT_FALSE(disabled());
}

TEST_F(Board, what_a_person_gets_by_hand_is_listed_and_taken_out_again) {
  give(100, chen);
  page().click(Role::button, "1 by hand");
  page().frames(3);
  EXPECT_TRUE(state.by_hand);
  EXPECT_EQ(state.by_hand_of, chen);
  ASSERT_NE(page().find(Role::grid, "By hand"), nullptr);
  page().focus(Role::row, "客户0");
  page().key(ui::Key::space);
  page().frames(2);
  page().click(Role::button, "Take out of the plan");
  page().frames(2);
  EXPECT_TRUE(state.draft().empty());
  EXPECT_EQ(page().said(), "1 customer taken out of the plan.");
  EXPECT_EQ(pushed<commands::MakePlan>().size(), 1u) << "and the plan follows";
}

TEST_F(Board, an_entry_is_carried_out_of_the_plan) {
  give(102, chen);
  page().focus(Role::row, "客户2");
  page().key(ui::Key::x, {.control = true});
  page().key(ui::Key::home);
  EXPECT_EQ(page().said(), "Back to those who wait: Back to those who wait. 1 of 8.");
  page().key(ui::Key::enter);
  page().frames(2);
  EXPECT_TRUE(state.draft().empty());
}

TEST_F(Board, a_changed_entry_stops_the_commit_until_it_is_kept_or_taken_out) {
  give(102, chen);
  give(103, lili);
  plan().changed = {{{102}, {9}}, {{103}, {0}}};
  state.by_hand = true;
  canned.add_items(views::given_request(state, 0), 2, ItemState::unassigned);
  page().click(Role::button, "Commit plan");
  EXPECT_TRUE(pushed<commands::AllocateItems>().empty());
  page().click(Role::button, "Keep them as they are now");
  EXPECT_EQ(state.draft().find({102})->version.value, 9);
  EXPECT_EQ(state.draft().find({103}), nullptr) << "it needs nobody any more";
  plan().changed = {{{102}, {11}}};
  page().frames(2);
  page().click(Role::button, "Take out of the plan");
  EXPECT_TRUE(state.draft().empty());
}

TEST_F(Board, every_lane_out_of_sight_is_reached_by_tab_and_stands_there_whole_then) {
  many_people();
  EXPECT_TRUE(whole("Member 7"));
  EXPECT_FALSE(whole("Member 59"));
  EXPECT_LT(page().count(Role::meter), 40) << "what cannot be seen is not drawn";
  page().focus(Role::checkbox, "李莉 takes part this time");
  for (std::size_t at = 0; at < plan().people.size(); ++at) {
    const std::string name = plan().people[at].name;
    ASSERT_NE(page().focused(), nullptr);
    ASSERT_EQ(page().focused()->name, name + " takes part this time");
    page().frames(2);
    EXPECT_TRUE(whole(name)) << "scrolled into sight";
    if (at + 1 < plan().people.size()) page().key(ui::Key::tab);
  }
}

TEST_F(Board, a_lane_out_of_sight_takes_part_or_not_when_a_screen_reader_says_so) {
  many_people();
  give(101, {1058});
  page().activate(Role::checkbox, "Member 59 takes part this time");
  page().frames(2);
  EXPECT_EQ(state.left_out, (std::vector<PersonId>{{1059}}));
  page().activate(Role::button, "1 by hand");
  page().frames(2);
  EXPECT_EQ(state.by_hand_of, (PersonId{1058}));
}

TEST_F(Board, who_takes_no_part_is_in_no_plan_and_stays_to_be_taken_in_again) {
  page().click(Role::checkbox, "陈曦 takes part this time");
  std::erase_if(plan().people, [](const api::PlannedPerson& one) { return one.person == chen; });
  page().frames(2);
  page().get(Role::group, "陈曦");
  page().click(Role::checkbox, "陈曦 takes part this time");
  EXPECT_TRUE(state.left_out.empty());
}

TEST_F(Board, a_plan_is_neither_asked_for_nor_committed_while_nobody_takes_part) {
  for (const api::BatchPerson& one : canned.store.batch.find(7)->value->executors) state.left_out.push_back(one.person);
  state.plan_again = true;
  page().frames(2);
  EXPECT_TRUE(pushed<commands::MakePlan>().empty());
  EXPECT_FALSE(page().find(Role::button, "Commit plan"));
  EXPECT_TRUE(page().shows("Nobody takes part: there is nothing to plan."));
}

TEST_F(Board, what_the_keyboard_carries_reaches_the_lanes_out_of_sight) {
  many_people();
  page().focus(Role::row, "客户2");
  page().key(ui::Key::x, {.control = true});
  page().key(ui::Key::end);
  page().frames(2);
  EXPECT_TRUE(whole("Member 59"));
  page().key(ui::Key::enter);
  page().frames(2);
  const auto given = pushed<commands::GiveByHand>();
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].person.value, 1059);
}

}  // namespace
}  // namespace tw::test
