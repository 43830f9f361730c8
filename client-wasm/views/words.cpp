#include "client/views/words.h"

#include "client/ui/format.h"
#include "core/text.h"

namespace tw::views {

using domain::batch::Action;
using ui::Tone;
using ui::Ui;

Tone tone_of(ItemState state) {
  switch (state) {
    case ItemState::unassigned:
      return Tone::unassigned;
    case ItemState::executing:
      return Tone::executing;
    case ItemState::completed:
      return Tone::completed;
    case ItemState::ended:
      return Tone::ended;
    case ItemState::reset:
      return Tone::reset;
    case ItemState::abandoned:
      return Tone::danger;
  }
  return Tone::neutral;
}

Tone tone_of(BatchState state) {
  return state == BatchState::active ? Tone::executing : state == BatchState::ended ? Tone::ended : Tone::danger;
}

Tone tone_of(Action action) {
  switch (action) {
    case Action::complete:
      return Tone::completed;
    case Action::confirm:
    case Action::end_all:
      return Tone::ended;
    case Action::abandon:
    case Action::terminate:
    case Action::send_back:
      return Tone::danger;
    case Action::reset:
    case Action::recall:
      return Tone::reset;
    case Action::allocate:
    case Action::designate:
    case Action::claim:
    case Action::transfer:
    case Action::reassign:
    case Action::save_progress:
      return Tone::executing;
    default:
      return Tone::neutral;
  }
}

namespace {

template <class E>
std::vector<Param> named(E value) {
  return {param("value", std::string(wire_name(value)))};
}

}  // namespace

std::string_view words_of(Ui& ui, ItemState state) { return ui.tr("words.item_state", named(state)); }
std::string_view words_of(Ui& ui, BatchState state) { return ui.tr("words.batch_state", named(state)); }
std::string_view words_of(Ui& ui, Action action) { return ui.tr("words.action", named(action)); }
std::string_view words_of(Ui& ui, domain::access::Role role) { return ui.tr("words.role", named(role)); }
std::string_view words_of(Ui& ui, domain::customer::Kind kind) { return ui.tr("words.customer_kind", named(kind)); }
std::string_view words_of(Ui& ui, domain::customer::FieldType type) { return ui.tr("words.field_type", named(type)); }
std::string_view words_of(Ui& ui, domain::allocation::Obstacle o) { return ui.tr("words.obstacle", named(o)); }
std::string_view words_of(Ui& ui, api::TimelineKind kind) { return ui.tr("words.timeline", named(kind)); }
std::string_view words_of(Ui& ui, api::Operator op) { return ui.tr("words.operator", named(op)); }
std::string_view words_of(Ui& ui, api::ImportState state) { return ui.tr("words.import_state", named(state)); }
std::string_view words_of(Ui& ui, api::OperationKind kind) { return ui.tr("words.operation", named(kind)); }

namespace {

// Names of states are written small, for use in sentences; alone on a chip they begin with a capital.
std::string_view capital(Ui& ui, std::string_view words) {
  if (words.empty() || words.front() < 'a' || words.front() > 'z') return words;
  std::string out(words);
  out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return ui.keep(std::move(out));
}

}  // namespace

std::string_view label_of(Ui& ui, ItemState state) { return capital(ui, words_of(ui, state)); }
void state_chip(Ui& ui, ItemState state) { chip(ui, label_of(ui, state), {.tone = tone_of(state)}); }
void batch_chip(Ui& ui, BatchState state) { chip(ui, capital(ui, words_of(ui, state)), {.tone = tone_of(state)}); }

std::string_view column_name(Ui& ui, const store::Store& model, std::string_view column) {
  if (column.substr(0, 6) == "field_") {
    const auto id = text::to_integer(column.substr(6));
    if (const api::CustomerField* field = id ? model.field({*id}) : nullptr) return field->name;
    return column;
  }
  return ui.tr("words.column", {param("value", std::string(column))});
}

std::string_view customer_name(Ui& ui, const api::CustomerRow& row) {
  if (!row.name.empty()) return row.name;
  if (!row.external_key.empty()) return ui.tr("customers.named_by_key", {param("key", row.external_key)});
  return ui.tr("customers.named_by_number", {param("id", row.customer.value)});
}

std::string_view customer_name(Ui& ui, const api::ItemRow& row) {
  if (!row.customer_name.empty()) return row.customer_name;
  if (!row.customer_key.empty()) return ui.tr("customers.named_by_key", {param("key", row.customer_key)});
  return ui.tr("customers.named_by_number", {param("id", row.customer.value)});
}

void late_chip(Ui& ui, const api::ItemRow& row) {
  const bool open = row.state != ItemState::completed && row.state != ItemState::ended;
  if (row.completed_late)
    chip(ui, ui.tr("items.late_chip"), {.tone = Tone::completed, .dot = false});
  else if (open && row.end_date && *row.end_date <= ui.now())
    chip(ui, ui.tr("items.overdue_chip"), {.tone = Tone::danger, .dot = false});
}

namespace {

void draw_reach_chips(Ui& ui, bool do_not_contact, bool number_error) {
  if (do_not_contact) chip(ui, ui.tr("customers.do_not_contact_short"), {.tone = Tone::danger, .dot = false});
  if (number_error) chip(ui, ui.tr("customers.number_error_short"), {.tone = Tone::danger, .dot = false});
}

}  // namespace

void reach_chips(Ui& ui, const api::CustomerRow& row) { draw_reach_chips(ui, row.do_not_contact, row.number_error); }
void reach_chips(Ui& ui, const api::ItemRow& row) { draw_reach_chips(ui, row.do_not_contact, row.number_error); }

std::string_view total_words(Ui& ui, const api::Total& total) {
  return ui.keep(ui::number(total.count) + (total.exact ? "" : "+"));
}

std::string_view problem_words(Ui& ui, const store::Problem& problem) {
  if (problem.unreached) return ui.tr("connection.no_answer");
  if (!problem.message.empty()) return problem.message;
  return ui.tr(title_of(problem.code));
}

std::string_view selected_words(Ui& ui, const ui::Selection& selection, const api::Total& total) {
  const std::int64_t count = selection.size(total.count);
  const auto left = static_cast<std::int64_t>(selection.keys.size());
  if (!selection.all_of_query) return ui.tr("customers.selected", {param("count", count)});
  const std::string_view words = total.exact ? ui.tr("customers.selected", {param("count", count)})
                                             : ui.tr("customers.selected_at_least", {param("count", count)});
  if (left == 0) return words;
  return ui.tr("customers.selected_except", {param("selected", std::string(words)), param("left", left)});
}

std::string_view limit_words(Ui& ui, std::int64_t limit, domain::batch::LimitUnit unit,
                             domain::batch::LimitCounts counts) {
  if (limit == 0) return ui.tr("limit.none");
  static constexpr TextKey keys[2][3] = {
      {text_key("limit.minutes"), text_key("limit.hours"), text_key("limit.days")},
      {text_key("limit.working_minutes"), text_key("limit.working_hours"), text_key("limit.working_days")}};
  return ui.tr(keys[static_cast<int>(counts)][static_cast<int>(unit)], {param("count", limit)});
}

std::pair<std::int64_t, domain::batch::LimitUnit> in_largest_unit(std::int64_t ms) {
  using domain::batch::LimitUnit;
  if (ms % days(1).value == 0) return {ms / days(1).value, LimitUnit::days};
  if (ms % hours(1).value == 0) return {ms / hours(1).value, LimitUnit::hours};
  return {ms / minutes(1).value, LimitUnit::minutes};
}

std::string_view or_dash(Ui&, std::string_view words) { return words.empty() ? std::string_view("—") : words; }

std::string_view index_words(Ui& ui, std::int64_t millionths) {
  const std::int64_t hundredths = (millionths + 5'000) / 10'000;
  return ui.keep(std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
                 std::to_string(hundredths % 100));
}

std::int64_t all_of(const api::StateCounts& c) {
  return c.unassigned + c.executing + c.completed + c.ended + c.reset + c.abandoned;
}

std::int64_t needing_executor(const api::StateCounts& c) { return c.unassigned + c.reset + c.abandoned; }

}  // namespace tw::views
