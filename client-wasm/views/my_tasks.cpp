#include "client/views/my_tasks.h"

#include <algorithm>

#include "client/ui/format.h"
#include "client/views/parts.h"
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

void draw_tabs(Ui& ui, const store::Store& model, MyTasksState& state) {
  const api::TabCounts counts = model.my_counts.ready() ? *model.my_counts : api::TabCounts{};
  constexpr MyItemsTab tabs[] = {MyItemsTab::to_do,           MyItemsTab::within_hour, MyItemsTab::following,
                                 MyItemsTab::returned,        MyItemsTab::completed,   MyItemsTab::transferred_in,
                                 MyItemsTab::transferred_out, MyItemsTab::overdue,     MyItemsTab::completed_late,
                                 MyItemsTab::due_soon};
  const CommandTab every[] = {{Id::my_to_do, counts.to_do},
                              {Id::my_within_hour, counts.within_hour},
                              {Id::my_following, counts.following},
                              {Id::my_returned, counts.returned},
                              {Id::my_completed, counts.completed},
                              {Id::my_transferred_in, counts.transferred_in},
                              {Id::my_transferred_out, counts.transferred_out},
                              {Id::my_overdue, counts.overdue},
                              {Id::my_completed_late, counts.completed_late},
                              {Id::my_due_soon, counts.due_soon}};
  // What a block leads to is a tab only then: the same items stand in others.
  const std::span<const CommandTab> all(
      every, state.request.tab == MyItemsTab::due_soon ? std::size(tabs) : std::size(tabs) - 1);
  const auto choose = [&](MyItemsTab tab) {
    MyTasksState next = state;
    next.request.tab = tab;
    next.item = {};
    go(ui, address_of(next));
  };
  if (all.size() < std::size(every) && offered(ui, Id::my_due_soon)) choose(MyItemsTab::due_soon);
  int selected = static_cast<int>(std::find(std::begin(tabs), std::end(tabs), state.request.tab) - std::begin(tabs));
  if (!command_tabs(ui, "tabs", ui.tr("my.tabs"), all, selected)) return;
  choose(tabs[selected]);
}

// Of one batch only: the others are not gone.
void draw_filter(Ui& ui, const store::Store& model, MyTasksState& state, const store::Window<ItemRow>& rows) {
  if (!state.request.batch) return;
  const auto& batch = model.batch.at(state.request.batch.value);
  if (!filtered_bar(ui, ui.tr("my.filtered_batch",
                              {param("count", rows.rows()),
                               param("subject", batch.ready() ? batch->summary.subject : std::string("…"))})))
    return;
  state.request.batch = {};
  go(ui, address_of(state));
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
  // What was handed on can no longer be opened.
  const bool handed_on = state.request.tab == MyItemsTab::transferred_out;
  table_model.activatable = !handed_on;
  table_model.row = [&](std::int64_t index) {
    const ItemRow* item = rows.at(index);
    if (!item) return RowInfo{};
    MyTasksState there = state;
    there.item = item->item;
    return RowInfo{.loaded = true,
                   .key = item->item.value,
                   .name = customer_name(ui, *item),
                   .path = handed_on ? std::string_view{} : ui.keep(address_of(there)),
                   .dimmed = model.pending_items.count(item->item.value) != 0};
  };
  table_model.cell = [&](std::int64_t index, int cell) {
    const ItemRow& item = *rows.at(index);
    if (cell == 0) {
      column(ui, {.gap = 0}, [&] {
        text(ui, customer_name(ui, item),
             {.weight = Weight::semibold, .color = item.item == state.item ? Token::accent : Token::text});
        if (handed_on) return caption(ui, ui.tr("my.handed_to", {param("name", item.executor_name)}));
        caption(ui, item.returned ? ui.tr("my.returned_line", {param("subject", item.subject)})
                                  : std::string_view(item.subject));
      });
    } else {
      column(ui, {.gap = 0}, [&] {
        if (handed_on) return caption(ui, relative_time(ui, item.changed));
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
  if (events.activated >= 0 && !handed_on) {
    if (const ItemRow* item = rows.at(events.activated)) {
      MyTasksState there = state;
      there.item = item->item;
      go(ui, address_of(there));
    }
  }
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
  // Of one batch, where more of it can be claimed: the way there.
  const auto& batch = model.batch.at(state.request.batch.value);
  const auto claim = [&] {
    if (state.request.batch && batch.ready() && batch->summary.claiming_open && batch->summary.executes &&
        command_button(ui, {.id = Id::batch_claim}))
      go(ui, path_to(Page::batch, state.request.batch.value, commands::BatchTab::claim));
  };
  page(ui, "my-tasks", {.title = ui.tr("nav.my_tasks"), .bounded = true, .actions = claim}, [&] {
    draw_tabs(ui, model, state);
    draw_filter(ui, model, state, rows);
    list_problem(ui, rows.problem(), rows.known());
    // With nobody in the list there is nobody to choose beside it.
    const bool nobody = rows.known() && rows.rows() == 0 && !state.item;
    if (ui.is_phone() || nobody) return draw_list(ui, model, state, rows);
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

}  // namespace tw::views
