// What people ask for through the mirrored tree: queued by the mirror (or a test), taken by the ui layer at the start
// of a frame, at most one activation a frame. Each is checked there against "disabled" and the top modal.
#pragma once

#include <cstdint>
#include <string>

namespace tw::a11y {

struct Action {
  enum class Kind : std::uint8_t {
    focus,      // it has the focus now
    blur,       // it has lost the focus to something outside the page's tree
    activate,   // click, Enter, Space
    set_value,  // the text agent's value and selection
    select,     // the text agent's selection only
  };
  Kind kind = Kind::focus;
  std::uint32_t target = 0;
  std::string value;                                    // of set_value, UTF-8
  std::int32_t selection_begin = 0, selection_end = 0;  // bytes
  std::int32_t composing_begin = 0, composing_end = 0;  // bytes; equal: nothing is being composed
  std::uint32_t edit = 0;                               // number of this edit, see TextAgent::heard
};

}  // namespace tw::a11y
