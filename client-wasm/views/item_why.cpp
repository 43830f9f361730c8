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
using domain::allocation::Policy;
using domain::allocation::Tier;

namespace {

// "Li Li · 14 in this plan · weight 200"; without a name where that is none of the reader's business.
void terms_line(Ui& ui, const PlanReasons& plan, const PlanTerms& terms, std::string_view unnamed) {
  std::string words(ui.tr("why.got", {param("count", terms.got)}));
  const auto add = [&](std::string_view more) { words += " · " + std::string(more); };
  if (plan.policy == Policy::weighted) add(ui.tr("why.weight", {param("weight", terms.weight)}));
  if (plan.policy == Policy::least_loaded) add(ui.tr("why.load", {param("count", terms.load)}));
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
    caption(ui, ui.tr("why.excluded",
                      {param("count", one.items), param("obstacle", std::string(wire_name(one.obstacle)))}));
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
