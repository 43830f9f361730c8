// The strip above the board of allocation: by which policy, what the plan would do and how fair that is, what is left
// out and why; weights and limits of this plan, which the plan follows; commit.
#include <algorithm>
#include <utility>

#include "client/ui/field.h"
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/policies.h"
#include "client/views/words.h"
#include "domain/allocation/labels.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::PlannedPerson;
using commands::Id;
using domain::allocation::Policy;
using ui::text;
using Plan = api::PlanAllocation::Response;

namespace {

constexpr std::int64_t weight_step = 10;
constexpr std::int64_t heaviest = 500;
constexpr float narrowest_choice = 150, widest_choice = 220;
constexpr float beside_choices = 372;  // the menu, the buttons and the gaps, in the language that needs most

void fact(Ui& ui, std::string_view label, std::string_view value, Token color = Token::text) {
  column(ui, {.gap = 0}, [&] {
    caption(ui, label);
    text(ui, value, {.weight = Weight::semibold, .color = color});
  });
}

std::int64_t left_out_of(const Plan& plan) { return std::max<std::int64_t>(0, plan.items - plan.placed); }

std::string_view why_left_out(Ui& ui, const Plan& plan) {
  std::string words;
  for (const api::LeftOut& left : plan.left_out) {
    if (!words.empty()) words += ui.tr("list.separator");
    words += ui.tr("allocate.left_out_part",
                   {param("obstacle", std::string(wire_name(left.obstacle))), param("count", left.items)});
  }
  return ui.keep(std::move(words));
}

std::string_view words_of_all(Ui& ui, const std::vector<domain::allocation::Obstacle>& obstacles) {
  std::string words;
  for (const auto obstacle : obstacles) {
    if (!words.empty()) words += ui.tr("list.separator");
    words += words_of(ui, obstacle);
  }
  return ui.keep(std::move(words));
}

// Who gets nothing by the plan, or no more than that: by name, with every reason.
void draw_limited_people(Ui& ui, const Plan& plan) {
  IdScope people(ui, "limited");
  bool first = true;
  for (const PlannedPerson& person : plan.people) {
    if (person.obstacles.empty()) continue;
    if (std::exchange(first, false)) strong(ui, ui.tr("allocate.limited_people"));
    IdScope scope(ui, person.person.value);
    label_value(ui, person.name, words_of_all(ui, person.obstacles), 200);
  }
}

std::int64_t limited_people(const Plan& plan) {
  return std::count_if(plan.people.begin(), plan.people.end(),
                       [](const PlannedPerson& person) { return !person.obstacles.empty(); });
}

void terms_changed(BatchPageState& state) { state.terms_changed = state.plan_again = true; }

// One of the ways to divide; `without_owner` for what divides the rest.
void choose_policy(Ui& ui, std::string_view id, std::string_view label, Policy& policy, bool without_owner,
                   BatchPageState& state) {
  Choice choices[std::size(domain::allocation::policy_names)];
  const int count = static_cast<int>(std::size(choices)) - (without_owner ? 1 : 0);
  int selected = 0;
  for (int i = 0; i < count; ++i) {
    const auto& row = domain::allocation::policy_names[i];
    choices[i] = {.key = row.name, .label = ui.tr(domain::allocation::label(row.value))};
    if (row.value == policy) selected = i;
  }
  if (!select(ui, id, {choices, static_cast<std::size_t>(count)}, selected, {.label = label})) return;
  policy = domain::allocation::policy_names[selected].value;
  terms_changed(state);
}

void commit(Ui& ui, const store::Store& model, const BatchPageState& state, const Plan& plan) {
  api::PlanWish request = plan_request(model, state);
  request.seed = plan.seed;
  request.snapshot = plan.snapshot;
  push(ui, commands::AllocateItems{allocate_form, std::move(request)});
}

api::PlanOverride& override_of(BatchPageState& state, PersonId person) {
  for (api::PlanOverride& one : state.terms.people)
    if (one.person == person) return one;
  state.terms.people.push_back({person, std::nullopt, std::nullopt});
  return state.terms.people.back();
}

// "label ----o---- figure": true when it was moved.
bool term(Ui& ui, std::string_view id, std::string_view label, const std::string& figure, std::string_view person,
          std::int64_t& value, SliderOptions options) {
  bool moved = false;
  row(ui, {.gap = space::s, .height = 28}, [&] {
    const std::string_view words = ui.keep(figure);
    caption(ui, label);
    options.name = ui.tr("allocate.term", {param("what", std::string(label)), param("name", std::string(person))});
    options.words = words;
    options.width = std::max(80.0f, ui.available_width() - 64);
    moved = slider(ui, id, value, options);
    spring(ui);
    text(ui, words, {.style = Style::caption, .weight = Weight::semibold});
  });
  return moved;
}

// One person's terms: what they get and what it is worth, their weight, the most they may get.
void adjust_person(Ui& ui, BatchPageState& state, const PlannedPerson& person, std::int64_t items) {
  IdScope scope(ui, person.person.value);
  const std::vector<api::PlanOverride>& terms = state.terms.people;
  const auto found = std::find_if(terms.begin(), terms.end(),
                                  [&](const api::PlanOverride& one) { return one.person == person.person; });
  const std::optional<std::int64_t> most = found == terms.end() ? std::nullopt : found->most;
  card(ui, "terms", {.padding = space::m, .gap = space::xs}, [&] {
    row(ui, [&] {
      text(ui, person.name, {.weight = Weight::semibold});
      spring(ui);
      caption(ui, ui.tr("allocate.gets", {param("count", person.gets), param("value", person.value)}));
    });
    const Policy divides = state.terms.kind == Policy::by_owner ? state.terms.rest : state.terms.kind;
    if (divides == Policy::weighted) {
      std::int64_t weight = found != terms.end() && found->weight ? *found->weight : person.weight;
      const std::int64_t most_weight = std::max(heaviest, person.weight);
      if (term(ui, "weight", ui.tr("allocate.weight"), number(weight), person.name, weight,
               {.least = weight_step, .most = most_weight, .step = weight_step}))
        override_of(state, person.person).weight = weight, terms_changed(state);
    }
    const std::int64_t none = items + 1;  // no limit stands behind the largest one
    std::int64_t now = std::min(most.value_or(none), none);
    if (term(ui, "most", ui.tr("allocate.most"), most ? number(*most) : std::string(ui.tr("allocate.no_limit")),
             person.name, now, {.least = 0, .most = none, .step = std::max<std::int64_t>(1, items / 100)})) {
      override_of(state, person.person).most = now >= none ? std::nullopt : std::optional(now);
      terms_changed(state);
    }
  });
}

void adjust(Ui& ui, BatchPageState& state, const Plan& plan) {
  const auto terms = [&] {
    grid(ui, {.min_cell = 300, .gap = space::m, .max_columns = 4}, static_cast<int>(plan.people.size()),
         [&](int i) { adjust_person(ui, state, plan.people[static_cast<std::size_t>(i)], plan.items); });
  };
  if (ui.is_phone()) return terms();  // all of the board scrolls there
  scrolled(ui, "terms-of-all", ui.tr("allocate.adjust"), std::min(260.0f, ui.available_height() * 0.4f), terms);
}

std::string_view moved(Ui& ui, std::int64_t before, std::int64_t after) {
  return ui.keep(number(before) + " → " + number(after));
}

}  // namespace

void draw_unplaced_dialog(Ui& ui, const store::Store& model, BatchId batch) {
  const auto& plan = model.plan.at(batch.value);
  const std::int64_t all = plan.ready() ? left_out_of(*plan) : 0;
  const DialogResult result =
      dialog(ui, "unplaced-dialog",
             {.title = ui.tr("allocate.unplaced_title", {param("count", all)}),
              .width = 560,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
                  }},
             [&] {
               if (all > 0) paragraph(ui, ui.tr("allocate.unplaced_words"), {.color = Token::muted});
               remote(ui, plan, [&](const Plan& known) {
                 for (const api::UnplacedItem& item : known.unplaced) {
                   IdScope scope(ui, item.item.value);
                   label_value(ui, item.customer_name.empty() ? item.customer_key : item.customer_name,
                               words_of_all(ui, item.reasons), 200);
                 }
                 const std::int64_t more = all - static_cast<std::int64_t>(known.unplaced.size());
                 if (more > 0) muted(ui, ui.tr("allocate.unplaced_more", {param("count", more)}));
                 draw_limited_people(ui, known);
               });
             });
  if (result.close) push(ui, commands::CloseDialog{});
}

namespace {

// What the plan leaves out and whom it passes by, in a line; on a phone one below the other.
void draw_left_out(Ui& ui, const BatchPageState& state, const Plan& plan) {
  const std::int64_t left = left_out_of(plan), limited = limited_people(plan);
  if (left == 0 && limited == 0) return;
  const auto say = [&](std::string_view words) { note(ui, words); };
  const auto all = [&] {
    if (left) say(ui.tr("allocate.left_out_words", {param("reasons", std::string(why_left_out(ui, plan)))}));
    if (limited) say(ui.tr("allocate.limited_count", {param("count", limited)}));
    if (chip_button(ui, "who", ui.tr("allocate.why_left_out"))) open_dialog(ui, commands::LookAtUnplaced{state.batch});
  };
  ui.is_phone() ? column(ui, {}, all) : row(ui, {.gap = space::l, .wrap = true}, all);
}

}  // namespace

void draw_plan_strip(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                     const Plan& plan) {
  const store::FormStatus& status = model.form(allocate_form);
  const auto& asked = model.plan.at(state.batch.value);
  const bool loading = state.plan_again || asked.loading();
  // News from elsewhere only refresh it, as often as they come: what is committed is checked against what is true then.
  const bool of_another_wish = state.plan_again || (asked.loading() && asked.got < state.plan_awaited);
  std::int64_t receiving = 0;
  for (const PlannedPerson& person : plan.people) receiving += person.gets > 0;
  const std::string_view summary =
      ui.tr("allocate.summary", {param("placed", plan.placed), param("people", receiving)});
  card(ui, "plan", {.padding = space::m}, [&] {
    loading_line(ui, loading);
    gap(ui, -space::m);  // it stands in the padding
    if (state.only)
      row(ui, {.wrap = true}, [&] {
        chip(ui, ui.tr("allocate.planned_only", {param("count", state.only->count)}), {.tone = Tone::accent});
        if (!command_button(ui, {.id = Id::plan_everybody}, {.kind = ButtonKind::ghost}, true)) return;
        state.only.reset();
        state.plan_again = true;
      });
    const auto figures = [&](int which) {
      if (which == 0) {
        fact(ui, ui.tr("allocate.preview"), summary);
      } else if (which == 1) {
        fact(ui, ui.tr("allocate.fairness"),
             ui.keep(std::string(index_words(ui, plan.jain_before_ppm)) + " → " +
                     std::string(index_words(ui, plan.jain_after_ppm))));
      } else if (which == 2) {
        fact(ui, ui.tr("allocate.spread"), moved(ui, plan.spread_before, plan.spread_after));
      } else if (which == 3) {
        fact(ui, ui.tr("allocate.value_spread"), moved(ui, plan.value_spread_before, plan.value_spread_after));
      } else {
        fact(ui, ui.tr("allocate.left_out"), ui.keep(number(left_out_of(plan))), Token::danger);
      }
    };
    // Each choice has its label above it: what stands beside them stands on their line.
    const float label = line_height(Style::caption) + 4, tall = label + control_height(ui.density());
    const auto below_labels = [&](Body body) {
      column(ui, {.gap = 0}, [&] {
        gap(ui, label);
        row(ui, body);
      });
    };
    const bool divides_rest = state.terms.kind == Policy::by_owner;
    const float room = (ui.available_width() - beside_choices) / (divides_rest ? 3 : 2) - space::s;
    const bool in_one_row = !ui.is_phone() && room >= narrowest_choice;
    const float choice_width = in_one_row      ? std::min(room, widest_choice)
                               : ui.is_phone() ? ui.available_width()
                                               : widest_choice;
    const auto choice = [&](Body body) { column(ui, {.gap = 0, .width = choice_width}, body); };
    const auto policies = [&] {
      choice([&] { choose_saved_policy(ui, model, batch, state); });
      choice([&] { choose_policy(ui, "policy", ui.tr("allocate.policy"), state.terms.kind, false, state); });
      if (divides_rest)
        choice([&] { choose_policy(ui, "rest", ui.tr("allocate.rest"), state.terms.rest, true, state); });
    };
    const auto more = [&] { policy_menu(ui, model, batch, state, plan.seed); };
    const auto minor_buttons = [&] {
      if (button(ui, "adjust", state.adjusting ? ui.tr("allocate.adjusted") : ui.tr("allocate.adjust")))
        state.adjusting = !state.adjusting;
      if (command_button(ui, {.id = Id::plan_again})) push(ui, commands::MakePlan{plan_request(model, state)});
    };
    const auto commit_button = [&](float width) {
      const bool running = static_cast<bool>(batch.summary.running);
      const auto changed = static_cast<std::int64_t>(plan.changed.size());
      const std::string_view why = running            ? ui.tr("allocate.running")
                                   : changed > 0      ? ui.tr("allocate.by_hand_changed", {param("count", changed)})
                                   : plan.placed == 0 ? ui.tr("allocate.nothing_placed")
                                   : of_another_wish  ? ui.tr("allocate.planning")
                                                      : std::string_view{};
      if (command_button(ui, {.id = Id::commit_plan, .why = why},
                         {.kind = ButtonKind::primary, .width = width, .busy = status.busy}, true))
        commit(ui, model, state, plan);
    };
    const auto buttons = [&] {
      minor_buttons();
      commit_button(0);
    };
    const int count = left_out_of(plan) ? 5 : 4;
    if (ui.is_phone()) {
      column(ui, {}, policies);
      // The sentence is longer than half a phone.
      caption(ui, ui.tr("allocate.preview"));
      paragraph(ui, summary, {.weight = Weight::semibold});
      grid(ui, {.min_cell = 90, .gap = space::m, .max_columns = 3}, count - 1, [&](int which) { figures(which + 1); });
      row(ui, {.wrap = true}, [&] {
        minor_buttons();
        more();
      });
      row(ui, [&] { commit_button(ui.available_width()); });
    } else {
      if (!in_one_row) {
        row(ui, {.height = tall, .wrap = true}, [&] {
          policies();
          below_labels(more);
        });
        row(ui, {.wrap = true}, buttons);
      } else {
        row(ui, {.height = tall}, [&] {
          policies();
          below_labels(more);
          spring(ui);
          below_labels(buttons);
        });
      }
      row(ui, {.gap = space::xl, .height = 44}, [&] {
        for (int which = 0; which < count; ++which) figures(which);
      });
    }
    form_problem(ui, status, false);
    draw_left_out(ui, state, plan);
  });
  if (state.adjusting) adjust(ui, state, plan);
}

}  // namespace tw::views
