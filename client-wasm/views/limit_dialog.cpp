// The handling limit: its fields, and the dialog that changes it under the hands of those who work against it. What
// another limit would do is said before it is done.
#include <algorithm>

#include "client/views/batches.h"
#include "client/views/words.h"
#include "core/text.h"
#include "domain/batch/clock.h"

namespace tw::views {

using namespace ui;
using domain::batch::LimitCounts;
using domain::batch::LimitUnit;
using ui::text;

void draw_duration(Ui& ui, std::string_view id, const FieldOptions& field, std::optional<std::int64_t>& value,
                   int& unit) {
  IdScope scope(ui, id);
  split(ui, {.gap = space::m, .stack_below = 300}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0) return void(number_field(ui, "value", value, {.field = field, .min = 0, .max = 525'600}));
    const Choice units[] = {{.key = "minutes", .label = ui.tr("limit.unit_minutes")},
                            {.key = "hours", .label = ui.tr("limit.unit_hours")},
                            {.key = "days", .label = ui.tr("limit.unit_days")}};
    select(ui, "unit", units, unit, {.label = ui.tr("limit.unit")});
  });
}

void draw_limit_fields(Ui& ui, const store::FormStatus& status, std::optional<std::int64_t>& limit, int& unit,
                       int& counts) {
  draw_duration(
      ui, "limit",
      {.label = ui.tr("batches.limit"), .placeholder = ui.tr("limit.none"), .error = field_problem(status, "limit")},
      limit, unit);
  note(ui, ui.tr("batches.limit_hint"));
  if (limit.value_or(0) == 0) return;
  const Choice ways[] = {{.key = "natural", .label = ui.tr("limit.natural"), .hint = ui.tr("limit.natural_hint")},
                         {.key = "working", .label = ui.tr("limit.working"), .hint = ui.tr("limit.working_hint")}};
  radio_group(ui, "limit-counts", ui.tr("limit.counts"), ways, counts);
}

api::PreviewLimit::Request preview_of(BatchId batch, const LimitDraft& draft) {
  return {batch, draft.limit.value_or(0), static_cast<LimitUnit>(draft.limit_unit),
          static_cast<LimitCounts>(draft.limit_counts)};
}

void draw_due_preview(Ui& ui, const api::PreviewLimit::Response& what, int& overdue) {
  if (what.moves == 0) return muted(ui, ui.tr("limit.moves_nothing"));
  const auto words = [&](TextKey exactly, TextKey at_least, std::int64_t count) {
    return ui.tr(what.exact ? exactly : at_least, {param("count", count)});
  };
  paragraph(ui, words(text_key("limit.moves"), text_key("limit.moves_at_least"), what.moves));
  if (what.overdue == 0) return muted(ui, ui.tr("limit.none_overdue"));
  banner(ui, "overdue",
         {.tone = Tone::danger,
          .icon = Icon::warning,
          .words = words(text_key("limit.overdue"), text_key("limit.overdue_at_least"), what.overdue)});
  const Choice choices[] = {{.key = "recall", .label = ui.tr("limit.recall")},
                            {.key = "grace", .label = ui.tr("limit.grace")}};
  radio_group(ui, "choice", ui.tr("limit.overdue_choice"), choices, overdue);
}

void draw_limit_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch, LimitDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.batch.at(batch.value);
  if (known.ready() && !draft.filled) {
    draft.filled = true;
    draft.limit = known->limit > 0 ? std::optional<std::int64_t>(known->limit) : std::nullopt;
    draft.limit_unit = static_cast<int>(known->limit_unit);
    draft.limit_counts = static_cast<int>(known->limit_counts);
  }
  const auto request = preview_of(batch, draft);
  const auto& preview = model.limit_preview.at(store::Store::key_of(request));
  const bool another =
      known.ready() && ((request.limit > 0 && request.limit_counts != known->limit_counts) ||
                        domain::batch::length({request.limit, request.limit_unit}) !=
                            domain::batch::length({known->limit, known->limit_unit}) ||
                        (request.limit_counts == LimitCounts::working && request.limit > 0 &&
                         (request.limit_unit == LimitUnit::days) != (known->limit_unit == LimitUnit::days)));
  const bool complete = another && preview.ready();
  bool pressed = false;
  const DialogResult result =
      dialog(ui, "limit-dialog",
             {.title = ui.tr("limit.change"),
              .subtitle = known.ready() ? std::string_view(known->summary.subject) : std::string_view{},
              .width = 480,
              .close_name = ui.tr("common.close"),
              .footer =
                  [&] {
                    pressed = dialog_buttons(ui, {.action = ui.tr("limit.change_go"),
                                                  .disabled = !complete,
                                                  .why_disabled = ui.tr("limit.is_the_same"),
                                                  .busy = status.busy});
                  }},
             [&] {
               if (!draft.filled) return loading_rows(ui);
               form_problem(ui, status);
               draw_limit_fields(ui, status, draft.limit, draft.limit_unit, draft.limit_counts);
               if (another) remote(ui, preview, [&](const auto& what) { draw_due_preview(ui, what, draft.overdue); });
             });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(pressed || result.submit) || !complete || status.busy) return;
  push(ui, commands::ChangeLimitNow{form_id,
                                    {batch, known->summary.version, request.limit, request.limit_unit,
                                     static_cast<api::OverdueChoice>(draft.overdue), request.limit_counts}});
}

}  // namespace tw::views
