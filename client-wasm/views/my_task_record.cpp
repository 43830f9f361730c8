// One customer of one's own as work: what is asked, what one writes, the buttons that settle it, what happened before.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/customer.h"
#include "client/views/my_tasks.h"
#include "client/views/parts.h"
#include "client/views/typed_moment.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::ItemDetail;
using api::ItemRow;
using commands::Id;
using domain::batch::Action;
using ui::text;

namespace {

bool may(const ItemDetail& detail, Action action) {
  return std::find(detail.allowed.begin(), detail.allowed.end(), action) != detail.allowed.end();
}

ItemId next_after(const store::Window<ItemRow>& rows, ItemId item) {
  for (std::int64_t i = 0; i < rows.rows(); ++i) {
    const ItemRow* row = rows.at(i);
    if (!row || row->item != item) continue;
    if (const ItemRow* next = rows.at(i + 1)) return next->item;
    if (const ItemRow* before = rows.at(i - 1)) return before->item;
    return {};
  }
  return {};
}

void draw_head(Ui& ui, const ItemDetail& detail) {
  card(ui, "head", {.gap = space::xs}, [&] {
    row(ui, {.height = 28}, [&] {
      state_chip(ui, detail.row.state);
      if (detail.row.returned) chip(ui, ui.tr("items.returned_chip"), {.tone = Tone::danger});
      late_chip(ui, detail.row);
      reach_chips(ui, detail.row);
      spring(ui);
      if (detail.row.due_at) {
        const bool late = *detail.row.due_at <= ui.now();
        text(ui, time_left(ui, *detail.row.due_at), {.color = late ? Token::danger : Token::muted});
      }
    });
    const std::string_view phone = detail.customer ? std::string_view(detail.customer->phone) : detail.row.phone;
    if (!phone.empty()) text(ui, phone, {.style = Style::title, .weight = Weight::semibold});
    if (detail.customer && !detail.customer->row.contact.empty()) caption(ui, detail.customer->row.contact);
    if (!detail.return_reason.empty())
      banner(ui, "returned",
             {.tone = Tone::danger,
              .icon = Icon::undo,
              .words = ui.tr("my.return_reason", {param("reason", detail.return_reason)})});
    if (!detail.description.empty()) note(ui, detail.description);
  });
}

// What stands in the field, as read; `wrong` when it is no time to come.
struct FollowUp {
  std::string typed{};
  std::optional<Instant> at{};
  std::string_view wrong{};
};

FollowUp follow_up_of(Ui& ui, const ItemDetail& detail, const ItemDraft& draft) {
  const LocalClock clock{ui.now(), ui.clock()};
  FollowUp out;
  const auto& planned = detail.row.next_follow_up;
  if (draft.follow_up) {
    out.typed = *draft.follow_up;
  } else if (planned && *planned > ui.now()) {
    out.typed = write_moment(*planned, clock);
  }
  if (text::trim(out.typed).empty()) return out;
  out.at = read_moment(out.typed, clock);
  if (!out.at) {
    out.wrong = ui.tr("my.next_unreadable", {param("example", write_moment(morning_in(1, clock), clock))});
  } else if (*out.at <= ui.now()) {
    out.wrong = ui.tr("my.next_past");
  }
  return out;
}

void draw_follow_up(Ui& ui, const store::FormStatus& status, const ItemDetail& detail, ItemDraft& draft) {
  const LocalClock clock{ui.now(), ui.clock()};
  FollowUp now = follow_up_of(ui, detail, draft);
  const std::string_view refused = field_problem(status, "next_follow_up");
  const std::string_view hint =
      now.at ? ui.keep(std::string(day_time(ui, *now.at)) + " · " + std::string(relative_time(ui, *now.at)))
             : ui.tr("my.next_example", {param("example", write_moment(morning_in(1, clock), clock))});
  const FieldResult typed = text_field(ui, "follow-up", now.typed,
                                       {.label = ui.tr("my.next"),
                                        .hint = hint,
                                        .error = now.wrong.empty() ? refused : now.wrong,
                                        .width = std::min(ui.available_width(), 320.0f),
                                        .max_length = 40,
                                        .icon = Icon::calendar});
  if (typed.changed) draft.follow_up = now.typed;
  const std::pair<TextKey, Instant> choices[] = {{text_key("my.next_tomorrow"), morning_in(1, clock)},
                                                 {text_key("my.next_3_days"), morning_in(3, clock)},
                                                 {text_key("my.next_week"), morning_of_next_monday(clock)}};
  row(ui, {.wrap = true}, [&] {
    for (const auto& choice : choices)
      if (chip_button(ui, choice.first.view(), ui.tr(choice.first), now.at == choice.second))
        draft.follow_up = write_moment(choice.second, clock);
  });
}

void draw_quick_results(Ui& ui, const store::Store& model, const ItemDetail& detail, ItemId next);

void draw_writing(Ui& ui, const store::Store& model, const ItemDetail& detail, MyTasksState& state, ItemId next) {
  if (!may(detail, Action::save_progress) && !may(detail, Action::complete)) return;
  const store::FormStatus& status = model.form(item_form);
  ItemDraft& draft = state.drafts[detail.row.item.value];
  card(ui, "writing", {.title = ui.tr("my.record")}, [&] {
    form_problem(ui, status);
    text_area(ui, "text", draft.text,
              {.field = {.name = ui.tr("my.text"),
                         .placeholder = ui.tr("my.record_placeholder"),
                         .error = field_problem(status, "text"),
                         .max_length = 4000},
               .min_lines = 4,
               .max_lines = 10});
    if (may(detail, Action::save_progress)) draw_follow_up(ui, status, detail, draft);
    draw_quick_results(ui, model, detail, next);
  });
}

// What is saved in one press, and opens the next customer.
void draw_quick_results(Ui& ui, const store::Store& model, const ItemDetail& detail, ItemId next) {
  using domain::batch::QuickResult;
  if (!may(detail, Action::save_progress) || !may(detail, Action::complete)) return;
  constexpr std::pair<QuickResult, Id> results[] = {
      {QuickResult::no_answer, Id::quick_no_answer},   {QuickResult::powered_off, Id::quick_powered_off},
      {QuickResult::suspended, Id::quick_suspended},   {QuickResult::refused, Id::quick_refused},
      {QuickResult::in_meeting, Id::quick_in_meeting}, {QuickResult::no_such_number, Id::quick_no_such_number}};
  column(ui, {.gap = space::xs}, [&] {
    caption(ui, ui.tr("my.quick"));
    row(ui, {.wrap = true}, [&] {
      for (const auto& [result, id] : results)
        if (command_button(ui, {.id = id}, {.busy = model.form(item_form).busy}, true))
          push(ui, commands::SaveQuickResult{
                       item_form, {detail.row.item, detail.row.version, result}, detail.row.batch, next});
    });
  });
}

void draw_buttons(Ui& ui, const store::Store& model, const ItemDetail& detail, MyTasksState& state, ItemId next) {
  const store::FormStatus& status = model.form(item_form);
  const ItemDraft& draft = state.drafts[detail.row.item.value];
  const std::string words(text::trim(draft.text));
  const FollowUp follow_up = follow_up_of(ui, detail, draft);
  const ItemRow& item = detail.row;
  const float whole = ui.available_width() - 2 * space::m;
  // On a phone the three share the width, the one that is pressed most the largest part.
  const auto width = [&](float share) { return ui.is_phone() ? whole * share : 0.0f; };
  const auto pressed_for = [&](Action action, Id id, std::string_view wrong, ButtonKind kind, float share) {
    // With a time to go on at, saving is following.
    const bool follows = id == Id::save_progress && follow_up.at;
    const std::string_view label = follows ? ui.tr("my.follow") : std::string_view{};
    return may(detail, action) && command_button(ui, {.id = id, .label = label, .why = wrong},
                                                 {.kind = kind, .width = width(share), .busy = status.busy}, true);
  };
  const std::string_view unwritten = words.empty() ? ui.tr("my.needs_text") : std::string_view{};
  row(ui, {.gap = space::m, .align = Align::end}, [&] {
    if (pressed_for(Action::abandon, Id::abandon_item, {}, ButtonKind::danger, 0.3f))
      open_dialog(ui, commands::AbandonItem{item.item});
    if (!ui.is_phone() && pressed_for(Action::transfer, Id::transfer_item, {}, ButtonKind::secondary, 0))
      open_dialog(ui, commands::TransferItem{item.item});
    if (pressed_for(Action::save_progress, Id::save_progress, unwritten.empty() ? follow_up.wrong : unwritten,
                    ButtonKind::secondary, 0.24f))
      push(ui, commands::SaveProgress{item_form, {item.item, item.version, words, follow_up.at}});
    if (pressed_for(Action::complete, Id::complete_item, unwritten, ButtonKind::primary, 0.46f))
      push(ui, commands::CompleteItem{item_form, {item.item, item.version, words}, item.batch, next});
  });
}

void draw_history(Ui& ui, const ItemDetail& detail) {
  const auto take_back = [&] {
    const bool in_time = detail.undo_until && ui.now() < *detail.undo_until;
    if (in_time && button(ui, "undo", ui.tr("common.undo"), {.icon = Icon::undo}))
      push(ui, commands::UndoItems{{detail.row.batch, {{detail.row.item, detail.row.version}}}});
  };
  // On a phone the bar below has no room for what is done seldom.
  const auto actions = [&] {
    if (ui.is_phone() && may(detail, Action::transfer) && command_button(ui, {.id = Id::transfer_item}, {}, true))
      open_dialog(ui, commands::TransferItem{detail.row.item});
    take_back();
  };
  card(ui, "history", {.title = ui.tr("my.history"), .actions = actions}, [&] {
    log_entries(ui, detail.log);
    if (detail.log.empty()) muted(ui, ui.tr("log.empty"));
  });
}

void draw_customer_card(Ui& ui, const store::Store& model, const ItemDetail& detail) {
  if (!detail.customer) return;
  card(ui, "customer", {.title = ui.tr("customers.facts")}, [&] {
    draw_customer_facts(ui, model, *detail.customer);
    for (const api::CustomValue& value : detail.customer->row.values) {
      IdScope scope(ui, value.field.value);
      const api::CustomerField* field = model.field(value.field);
      if (field && !value.value.empty()) label_value(ui, field->name, value.value, 104);
    }
  });
}

}  // namespace

void draw_record(Ui& ui, const store::Store& model, MyTasksState& state, const store::Window<ItemRow>& rows) {
  IdScope scope(ui, state.item.value);
  const auto& known = model.item.at(state.item.value);
  const bool acts = known.ready() && !known->allowed.empty();
  const ItemId next = next_after(rows, state.item);
  // On a phone the buttons stand still at the bottom, under the thumb.
  const bool buttons_below = ui.has_bottom_bar() && acts;
  const float height =
      buttons_below ? ui.available_height() - control_height(ui.density()) - space::l : ui.available_height();
  scrolled(ui, "record", ui.tr("my.one"), height, [&] {
    remote(ui, known, [&](const ItemDetail& detail) {
      if (!ui.is_phone()) {
        text(ui, customer_name(ui, detail.row), {.style = Style::subtitle, .weight = Weight::semibold, .heading = 2});
        gap(ui, -space::m);
        caption(ui, detail.row.subject);
      }
      draw_head(ui, detail);
      draw_others(ui, model, detail);
      draw_writing(ui, model, detail, state, next);
      if (acts && !buttons_below) draw_buttons(ui, model, detail, state, next);
      split(ui, {.gap = space::m, .stack_below = 560}, {{.share = 1}, {.share = 1}},
            [&](int i) { i == 0 ? draw_history(ui, detail) : draw_customer_card(ui, model, detail); });
      draw_why(ui, model, state.item);
    });
  });
  if (buttons_below) draw_buttons(ui, model, *known, state, next);
}

}  // namespace tw::views
