#include "client/views/customers.h"

#include <algorithm>
#include <array>

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "client/views/selected.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::CustomerView;
using commands::Id;
using domain::access::Permission;
using ui::text;

namespace {

constexpr std::size_t fields_shown_unasked = 4;
constexpr std::size_t most_named = 10'000;  // ids that one request may hold

struct ListColumn {
  std::string key;
  std::int64_t field = 0;  // a custom field
  Column column;
};

bool is_hidden(const CustomersState& state, std::string_view key) {
  return std::find(state.hidden.begin(), state.hidden.end(), key) != state.hidden.end();
}

std::vector<std::int64_t> fields_shown(const store::Store& model, const CustomersState& state) {
  if (state.fields_chosen) return state.shown_fields;
  std::vector<std::int64_t> first;
  if (model.fields.ready())
    for (const api::CustomerField& field : *model.fields)
      if (first.size() < fields_shown_unasked) first.push_back(field.field.value);
  return first;
}

std::vector<ListColumn> columns_of(Ui& ui, const store::Store& model, const CustomersState& state) {
  std::vector<ListColumn> columns;
  const auto add = [&](std::string key, Column column, std::int64_t field = 0) {
    if (is_hidden(state, key)) return;
    column.label = column_name(ui, model, key);
    columns.push_back({std::move(key), field, column});
  };
  add("name", {.share = 1.6f, .min_width = 150, .sortable = true, .row_header = true});
  add("owner", {.share = 1, .min_width = 110, .hide_below = 760});
  add("city", {.width = 96, .sortable = true, .hide_below = 640});
  add("phone", {.width = 128, .hide_below = 320});
  add("score", {.width = 76, .align = ColumnAlign::end, .sortable = true, .hide_below = 480});
  for (const std::int64_t id : fields_shown(model, state)) {
    const api::CustomerField* field = model.field({id});
    if (!field) continue;
    const bool number = field->type == domain::customer::FieldType::number;
    add("field_" + std::to_string(id),
        {.width = 108, .align = number ? ColumnAlign::end : ColumnAlign::start, .hide_below = 900}, id);
  }
  add("open_tasks", {.width = 92, .align = ColumnAlign::end, .hide_below = 1040});
  add("last_follow_up", {.width = 132, .sortable = true, .hide_below = 1160});
  add("changed", {.width = 132, .sortable = true, .hide_below = 860});
  return columns;
}

void draw_cell(Ui& ui, const api::CustomerRow& row, const ListColumn& column) {
  if (column.field) {
    for (const api::CustomValue& value : row.values)
      if (value.field.value == column.field) return cell_text(ui, value.value);
    return cell_muted(ui, "—");
  }
  if (column.key == "name") {
    cell_strong(ui, customer_name(ui, row));
    reach_chips(ui, row);
  } else if (column.key == "owner") {
    if (row.owner) {
      avatar(ui, row.owner_name, row.owner.value, 24);
      cell_text(ui, row.owner_name);
    } else {
      cell_muted(ui, "—");
    }
  } else if (column.key == "city") {
    cell_text(ui, or_dash(ui, row.city));
  } else if (column.key == "phone") {
    cell_muted(ui, or_dash(ui, row.phone));
  } else if (column.key == "score") {
    row.score ? cell_number(ui, *row.score) : cell_muted(ui, "—");
  } else if (column.key == "open_tasks") {
    row.open_tasks ? cell_number(ui, row.open_tasks) : cell_muted(ui, "—");
  } else if (column.key == "last_follow_up") {
    cell_muted(ui, row.last_follow_up ? relative_time(ui, *row.last_follow_up) : std::string_view("—"));
  } else if (column.key == "changed") {
    cell_muted(ui, relative_time(ui, row.changed));
  }
}

// Typing goes on in the same step of the history; what was chosen is a step that "back" takes back.
void show(Ui& ui, const CustomersState& state) { push(ui, commands::Go{address_of(state), true}); }
void step(Ui& ui, const CustomersState& state) { push(ui, commands::Go{address_of(state), false}); }

void draw_views(Ui& ui, const store::Store& model, CustomersState& state) {
  constexpr std::array<CustomerView, 3> views = {CustomerView::own, CustomerView::department, CustomerView::all};
  std::vector<CommandTab> tabs;
  std::vector<CustomerView> shown;
  int selected = 0;
  for (const CustomerView view : views) {
    // A view that is no wider than the one before would show the same list twice.
    if (view == CustomerView::department && model.session && !model.session->department) continue;
    if (view == CustomerView::department && model.session && model.session->scope == domain::access::Scope::own)
      continue;
    if (view == state.query.view) selected = static_cast<int>(tabs.size());
    const auto& total = model.customer_totals[static_cast<std::size_t>(view)];
    tabs.push_back({static_cast<Id>(static_cast<int>(Id::customers_own) + static_cast<int>(view)),
                    total.ready() ? std::optional<std::int64_t>(total->count) : std::nullopt});
    shown.push_back(view);
  }
  if (command_tabs(ui, "views", ui.tr("customers.views"), tabs, selected)) {
    state.query.view = shown[static_cast<std::size_t>(selected)];
    state.table = {};
    step(ui, state);
  }
}

void draw_search(Ui& ui, CustomersState& state, float width) {
  if (!search_line(ui, ui.tr("customers.search"), width,
                   {state.search_draft, state.searched_at_ms, state.query.search, 2}))
    return;
  state.table = {};
  show(ui, state);
}

void draw_column_choice(Ui& ui, const store::Store& model, CustomersState& state) {
  const bool called = offered(ui, Id::choose_columns);
  if (icon_button(ui, "columns", Icon::columns, ui.tr("customers.columns"), {.has_menu = true}) || called)
    open_popover(ui, "columns-panel");
  popover(ui, "columns-panel", ui.tr("customers.columns"), 240, [&] {
    for (const char* key : {"owner", "city", "phone", "score", "open_tasks", "last_follow_up", "changed"}) {
      bool visible = !is_hidden(state, key);
      if (!checkbox(ui, key, column_name(ui, model, key), visible)) continue;
      if (visible) {
        state.hidden.erase(std::remove(state.hidden.begin(), state.hidden.end(), key), state.hidden.end());
      } else {
        state.hidden.emplace_back(key);
      }
    }
    if (!model.fields.ready() || model.fields->empty()) return;
    menu_heading(ui, ui.tr("customers.custom_fields"));
    std::vector<std::int64_t> shown = fields_shown(model, state);
    scroll_area(ui, "fields", {.height = std::min(240.0f, 36.0f * static_cast<float>(model.fields->size()))}, [&] {
      for (const api::CustomerField& field : *model.fields) {
        IdScope scope(ui, field.field.value);
        const auto at = std::find(shown.begin(), shown.end(), field.field.value);
        bool visible = at != shown.end();
        if (!checkbox(ui, "field", field.name, visible)) continue;
        visible ? shown.push_back(field.field.value) : void(shown.erase(at));
        state.shown_fields = shown;
        state.fields_chosen = true;
      }
    });
  });
}

void draw_filter(Ui& ui, const store::Store& model, CustomersState& state) {
  if (command_button(ui, {.id = Id::add_filter}, {.has_menu = true})) {
    if (state.draft_at >= 0) {  // one that was only looked at
      state.draft.value.clear();
      state.draft.values.clear();
      state.people = {};
    }
    state.draft_at = -1;
    open_popover(ui, "filter-panel");
  }
  popover(ui, "filter-panel", ui.tr("filter.add"), 340, [&] {
    if (!draw_condition_editor(ui, model, state.draft, state.people)) return;
    auto& conditions = state.query.filter.conditions;
    if (state.draft_at >= 0 && state.draft_at < static_cast<int>(conditions.size())) {
      conditions[static_cast<std::size_t>(state.draft_at)] = state.draft;
    } else {
      conditions.push_back(state.draft);
    }
    state.draft.value.clear();
    state.draft.values.clear();
    state.people = {};
    state.draft_at = -1;
    close_popover(ui);
    state.table = {};
    step(ui, state);
  });
}

FilterChipEvent condition_chip(Ui& ui, const store::Store& model, int place, const api::Condition& condition) {
  IdScope scope(ui, place);
  return filter_chip(ui, "condition", sentence_of(ui, model, condition), ui.tr("filter.remove"));
}

void draw_conditions(Ui& ui, const store::Store& model, CustomersState& state) {
  auto& conditions = state.query.filter.conditions;
  if (conditions.empty()) return;
  int removed = -1;
  row(ui, {.wrap = true}, [&] {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const FilterChipEvent event = condition_chip(ui, model, static_cast<int>(i), conditions[i]);
      if (event == FilterChipEvent::remove) removed = static_cast<int>(i);
      if (event != FilterChipEvent::open) continue;
      state.draft = conditions[i];
      state.draft_at = static_cast<int>(i);
      state.people = {};
      open_popover(ui, "filter-panel");
    }
    if (command_button(ui, {.id = Id::show_all}, {.kind = ButtonKind::ghost}, true)) removed = -2;
  });
  if (removed == -1) return;
  if (removed == -2) {
    conditions.clear();
  } else {
    conditions.erase(conditions.begin() + removed);
  }
  state.table = {};
  step(ui, state);
}

commands::AddToBatch addition_of(const CustomersState& state, std::int64_t count) {
  const Selection& selection = state.table.selection;
  commands::AddToBatch add;
  add.count = count;
  std::vector<CustomerId>& named = selection.all_of_query ? add.except : add.customers;
  for (const std::int64_t key : selection.keys) named.push_back({key});
  if (selection.all_of_query) add.query = state.query;
  return add;
}

void draw_selection(Ui& ui, const store::Store& model, CustomersState& state,
                    const store::Window<api::CustomerRow>& rows, bool of_another_query) {
  Selection& selection = state.table.selection;
  if (selection.empty()) return;
  if (!of_another_query) keep_what_is_here(selection, rows, model.changed_customers);
  if (selection.empty()) return;
  const api::Total& total = rows.total;
  const std::string_view all_words =
      ui.tr("customers.select_all", {param("total", std::string(total_words(ui, total)))});
  list_selection(ui, selection, total, all_words, [&] {
    const std::int64_t count = selection.size(total.count);
    const bool too_many = selection.keys.size() > most_named;
    const std::string_view why = too_many     ? ui.tr("customers.too_many_ticked")
                                 : count == 0 ? ui.tr("batch.nobody_to_add")
                                              : std::string_view{};
    if (command_button(ui, {.id = Id::add_to_batch, .why = why})) open_dialog(ui, addition_of(state, count));
  });
}

void draw_empty(Ui& ui, const store::Store& model, CustomersState& state) {
  const bool filtered = !state.query.filter.conditions.empty() || !state.query.search.empty();
  if (filtered) {
    if (empty_state(ui, "nothing-found",
                    {.icon = Icon::search,
                     .title = ui.tr("customers.none_found"),
                     .words = ui.tr("customers.none_found_words"),
                     .action = ui.tr("filter.show_all")})) {
      state.query.filter = {};
      state.query.search.clear();
      state.search_draft.clear();
      step(ui, state);
    }
  } else if (model.may(Permission::import_customers)) {
    if (empty_state(ui, "no-customers",
                    {.icon = Icon::customers,
                     .title = ui.tr("customers.empty_title"),
                     .words = ui.tr("customers.empty_words"),
                     .action = ui.tr("import.start"),
                     .action_icon = Icon::upload}))
      go(ui, commands::path_to(commands::Page::imports));
  } else {
    empty_state(ui, "no-customers",
                {.icon = Icon::customers,
                 .title = ui.tr("customers.empty_title"),
                 .words = ui.tr("customers.empty_member_words")});
  }
}

void draw_table(Ui& ui, const store::Store& model, CustomersState& state, const store::Window<api::CustomerRow>& rows,
                bool dimmed) {
  const std::vector<ListColumn> shown = columns_of(ui, model, state);
  std::vector<Column> columns;
  for (const ListColumn& one : shown) {
    columns.push_back(one.column);
    columns.back().key = one.key;
  }
  TableModel table_model;
  table_model.name = ui.tr("nav.customers");
  table_model.rows = rows.known() ? rows.rows() : 30;
  table_model.columns = columns;
  table_model.sort = state.sort;
  table_model.selectable = model.may(Permission::create_batch);
  table_model.row = [&](std::int64_t index) {
    const api::CustomerRow* row = rows.at(index);
    if (!row) return RowInfo{};
    return RowInfo{.loaded = true,
                   .key = row->customer.value,
                   .name = customer_name(ui, *row),
                   .path = ui.keep(commands::path_to(commands::Page::customer, row->customer.value)),
                   .dimmed = dimmed};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    draw_cell(ui, *rows.at(index), shown[static_cast<std::size_t>(column)]);
  };
  table_model.empty = [&] { draw_empty(ui, model, state); };
  const TableEvents events = table(ui, "customers", table_model, state.table);
  state.first_visible = events.first_visible;
  state.last_visible = events.last_visible;
  if (events.sort_changed) {
    state.sort = state.usual_order = events.sort;
    state.table.scroll = 0;
    step(ui, state);
  }
  if (events.activated >= 0)
    if (const api::CustomerRow* row = rows.at(events.activated))
      go(ui, commands::path_to(commands::Page::customer, row->customer.value));
}

}  // namespace

api::QueryCustomers::Request request_of(const store::Store& model, const CustomersState& state) {
  api::QueryCustomers::Request request;
  request.query = state.query;
  request.sort = {state.sort.key, state.sort.descending};
  for (const std::int64_t id : fields_shown(model, state)) request.columns.push_back({id});
  return request;
}

void draw_customers(Ui& ui, const store::Store& model, CustomersState& state) {
  const auto shown = model.customers.show(store::Store::key_of(request_of(model, state)));
  static const store::Window<api::CustomerRow> nothing{};
  const store::Window<api::CustomerRow>& rows = shown.window ? *shown.window : nothing;
  page(ui, "customers",
       {.title = ui.tr("nav.customers"),
        .count = rows.known() ? total_words(ui, rows.total) : std::string_view{},
        .bounded = true,
        .actions =
            [&] {
              if (model.may(Permission::import_customers)) page_button(ui, Id::import_customers, ButtonKind::secondary);
              if (model.may(Permission::edit_customers)) page_button(ui, Id::new_customer);
            }},
       [&] {
         row(ui, {.wrap = ui.is_phone()}, [&] {
           draw_views(ui, model, state);
           spring(ui);
           if (!ui.is_phone()) draw_search(ui, state, 260);
           draw_filter(ui, model, state);
           if (!ui.is_phone()) draw_column_choice(ui, model, state);
         });
         if (ui.is_phone()) draw_search(ui, state, 0);
         draw_conditions(ui, model, state);
         draw_selection(ui, model, state, rows, shown.dimmed);
         list_problem(ui, rows.problem(), rows.known());
         if (!rows.problem() || rows.known()) draw_table(ui, model, state, rows, shown.dimmed);
       });
}

}  // namespace tw::views
