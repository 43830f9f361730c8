// Things to press: buttons, links, checkboxes, radios, tabs, chips. Each takes its id first, draws itself, announces
// role, name and state, and returns what happened in this frame (mouse, keyboard, touch and screen reader alike).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "client/ui/text.h"
#include "client/ui/ui.h"

namespace tw::ui {

enum class ButtonKind : std::uint8_t { secondary, primary, ghost, danger };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::secondary;
  Icon icon = Icon::none;
  bool disabled = false;
  std::string_view why_disabled{};  // shown and spoken when disabled
  std::string_view tooltip{};
  std::string_view shortcut{};  // shown in the tooltip and announced: "Ctrl+K"
  float width = 0;              // 0: natural
  bool full_width = false;
  bool busy = false;      // waits for its own answer: a thin moving line, takes no press
  bool has_menu = false;  // opens a menu: announced, and a small chevron
};
bool button(Ui& ui, std::string_view id, std::string_view label, const ButtonOptions& options = {});

inline bool primary_button(Ui& ui, std::string_view id, std::string_view label, ButtonOptions options = {}) {
  options.kind = ButtonKind::primary;
  return button(ui, id, label, options);
}

// An icon alone; `name` is its tooltip and its accessible name.
struct IconButtonOptions {
  ButtonKind kind = ButtonKind::ghost;
  bool disabled = false;
  bool pressed = false;  // a toggle that is on
  bool has_menu = false;
  int badge = 0;
  std::string_view shortcut{};
};
bool icon_button(Ui& ui, std::string_view id, Icon icon, std::string_view name, const IconButtonOptions& options = {});

// Goes somewhere inside Tidewater: `path` is announced as its address, so that a new tab can open it.
struct LinkOptions {
  std::string_view path{};
  Style style = Style::body;
  Weight weight = Weight::regular;
  Token color = Token::accent;
  float max_width = 0;
};
bool link(Ui& ui, std::string_view id, std::string_view label, const LinkOptions& options = {});

enum class Checked : std::uint8_t { no, yes, mixed };
struct CheckboxOptions {
  bool disabled = false;
  std::string_view hint{};
};
bool checkbox(Ui& ui, std::string_view id, std::string_view label, bool& value, const CheckboxOptions& options = {});
// Without a drawn label; `name` is only announced. Returns true when pressed; the caller decides the new state.
bool bare_checkbox(Ui& ui, std::string_view id, std::string_view name, Checked state);

struct Choice {
  std::string_view key{};  // stable id of this choice
  std::string_view label{};
  std::string_view hint{};              // second line of a radio
  std::optional<std::int64_t> count{};  // beside the label of a tab
  Icon icon = Icon::none;
};
// One of several, all visible. `selected` is an index into `choices`; true when it changed.
bool radio_group(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected);
// Views of the same page: a tab list with counts.
bool tabs(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected);
// The same as one closed bar of segments, for small settings.
bool segmented(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected);

// One of many numbers in a row, each `step` from the next. The caller draws the label and the figure; `words` is the
// figure as it is read out. True when the value changed, in every frame of a drag.
struct SliderOptions {
  std::string_view name{};
  std::string_view words{};
  std::int64_t least = 0, most = 100, step = 1;
  float width = 0;  // 0: all there is
  bool disabled = false;
};
bool slider(Ui& ui, std::string_view id, std::int64_t& value, const SliderOptions& options);

// A state in words on its soft ground, with a dot. Not interactive.
struct ChipOptions {
  Tone tone = Tone::neutral;
  bool dot = true;
};
void chip(Ui& ui, std::string_view label, const ChipOptions& options = {});

// A chip that is pressed: quick results, suggestions.
bool chip_button(Ui& ui, std::string_view id, std::string_view label, bool selected = false);

// A condition that can be taken away: "City is Shanghai x". Returns what was pressed.
enum class FilterChipEvent : std::uint8_t { none, open, remove };
FilterChipEvent filter_chip(Ui& ui, std::string_view id, std::string_view sentence, std::string_view remove_name);

}  // namespace tw::ui
