// Allocation of a batch: what the plan would do, person by person, before anything is done; then commit. The customers
// that wait can also be given by hand: carried onto a person or by the dialog. They are entries of the draft plan then,
// fixed inputs of the plan that follows.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/ui/drag.h"
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/policies.h"
#include "client/views/words.h"
#include "domain/allocation/policy.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::PlannedPerson;
using domain::allocation::Obstacle;
using ui::text;
using Plan = api::PlanAllocation::Response;  // the strip above the board is batch_plan.cpp

namespace {

using Rows = store::Window<api::ItemRow>;

bool takes_no_part(const BatchPageState& state, PersonId person) {
  return std::find(state.left_out.begin(), state.left_out.end(), person) != state.left_out.end();
}

// What dropping would mean, as far as the page knows: the plan that follows looks at everything.
struct Drop {
  std::int64_t count = 0;
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
  const std::int64_t given =
      state.draft().given_to(person.person) - (here_already == carried.given.end() ? 0 : here_already->second);
  drop.over_cap = person.room && *person.room < given + drop.count;
  const auto most = most_of(state, person.person);
  drop.over_plan = most && *most < given + drop.count;
  drop.absent = std::find(person.obstacles.begin(), person.obstacles.end(), Obstacle::absent) != person.obstacles.end();
  return drop;
}

DropVerdict verdict_of(Ui& ui, const BatchPageState& state, const PlannedPerson& person) {
  const Drop drop = drop_of(state, person);
  const Param name = param("name", person.name);
  const auto verdict = [](bool accepted, std::string_view words) { return DropVerdict{accepted, std::string(words)}; };
  if (takes_no_part(state, person.person)) return verdict(false, ui.tr("allocate.drop_excluded", {name}));
  for (const Obstacle obstacle : person.obstacles)
    if (domain::allocation::hard(domain::allocation::bit(obstacle)) != 0) return verdict(false, words_of(ui, obstacle));
  if (drop.count == 0) return verdict(false, ui.tr("allocate.drop_blocked"));
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

void draw_lane_head(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::string_view department) {
  row(ui, {.gap = space::m, .height = lane_head}, [&] {
    avatar_name(ui, person.name, person.person.value, department);
    spring(ui);
    if (person.gets > 0 && !takes_no_part(state, person.person))
      text(ui, ui.keep("+" + number(person.gets)), {.weight = Weight::semibold, .color = Token::accent});
    draw_takes_part(ui, state, person);
  });
}

void draw_lane_foot(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::optional<std::int64_t> cap) {
  row(ui, {.height = lane_foot(ui)}, [&] {
    caption(ui, cap ? ui.tr("allocate.holds_of", {param("held", person.held_before), param("cap", *cap)})
                    : ui.tr("allocate.holds", {param("held", person.held_before)}));
    spring(ui);
    if (draw_by_hand(ui, state, person)) return;
    if (takes_no_part(state, person.person)) {
      caption(ui, ui.tr("allocate.excluded"));
    } else if (!person.obstacles.empty()) {
      text(ui, words_of(ui, person.obstacles.front()), {.style = Style::caption, .color = Token::danger});
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
void draw_person(Ui& ui, const BatchDetail& batch, BatchPageState& state, const PlannedPerson& person,
                 const Rows& rows) {
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
          capacity_bar(ui, {.name = person.name, .used = person.held_before, .cap = cap, .preview = person.gets});
          draw_lane_foot(ui, state, person, cap);
        });
      });
  if (dropped) take_drop(ui, state, person, *dropped, rows);
}

void draw_people_grid(Ui& ui, const BatchDetail& batch, BatchPageState& state, const std::vector<PlannedPerson>& people,
                      const Rows& rows) {
  scrolled(ui, "people", ui.tr("batches.executors"), 0, [&] {
    grid(ui, {.min_cell = 230, .gap = space::m, .max_columns = 3}, static_cast<int>(people.size()),
         [&](int i) { draw_person(ui, batch, state, people[static_cast<std::size_t>(i)], rows); });
  });
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

void nobody_to_allocate_to(Ui& ui, const BatchDetail& batch) {
  card(ui, "nobody", {}, [&] {
    if (empty_state(ui, "nobody",
                    {.icon = Icon::people,
                     .title = ui.tr("allocate.no_executors"),
                     .words = ui.tr("allocate.no_executors_words"),
                     .action = ui.tr("allocate.choose_executors"),
                     .action_icon = Icon::people}))
      open_dialog(ui, commands::EditBatch{batch.summary.batch});
  });
}

}  // namespace

bool nobody_takes_part(const BatchDetail& batch, const BatchPageState& state) {
  return std::all_of(batch.executors.begin(), batch.executors.end(),
                     [&state](const api::BatchPerson& one) { return takes_no_part(state, one.person); });
}

std::optional<std::vector<api::PlanOverride>> changed_terms(const BatchPageState& state) {
  return state.terms_changed ? std::optional(state.terms.people) : std::nullopt;
}

api::PlanAllocation::Request plan_request(const store::Store& model, const BatchPageState& state) {
  api::PlanAllocation::Request request;
  request.batch = state.batch;
  if (state.terms_changed) {  // else as the policy is saved
    request.policy = state.terms.kind;
    request.rest = state.terms.rest;
    request.people = changed_terms(state);
  }
  request.fixed = state.draft().entries();
  if (state.only) {
    request.items = state.only->items;
    request.selection = state.only->selection;
  }
  if (state.left_out.empty()) return request;  // empty: all of the batch
  const auto& batch = model.batch.at(state.batch.value);
  if (!batch.ready()) return request;
  for (const api::BatchPerson& person : batch->executors)
    if (std::find(state.left_out.begin(), state.left_out.end(), person.person) == state.left_out.end())
      request.executors.push_back(person.person);
  return request;
}

void draw_batch_allocate(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  if (batch.summary.state != BatchState::active) return muted(ui, ui.tr("allocate.not_active"));
  if (batch.executors.empty()) return nobody_to_allocate_to(ui, batch);
  if (needing_executor(batch.summary.counts) == 0) {
    card(ui, "done", {}, [&] {
      empty_state(ui, "done",
                  {.icon = Icon::check,
                   .title = ui.tr("allocate.nothing_waits"),
                   .words = ui.tr("allocate.nothing_waits_words")});
    });
    return;
  }
  if (const auto& form = model.form(allocate_form); !form.busy && form.problem) state.choosing = false;  // refused
  follow_policy(batch, state);
  const auto& plan = model.plan.at(state.batch.value);
  if (plan.failed()) failed(ui, plan.problem);
  // A plan for nobody in particular is one for everybody: none is asked for.
  const bool nobody = nobody_takes_part(batch, state);
  if (nobody)
    banner(ui, "nobody-takes-part", {.tone = Tone::completed, .icon = Icon::info, .words = ui.tr("allocate.nobody")});
  else if (plan.ready())
    draw_plan_strip(ui, model, batch, state, *plan);
  // The plan follows what is asked for; while one is being made the next waits, and only the newest is asked. After the
  // strip, which offers no commit of a plan that is being asked for anew.
  if (state.plan_again && !plan.loading() && !nobody) {
    state.plan_again = false;
    push(ui, commands::MakePlan{plan_request(model, state)});
  }
  const auto shown = model.items.show(store::Store::key_of(items_request(state)));
  static const Rows nothing{};
  const Rows& rows = shown.window ? *shown.window : nothing;
  const Plan* known = plan.ready() && !nobody ? &*plan : nullptr;
  const std::vector<PlannedPerson> people = people_of(batch, known);
  if (ui.is_phone()) {  // one side at a time: who waits is given by the dialog there, not carried
    const Choice sides[] = {{.key = "people", .label = ui.tr("batches.executors")},
                            {.key = "waiting", .label = ui.tr("allocate.side_waiting")}};
    int side = state.shows_waiting ? 1 : 0;
    // While terms are adjusted they fill the page.
    if (!state.adjusting && segmented(ui, "side", ui.tr("allocate.side"), sides, side)) state.shows_waiting = side == 1;
    return state.shows_waiting && !state.adjusting ? draw_batch_waiting(ui, model, batch, state, known)
                                                   : draw_people_grid(ui, batch, state, people, rows);
  }
  split(ui, {.stack_below = 0, .height = ui.available_height()}, {{.share = 1}, {.share = 1.75f}}, [&](int i) {
    i == 0 ? draw_batch_waiting(ui, model, batch, state, known) : draw_people_grid(ui, batch, state, people, rows);
  });
}

}  // namespace tw::views
