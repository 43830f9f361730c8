#include "client/views/blocks.h"

#include <vector>

#include "client/ui/format.h"
#include "client/views/parts.h"

namespace tw::views {

using namespace ui;
using api::ViewWorkbench;
using api::Waiting;
using commands::BatchTab;
using commands::Page;
using commands::path_to;
using commands::path_with;

std::string path_of(Waiting what, BatchId batch) {
  const std::string executing = path_with(path_to(Page::batch, batch.value), "state", "executing");
  switch (what) {
    case Waiting::to_confirm:
      return path_to(Page::batch, batch.value, BatchTab::confirm);
    case Waiting::needs_executor:
      return path_to(Page::batch, batch.value, BatchTab::allocate);
    case Waiting::due_soon:
      return path_with(path_with(executing, "due", "soon"), "sort", "due_at");
    case Waiting::held_by_disabled:
      return path_with(executing, "held", "disabled");
    case Waiting::claimable:
      return path_to(Page::batch, batch.value, BatchTab::claim);
  }
  return {};
}

namespace {

struct Figure {
  std::string_view id, label;
  std::int64_t figure;
  std::string_view words;
  Tone tone;
  std::string path;
};

const api::Block& block_of(const ViewWorkbench::Response& bench, Waiting what) {
  static const api::Block nothing{};
  for (const api::Block& block : bench.blocks)
    if (block.what == what) return block;
  return nothing;
}

// With one batch behind a figure the way leads straight into it, else to the list of those that it counts.
std::string way_to(const api::Block& block, Waiting what) {
  if (block.only) return path_of(what, block.only);
  const std::string list = path_to(Page::batches);
  if (block.batches > 0) return path_with(list, "waiting", std::string(wire_name(what)));
  return path_with(list, "relation", what == Waiting::claimable ? "executing" : "managed");
}

// Below a figure: where it comes from or what is to be done, which is nothing where there is none.
std::string_view words_of_some(Ui& ui, const api::Block& block, std::string_view words) {
  return block.items > 0 ? words : ui.tr("workbench.none_now");
}

void draw_figures(Ui& ui, const std::vector<Figure>& figures, bool compact) {
  const float space_between = compact ? space::s : ui.is_phone() ? space::m : space::l;
  grid(ui, {.min_cell = ui.is_phone() ? 140.0f : 220.0f, .gap = space_between, .max_columns = 4},
       static_cast<int>(figures.size()), [&](int i) {
         const Figure& one = figures[static_cast<std::size_t>(i)];
         if (figure_card(ui, one.id,
                         {.label = one.label,
                          .figure = ui.keep(number(one.figure)),
                          .words = one.words,
                          .tone = one.tone,
                          .quiet = one.figure == 0,
                          .compact = compact}))
           go(ui, one.path);
       });
}

}  // namespace

bool manages_something(const store::Store& model, const ViewWorkbench::Response& bench) {
  return model.may(domain::access::Permission::create_batch) || !bench.batches.empty();
}

bool executes_something(const ViewWorkbench::Response& bench) {
  return bench.my_executing + bench.returned_to_me + bench.completed_today + block_of(bench, Waiting::claimable).items >
         0;
}

void draw_manager_blocks(Ui& ui, const ViewWorkbench::Response& bench, bool compact) {
  const api::StateCounts& all = bench.managed;
  const auto some = [&](Waiting what, std::string_view words) {
    return words_of_some(ui, block_of(bench, what), words);
  };
  const auto figure = [&](Waiting what, std::string_view id, std::string_view label, std::string_view words,
                          Tone tone) {
    const api::Block& block = block_of(bench, what);
    return Figure{id, label, block.items, words, tone, way_to(block, what)};
  };
  draw_figures(
      ui,
      {figure(Waiting::to_confirm, "to-confirm", ui.tr("workbench.to_confirm"),
              some(Waiting::to_confirm, ui.tr("workbench.from_batches", {param("count", bench.to_confirm_batches)})),
              Tone::completed),
       figure(Waiting::needs_executor, "to-allocate", ui.tr("workbench.to_allocate"),
              some(Waiting::needs_executor,
                   ui.tr("workbench.need_parts", {param("unassigned", all.unassigned), param("reset", all.reset),
                                                  param("abandoned", all.abandoned)})),
              Tone::unassigned),
       figure(Waiting::due_soon, "due-soon", ui.tr("workbench.due_soon"),
              ui.tr("workbench.executing", {param("count", all.executing)}), Tone::danger),
       figure(Waiting::held_by_disabled, "held-by-disabled", ui.tr("workbench.held_by_disabled"),
              some(Waiting::held_by_disabled, ui.tr("workbench.held_by_disabled_words")), Tone::danger)},
      compact);
}

void draw_executor_blocks(Ui& ui, const ViewWorkbench::Response& bench, bool compact) {
  const std::string mine = path_to(Page::my_tasks);
  const api::Block& claimable = block_of(bench, Waiting::claimable);
  draw_figures(ui,
               {{"new", ui.tr("workbench.new_for_me"), bench.new_for_me,
                 ui.tr("workbench.in_hand", {param("count", bench.my_executing)}), Tone::executing,
                 path_with(mine, "tab", "to_do")},
                {"returned", ui.tr("workbench.returned_to_me"), bench.returned_to_me,
                 bench.returned_to_me > 0 ? ui.tr("workbench.returned_words") : ui.tr("workbench.none_now"),
                 Tone::danger, path_with(mine, "tab", "returned")},
                {"my-due", ui.tr("workbench.my_due_soon"), bench.my_due_soon,
                 ui.tr("workbench.my_due_words", {param("count", bench.completed_today)}), Tone::completed,
                 path_with(mine, "tab", "due_soon")},
                {"can-claim", ui.tr("workbench.can_claim"), claimable.items,
                 words_of_some(ui, claimable, ui.tr("workbench.from_batches", {param("count", claimable.batches)})),
                 Tone::accent, way_to(claimable, Waiting::claimable)}},
               compact);
}

}  // namespace tw::views
