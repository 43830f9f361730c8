#include "client/views/audit.h"

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/date.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::AuditFact;
using api::AuditRow;
using ui::text;

namespace {

struct Period {
  std::string_view key;  // in the address
  std::int64_t days = 0;
  TextKey label{};
};
const Period periods[] = {{"", 0, text_key("audit.any_time")},        {"1", 1, text_key("audit.last_day")},
                          {"7", 7, text_key("audit.last_week")},      {"30", 30, text_key("audit.last_month")},
                          {"90", 90, text_key("audit.last_quarter")}, {"chosen", 0, text_key("audit.chosen_days")}};
constexpr int chosen_days = static_cast<int>(std::size(periods)) - 1;
constexpr std::int64_t day_ms = days(1).value;

bool ends_before_it_begins(const AuditState& state) {
  return state.from.day && state.to.day && *state.to.day < *state.from.day;
}

}  // namespace

void read_route(const commands::Route& route, AuditState& state) {
  api::AuditKind kind{};
  state.kind.reset();
  if (from_wire_name(route.asked("kind"), kind)) state.kind = kind;
  state.person = {text::to_integer(route.asked("person")).value_or(0)};
  state.period = 0;
  for (int i = 1; i < static_cast<int>(std::size(periods)); ++i)
    if (route.asked("days") == periods[i].key) state.period = i;
  const bool chosen = state.period == chosen_days;
  take_day(state.from, chosen ? read_day(route.asked("from")) : std::nullopt);
  take_day(state.to, chosen ? read_day(route.asked("to")) : std::nullopt);
}

std::string address_of(const AuditState& state) {
  commands::Route route;
  route.page = commands::Page::audit;
  if (state.kind) route.query["kind"] = std::string(wire_name(*state.kind));
  if (state.person) route.query["person"] = std::to_string(state.person.value);
  route.query["days"] = std::string(periods[state.period].key);
  if (state.period == chosen_days && state.from.day) route.query["from"] = written_day(*state.from.day);
  if (state.period == chosen_days && state.to.day) route.query["to"] = written_day(*state.to.day);
  return commands::address_of(route);
}

api::ListAudit::Request request_of(const AuditState& state, const LocalClock& clock) {
  api::ListAudit::Request request;
  request.kind = state.kind;
  request.person = state.person;
  if (const std::int64_t period = periods[state.period].days; period > 0) request.from = clock.now - days(period);
  if (state.period != chosen_days) return request;
  // Whole days of the reader, whose first and last moments their own clock knows.
  if (state.from.day) request.from = clock.wall.at_wall(*state.from.day * day_ms);
  if (state.to.day) request.until = clock.wall.at_wall((*state.to.day + 1) * day_ms);
  return request;
}

namespace {

std::string_view name_of(Ui& ui, api::AuditKind kind) {
  return ui.tr("words.audit_kind", {param("value", std::string(wire_name(kind)))});
}

// A session, or a person of the server's own command line, or what the clock does.
std::string_view who(Ui& ui, const AuditRow& row) {
  if (row.person) return row.person_name;
  return row.address == "local" ? ui.tr("audit.command_line") : ui.tr("audit.nobody");
}

// "added 3, conflict 1"
std::string outcomes_words(Ui& ui, const std::string& stored) {
  std::string words;
  for (const std::string_view one : text::split(stored, ',')) {
    const std::string_view trimmed = text::trim(one);
    const std::size_t space = trimmed.rfind(' ');
    const auto count = space == std::string_view::npos ? std::nullopt : text::to_integer(trimmed.substr(space + 1));
    if (!count) continue;
    if (!words.empty()) words += ui.tr("picker.between_names");
    words +=
        ui.tr("operation.outcome", {param("count", *count), param("outcome", std::string(trimmed.substr(0, space)))});
  }
  return words;
}

std::string value_words(Ui& ui, const api::AuditFactValue& fact) {
  if (!fact.name.empty()) return fact.name;
  const auto named = [&](TextKey key) { return std::string(ui.tr(key, {param("value", fact.value)})); };
  const auto count = text::to_integer(fact.value);
  switch (fact.fact) {
    case AuditFact::role:
    case AuditFact::role_before:
      return named(text_key("words.role"));
    case AuditFact::operation_kind:
      return named(text_key("words.operation"));
    case AuditFact::state:
      return named(text_key("audit.fact_state"));
    case AuditFact::action:
      return named(text_key("audit.fact_action"));
    case AuditFact::change:
      return named(text_key("audit.fact_change"));
    case AuditFact::fields:
      return named(text_key("audit.fact_fields"));
    case AuditFact::setting:
      return named(text_key("audit.fact_setting"));
    case AuditFact::outcomes:
      return outcomes_words(ui, fact.value);
    case AuditFact::problem:
      return std::string(ui.tr(fact.value.c_str()));
    case AuditFact::may_create_batches:
      return std::string(fact.value == "1" ? ui.tr("common.yes") : ui.tr("common.no"));
    case AuditFact::bytes:
      return count ? bytes(*count) : fact.value;
    case AuditFact::rows:
    case AuditFact::changed:
    case AuditFact::accounts:
    case AuditFact::unknown:
      return count ? number(*count) : fact.value;
    case AuditFact::department:
    case AuditFact::department_before:
      return fact.value == "0" ? "—" : fact.value;
    default:
      return fact.value;
  }
}

std::string_view facts_words(Ui& ui, const AuditRow& row) {
  std::string words;
  for (const api::AuditFactValue& fact : row.facts) {
    if (!words.empty()) words += " · ";
    words +=
        ui.tr("audit.fact", {param("fact", std::string(wire_name(fact.fact))), param("value", value_words(ui, fact))});
  }
  return ui.keep(std::move(words));
}

void draw_cell(Ui& ui, const AuditRow& row, int column) {
  switch (column) {
    case 0:
      return cell_text(ui, date_time(ui, row.at));
    case 1:
      return cell_strong(ui, name_of(ui, row.kind));
    case 2:
      if (row.person) avatar(ui, row.person_name, row.person.value, 24);
      return cell_text(ui, who(ui, row));
    case 3:
      return cell_muted(ui, facts_words(ui, row));
    case 4:
      return cell_muted(ui, or_dash(ui, row.address));
    default:
      return cell_number(ui, row.number);
  }
}

// Whoever left is asked about most: disabled people are offered, too.
bool choose_person(Ui& ui, const store::Store& model, AuditState& state) {
  const PersonId before = state.person;
  bool opened = false;
  if (!state.person) {
    opened = button(ui, "person", ui.tr("audit.person"), {.has_menu = true});
  } else {
    const PersonId chosen[] = {state.person};
    const FilterChipEvent event = filter_chip(ui, "person", people_words(ui, model, chosen), ui.tr("filter.remove"));
    if (event == FilterChipEvent::remove) state.person = {};
    opened = event == FilterChipEvent::open;
  }
  if (opened) {
    state.picker = {};
    open_popover(ui, "person-panel");
  }
  popover(ui, "person-panel", ui.tr("audit.person"), 340, [&] {
    if (person_select(ui, "people", ui.tr("audit.person"), model, state.person, state.picker, Among::everybody))
      close_popover(ui);
  });
  return state.person != before;
}

bool choose_days(Ui& ui, AuditState& state) {
  bool changed = false;
  row(ui, {.gap = space::m, .wrap = true}, [&] {
    changed = day_field(ui, "from", state.from, {.label = ui.tr("audit.from")});
    const std::string_view wrong =
        ends_before_it_begins(state) ? ui.tr("audit.ends_before_it_begins") : std::string_view();
    changed = day_field(ui, "to", state.to, {.label = ui.tr("audit.to"), .error = wrong}) || changed;
  });
  return changed;
}

void draw_filter(Ui& ui, const store::Store& model, AuditState& state) {
  bool changed = false;
  row(ui, {.wrap = true}, [&] {
    std::vector<Choice> kinds = {{.key = "any", .label = ui.tr("audit.any_kind")}};
    int kind = 0;
    for (const auto& one : wire_names(api::AuditKind{})) {
      if (state.kind == one.value) kind = static_cast<int>(kinds.size());
      kinds.push_back({.key = one.name, .label = name_of(ui, one.value)});
    }
    if (select(ui, "kind", kinds, kind, {.name = ui.tr("audit.kind"), .width = 230})) {
      state.kind.reset();
      if (kind > 0) state.kind = wire_names(api::AuditKind{})[static_cast<std::size_t>(kind - 1)].value;
      changed = true;
    }
    std::vector<Choice> times;
    for (const Period& period : periods) times.push_back({.key = period.key, .label = ui.tr(period.label)});
    changed = select(ui, "period", times, state.period, {.name = ui.tr("audit.period"), .width = 170}) || changed;
    changed = choose_person(ui, model, state) || changed;
  });
  if (state.period == chosen_days) changed = choose_days(ui, state) || changed;
  if (changed && !ends_before_it_begins(state)) push(ui, commands::Go{address_of(state), true});
}

// All of one entry: a row of the table cuts what is long, and on a phone it has no place for more than the first
// columns.
void draw_entry(Ui& ui, AuditState& state, const AuditRow& entry) {
  const DialogResult result = dialog(
      ui, "entry",
      {.title = name_of(ui, entry.kind), .subtitle = date_time(ui, entry.at), .close_name = ui.tr("common.close")},
      [&] {
        label_value(ui, ui.tr("audit.person"), who(ui, entry));
        for (std::size_t i = 0; i < entry.facts.size(); ++i) {
          const api::AuditFactValue& fact = entry.facts[i];
          IdScope scope(ui, static_cast<std::int64_t>(i));
          label_value(ui, ui.tr("audit.fact_name", {param("value", std::string(wire_name(fact.fact)))}),
                      ui.keep(value_words(ui, fact)));
        }
        label_value(ui, ui.tr("audit.address"), entry.address);
        label_value(ui, ui.tr("audit.number"), ui.keep(number(entry.number)));
      });
  if (result.close) state.opened = 0;
}

void draw_rows(Ui& ui, AuditState& state, const api::ListAudit::Response& log) {
  const Column columns[] = {
      {.key = "at", .label = ui.tr("audit.time"), .width = 140},
      {.key = "kind", .label = ui.tr("audit.kind"), .share = 1, .min_width = 112, .row_header = true},
      {.key = "person", .label = ui.tr("audit.person"), .share = 0.8f, .min_width = 88},
      {.key = "facts", .label = ui.tr("audit.facts"), .share = 2, .min_width = 160, .hide_below = 640},
      {.key = "address", .label = ui.tr("audit.address"), .width = 130, .hide_below = 900},
      {.key = "number", .label = ui.tr("audit.number"), .width = 80, .align = ColumnAlign::end, .hide_below = 760}};
  const auto at = [&log](std::int64_t index) -> const AuditRow& { return log.rows[static_cast<std::size_t>(index)]; };
  TableModel rows;
  rows.name = ui.tr("audit.title");
  rows.rows = static_cast<std::int64_t>(log.rows.size());
  rows.columns = columns;
  rows.row = [&](std::int64_t index) {
    const AuditRow& entry = at(index);
    return RowInfo{.loaded = true,
                   .key = entry.number,
                   .name = ui.tr("audit.row", {param("what", std::string(name_of(ui, entry.kind))),
                                               param("who", std::string(who(ui, entry))),
                                               param("at", std::string(date_time(ui, entry.at)))}),
                   .path = {},
                   .dimmed = false};
  };
  rows.cell = [&](std::int64_t index, int column) { draw_cell(ui, at(index), column); };
  rows.empty = [&] {
    empty_state(ui, "none",
                {.icon = Icon::history, .title = ui.tr("audit.none_title"), .words = ui.tr("audit.none_words")});
  };
  const TableEvents events = table(ui, "entries", rows, state.table);
  if (events.activated >= 0) state.opened = at(events.activated).number;
  if (!log.next.empty() && events.last_visible >= rows.rows - 5) push(ui, commands::MoreAudit{});
}

}  // namespace

void draw_audit(Ui& ui, const store::Store& model, AuditState& state) {
  const PageResult result =
      page(ui, "audit",
           {.title = ui.tr("audit.title"),
            .subtitle = ui.tr("audit.words"),
            .back_label = ui.tr("system.title"),
            .bounded = true},
           [&] {
             draw_filter(ui, model, state);
             remote(ui, model.audit, [&](const api::ListAudit::Response& log) { draw_rows(ui, state, log); });
           });
  if (state.opened && model.audit.ready())
    for (const AuditRow& entry : model.audit->rows)
      if (entry.number == state.opened) draw_entry(ui, state, entry);
  if (result.back) go(ui, commands::path_to(commands::Page::system));
}

}  // namespace tw::views
