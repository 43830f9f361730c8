// Before an allocation is taken back, or an undone one given again: its three piles. What would go back, what stays
// because somebody has worked on it since (and who), and what cannot go back (and why).
#include "client/ui/format.h"
#include "client/views/batch.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using ui::text;
using Undo = api::ViewAllocationUndo::Response;

namespace {

void pile(Ui& ui, std::string_view id, std::int64_t items, std::string_view name, std::string_view words, Token color) {
  card(ui, id, {.padding = space::m, .gap = space::xs}, [&] {
    text(ui, ui.keep(number(items)), {.style = Style::title, .color = items ? color : Token::muted});
    strong(ui, name);
    note(ui, words);
  });
}

std::string_view why_blocked(Ui& ui, std::string_view key, bool again) {
  const std::vector<Param> action = {param("action", std::string(again ? "allocate" : "undo_allocation"))};
  if (key == "batch.refused_ended") return ui.tr("batch.refused_ended", action);
  if (key == "batch.refused_terminated") return ui.tr("batch.refused_terminated", action);
  if (key == "item.past_end_date") return ui.tr("redo.past_end_date");
  if (key == "item.return_needs_executor") return ui.tr("undo.holder_gone");
  if (key == "undo.too_late") return again ? ui.tr("redo.too_late") : ui.tr("undo.too_late");
  return ui.tr("error.forbidden");
}

void draw_piles(Ui& ui, const Undo& undo) {
  const int count = undo.blocked ? 3 : 2;
  grid(ui, {.min_cell = 150, .gap = space::m, .max_columns = count}, count, [&](int which) {
    if (which == 0 && undo.again)
      pile(ui, "reversed", undo.reversed, ui.tr("redo.given"), ui.tr("redo.given_words"), Token::accent);
    else if (which == 0)
      pile(ui, "reversed", undo.reversed, ui.tr("undo.reversed"), ui.tr("undo.reversed_words"), Token::accent);
    if (which == 1)
      pile(ui, "kept", undo.kept, ui.tr("undo.kept"), undo.again ? ui.tr("redo.kept_words") : ui.tr("undo.kept_words"),
           Token::text);
    if (which == 2)
      pile(ui, "blocked", undo.blocked, undo.again ? ui.tr("redo.blocked") : ui.tr("undo.blocked"),
           why_blocked(ui, undo.blocked_why, undo.again), Token::danger);
  });
  if (undo.by.empty()) return;
  column(ui, {.gap = space::s}, [&] {
    caption(ui, ui.tr("undo.kept_by"));
    for (std::size_t i = 0; i < undo.by.size(); ++i) {
      const api::KeptRows& by = undo.by[i];
      IdScope scope(ui, static_cast<std::int64_t>(i));
      row(ui, {.gap = space::m, .height = 32}, [&] {
        avatar_name(ui, by.name.empty() ? ui.tr("log.system") : std::string_view(by.name), by.person.value, {});
        spring(ui);
        text(ui, ui.keep(number(by.items)), {.weight = Weight::semibold});
      });
    }
  });
}

}  // namespace

void draw_undo_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::UndoOperation& what) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.allocation_undo.at(what.operation.value);
  const std::int64_t items = known.ready() ? known->reversed : 0;
  const bool possible = known.ready() && items > 0;
  const bool again = known.ready() && known->again;
  const std::vector<Param> count = {param("count", items)};
  std::string_view until;
  if (known.ready() && known->until) {
    const std::vector<Param> at = {param("at", known->until->ms)};
    until = again ? ui.tr("redo.until", at) : ui.tr("undo.until", at);
  }
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "undo-dialog",
             {.title = again ? ui.tr("redo.title") : ui.tr("undo.title"),
              .subtitle = until,
              .width = 560,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(ui, {.action = again ? ui.tr("redo.go", count) : ui.tr("undo.go", count),
                                                  .danger = !again,
                                                  .disabled = !possible,
                                                  .why_disabled = again ? ui.tr("redo.nothing") : ui.tr("undo.nothing"),
                                                  .busy = status.busy});
                  }},
             [&] {
               form_problem(ui, status);
               remote(ui, known, [&](const Undo& undo) { draw_piles(ui, undo); });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && possible && !status.busy)
    push(ui, commands::UndoAllocation{form_id, what.batch, what.operation});
}

}  // namespace tw::views
