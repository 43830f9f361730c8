// Conditions of the customer list: in the address, as sentences, and their editor. Also the look that a person left.
#include <algorithm>
#include <utility>

#include "client/views/customers.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::Condition;
using api::Operator;
using domain::customer::FieldType;
using ui::text;

namespace {

enum class ValueKind { text, number, date, choice, flag, kind, people };

struct FilterColumn {
  std::string_view key;
  ValueKind kind;
};
constexpr FilterColumn standard_columns[] = {{"name", ValueKind::text},           {"owner", ValueKind::people},
                                             {"city", ValueKind::text},           {"phone", ValueKind::text},
                                             {"source", ValueKind::text},         {"score", ValueKind::number},
                                             {"kind", ValueKind::kind},           {"external_key", ValueKind::text},
                                             {"do_not_contact", ValueKind::flag}, {"number_error", ValueKind::flag}};

constexpr Operator text_operators[] = {Operator::contains, Operator::equals, Operator::not_equals, Operator::is_empty,
                                       Operator::is_set};
constexpr Operator number_operators[] = {Operator::at_least, Operator::at_most,  Operator::equals, Operator::greater,
                                         Operator::less,     Operator::is_empty, Operator::is_set};
constexpr Operator choice_operators[] = {Operator::equals, Operator::not_equals, Operator::is_empty, Operator::is_set};
constexpr Operator flag_operators[] = {Operator::equals};
constexpr Operator people_operators[] = {Operator::one_of, Operator::is_empty, Operator::is_set};

std::span<const Operator> operators_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::number:
    case ValueKind::date:
      return number_operators;
    case ValueKind::choice:
      return choice_operators;
    case ValueKind::flag:
    case ValueKind::kind:
      return flag_operators;
    case ValueKind::people:
      return people_operators;
    case ValueKind::text:
      return text_operators;
  }
  return text_operators;
}

const api::CustomerField* field_of(const store::Store& model, std::string_view column) {
  if (column.substr(0, 6) != "field_") return nullptr;
  const auto id = text::to_integer(column.substr(6));
  return id ? model.field({*id}) : nullptr;
}

ValueKind kind_of(const store::Store& model, std::string_view column) {
  for (const FilterColumn& known : standard_columns)
    if (known.key == column) return known.kind;
  const api::CustomerField* field = field_of(model, column);
  if (!field) return ValueKind::text;
  switch (field->type) {
    case FieldType::number:
      return ValueKind::number;
    case FieldType::date:
      return ValueKind::date;
    case FieldType::choice:
      return ValueKind::choice;
    case FieldType::text:
      return ValueKind::text;
  }
  return ValueKind::text;
}

// Whom a condition names: several, or one by its value.
std::vector<PersonId> people_in(const Condition& condition) {
  std::vector<PersonId> people;
  const auto add = [&people](std::string_view id) {
    if (const auto number = text::to_integer(id)) people.push_back({*number});
  };
  add(condition.value);
  for (const std::string& one : condition.values) add(one);
  return people;
}

// Of columns that the editor asks one value of: an address may name several.
std::string joined(const std::vector<std::string>& values) {
  std::string words;
  for (const std::string& one : values) words += (words.empty() ? "" : ", ") + one;
  return words;
}

bool needs_value(Operator op) { return op != Operator::is_empty && op != Operator::is_set; }

std::string_view value_words(Ui& ui, const store::Store& model, const Condition& condition) {
  switch (kind_of(model, condition.column)) {
    case ValueKind::flag:
      return condition.value == "true" ? ui.tr("common.yes") : ui.tr("common.no");
    case ValueKind::kind:
      return ui.tr("words.customer_kind", {param("value", condition.value)});
    case ValueKind::people:
      return people_words(ui, model, people_in(condition));
    default:
      return condition.value.empty() ? ui.keep(joined(condition.values)) : std::string_view(condition.value);
  }
}

}  // namespace

std::string_view sentence_of(Ui& ui, const store::Store& model, const Condition& condition) {
  const std::string column(column_name(ui, model, condition.column));
  const std::string op(words_of(ui, condition.op));
  if (!needs_value(condition.op)) return ui.tr("filter.sentence_bare", {param("column", column), param("op", op)});
  return ui.tr("filter.sentence", {param("column", column), param("op", op),
                                   param("value", std::string(value_words(ui, model, condition)))});
}

std::string_view sentence_of(Ui& ui, const store::Store& model, const api::CustomerQuery& query) {
  std::string words(ui.tr("words.customer_view", {param("value", std::string(wire_name(query.view)))}));
  const std::string separator(ui.tr("filter.and"));
  if (!query.search.empty()) words += separator + std::string(ui.tr("filter.search", {param("words", query.search)}));
  for (const Condition& condition : query.filter.conditions)
    words += separator + std::string(sentence_of(ui, model, condition));
  return ui.keep(std::move(words));
}

bool draw_condition_editor(Ui& ui, const store::Store& model, Condition& draft, PickerState& people) {
  std::vector<Choice> columns;
  int selected = 0;
  const auto offer = [&](std::string_view key) {
    if (key == draft.column) selected = static_cast<int>(columns.size());
    columns.push_back({.key = key, .label = column_name(ui, model, key)});
  };
  const bool one_s_own = model.session && model.session->scope == domain::access::Scope::own;
  for (const FilterColumn& known : standard_columns)  // who reaches only their own has one owner to ask for
    if (known.kind != ValueKind::people || !one_s_own || known.key == draft.column) offer(known.key);
  if (model.fields.ready())
    for (const api::CustomerField& field : *model.fields) offer(ui.keep("field_" + std::to_string(field.field.value)));
  if (select(ui, "column", columns, selected, {.label = ui.tr("filter.column")})) {
    draft = Condition{};
    people = {};
    draft.column = std::string(columns[static_cast<std::size_t>(selected)].key);
    draft.op = operators_of(kind_of(model, draft.column)).front();
  }
  const ValueKind kind = kind_of(model, draft.column);
  const auto operators = operators_of(kind);
  if (std::find(operators.begin(), operators.end(), draft.op) == operators.end()) draft.op = operators.front();
  if (kind == ValueKind::people && !draft.value.empty()) draft.values.push_back(std::exchange(draft.value, {}));
  if (kind != ValueKind::people) {  // an address may name several; here it is one
    if (draft.values.size() == 1 && draft.value.empty()) draft.value = draft.values.front();
    draft.values.clear();
  }
  std::vector<Choice> offered;
  int chosen = 0;
  for (const Operator op : operators) {
    if (op == draft.op) chosen = static_cast<int>(offered.size());
    offered.push_back({.key = wire_name(op), .label = words_of(ui, op)});
  }
  if (offered.size() > 1 && select(ui, "operator", offered, chosen, {.label = ui.tr("filter.operator")}))
    draft.op = operators[static_cast<std::size_t>(chosen)];
  bool submitted = false;
  if (kind == ValueKind::people && needs_value(draft.op)) {
    std::vector<PersonId> picked = people_in(draft);
    if (person_picker(ui, "people", column_name(ui, model, draft.column), model, picked, people, Among::everybody)) {
      draft.values.clear();
      for (const PersonId one : picked) draft.values.push_back(std::to_string(one.value));
    }
  } else if (kind == ValueKind::flag || kind == ValueKind::kind || kind == ValueKind::choice) {
    std::vector<Choice> values;
    if (kind == ValueKind::flag) {
      values = {{.key = "true", .label = ui.tr("common.yes")}, {.key = "false", .label = ui.tr("common.no")}};
    } else if (kind == ValueKind::kind) {
      values = {{.key = "person", .label = words_of(ui, domain::customer::Kind::person)},
                {.key = "company", .label = words_of(ui, domain::customer::Kind::company)}};
    } else if (const api::CustomerField* field = field_of(model, draft.column)) {
      for (const std::string& choice : field->choices) values.push_back({.key = choice, .label = choice});
    }
    int value = -1;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i].key == draft.value) value = static_cast<int>(i);
    if (needs_value(draft.op) && select(ui, "value", values, value, {.label = ui.tr("filter.value")}) && value >= 0)
      draft.value = std::string(values[static_cast<std::size_t>(value)].key);
  } else if (needs_value(draft.op)) {
    submitted = text_field(ui, "value", draft.value,
                           {.label = ui.tr("filter.value"),
                            .hint = kind == ValueKind::date ? ui.tr("filter.date_hint") : std::string_view{},
                            .kind = kind == ValueKind::number ? FieldKind::number : FieldKind::text,
                            .focus_first = true,
                            .max_length = 200})
                    .submitted;
  }
  const bool too_many = static_cast<std::int64_t>(draft.values.size()) > api::most_values;
  const bool given = kind == ValueKind::people ? !draft.values.empty() : !text::trim(draft.value).empty();
  const bool complete = !needs_value(draft.op) || (given && !too_many);
  const std::string_view why = too_many ? ui.tr("filter.too_many_people", {param("count", api::most_values)})
                               : kind == ValueKind::people ? ui.tr("filter.needs_person")
                                                           : ui.tr("filter.needs_value");
  bool apply = false;
  row(ui, {.align = Align::end}, [&] {
    apply = primary_button(ui, "apply", ui.tr("filter.apply"), {.disabled = !complete, .why_disabled = why});
  });
  return (apply || submitted) && complete;
}

namespace {

ui::Sort read_order(std::string_view words) {
  const bool descending = words.front() == '-';
  return {.key = std::string(words.substr(descending ? 1 : 0)), .descending = descending};
}

std::string order_words(const ui::Sort& order) { return (order.descending ? "-" : "") + order.key; }

}  // namespace

// --- the address -----------------------------------------------------------------------------------------------------

void read_route(const commands::Route& route, CustomersState& state) {
  api::CustomerQuery query;
  if (!from_wire_name(route.asked("view"), query.view)) query.view = api::CustomerView::all;
  query.search = std::string(route.asked("q"));
  for (int i = 0; i < 20; ++i) {
    const std::string_view words = route.asked("c" + std::to_string(i));
    const std::size_t first = words.find(':');
    if (first == std::string_view::npos) break;
    const std::size_t second = words.find(':', first + 1);
    Condition condition;
    condition.column = std::string(words.substr(0, first));
    if (!from_wire_name(words.substr(first + 1, second == std::string_view::npos ? second : second - first - 1),
                        condition.op))
      continue;
    if (second != std::string_view::npos && condition.op == Operator::one_of) {
      for (const std::string_view one : text::split(words.substr(second + 1), ',')) condition.values.emplace_back(one);
    } else if (second != std::string_view::npos) {
      condition.value = std::string(words.substr(second + 1));
    }
    query.filter.conditions.push_back(std::move(condition));
  }
  if (json::encode(query) != json::encode(state.query)) {
    state.table = {};
    state.first_visible = 0;
    state.last_visible = 50;
  }
  if (state.search_draft == state.query.search) state.search_draft = query.search;
  state.query = std::move(query);
  std::string_view sort = route.asked("sort");
  state.sort = state.usual_order;
  if (!sort.empty()) state.sort = read_order(sort);
}

std::string address_of(const CustomersState& state) {
  commands::Route route;
  route.page = commands::Page::customers;
  if (state.query.view != api::CustomerView::all) route.query["view"] = std::string(wire_name(state.query.view));
  route.query["q"] = state.query.search;
  int i = 0;
  for (const Condition& condition : state.query.filter.conditions) {
    std::string words = condition.column + ":" + std::string(wire_name(condition.op));
    if (needs_value(condition.op)) words += ":" + condition.value;
    for (std::size_t one = 0; condition.op == Operator::one_of && one < condition.values.size(); ++one)
      words += (one > 0 ? "," : "") + condition.values[one];
    route.query["c" + std::to_string(i++)] = std::move(words);
  }
  if (!(state.sort == shipped_order)) route.query["sort"] = order_words(state.sort);
  return commands::address_of(route);
}

// "hidden columns|shown fields|order": "city,phone|5,7|-score"; "*" for the fields: as shipped.
std::string look_of(const CustomersState& state) {
  std::string words;
  for (const std::string& key : state.hidden) words += (words.empty() ? "" : ",") + key;
  words += "|";
  for (std::size_t i = 0; i < state.shown_fields.size(); ++i)
    words += (i > 0 ? "," : "") + std::to_string(state.shown_fields[i]);
  return words + (state.fields_chosen ? "|" : "*|") + order_words(state.usual_order);
}

void read_look(std::string_view words, CustomersState& state) {
  state.hidden.clear();
  state.shown_fields.clear();
  state.fields_chosen = false;
  state.usual_order = shipped_order;
  const auto parts = text::split(words, '|');
  if (parts.size() != 3) return;
  for (const std::string_view key : text::split(parts[0], ','))
    if (!key.empty()) state.hidden.emplace_back(key);
  state.fields_chosen = parts[1] != "*";
  for (const std::string_view id : text::split(parts[1], ','))
    if (const auto field = text::to_integer(id)) state.shown_fields.push_back(*field);
  if (!parts[2].empty()) state.usual_order = read_order(parts[2]);
}

}  // namespace tw::views
