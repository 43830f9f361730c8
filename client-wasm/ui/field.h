// Input fields. The caller owns the value (a std::string draft) and keeps it between frames; a field returns what
// happened. In the browser the mirrored <input> or <textarea> is the text agent: keys, IME, paste, undo and autofill
// are the browser's own; here only drawing, pointer and the echo. Labels stand above, hints and errors below.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/ui/controls.h"
#include "client/ui/ui.h"

namespace tw::ui {

enum class FieldKind : std::uint8_t { text, search, password, email, telephone, number, url };

// What a browser or password manager may fill in.
enum class Autofill : std::uint8_t { off, username, current_password, new_password };

struct FieldOptions {
  std::string_view label{};  // above; also the accessible name
  std::string_view name{};   // accessible name when no label is drawn
  std::string_view placeholder{};
  std::string_view hint{};   // below, muted
  std::string_view error{};  // below, instead of the hint; marks the field invalid
  FieldKind kind = FieldKind::text;
  Autofill autofill = Autofill::off;
  bool required = false;
  bool disabled = false;
  bool read_only = false;
  bool focus_first = false;  // takes focus when it first appears
  float width = 0;           // 0: what is there
  int max_length = 0;        // in characters; 0: unbounded
  Icon icon = Icon::none;
  std::string_view shortcut{};  // drawn at the right end: "Ctrl K"
  WidgetId list = 0;  // a list of choices belongs to it (ScrollOptions::choices): a combo box that is written in
};

struct FieldResult {
  bool changed = false;    // the value differs from the frame before
  bool submitted = false;  // Enter in a single-line field (Ctrl+Enter in a text area)
  bool left = false;       // lost focus in this frame
  bool escaped = false;
};

FieldResult text_field(Ui& ui, std::string_view id, std::string& value, const FieldOptions& options = {});

struct AreaOptions {
  FieldOptions field{};
  int min_lines = 3;
  int max_lines = 8;  // grows with its content up to here, then scrolls
};
FieldResult text_area(Ui& ui, std::string_view id, std::string& value, const AreaOptions& options = {});

FieldResult search_field(Ui& ui, std::string_view id, std::string& value, std::string_view name, float width = 0,
                         std::string_view shortcut = {});

// A whole number, or nothing. The draft text lives in the Ui while the field has focus.
struct NumberOptions {
  FieldOptions field{};
  std::int64_t min = INT64_MIN;
  std::int64_t max = INT64_MAX;
  std::string_view unit{};
};
FieldResult number_field(Ui& ui, std::string_view id, std::optional<std::int64_t>& value,
                         const NumberOptions& options = {});

// One of many, closed. `selected` is an index into `choices`, -1 = none yet; true when it changed. Long lists get a
// search line on top.
struct SelectOptions {
  std::string_view label{};
  std::string_view name{};
  std::string_view placeholder{};
  std::string_view hint{};
  std::string_view error{};
  bool required = false;
  bool disabled = false;
  float width = 0;
};
bool select(Ui& ui, std::string_view id, std::span<const Choice> choices, int& selected,
            const SelectOptions& options = {});

// Fields inside belong to one form: password managers see them together, Enter in any of them submits.
void form(Ui& ui, std::string_view id, std::string_view name, Body body);

// Several files at once or one. Opens the picker inside the gesture, or takes a drop; the chosen files reach the app
// through platform::FileEvent with this id.
struct DropZoneOptions {
  std::string_view label{};
  std::string_view hint{};
  std::string_view accept{};  // ".csv,text/csv"
  std::string_view error{};
};
void file_drop_zone(Ui& ui, std::string_view id, const DropZoneOptions& options);

// Over the whole page while files are dragged across it: what would become of them. A page that `takes` them is a drop
// zone as a whole; the event then names zone 0.
void file_curtain(Ui& ui, std::string_view words, bool takes);

}  // namespace tw::ui
