// "Why this person?": what gave an item to its executor, in sentences, and what the plan compared. Part of an item's
// record; shows nothing while nobody has the item.
#include "client/ui/format.h"
#include "client/views/my_tasks.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "domain/allocation/labels.h"

namespace tw::views {

using namespace ui;
using api::PlanReasons;
using api::PlanTerms;
using domain::allocation::Decisive;
using domain::allocation::Policy;
using domain::allocation::Tier;

namespace {

// "1.25": the ledger counts in millionths of an item.
std::string in_items(std::int64_t millionths) {
  const std::int64_t hundredths = (millionths + 5'000) / 10'000;
  const std::int64_t cents = hundredths % 100;
  return number(hundredths / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

// "Li Li, Wang Lei…": those whom this reason alone, or first of all, left out.
std::string names_left_out_by(Ui& ui, const PlanReasons& plan, const api::LeftOut& reason) {
  std::string names;
  std::int64_t named = 0;
  for (const api::ExcludedPerson& one : plan.excluded) {
    if (one.reasons.empty() || one.reasons.front() != reason.obstacle) continue;
    if (!names.empty()) names += ui.tr("list.separator");
    names += one.name;
    ++named;
  }
  if (named > 0 && named < reason.items) names += "…";
  return names;
}

// "Li Li · 14 in this plan · weight 200"; without a name where that is none of the reader's business.
void terms_line(Ui& ui, const PlanReasons& plan, const PlanTerms& terms, std::string_view unnamed) {
  std::string words(ui.tr("why.got", {param("count", terms.got)}));
  const auto add = [&](std::string_view more) { words += " · " + std::string(more); };
  if (plan.policy == Policy::weighted) add(ui.tr("why.weight", {param("weight", terms.weight)}));
  if (plan.policy == Policy::least_loaded) add(ui.tr("why.load", {param("count", terms.load)}));
  if (plan.decisive == Decisive::debt && terms.debt_ppm != 0)
    add(terms.debt_ppm > 0 ? ui.tr("why.owed", {param("count", in_items(terms.debt_ppm))})
                           : ui.tr("why.ahead", {param("count", in_items(-terms.debt_ppm))}));
  if (plan.decisive == Decisive::last_item)
    add(terms.last_item_at
            ? ui.tr("why.last_item", {param("when", std::string(relative_time(ui, *terms.last_item_at)))})
            : ui.tr("why.no_item"));
  if (terms.room) add(ui.tr("why.room", {param("count", *terms.room)}));
  label_value(ui, terms.name.empty() ? unnamed : std::string_view(terms.name), ui.keep(std::move(words)), 104);
}

void draw_plan(Ui& ui, const PlanReasons& plan) {
  if (plan.tier == Tier::policy)
    paragraph(ui, ui.tr("why.policy", {param("policy", std::string(ui.tr(domain::allocation::label(plan.policy)))),
                                       param("alike", plan.alike), param("got", plan.of_them)}));
  paragraph(ui, ui.tr(domain::allocation::label(plan.decisive)), {.weight = Weight::semibold});
  terms_line(ui, plan, plan.winner, ui.tr("why.you"));
  for (std::size_t i = 0; i < plan.runners_up.size(); ++i) {
    IdScope scope(ui, static_cast<std::int64_t>(i));
    terms_line(ui, plan, plan.runners_up[i], ui.tr("why.next"));
  }
  for (const api::LeftOut& one : plan.excluded_by) {
    IdScope scope(ui, static_cast<std::int64_t>(one.obstacle));
    note(ui,
         ui.tr("why.excluded", {param("count", one.items), param("obstacle", std::string(wire_name(one.obstacle)))}));
    const std::string names = names_left_out_by(ui, plan, one);
    if (!names.empty()) note(ui, ui.keep(names));
  }
}

}  // namespace

void draw_why(Ui& ui, const store::Store& model, ItemId item) {
  const auto& known = model.why.at(item.value);
  if (!known.ready()) return;
  card(ui, "why", {.title = ui.tr("why.title")}, [&] {
    caption(ui,
            ui.tr("why.given", {param("action", std::string(wire_name(known->action))), param("who", known->actor_name),
                                param("when", std::string(relative_time(ui, known->at)))}));
    if (known->plan) draw_plan(ui, *known->plan);
  });
}

}  // namespace tw::views
