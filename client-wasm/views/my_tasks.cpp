#include "client/views/my_tasks.h"

#include <algorithm>

#include "client/ui/format.h"
#include "client/views/customer.h"
#include "client/views/parts.h"
#include "client/views/typed_moment.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::ItemDetail;
using api::ItemRow;
using api::MyItemsTab;
using commands::Id;
using commands::Page;
using commands::path_to;
using domain::batch::Action;
using ui::text;

void read_route(const commands::Route& route, MyTasksState& state) {
  api::QueryMyItems::Request request;
  if (!from_wire_name(route.asked("tab"), request.tab)) request.tab = state.request.tab;
  if (route.asked("tab").empty() && !route.id) request.tab = MyItemsTab::to_do;
  request.batch = {text::to_integer(route.asked("batch")).value_or(route.id ? state.request.batch.value : 0)};
  if (request.tab != state.request.tab || !(request.batch == state.request.batch)) {
    state.table = {};
    state.first_visible = 0;
    state.last_visible = 50;
  }
  state.request = request;
  state.item = {route.id};
}

std::string address_of(const MyTasksState& state) {
  commands::Route route;
  route.page = Page::my_tasks;
  route.id = state.item.value;
  route.query["tab"] = std::string(wire_name(state.request.tab));
  if (state.request.batch) route.query["batch"] = std::to_string(state.request.batch.value);
  return commands::address_of(route);
}

namespace {

bool may(const ItemDetail& detail, Action action) {
  return std::find(detail.allowed.begin(), detail.allowed.end(), action) != detail.allowed.end();
}

void draw_tabs(Ui& ui, const store::Store& model, MyTasksState& state) {
  const api::TabCounts counts = model.my_counts.ready() ? *model.my_counts : api::TabCounts{};
  const CommandTab all[] = {{Id::my_to_do, counts.to_do},
                            {Id::my_following, counts.following},
                            {Id::my_returned, counts.returned},
                            {Id::my_completed, counts.completed},
                            {Id::my_overdue, counts.overdue}};
  int selected = static_cast<int>(state.request.tab);
  if (!command_tabs(ui, "tabs", ui.tr("my.tabs"), all, selected)) return;
  MyTasksState next = state;
  next.request.tab = static_cast<MyItemsTab>(selected);
  next.item = {};
  go(ui, address_of(next));
}

void draw_none(Ui& ui, const MyTasksState& state) {
  const bool to_do = state.request.tab == MyItemsTab::to_do;
  empty_state(ui, "none",
              {.icon = Icon::check,
               .title = to_do ? ui.tr("my.nothing_to_do") : ui.tr("my.nothing_here"),
               .words = to_do ? ui.tr("my.nothing_to_do_words") : ui.tr("my.nothing_here_words")});
}

void draw_list(Ui& ui, const store::Store& model, MyTasksState& state, const store::Window<ItemRow>& rows) {
  const Column columns[] = {
      {.key = "customer", .label = ui.tr("items.customer"), .share = 1, .min_width = 120, .row_header = true},
      {.key = "due", .label = ui.tr("items.due"), .width = 144, .align = ColumnAlign::end}};
  TableModel table_model;
  table_model.name = ui.tr("nav.my_tasks");
  table_model.rows = rows.known() ? rows.rows() : 8;
  table_model.columns = columns;
  table_model.row_height = 52;
  table_model.row = [&](std::int64_t index) {
    const ItemRow* item = rows.at(index);
    if (!item) return RowInfo{};
    MyTasksState there = state;
    there.item = item->item;
    return RowInfo{.loaded = true,
                   .key = item->item.value,
                   .name = customer_name(ui, *item),
                   .path = ui.keep(address_of(there)),
                   .dimmed = model.pending_items.count(item->item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int cell) {
    const ItemRow& item = *rows.at(index);
    if (cell == 0) {
      column(ui, {.gap = 0}, [&] {
        text(ui, customer_name(ui, item),
             {.weight = Weight::semibold, .color = item.item == state.item ? Token::accent : Token::text});
        caption(ui, item.returned ? ui.tr("my.returned_line", {param("subject", item.subject)})
                                  : std::string_view(item.subject));
      });
    } else {
      column(ui, {.gap = 0}, [&] {
        const bool late = item.due_at && *item.due_at <= ui.now();
        text(ui, item.due_at ? time_left(ui, *item.due_at) : std::string_view("—"),
             {.style = Style::caption,
              .color = late ? Token::danger : Token::muted,
              .align = TextAlign::end,
              .full_width = true});
        if (item.next_follow_up)
          text(ui, ui.tr("my.next_short", {param("when", std::string(day_time(ui, *item.next_follow_up)))}),
               {.style = Style::caption,
                .color = *item.next_follow_up <= ui.now() ? Token::danger : Token::accent,
                .align = TextAlign::end,
                .full_width = true});
      });
    }
  };
  table_model.empty = [&] { draw_none(ui, state); };
  const TableEvents events = table(ui, "my-items", table_model, state.table);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
  if (events.activated >= 0) {
    if (const ItemRow* item = rows.at(events.activated)) {
      MyTasksState there = state;
      there.item = item->item;
      go(ui, address_of(there));
    }
  }
}

// --- the record ------------------------------------------------------------------------------------------------------

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
      if (detail.row.do_not_contact) chip(ui, ui.tr("customers.do_not_contact_short"), {.tone = Tone::danger});
      if (detail.row.number_error) chip(ui, ui.tr("customers.number_error_short"), {.tone = Tone::danger});
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
    if (!detail.description.empty())
      paragraph(ui, detail.description, {.style = Style::caption, .color = Token::muted});
  });
}

// What stands in the field, as read; `wrong` when it is no time to come.
struct FollowUp {
  std::string typed{};
  std::optional<Instant> at{};
  std::string_view wrong{};
};

FollowUp follow_up_of(Ui& ui, const ItemDetail& detail, const ItemDraft& draft) {
  const LocalClock clock{ui.now(), ui.frame().zone_minutes};
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
  const LocalClock clock{ui.now(), ui.frame().zone_minutes};
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

void draw_writing(Ui& ui, const store::Store& model, const ItemDetail& detail, MyTasksState& state) {
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
    return may(detail, action) && command_button(ui, {.id = id, .why = wrong},
                                                 {.kind = kind, .width = width(share), .busy = status.busy}, true);
  };
  const std::string_view unwritten = words.empty() ? ui.tr("my.needs_text") : std::string_view{};
  row(ui, {.gap = space::m, .align = Align::end}, [&] {
    if (pressed_for(Action::abandon, Id::abandon_item, {}, ButtonKind::danger, 0.3f))
      open_dialog(ui, commands::AbandonItem{item.item});
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
  card(ui, "history", {.title = ui.tr("my.history"), .actions = take_back}, [&] {
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

void draw_record(Ui& ui, const store::Store& model, MyTasksState& state, const store::Window<ItemRow>& rows) {
  IdScope scope(ui, state.item.value);
  const auto& known = model.item.at(state.item.value);
  const bool acts = known.ready() && !known->allowed.empty();
  const ItemId next = next_after(rows, state.item);
  // On a phone the buttons stand still at the bottom, under the thumb.
  const bool buttons_below = ui.is_phone() && !ui.is_flat() && acts;
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
      draw_writing(ui, model, detail, state);
      if (acts && !buttons_below) draw_buttons(ui, model, detail, state, next);
      split(ui, {.gap = space::m, .stack_below = 560}, {{.share = 1}, {.share = 1}},
            [&](int i) { i == 0 ? draw_history(ui, detail) : draw_customer_card(ui, model, detail); });
    });
  });
  if (buttons_below) draw_buttons(ui, model, *known, state, next);
}

}  // namespace

void draw_my_tasks(Ui& ui, const store::Store& model, MyTasksState& state) {
  const auto shown = model.my_items.show(store::Store::key_of(state.request));
  static const store::Window<ItemRow> nothing{};
  const store::Window<ItemRow>& rows = shown.window ? *shown.window : nothing;
  if (ui.is_phone() && state.item) {
    const auto& known = model.item.at(state.item.value);
    const PageResult result =
        page(ui, "my-task",
             {.title = known.ready() ? customer_name(ui, known->row) : ui.tr("my.one"),
              .subtitle = known.ready() ? std::string_view(known->row.subject) : std::string_view{},
              .back_label = ui.tr("nav.my_tasks"),
              .bounded = true},
             [&] { draw_record(ui, model, state, rows); });
    MyTasksState list = state;
    list.item = {};
    if (result.back) go(ui, address_of(list));
    return;
  }
  page(ui, "my-tasks", {.title = ui.tr("nav.my_tasks"), .bounded = true}, [&] {
    draw_tabs(ui, model, state);
    list_problem(ui, rows.problem(), rows.known());
    if (ui.is_phone()) return draw_list(ui, model, state, rows);
    split(ui, {.stack_below = 0, .height = ui.available_height()}, {{.share = 1}, {.share = 1.9f}}, [&](int i) {
      if (i == 0) return draw_list(ui, model, state, rows);
      if (state.item) return draw_record(ui, model, state, rows);
      card(ui, "choose", {}, [&] {
        empty_state(ui, "choose",
                    {.icon = Icon::person, .title = ui.tr("my.choose"), .words = ui.tr("my.choose_words")});
      });
    });
  });
}

void draw_item_dialog(Ui& ui, const store::Store& model, ItemId item) {
  const auto& known = model.item.at(item.value);
  const DialogResult result = dialog(
      ui, "item-dialog",
      {.title = known.ready() ? customer_name(ui, known->row) : ui.tr("my.one"),
       .subtitle = known.ready() ? std::string_view(known->row.subject) : std::string_view{},
       .width = 600,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
           }},
      [&] {
        remote(ui, known, [&](const ItemDetail& detail) {
          row(ui, {.height = 28}, [&] {
            state_chip(ui, detail.row.state);
            if (detail.row.returned) chip(ui, ui.tr("items.returned_chip"), {.tone = Tone::danger});
            caption(ui, detail.row.executor_name);
            if (detail.row.next_follow_up) {
              spring(ui);
              caption(ui, ui.tr("my.next_at", {param("when", std::string(day_time(ui, *detail.row.next_follow_up)))}));
            }
            spring(ui);
            if (detail.row.due_at) caption(ui, time_left(ui, *detail.row.due_at));
          });
          if (!detail.row.phone.empty()) label_value(ui, ui.tr("items.phone"), detail.row.phone, 104);
          if (!detail.row.city.empty()) label_value(ui, column_name(ui, model, "city"), detail.row.city, 104);
          separator(ui);
          log_entries(ui, detail.log);
        });
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

void draw_abandon_dialog(Ui& ui, const store::Store& model, store::FormId form_id, ItemId item, std::string& reason) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.item.at(item.value);
  const bool complete = !text::trim(reason).empty() && known.ready();
  bool pressed = false;
  const DialogResult result = dialog(ui, "abandon-dialog",
                                     {.title = ui.tr("my.abandon_title"),
                                      .width = 460,
                                      .close_name = ui.tr("common.close"),
                                      .footer =
                                          [&] {
                                            pressed = dialog_buttons(ui, {.action = ui.tr("my.abandon"),
                                                                          .danger = true,
                                                                          .disabled = !complete,
                                                                          .why_disabled = ui.tr("items.needs_reason"),
                                                                          .busy = status.busy});
                                          }},
                                     [&] {
                                       form_problem(ui, status);
                                       paragraph(ui, ui.tr("my.abandon_words"), {.color = Token::muted});
                                       text_area(ui, "reason", reason,
                                                 {.field = {.label = ui.tr("my.abandon_reason"),
                                                            .error = field_problem(status, "reason"),
                                                            .required = true,
                                                            .focus_first = true,
                                                            .max_length = 4000}});
                                     });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && complete && !status.busy)
    push(ui, commands::AbandonItemNow{
                 form_id, {item, known->row.version, std::string(text::trim(reason))}, known->row.batch});
}

}  // namespace tw::views
