#include "client/views/parts.h"

#include <algorithm>

#include "client/commands/descriptors.h"
#include "client/ui/format.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

void go(Ui& ui, std::string path) { push(ui, commands::Go{std::move(path), false}); }
void open_dialog(Ui& ui, commands::Dialog dialog) { push(ui, commands::OpenDialog{std::move(dialog)}); }

std::string_view why_not_here(Ui& ui, commands::Id id) {
  const std::string_view operation = commands::descriptor(id).operation;
  if (operation.empty() || !ui.commands().lacks(operation)) return {};
  return ui.tr("error.server_only", {param("operation", std::string(operation))});
}

namespace {

// What can never be comes before what is not possible now.
std::string_view why_not(Ui& ui, const commands::Offer& offer) {
  const std::string_view not_here = why_not_here(ui, offer.id);
  return not_here.empty() ? offer.why : not_here;
}

}  // namespace

bool offered(Ui& ui, const commands::Offer& offer) {
  const std::string_view why = why_not(ui, offer);
  const bool called = ui.commands().offer({offer.id, offer.label, offer.about, why});
  if (called || !pressed(ui, commands::descriptor(offer.id).shortcut)) return called;
  if (!why.empty()) ui.say(std::string(why));
  return why.empty();
}

bool command_button(Ui& ui, const commands::Offer& offer, ButtonOptions options, bool bare) {
  const commands::Descriptor& known = commands::descriptor(offer.id);
  if (!bare) options.icon = known.icon;
  options.why_disabled = why_not(ui, offer);
  options.disabled = !options.why_disabled.empty();
  options.shortcut = shortcut_words(ui, known.shortcut);
  const bool called = !options.busy && offered(ui, offer);
  return button(ui, known.key, offer.label.empty() ? ui.tr(known.name) : offer.label, options) || called;
}

std::string_view name_of(Ui& ui, commands::Id id) { return ui.tr(commands::descriptor(id).name); }

bool command_tabs(Ui& ui, std::string_view id, std::string_view name, std::span<const CommandTab> all, int& selected) {
  std::vector<Choice> choices;
  int chosen = selected;
  for (const CommandTab& tab : all) {
    if (offered(ui, tab.id, name)) chosen = static_cast<int>(choices.size());
    choices.push_back({.key = commands::descriptor(tab.id).key, .label = name_of(ui, tab.id), .count = tab.count});
  }
  tabs(ui, id, name, choices, chosen);
  return std::exchange(selected, chosen) != chosen;
}

void page_button(Ui& ui, commands::Id id, ButtonKind kind) {
  if (command_button(ui, {.id = id}, {.kind = kind})) commands::push_command(ui.commands(), id);
}

bool command_item(Ui& ui, commands::Id id, std::string_view) {
  const commands::Descriptor& known = commands::descriptor(id);
  const std::string_view why = why_not_here(ui, id);
  return menu_item(ui, known.key, ui.tr(known.name),
                   {.icon = known.icon,
                    .shortcut = shortcut_words(ui, known.shortcut),
                    .danger = known.danger,
                    .disabled = !why.empty(),
                    .why_disabled = why});
}

void loading_rows(Ui& ui, int count) {
  column(ui, {.gap = space::m}, [&] {
    for (int i = 0; i < count; ++i)
      skeleton(ui, {ui.available_width() * (i % 3 == 0 ? 0.9f : i % 3 == 1 ? 0.7f : 0.8f), 16});
  });
}

void failed(Ui& ui, const store::Problem& problem) {
  if (inline_error(ui, "failed", problem_words(ui, problem), ui.tr("common.retry"))) push(ui, commands::Retry{});
}

void list_problem(Ui& ui, const store::Problem* problem, bool known) {
  if (problem && !(known && problem->unreached)) failed(ui, *problem);
}

void scrolled(Ui& ui, std::string_view id, std::string_view name, float height, Body body) {
  scroll_area(ui, id, {.height = height, .gap = space::m, .name = name}, body);
}

bool search_line(Ui& ui, std::string_view name, float width, const SearchLine& line) {
  constexpr std::int64_t typing_pause_ms = 250;
  if (offered(ui, commands::Id::find_here, name)) ui.focus(ui.id("search"));
  const FieldResult typed = search_field(ui, "search", line.draft, name, width);
  if (typed.changed) line.typed_at_ms = ui.now().ms;
  const std::string wanted(text::trim(line.draft));
  if (wanted == line.asked) return false;
  const std::int64_t rest = line.typed_at_ms + typing_pause_ms - ui.now().ms;
  if (rest > 0 && !typed.submitted) {
    ui.request_frame_in(rest);
    return false;
  }
  if (!wanted.empty() && text::code_points(wanted) < line.shortest) return false;
  line.asked = wanted;
  return true;
}

std::string_view field_problem(const store::FormStatus& status, std::string_view path) {
  return status.problem ? status.problem->field(path) : std::string_view{};
}

bool filtered_bar(Ui& ui, std::string_view words) {
  const bool called = offered(ui, commands::Id::show_all);
  const BannerEvent event =
      banner(ui, "filtered", {.icon = Icon::filter, .words = words, .action = name_of(ui, commands::Id::show_all)});
  return event == BannerEvent::action || called;
}

void list_selection(Ui& ui, ui::Selection& selection, const api::Total& total, std::string_view all_words,
                    ui::Body actions) {
  const bool offers_all = !selection.all_of_query && total.count > selection.size(total.count);
  const ui::SelectionBarEvent event = ui::selection_bar(ui, "selection",
                                                        {.words = selected_words(ui, selection, total),
                                                         .select_all = offers_all ? all_words : std::string_view{},
                                                         .clear_name = ui.tr("common.clear_selection"),
                                                         .actions = actions});
  if (event == ui::SelectionBarEvent::none) return;
  selection.clear();
  selection.all_of_query = event == ui::SelectionBarEvent::select_all;
}

void form_problem(Ui& ui, const store::FormStatus& status, bool fields_show_theirs) {
  if (!status.problem || (fields_show_theirs && status.problem->mentions_fields())) return;
  inline_error(ui, "problem", problem_words(ui, *status.problem));
}

bool dialog_buttons(Ui& ui, const DialogButtons& options) {
  if (button(ui, "cancel", ui.tr("common.cancel"))) push(ui, commands::CloseDialog{});
  return button(ui, "do", options.action,
                {.kind = options.danger ? ButtonKind::danger : ButtonKind::primary,
                 .disabled = options.disabled,
                 .why_disabled = options.why_disabled,
                 .busy = options.busy});
}

bool save_dialog(Ui& ui, const store::FormStatus& status, const SaveDialog& what, Body body) {
  bool save = false;
  const auto footer = [&] {
    save = dialog_buttons(ui, {.action = what.action.empty() ? ui.tr("common.save") : what.action,
                               .disabled = !what.missing.empty(),
                               .why_disabled = what.missing,
                               .busy = status.busy});
  };
  const auto content = [&] {
    form_problem(ui, status, what.fields_show_theirs);
    form(ui, "form", what.title, [&] { column(ui, {.gap = space::m}, body); });
  };
  const DialogResult result = dialog(
      ui, what.id, {.title = what.title, .width = what.width, .close_name = ui.tr("common.close"), .footer = footer},
      content);
  if (result.close) push(ui, commands::CloseDialog{});
  return (save || result.submit) && what.missing.empty() && !status.busy;
}

bool department_select(Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                       DepartmentId& department, std::string_view prompt) {
  std::vector<Choice> choices;
  if (prompt.empty()) choices.push_back({.key = "none", .label = ui.tr("departments.none")});
  const int first = static_cast<int>(choices.size());
  int selected = first - 1;
  if (model.departments.ready()) {
    for (const api::DepartmentRow& row : *model.departments) {
      if (row.department == department) selected = static_cast<int>(choices.size());
      choices.push_back({.key = ui.keep(std::to_string(row.department.value)), .label = row.name});
    }
  }
  if (!select(ui, id, choices, selected, {.label = label, .placeholder = prompt})) return false;
  const int row = selected - first;
  department = row < 0 ? DepartmentId{} : (*model.departments)[static_cast<std::size_t>(row)].department;
  return true;
}

void operation_progress(Ui& ui, std::string_view id, const store::Store& model, OperationId operation) {
  if (!operation) return;
  IdScope scope(ui, id);
  const store::Remote<api::OperationView>& known = model.operation.at(operation.value);
  if (!known.ready()) return;
  const api::OperationView& view = *known;
  if (view.state != api::OperationState::queued && view.state != api::OperationState::running) return;
  card(ui, "running", {.padding = space::m}, [&] {
    row(ui, [&] {
      strong(ui, words_of(ui, view.kind));
      caption(ui, ui.tr("operation.by", {param("name", view.actor_name)}));
      spring(ui);
      if (view.may_cancel && command_button(ui, {.id = commands::Id::stop_operation, .about = words_of(ui, view.kind)},
                                            {.kind = ButtonKind::ghost}, true))
        push(ui, commands::CancelOperation{operation});
    });
    const bool in_bytes = view.kind == api::OperationKind::check_import;
    const std::string_view words =
        in_bytes ? ui.tr("operation.bytes", {param("done", bytes(view.done)), param("total", bytes(view.total))})
                 : ui.tr("operation.rows", {param("done", view.done), param("total", view.total)});
    progress_bar(ui, {.name = words_of(ui, view.kind),
                      .words = words,
                      .done = view.done,
                      .total = view.total > 0 ? std::optional<std::int64_t>(view.total) : std::nullopt});
  });
}

std::vector<BarPart> bar_of(Ui& ui, const api::StateCounts& counts) {
  const std::pair<ItemState, std::int64_t> parts[] = {
      {ItemState::ended, counts.ended},         {ItemState::completed, counts.completed},
      {ItemState::executing, counts.executing}, {ItemState::reset, counts.reset},
      {ItemState::abandoned, counts.abandoned}, {ItemState::unassigned, counts.unassigned}};
  std::vector<BarPart> bar;
  for (const auto& part : parts)
    bar.push_back({.label = words_of(ui, part.first), .count = part.second, .tone = tone_of(part.first)});
  return bar;
}

namespace {

// What happened to an item, as one sentence.
std::string_view sentence_of(Ui& ui, const api::LogEntry& entry) {
  using domain::batch::Action;
  const std::vector<Param> params = {param("who", entry.actor ? entry.actor_name : std::string(ui.tr("log.system"))),
                                     param("action", std::string(wire_name(entry.action))),
                                     param("to", entry.executor_name)};
  switch (entry.action) {
    case Action::allocate:
    case Action::designate:
    case Action::transfer:
    case Action::reassign:
      return ui.tr("log.given", params);
    case Action::recall:
      return ui.tr("log.recalled",
                   {param("from", entry.executor_name),
                    param("limit", std::string(limit_words(ui, entry.limit, entry.limit_unit, entry.limit_counts)))});
    default:
      return ui.tr("log.done", params);
  }
}

}  // namespace

namespace {
bool confirms_own(const api::LogEntry& entry) {
  return entry.action == domain::batch::Action::confirm && entry.actor && entry.actor == entry.executor;
}

// Of an operation whose rows are kept (api::keeps_rows).
bool has_rows(const api::BatchLogEntry& entry) {
  using domain::batch::BatchEvent;
  return entry.operation && entry.event != BatchEvent::ended && entry.event != BatchEvent::edited &&
         entry.event != BatchEvent::handed_over;
}
}  // namespace

void log_entries(Ui& ui, const std::vector<api::LogEntry>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const api::LogEntry& entry = entries[i];
    IdScope scope(ui, entry.entry);
    timeline_entry(ui,
                   {.tone = tone_of(entry.action),
                    .when = date_time(ui, entry.at),
                    .title = sentence_of(ui, entry),
                    .words = confirms_own(entry) ? ui.tr("log.own_confirmation") : std::string_view(entry.text)},
                   i + 1 == entries.size());
  }
}

BatchLogEvent log_entries(Ui& ui, const std::vector<api::BatchLogEntry>& entries, Instant undo_since) {
  BatchLogEvent pressed;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const api::BatchLogEntry& entry = entries[i];
    IdScope scope(ui, entry.entry);
    const std::vector<Param> params = {
        param("who", entry.actor_name.empty() ? std::string(ui.tr("log.system")) : entry.actor_name),
        param("event", std::string(wire_name(entry.event))), param("count", entry.count)};
    const bool counts = entry.count > 0;
    // An edit names the changed fields by their wire names.
    const std::string_view words = entry.event == domain::batch::BatchEvent::edited
                                       ? ui.tr("log.edited_fields", {param("fields", entry.text)})
                                       : std::string_view(entry.text);
    const bool in_time = entry.operation && undo_since <= entry.at;
    const bool given =
        in_time && !entry.taken_back &&
        (entry.event == domain::batch::BatchEvent::allocated || entry.event == domain::batch::BatchEvent::designated ||
         entry.event == domain::batch::BatchEvent::reassigned);
    const bool undone = in_time && entry.event == domain::batch::BatchEvent::allocation_undone;
    const TimelineEvent event =
        timeline_entry(ui,
                       {.tone = entry.event == domain::batch::BatchEvent::terminated ? Tone::danger
                                : entry.event == domain::batch::BatchEvent::ended    ? Tone::ended
                                                                                     : Tone::executing,
                        .when = date_time(ui, entry.at),
                        .title = counts ? ui.tr("log.batch_rows", params) : ui.tr("log.batch", params),
                        .words = words,
                        .action = given    ? ui.tr("undo.look")
                                  : undone ? ui.tr("redo.look")
                                           : std::string_view{},
                        .also = has_rows(entry) ? ui.tr("operation.look") : std::string_view{}},
                       i + 1 == entries.size());
    if (event == TimelineEvent::action) pressed.undo = entry.operation;
    if (event == TimelineEvent::also) pressed.rows = entry.operation;
  }
  return pressed;
}

}  // namespace tw::views
