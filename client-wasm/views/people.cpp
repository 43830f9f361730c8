#include "client/views/people.h"

#include <algorithm>
#include <utility>

#include "client/ui/format.h"
#include "client/views/calendars.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::PersonRow;
using commands::Id;
using domain::access::Permission;
using domain::access::Role;
using ui::text;

namespace {
constexpr const char* tab_names[] = {"", "departments", "groups", "calendars"};
}

void read_route(const commands::Route& route, PeopleState& state) {
  state.tab = 0;
  for (int i = 1; i < 4; ++i)
    if (route.asked("tab") == tab_names[i]) state.tab = i;
  state.shows_disabled = route.asked("disabled") == "1";
  if (state.search_draft == state.search) state.search_draft = std::string(route.asked("q"));
  state.search = std::string(route.asked("q"));
}

std::string address_of(const PeopleState& state) {
  commands::Route route;
  route.page = commands::Page::people;
  if (state.tab > 0) route.query["tab"] = tab_names[state.tab];
  if (state.shows_disabled) route.query["disabled"] = "1";
  route.query["q"] = state.search;
  return commands::address_of(route);
}

namespace {

std::string address_of_person(const PeopleState& state, PersonId person) {
  return commands::path_with(address_of(state), "person", std::to_string(person.value));
}

void draw_search(Ui& ui, PeopleState& state, float width) {
  if (search_line(ui, ui.tr("people.search"), width, {state.search_draft, state.searched_at_ms, state.search}))
    push(ui, commands::Go{address_of(state), true});
}

void row_commands(Ui& ui, const store::Store& model, const PeopleState& state, const PersonRow& person, Ask ask) {
  if (ask(ui, Id::edit_person, person.name)) go(ui, address_of_person(state, person.person));
  if (person.active && ask(ui, Id::reset_password, person.name)) push(ui, commands::ResetPassword{0, person.person});
  if (person.person == model.me()) return;
  if (ask == command_item) menu_separator(ui);
  if (person.active) {
    if (ask(ui, Id::disable_person, person.name)) open_dialog(ui, commands::DisablePerson{person.person});
  } else if (ask(ui, Id::enable_person, person.name)) {
    push(ui, commands::SetPersonActive{0, {person.person, person.version, true, {}, {}}, person.name});
  }
}

void draw_cell(Ui& ui, const store::Store& model, const PeopleState& state, const PersonRow& person, int column) {
  switch (column) {
    case 0:
      avatar(ui, person.name, person.person.value, 28);
      cell_strong(ui, person.name);
      if (!person.active) chip(ui, ui.tr("people.chip_disabled"), {.tone = Tone::unassigned, .dot = false});
      if (person.active && !person.has_password)
        chip(ui, ui.tr("people.chip_invited"), {.tone = Tone::completed, .dot = false});
      return;
    case 1:
      cell_muted(ui, person.login);
      return;
    case 2:
      cell_text(ui, words_of(ui, person.role));
      return;
    case 3:
      cell_text(ui, or_dash(ui, person.department_name));
      return;
    case 4:
      person.holding_cap ? cell_text(ui, ui.keep(number(person.held) + " / " + number(*person.holding_cap)))
                         : cell_number(ui, person.held);
      return;
    case 5:
      cell_muted(ui, person.last_seen ? relative_time(ui, *person.last_seen) : std::string_view("—"));
      return;
    default:
      if (icon_button(ui, "more", Icon::more, ui.tr("people.more", {param("name", person.name)}), {.has_menu = true}))
        open_menu(ui, "row-menu");
      menu(ui, "row-menu", person.name, [&] { row_commands(ui, model, state, person, command_item); });
  }
}

// Who was disabled, or does not fit the search, is not there: says so, and shows them.
void draw_filtered_bar(Ui& ui, PeopleState& state, std::size_t shown, std::size_t all) {
  if (shown == all) return;
  if (!filtered_bar(ui, ui.tr("people.filtered", {param("shown", static_cast<std::int64_t>(shown)),
                                                  param("hidden", static_cast<std::int64_t>(all - shown))})))
    return;
  state.shows_disabled = true;
  state.search.clear();
  state.search_draft.clear();
  go(ui, address_of(state));
}

void draw_list(Ui& ui, const store::Store& model, PeopleState& state, const std::vector<PersonRow>& people) {
  std::vector<const PersonRow*> shown;
  const std::string wanted = text::lower(text::trim(state.search));
  for (const PersonRow& person : people) {
    if (!person.active && !state.shows_disabled) continue;
    const bool fits = wanted.empty() || text::lower(person.name).find(wanted) != std::string::npos ||
                      text::lower(person.login).find(wanted) != std::string::npos ||
                      text::lower(person.department_name).find(wanted) != std::string::npos;
    if (fits) shown.push_back(&person);
  }
  draw_filtered_bar(ui, state, shown.size(), people.size());
  const Column columns[] = {
      {.key = "name", .label = ui.tr("person.name"), .share = 1.4f, .min_width = 170, .row_header = true},
      {.key = "login", .label = ui.tr("person.login"), .share = 1, .min_width = 90, .hide_below = 640},
      {.key = "role", .label = ui.tr("person.role"), .width = 110},
      {.key = "department", .label = ui.tr("person.department"), .share = 1, .min_width = 90, .hide_below = 560},
      {.key = "held", .label = ui.tr("person.held"), .width = 96, .align = ColumnAlign::end, .hide_below = 720},
      {.key = "seen", .label = ui.tr("person.last_seen"), .width = 124, .hide_below = 860},
      {.key = "more", .label = {}, .width = 52}};
  TableModel table_model;
  table_model.name = ui.tr("nav.people");
  table_model.rows = static_cast<std::int64_t>(shown.size());
  table_model.columns = columns;
  table_model.row = [&](std::int64_t index) {
    const PersonRow& person = *shown[static_cast<std::size_t>(index)];
    return RowInfo{.loaded = true,
                   .key = person.person.value,
                   .name = person.name,
                   .path = ui.keep(address_of_person(state, person.person)),
                   .dimmed = false};
  };
  table_model.cell = [&](std::int64_t index, int column) {
    draw_cell(ui, model, state, *shown[static_cast<std::size_t>(index)], column);
  };
  table_model.context_menu = [&](std::int64_t index) {
    row_commands(ui, model, state, *shown[static_cast<std::size_t>(index)], command_item);
  };
  table_model.empty = [&] { empty_state(ui, "nobody", {.icon = Icon::people, .title = ui.tr("people.none_found")}); };
  const TableEvents events = table(ui, "people", table_model, state.table);
  if (const std::int64_t at = state.table.current; at >= 0 && at < table_model.rows)
    row_commands(ui, model, state, *shown[static_cast<std::size_t>(at)], offered);
  if (events.activated >= 0)
    go(ui, address_of_person(state, shown[static_cast<std::size_t>(events.activated)]->person));
}

int depth_of(const std::vector<api::DepartmentRow>& rows, DepartmentId department) {
  int depth = 0;
  for (; department && depth < 20; ++depth) {
    const auto found = std::find_if(
        rows.begin(), rows.end(), [department](const api::DepartmentRow& row) { return row.department == department; });
    department = found == rows.end() ? DepartmentId{} : found->parent;
  }
  return depth;
}

void draw_branch(Ui& ui, const std::vector<api::DepartmentRow>& rows, DepartmentId parent, bool& first) {
  for (const api::DepartmentRow& department : rows) {
    if (department.parent != parent) continue;
    {
      IdScope scope(ui, department.department.value);
      if (!std::exchange(first, false)) separator(ui);
      row(ui, {.height = 44}, [&] {
        gap(ui, static_cast<float>(depth_of(rows, parent)) * space::xl);
        strong(ui, department.name);
        caption(ui, ui.tr("departments.people", {param("count", department.people)}));
        spring(ui);
        if (icon_button(ui, "add", Icon::plus, ui.tr("departments.add_below", {param("name", department.name)})))
          open_dialog(ui, commands::NewDepartment{department.department});
        if (icon_button(ui, "edit", Icon::edit, ui.tr("departments.edit_one", {param("name", department.name)})))
          open_dialog(ui, commands::EditDepartment{department.department});
      });
    }
    draw_branch(ui, rows, department.department, first);
  }
}

void draw_departments(Ui& ui, const store::Store& model) {
  scrolled(ui, "departments", ui.tr("departments.tab"), 0, [&] {
    remote(ui, model.departments, [&](const std::vector<api::DepartmentRow>& rows) {
      card(ui, "tree", {.gap = 0}, [&] {
        if (rows.empty()) {
          if (empty_state(ui, "none",
                          {.icon = Icon::department,
                           .title = ui.tr("departments.empty_title"),
                           .words = ui.tr("departments.empty_words"),
                           .action = ui.tr("departments.new"),
                           .action_icon = Icon::plus}))
            open_dialog(ui, commands::NewDepartment{});
          return;
        }
        bool first = true;
        draw_branch(ui, rows, {}, first);
      });
    });
  });
}

}  // namespace

void draw_people(Ui& ui, const store::Store& model, PeopleState& state) {
  page(ui, "people",
       {.title = ui.tr("nav.people"),
        .bounded = true,
        .actions =
            [&] {
              if (!model.may(Permission::manage_people)) return;
              constexpr Id adds[] = {Id::new_person, Id::new_department, Id::new_user_group, Id::new_calendar};
              page_button(ui, adds[state.tab]);
            }},
       [&] {
         if (state.tab == 0 && offered(ui, Id::find_here)) ui.focus(ui.id("search"));
         row(ui, {.wrap = ui.is_phone()}, [&] {
           const auto count = [](const auto& list) {
             return list.ready() ? std::optional<std::int64_t>(list->size()) : std::nullopt;
           };
           const auto groups =
               model.user_groups.ready() ? std::optional<std::int64_t>(model.user_groups->rows.size()) : std::nullopt;
           const auto calendars =
               model.calendars.ready() ? std::optional<std::int64_t>(model.calendars->rows.size()) : std::nullopt;
           const CommandTab all[] = {{Id::people_list, count(model.people)},
                                     {Id::department_list, count(model.departments)},
                                     {Id::user_group_list, groups},
                                     {Id::calendar_list, calendars}};
           if (command_tabs(ui, "tabs", ui.tr("nav.people"), all, state.tab)) go(ui, address_of(state));
           if (state.tab > 0) return;
           if (!ui.is_phone()) spring(ui);
           if (checkbox(ui, "disabled", ui.tr("people.show_disabled"), state.shows_disabled)) go(ui, address_of(state));
           if (!ui.is_phone()) draw_search(ui, state, 240);
         });
         if (ui.is_phone() && state.tab == 0) draw_search(ui, state, 0);
         if (state.tab == 1) return draw_departments(ui, model);
         if (state.tab == 2) return draw_user_groups(ui, model);
         if (state.tab == 3) return draw_calendars(ui, model);
         remote(ui, model.people, [&](const std::vector<PersonRow>& people) { draw_list(ui, model, state, people); });
       });
}

}  // namespace tw::views
