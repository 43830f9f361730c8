// Keys as the ui layer knows them: those that do something outside text. Printing characters arrive as text.
#pragma once

#include <cstdint>
#include <string_view>

namespace tw::ui {

enum class Key : std::uint8_t {
  none,
  tab,
  enter,
  escape,
  space,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  menu,
  a,
  c,
  k,
  v,
  x,
  y,
  z,
  slash,
  question,
};

struct Modifiers {
  bool control = false;  // Command on a Mac
  bool shift = false;
  bool alt = false;
};

struct KeyPress {
  Key key = Key::none;
  Modifiers with;
};

class Ui;

// A shortcut of the page, whatever has the focus; none while a dialog or a menu is open. "?" and "/" come only when no
// text is being typed.
bool pressed(Ui& ui, const KeyPress& shortcut);

// A key of the list under a field that has the focus (ResultRow), which the field leaves to it.
bool take_key(Ui& ui, Key key);

// As it is drawn, by the names on the keys: "Ctrl K", "⌘K" on Apple's. Empty for no key.
std::string_view shortcut_words(Ui& ui, const KeyPress& shortcut);
// The same for keys that stand in words of ours: "Shift F10" -> "⇧F10".
std::string_view key_words(Ui& ui, std::string_view keys);

}  // namespace tw::ui
