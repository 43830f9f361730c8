// The right side of the board of allocation: a lane for each executor, with what they hold and what the plan gives
// them. What is carried is judged by each lane, which shows before the drop what it would hold then.
#include "client/views/batch_lanes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/ui/capacity.h"
#include "client/ui/drag.h"
#include "client/ui/format.h"
#include "client/views/words.h"
#include "domain/allocation/policy.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::PlannedPerson;
using domain::allocation::Obstacle;
using ui::text;
using Plan = api::PlanAllocation::Response;

namespace {

using Rows = store::Window<api::ItemRow>;

bool takes_no_part(const BatchPageState& state, PersonId person) {
  return std::find(state.left_out.begin(), state.left_out.end(), person) != state.left_out.end();
}

// What dropping would mean, as far as the page knows: the plan that follows looks at everything.
struct Drop {
  std::int64_t count = 0;
  std::int64_t by_hand = 0;  // in the draft plan for this person then
  bool over_cap = false, over_plan = false, barred = false, absent = false, unseen = false;
  bool asks() const { return over_cap || over_plan || barred || absent || unseen; }
};

std::optional<std::int64_t> most_of(const BatchPageState& state, PersonId person) {
  for (const api::PlanOverride& one : state.terms.people)
    if (one.person == person) return one.most;
  return std::nullopt;
}

Drop drop_of(const BatchPageState& state, const PlannedPerson& person) {
  const Carried& carried = state.carried;
  Drop drop{.count = carried.count - carried.blocked,
            .barred = carried.barred.count(person.person) != 0,
            .unseen = carried.unseen > 0};
  const auto here_already = carried.given.find(person.person);
  drop.by_hand = drop.count + state.draft().given_to(person.person) -
                 (here_already == carried.given.end() ? 0 : here_already->second);
  drop.over_cap = person.room && *person.room < drop.by_hand;
  const auto most = most_of(state, person.person);
  drop.over_plan = most && *most < drop.by_hand;
  drop.absent = std::find(person.obstacles.begin(), person.obstacles.end(), Obstacle::absent) != person.obstacles.end();
  return drop;
}

// What no hand puts aside.
std::optional<Obstacle> hard_obstacle(const PlannedPerson& person) {
  for (const Obstacle obstacle : person.obstacles)
    if (domain::allocation::hard(domain::allocation::bit(obstacle)) != 0) return obstacle;
  return std::nullopt;
}

bool refuses(const BatchPageState& state, const PlannedPerson& person, const Drop& drop) {
  return takes_no_part(state, person.person) || hard_obstacle(person) || drop.count <= 0 ||
         drop.count > api::most_entries_by_hand;
}

DropVerdict verdict_of(Ui& ui, const BatchPageState& state, const PlannedPerson& person) {
  const Drop drop = drop_of(state, person);
  const Param name = param("name", person.name);
  const auto verdict = [](bool accepted, std::string_view words) { return DropVerdict{accepted, std::string(words)}; };
  if (refuses(state, person, drop)) {
    if (takes_no_part(state, person.person)) return verdict(false, ui.tr("allocate.drop_excluded", {name}));
    if (const auto obstacle = hard_obstacle(person)) return verdict(false, words_of(ui, *obstacle));
    if (drop.count <= 0) return verdict(false, ui.tr("allocate.drop_blocked"));
    return verdict(false, ui.tr("allocate.drop_too_many", {param("limit", api::most_entries_by_hand)}));
  }
  if (drop.absent) return verdict(true, ui.tr("allocate.drop_absent", {name}));
  if (drop.over_cap) return verdict(true, ui.tr("allocate.drop_asks", {name}));
  if (drop.over_plan) return verdict(true, ui.tr("allocate.drop_over_plan", {name}));
  if (drop.barred) return verdict(true, ui.tr("allocate.drop_barred", {name}));
  if (drop.unseen) return verdict(true, ui.tr("allocate.drop_unseen", {name, param("count", state.carried.unseen)}));
  if (state.carried.blocked > 0)
    return verdict(true,
                   ui.tr("allocate.drop_some", {name, param("count", drop.count), param("all", state.carried.count)}));
  return verdict(true, ui.tr("allocate.drop", {name}));
}

// Into the draft plan; what a hand may put aside is asked first.
void take_drop(Ui& ui, BatchPageState& state, const PlannedPerson& person, const DragPayload& payload,
               const Rows& rows) {
  const Drop drop = drop_of(state, person);
  commands::GiveByHand give{.batch = state.batch, .person = person.person, .name = person.name};
  if (payload.all) give.selection = selection_of(state, state.items.selection);
  // Resolved now: what went away meanwhile is left out, and the versions are those on the screen.
  const std::set<std::int64_t> ids(payload.ids.begin(), payload.ids.end());
  std::set<std::int64_t> found;
  rows.each([&](const api::ItemRow& item) {
    if (ids.count(item.item.value) == 0 || item.do_not_contact || item.number_error) return;
    if (found.insert(item.item.value).second) give.rows.push_back({item.item, item.version});
  });
  for (const std::int64_t id : ids)  // moved within the plan, from a page that is not loaded
    if (const DraftEntry* entry = state.draft().find({id}); entry && found.count(id) == 0)
      give.rows.push_back({{id}, entry->version});
  if (give.rows.empty() && !give.selection) return;
  if (!drop.asks()) return push(ui, std::move(give));
  open_dialog(ui, commands::Designate{.batch = state.batch,
                                      .rows = std::move(give.rows),
                                      .person = person.person,
                                      .in_plan = true,
                                      .given = state.draft().entries(),
                                      .terms = changed_terms(state),
                                      .all = std::move(give.selection),
                                      .count = drop.count});
}

// A lane: padding, head, bar of 8 and foot. All are alike, so that those out of sight keep their room.
constexpr float lane_head = 40;
float lane_foot(const Ui& ui) { return ui.density() == Density::touch ? 44.0f : 32.0f; }  // of the chip in it
float lane_height(const Ui& ui) { return 2 * space::m + lane_head + space::xs + 8 + space::xs + lane_foot(ui); }

void draw_takes_part(Ui& ui, BatchPageState& state, const PlannedPerson& person) {
  const std::string_view takes_part = ui.tr("allocate.takes_part", {param("name", person.name)});
  const bool excluded = takes_no_part(state, person.person);
  if (bare_checkbox(ui, "takes-part", takes_part, excluded ? Checked::no : Checked::yes)) {
    excluded ? void(std::erase(state.left_out, person.person)) : state.left_out.push_back(person.person);
    state.plan_again = true;
  }
  tooltip(ui, takes_part);
}

// What the draft plan gives them: the list on the left shows it. False when that is nothing.
bool draw_by_hand(Ui& ui, BatchPageState& state, const PlannedPerson& person) {
  const std::int64_t given = state.draft().given_to(person.person);
  if (given == 0) return false;
  const std::string_view label = ui.tr("allocate.by_hand_count", {param("count", given)});
  const bool shown = state.by_hand && state.by_hand_of == person.person;
  if (chip_button(ui, "by-hand", label, shown)) {
    state.by_hand = true;
    state.by_hand_of = shown ? PersonId{} : person.person;
    state.given = {};
  }
  tooltip(ui, ui.tr("allocate.by_hand_of", {param("name", person.name)}));
  return true;
}

// What dropping here would make of the lane while something is carried, for the whole of a query as for a single one:
// nothing where it would be refused.
std::optional<Drop> promised(Ui& ui, const BatchPageState& state, const PlannedPerson& person) {
  const DragPayload* carried = dragging(ui);
  if (!carried || carried->kind != "item") return std::nullopt;
  const Drop drop = drop_of(state, person);
  return refuses(state, person, drop) ? std::nullopt : std::optional(drop);
}

// "Holds 22 of 40"
std::string_view held_words(Ui& ui, const PlannedPerson& person, std::optional<std::int64_t> cap) {
  const Param held = param("held", person.held_before);
  return cap ? ui.tr("allocate.holds_of", {held, param("cap", *cap)}) : ui.tr("allocate.holds", {held});
}

// And what it comes to if what is carried is dropped here.
void draw_held(Ui& ui, const PlannedPerson& person, std::optional<std::int64_t> cap, const std::optional<Drop>& drop) {
  if (!drop) return caption(ui, held_words(ui, person, cap));
  const Param held = param("held", person.held_before);
  const Param then = param("then", person.held_before + drop->by_hand);
  text(ui,
       cap ? ui.tr("allocate.would_hold_of", {held, then, param("cap", *cap)})
           : ui.tr("allocate.would_hold", {held, then}),
       {.style = Style::caption,
        .weight = Weight::semibold,
        .color = drop->over_cap ? Token::danger : Token::accent,
        .max_width = ui.available_width()});
}

// Their lane is dim: not now, or nobody more.
bool gets_nobody(const BatchPageState& state, const PlannedPerson& person) {
  return takes_no_part(state, person.person) || (person.gets == 0 && !person.obstacles.empty());
}

void draw_lane_head(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::string_view department) {
  row(ui, {.gap = space::m, .height = lane_head}, [&] {
    {
      DisabledScope dim(ui, gets_nobody(state, person));
      avatar(ui, person.name, person.person.value, 32);
    }
    column(ui, {.gap = 0}, [&] {
      strong(ui, person.name);
      if (!department.empty()) caption(ui, department);
    });
    spring(ui);
    if (person.gets > 0 && !takes_no_part(state, person.person))
      text(ui, ui.keep("+" + number(person.gets)), {.weight = Weight::semibold, .color = Token::accent});
    draw_takes_part(ui, state, person);
  });
}

void draw_lane_bar(Ui& ui, const BatchPageState& state, const PlannedPerson& person, std::optional<std::int64_t> cap,
                   const std::optional<Drop>& drop, std::int64_t scale) {
  DisabledScope dim(ui, !drop && gets_nobody(state, person));
  const std::int64_t by_hand = drop ? drop->by_hand : state.draft().given_to(person.person);
  capacity_bar(ui,
               {.name = person.name, .used = person.held_before, .cap = cap, .preview = std::max(person.gets, by_hand)},
               {.settled = by_hand, .scale = scale});
}

void draw_lane_foot(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::optional<std::int64_t> cap,
                    const std::optional<Drop>& drop) {
  // Why somebody gets nobody is read to its end: what they hold, which the bar above shows, gives way to it.
  std::string_view why;
  if (!takes_no_part(state, person.person) && !person.obstacles.empty()) why = words_of(ui, person.obstacles.front());
  const bool gives_way =
      !drop && !why.empty() && state.draft().given_to(person.person) == 0 &&
      measure(ui, held_words(ui, person, cap), Style::caption).w + measure(ui, why, Style::caption).w + space::m >
          ui.available_width();
  row(ui, {.height = lane_foot(ui)}, [&] {
    if (!gives_way) draw_held(ui, person, cap, drop);
    spring(ui);
    if (draw_by_hand(ui, state, person) || drop) return;  // what the plan makes of it comes after the drop
    if (takes_no_part(state, person.person)) {
      caption(ui, ui.tr("allocate.excluded"));
    } else if (!why.empty()) {
      text(ui, why, {.style = Style::caption, .color = Token::danger});
    } else {
      caption(ui, ui.tr("allocate.after", {param("count", person.held_before + person.gets)}));
    }
  });
}

// Out of sight nothing is drawn but what the keyboard reaches from afar, under the ids that it has in sight.
void draw_far_lane(Ui& ui, BatchPageState& state, const PlannedPerson& person) {
  IdScope scope(ui, "card");
  row(ui, {.height = lane_height(ui)}, [&] {
    draw_takes_part(ui, state, person);
    draw_by_hand(ui, state, person);
  });
}

std::string_view department_of(const BatchDetail& batch, PersonId person) {
  for (const api::BatchPerson& executor : batch.executors)
    if (executor.person == person) return executor.department_name;
  return {};
}

// A person's lane: what they hold, what the plan gives them, why nothing. A target for what is carried.
void draw_person(Ui& ui, const BatchDetail& batch, BatchPageState& state, const PlannedPerson& person, const Rows& rows,
                 std::int64_t scale) {
  IdScope scope(ui, person.person.value);
  const auto dropped = drop_target(
      ui, "lane", person.name, "item", [&](const DragPayload&) { return verdict_of(ui, state, person); },
      [&] {
        if (!in_sight(ui, lane_height(ui))) return draw_far_lane(ui, state, person);
        const std::string_view department = department_of(batch, person.person);
        card(ui, "card", {.padding = space::m, .gap = space::xs, .height = lane_height(ui)}, [&] {
          draw_lane_head(ui, state, person, department);
          const std::optional<std::int64_t> cap =
              person.room ? std::optional<std::int64_t>(person.held_before + *person.room) : std::nullopt;
          const std::optional<Drop> drop = promised(ui, state, person);
          draw_lane_bar(ui, state, person, cap, drop, scale);
          draw_lane_foot(ui, state, person, cap, drop);
        });
      });
  if (dropped) take_drop(ui, state, person, *dropped, rows);
}

// All executors, as the plan has them; before the first plan, and who takes no part in it, with what they hold: so that
// the page stands, and whoever was left out can be taken in again.
std::vector<PlannedPerson> people_of(const BatchDetail& batch, const Plan* plan) {
  std::map<PersonId, const PlannedPerson*> planned;
  if (plan)
    for (const PlannedPerson& one : plan->people) planned[one.person] = &one;
  std::vector<PlannedPerson> people;
  for (const api::BatchPerson& person : batch.executors) {
    const auto known = planned.find(person.person);
    if (known != planned.end())
      people.push_back(*known->second);
    else
      people.push_back({person.person, person.name, person.held, 0, std::nullopt, {}, 0, 0, 100});
  }
  return people;
}

}  // namespace

void draw_batch_lanes(Ui& ui, const BatchDetail& batch, BatchPageState& state, const Plan* plan, const Rows& rows) {
  const std::vector<PlannedPerson> people = people_of(batch, plan);
  std::int64_t most = 0;  // that one of them has by the plan: the bars of who has no cap are measured by it
  for (const PlannedPerson& person : people) most = std::max(most, person.held_before + person.gets);
  grid(ui, {.min_cell = 230, .gap = space::m, .max_columns = 3}, static_cast<int>(people.size()),
       [&](int i) { draw_person(ui, batch, state, people[static_cast<std::size_t>(i)], rows, most); });
}

}  // namespace tw::views
