// Parts that several views share: something remote with its loading, failed and empty looks; forms and their problems;
// the progress of a long operation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/controls.h"
#include "client/ui/field.h"
#include "client/ui/indicators.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"
#include "client/ui/text.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

template <class C>
void push(ui::Ui& ui, C command) {
  ui.commands().push(std::move(command));
}
void go(ui::Ui& ui, std::string path);
void open_dialog(ui::Ui& ui, commands::Dialog dialog);

// --- commands: what they are called, their icon and shortcut stand in the table (commands/descriptors.h) ----

// Why it is not possible wherever this page is: the operation that it needs is declared server_only, and no server is
// there. Empty: it is. Menus, buttons, shortcuts and the palette ask by themselves; so must whatever else sends one.
std::string_view why_not_here(ui::Ui& ui, commands::Id id);
// Offers a command to the palette and, if it has one, to its shortcut. True when it was called: do it now.
bool offered(ui::Ui& ui, const commands::Offer& offer);
inline bool offered(ui::Ui& ui, commands::Id id, std::string_view about = {}) {
  return offered(ui, commands::Offer{.id = id, .about = about});
}
// The same as a button; `bare` without its icon.
bool command_button(ui::Ui& ui, const commands::Offer& offer, ui::ButtonOptions options = {}, bool bare = false);
std::string_view name_of(ui::Ui& ui, commands::Id id);
// Views of one page as a tab list, each a command of the table. True when another one was chosen.
struct CommandTab {
  commands::Id id{};
  std::optional<std::int64_t> count{};
};
bool command_tabs(ui::Ui& ui, std::string_view id, std::string_view name, std::span<const CommandTab> all,
                  int& selected);
// The button of a command that needs nothing but its id.
void page_button(ui::Ui& ui, commands::Id id, ui::ButtonKind kind = ui::ButtonKind::primary);
// The same as an item of the menu that is open. Views hand one of the two to the function that knows what a row allows,
// so that menu and palette offer the same.
bool command_item(ui::Ui& ui, commands::Id id, std::string_view about = {});
using Ask = bool (*)(ui::Ui& ui, commands::Id id, std::string_view about);

// Draws what is there (stale values too), skeleton lines before that, an error with "retry" when it failed.
void loading_rows(ui::Ui& ui, int count = 6);
void failed(ui::Ui& ui, const store::Problem& problem);
// Of a list: not while nobody answers and rows are known.
void list_problem(ui::Ui& ui, const store::Problem* problem, bool known);
template <class T, class F>
void remote(ui::Ui& ui, const store::Remote<T>& what, F draw) {
  // What is known stays as it is while nobody answers: the banner says so once.
  if (what.failed() && !(what.ready() && what.problem.unreached)) failed(ui, what.problem);
  if (what.ready()) {
    draw(*what);
  } else if (!what.failed()) {
    loading_rows(ui);
  }
}

// A region that scrolls: its content leaves room for the scroll bar; under a finger the bar is only a sign.
void scrolled(ui::Ui& ui, std::string_view id, std::string_view name, float height, ui::Body body);

// A search that asks when typing pauses. True when `asked` has become what is written; what is shorter than `shortest`
// is not asked yet, except nothing at all.
struct SearchLine {
  std::string& draft;
  std::int64_t& typed_at_ms;
  std::string& asked;
  std::size_t shortest = 1;  // in characters
};
bool search_line(ui::Ui& ui, std::string_view name, float width, const SearchLine& line);

// A filter hides rows: says so, and offers to show all. True when that was pressed or called.
bool filtered_bar(ui::Ui& ui, std::string_view words);

// Over a list with something ticked: how many, all of the query instead, none, and what can be done with them.
// `all_words` says how many "all" are; offered while that is more than what is ticked.
void list_selection(ui::Ui& ui, ui::Selection& selection, const api::Total& total, std::string_view all_words,
                    ui::Body actions);

// The refusal of a form, where no field shows it.
void form_problem(ui::Ui& ui, const store::FormStatus& status, bool fields_show_theirs = true);
std::string_view field_problem(const store::FormStatus& status, std::string_view path);

// The buttons of a dialog: Cancel and the one that does it. True when that was pressed.
struct DialogButtons {
  std::string_view action{};
  bool danger = false;
  bool disabled = false;
  std::string_view why_disabled{};
  bool busy = false;
};
bool dialog_buttons(ui::Ui& ui, const DialogButtons& options);

// A dialog that is filled in and then saved: its form between a title and the buttons, of which the one that saves is
// off until nothing is missing. True when it is to be saved.
struct SaveDialog {
  std::string_view id{}, title{};
  float width = 440;
  std::string_view action{};       // "Save" when empty
  std::string_view missing{};      // why it cannot be saved yet; empty: it can
  bool fields_show_theirs = true;  // as form_problem
};
bool save_dialog(ui::Ui& ui, const store::FormStatus& status, const SaveDialog& what, ui::Body body);

// A department by name; 0 = none. With a prompt that stands there until one is chosen, and none is no choice.
bool department_select(ui::Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                       DepartmentId& department, std::string_view prompt = {});

// A long operation that is queued or running: what, how far, cancel.
void operation_progress(ui::Ui& ui, std::string_view id, const store::Store& model, OperationId operation);

std::vector<ui::BarPart> bar_of(ui::Ui& ui, const api::StateCounts& counts);

// The log of an item, and of a batch: newest first.
void log_entries(ui::Ui& ui, const std::vector<api::LogEntry>& entries);
// Allocations since `undo_since` can be undone, and what became of the rows of an operation can be looked at: which of
// the buttons was pressed, if any.
struct BatchLogEvent {
  OperationId undo{}, rows{};
};
BatchLogEvent log_entries(ui::Ui& ui, const std::vector<api::BatchLogEntry>& entries, Instant undo_since);

}  // namespace tw::views
