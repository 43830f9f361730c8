// Everything that a batch's list finds: what is offered on it, what is sent for it, and what is told when it has ended.
#include <gtest/gtest.h>

#include "client/commands/execute.h"
#include "client/ui/overlay.h"
#include "client/ui/text.h"
#include "client/views/batch.h"
#include "client/views/customers.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"
#include "support/ui/hearing_host.h"

namespace tw::test {
namespace {

using a11y::Role;
using commands::BatchTab;
using domain::allocation::Obstacle;
using domain::batch::Action;
using domain::batch::ItemState;

class WholeSelection : public ::testing::Test {
 protected:
  CannedStore canned;
  views::BatchPageState state;
  Harness page{{1440, 900}};

  // Of `total` items the first five are here.
  void open(BatchTab tab, ItemState first_rows, api::StateCounts counts, std::int64_t total) {
    canned.add_batch();
    canned.store.batch.find(7)->value->summary.counts = counts;
    state = batch_page(tab);
    const api::QueryItems::Request request = views::items_request(state);
    canned.add_items(request, 5, first_rows);
    canned.store.items.open(store::Store::key_of(request)).total.count = total;
    (tab == BatchTab::confirm ? state.confirm : state.items).selection.all_of_query = true;
    page.ui().set_commands(&canned.queue);
    page.draw([this](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  }
  commands::ChangeSelection press(std::string_view button) {
    page.click(Role::button, button);
    for (const auto& one : canned.pushed<commands::OpenDialog>())
      if (const auto* change = std::get_if<commands::ChangeSelection>(&one.dialog)) return *change;
    ADD_FAILURE() << "no dialog about the whole selection";
    return {};
  }
};

TEST_F(WholeSelection, is_changed_as_a_query_of_the_states_that_allow_it_without_what_was_unticked) {
  open(BatchTab::items, ItemState::executing, {45'000, 200, 11, 0, 0, 0}, 45'211);
  EXPECT_EQ(page.find(Role::button, "Reset  5"), nullptr) << "not only what is loaded";
  commands::ChangeSelection change = press("Reset  211");
  EXPECT_EQ(change.request.batch.value, 7);
  EXPECT_EQ(change.request.action, Action::reset);
  EXPECT_EQ(change.request.selection.states, (std::vector<ItemState>{ItemState::executing, ItemState::completed}));
  EXPECT_TRUE(change.request.selection.except.empty());
  EXPECT_FALSE(change.at_most);
  page.click(Role::checkbox, "Select 客户3");
  page.frames(2);
  EXPECT_NE(page.find(Role::region, "45,210 selected (1 left out)"), nullptr);
  change = press("Reset");  // nobody here knows in which state the other is
  ASSERT_EQ(change.request.selection.except.size(), 1u);
  EXPECT_EQ(change.request.selection.except[0].value, 103);
  EXPECT_TRUE(change.at_most);
}

TEST_F(WholeSelection, of_the_confirm_tab_counts_exactly_those_that_are_completed) {
  open(BatchTab::confirm, ItemState::completed, {9, 9, 1'204, 9, 9, 9}, 1'204);
  page.click(Role::checkbox, "Select 客户3");
  page.frames(2);
  const commands::ChangeSelection change = press("Confirm  1,203");
  EXPECT_EQ(change.request.action, Action::confirm);
  EXPECT_EQ(change.request.selection.states, std::vector<ItemState>{ItemState::completed});
  EXPECT_EQ(change.request.selection.except.size(), 1u);
  EXPECT_EQ(change.count, 1'203);
  EXPECT_FALSE(change.at_most);
}

TEST_F(WholeSelection, of_a_short_list_is_its_rows_with_their_versions) {
  open(BatchTab::confirm, ItemState::completed, {0, 0, 5, 0, 0, 0}, 5);
  page.click(Role::button, "Confirm  5");
  const auto pushed = canned.pushed<commands::ConfirmItems>();
  ASSERT_EQ(pushed.size(), 1u);
  ASSERT_EQ(pushed[0].request.rows.size(), 5u);
  EXPECT_EQ(pushed[0].request.rows[4].version.value, 5);
}

TEST_F(WholeSelection, is_given_to_a_person_over_the_limits_that_were_ticked_and_no_others) {
  canned.add_batch();
  views::SelectionDraft draft;
  commands::ChangeSelection what;
  what.request.batch = {7};
  what.request.action = Action::designate;
  what.at_most = true;
  what.request.selection.states = {ItemState::unassigned};
  what.request.selection.except = {{103}};
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_change_selection_dialog(ui, canned.store, 9, what, draft); });
  EXPECT_TRUE(page.shows("That many at most: only those whose state allows it change."));
  page.click(Role::button, "Assign");
  EXPECT_TRUE(canned.pushed<commands::ChangeSelectedItems>().empty()) << "to whom?";
  draft.person = {10};
  page.activate(Role::checkbox, "at the holding cap");
  page.frames(2);
  page.click(Role::button, "Assign");
  const auto pushed = canned.pushed<commands::ChangeSelectedItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].form, 9u);
  EXPECT_EQ(pushed[0].request.action, Action::designate);
  EXPECT_EQ(pushed[0].request.executor.value, 10);
  EXPECT_EQ(pushed[0].request.confirmed, std::vector<Obstacle>{Obstacle::over_holding_cap});
  EXPECT_EQ(json::encode(pushed[0].request.selection), json::encode(what.request.selection));
}

TEST_F(WholeSelection, is_returned_only_with_a_reason) {
  canned.add_batch();
  views::SelectionDraft draft;
  commands::ChangeSelection what;
  what.request.batch = {7};
  what.request.action = Action::send_back;
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_change_selection_dialog(ui, canned.store, 9, what, draft); });
  page.click(Role::button, "Return");
  EXPECT_TRUE(canned.pushed<commands::ChangeSelectedItems>().empty());
  draft.reason = " once more ";
  page.frames(2);
  page.click(Role::button, "Return");
  const auto pushed = canned.pushed<commands::ChangeSelectedItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.reason, "once more");
}

// --- rows that leave -------------------------------------------------------------------------------------------------

// The first page again, without some of its rows.
template <class Row, class Keep>
void answer_again(store::Window<Row>& window, std::int64_t total, Keep keep) {
  std::vector<Row> rows;
  window.each([&](const Row& row) {
    if (keep(row)) rows.push_back(row);
  });
  window.answered(0, window.slot(0).rows.ask(), rows, {}, api::Total{total, true});
}

TEST_F(WholeSelection, of_named_rows_forgets_those_that_changed_and_left_however_long_the_list) {
  open(BatchTab::confirm, ItemState::completed, {0, 0, 250, 0, 0, 0}, 250);
  ui::Selection& selection = state.confirm.selection;
  selection.all_of_query = false;
  selection.keys = {101, 103, 104};
  auto& window = *canned.store.items.find(store::Store::key_of(views::items_request(state)));
  const std::vector<api::ItemRow> before = **&window.slot(0).rows;
  canned.store.happened(EventKind::item_changed, 103);
  page.frames(2);
  EXPECT_EQ(selection.keys.size(), 3u) << "until the list has been asked again, nothing is known";
  answer_again(window, 249, [](const api::ItemRow& row) { return row.item.value != 103 && row.item.value != 104; });
  page.frames(2);
  EXPECT_EQ(selection.keys, (std::set<std::int64_t>{101, 104})) << "104 may stand on another page";
  window.answered(0, window.slot(0).rows.ask(), before, {}, api::Total{250, true});
  page.frames(2);
  EXPECT_EQ(page.get(Role::checkbox, "Select 客户3").checked, a11y::Tri::no) << "it came back";
  answer_again(window, 4, [](const api::ItemRow& row) { return row.item.value != 104; });
  page.frames(2);
  EXPECT_EQ(selection.keys, (std::set<std::int64_t>{101})) << "a list that is here whole can tell of all";
}

TEST(CustomersSelection, forgets_those_that_changed_and_left_and_of_a_whole_list_all_that_left) {
  CannedStore canned;
  views::CustomersState state;
  const std::string list = store::Store::key_of(views::request_of(canned.store, state));
  canned.add_customers(views::request_of(canned.store, state), 300);
  state.table.selection.keys = {2, 3, 4};
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  auto& window = *canned.store.customers.find(list);
  canned.store.happened(EventKind::customer_changed, 3);
  answer_again(window, 299, [](const api::CustomerRow& row) { return row.customer.value < 3; });
  page.frames(2);
  EXPECT_EQ(state.table.selection.keys, (std::set<std::int64_t>{2, 4}));
  answer_again(window, 2, [](const api::CustomerRow&) { return true; });
  page.frames(2);
  EXPECT_EQ(state.table.selection.keys, (std::set<std::int64_t>{2}));
}

TEST(WhatChanged, is_forgotten_with_the_session_and_bounded_while_it_lasts) {
  CannedStore canned;
  for (std::int64_t id = 1; id <= 10'001; ++id) canned.store.happened(EventKind::item_changed, id);
  EXPECT_EQ(canned.store.changed_items, std::set<std::int64_t>{10'001});
  canned.store.happened(EventKind::customer_changed, 5);
  canned.store.signed_out();
  EXPECT_TRUE(canned.store.changed_items.empty());
  EXPECT_TRUE(canned.store.changed_customers.empty());
}

// --- what became of it -----------------------------------------------------------------------------------------------

api::OperationView ended(api::OperationKind kind, std::vector<api::OutcomeCount> outcomes, PersonId actor) {
  api::OperationView view;
  view.operation = {5};
  view.kind = kind;
  view.state = api::OperationState::done;
  view.batch = {7};
  view.actor = actor;
  view.outcomes = std::move(outcomes);
  return view;
}

TEST(ChangeSelectedItems, is_watched_and_its_end_is_told_once) {
  CannedStore canned;
  HearingHost host;
  commands::Executor executor(canned.store, host);
  commands::Queue queue;
  commands::ChangeSelectedItems change;
  change.form = 9;
  change.request.batch = {7};
  queue.push(change);
  for (const commands::Command& command : queue.take()) executor.execute(command);
  ASSERT_EQ(canned.transport.sent.size(), 1u);
  EXPECT_EQ(canned.transport.sent[0].path, "/api/v1/batches/7/items/change");
  canned.transport.answer(0, 202, R"({"operation":5})");
  EXPECT_EQ(host.accepted, std::vector<commands::FormId>{9}) << "the selection is forgotten";
  EXPECT_EQ(canned.store.watched.count(5), 1u);
  const std::string done = json::encode(ended(api::OperationKind::change_items, {{"done", 3}}, canned.store.me()));
  canned.store.load_operation({5});
  canned.transport.answer(1, 200, done);
  EXPECT_EQ(canned.store.take_ended().size(), 1u);
  canned.store.watch({5});  // a batch that was asked before
  canned.store.load_operation({5});
  canned.transport.answer(2, 200, done);
  EXPECT_TRUE(canned.store.take_ended().empty());
}

TEST(AnOperation, of_somebody_else_is_not_told) {
  CannedStore canned;
  canned.store.watch({5});
  canned.store.load_operation({5});
  canned.transport.answer(
      0, 200, json::encode(ended(api::OperationKind::allocate, {{"assigned", 3}}, {canned.store.me().value + 1})));
  EXPECT_TRUE(canned.store.take_ended().empty());
}

TEST(AnOperation, tells_how_many_rows_met_which_fate) {
  const HearingHost host;
  using api::OperationKind;
  commands::Notice told =
      commands::outcome_of(ended(OperationKind::change_items, {{"done", 45'200}, {"conflict", 10}}, {}), host);
  EXPECT_EQ(host.say(told), "Items changed: 45,200 changed, 10 changed meanwhile or not possible.");
  EXPECT_EQ(told.outcome, commands::Outcome::warning);
  told = commands::outcome_of(
      ended(OperationKind::add_to_batch, {{"added", 1'000}, {"already_in", 4}, {"do_not_contact", 0}}, {}), host);
  EXPECT_EQ(host.say(told), "Customers added: 1,000 added, 4 already in it.");
  EXPECT_EQ(told.outcome, commands::Outcome::done);
  api::OperationView broke = ended(OperationKind::allocate, {{"assigned", 3}, {"over_holding_cap", 2}}, {});
  broke.state = api::OperationState::failed;
  broke.problem = "error.gone";
  told = commands::outcome_of(broke, host);
  EXPECT_EQ(host.say(told), "It could not be finished. " + host.words("error.gone", {}) +
                                " Until then: 3 assigned, 2 over the holding cap.");
  EXPECT_EQ(told.outcome, commands::Outcome::warning);
}

// Every word that a long operation can count has a name in both languages.
TEST(AnOperation, has_words_for_every_fate) {
  for (const char* language : {"en", "zh-CN"}) {
    const Catalog catalog =
        Catalog::read(language, read_file("assets/i18n/" + std::string(language) + ".json")).value();
    std::vector<std::string> fates = {"added",     "already_in", "in_other_batch", "gone",
                                      "not_found", "excepted",   "assigned",       "ended"};
    for (const auto& one : wire_names(api::RowResult{})) fates.emplace_back(one.name);
    for (const auto& one : wire_names(Obstacle{})) fates.emplace_back(one.name);
    for (const std::string& fate : fates) EXPECT_TRUE(catalog.has("outcome." + fate)) << language << ' ' << fate;
  }
}

// --- on a phone ------------------------------------------------------------------------------------------------------

bool is_whole(Harness& page, const ui::DrawnWords& words) {
  const ui::Weight weight = words.semibold ? ui::Weight::semibold : ui::Weight::regular;
  return page.inside().width(words.words, 14, weight) <= words.rect.w + 1;
}

TEST(BatchOnAPhone, has_its_tabs_in_one_line_and_the_sentence_of_the_plan_whole) {
  for (const char* language : {"zh-CN", "en"}) {
    CannedStore canned;
    canned.add_batch();
    canned.add_plan();
    views::BatchPageState state = batch_page(BatchTab::allocate);
    ViewPage page(
        canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); }, {390, 844}, language);
    float line = -1;
    int tabs = 0;
    for (const a11y::Node& node : page.tree().nodes()) {
      if (node.role != Role::tab) continue;
      ++tabs;
      if (line < 0) line = node.y;
      EXPECT_EQ(node.y, line) << language << ' ' << node.name;
      EXPECT_LE(node.x + node.w, 390) << language << ' ' << node.name;
    }
    EXPECT_EQ(tabs, 5);
    const std::string sentence = language == std::string("en") ? "218 → " : "218 个客户 → ";
    bool drawn = false;
    for (const ui::DrawnWords& words : page.drawn()) {
      if (words.words.rfind(sentence, 0) != 0) continue;
      drawn = true;
      EXPECT_TRUE(is_whole(page, words)) << words.words;
    }
    EXPECT_TRUE(drawn);
  }
}

TEST(AMessage, offers_its_action_over_a_dialog_too) {
  Harness page;
  ui::ToastEvent event;
  bool behind = false;
  page.draw([&](ui::Ui& ui) {
    behind = behind || ui::button(ui, "behind", "Behind");
    ui::dialog(ui, "dialog", {.title = "A dialog", .close_name = "Close it"}, [] {});
    const ui::ToastEvent now =
        ui::toasts(ui, "Close", {{.id = 7, .words = "Ended.", .action = "Undo", .tone = ui::Tone::neutral}});
    if (now.action) event = now;
  });
  page.activate(a11y::Role::button, "Behind");
  page.frames(2);
  EXPECT_FALSE(behind);
  page.activate(a11y::Role::button, "Undo");
  page.frames(2);
  EXPECT_EQ(event.id, 7);
}

TEST(AMessage, that_is_longer_than_a_line_wraps) {
  Harness page({390, 844});
  const std::string said =
      "Customers added: 45,211 added, 1,204 already in it, 31 not to be contacted, 12 with a wrong number.";
  page.draw([&](ui::Ui& ui) {
    ui::toasts(ui, "Close", {{.id = 1, .words = said, .action = {}, .tone = ui::Tone::neutral}});
  });
  int lines = 0;
  for (const ui::DrawnWords& words : page.drawn()) {
    if (said.find(words.words) == std::string::npos) continue;
    ++lines;
    EXPECT_TRUE(is_whole(page, words)) << words.words;
    EXPECT_LE(words.rect.bottom(), 844);
  }
  EXPECT_GE(lines, 2);
  EXPECT_TRUE(page.shows(said));
}

}  // namespace
}  // namespace tw::test
