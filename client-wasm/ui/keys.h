// Keys as the ui layer knows them: those that do something outside text. Printing characters arrive as text.
#pragma once

#include <cstdint>

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

// A shortcut of the page, taken when nothing with the focus has taken it: ask after everything is drawn. "?" and "/"
// come only when no text is being typed.
bool pressed(Ui& ui, const KeyPress& shortcut);

}  // namespace tw::ui
