// Editing one text: value, cursor, selection, undo. Pure: no drawing, no ImGui. In the browser the mirrored element
// does the editing and this only follows; without it (tests, no mirror) this is the editor. Offsets are bytes of valid
// UTF-8 and always stand between code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tw::ui {

struct TextEdit {
  std::int32_t cursor = 0;
  std::int32_t anchor = 0;  // the other end of the selection
  std::int32_t composing_begin = 0, composing_end = 0;
  std::uint32_t heard = 0;  // number of the last edit from the page
  double moved_at = 0;      // seconds: the caret blinks only for a while after that
  float scroll_x = 0, scroll_y = 0;
  float goal_x = -1;       // column that Up and Down keep
  std::int64_t frame = 0;  // last drawn
  struct Past {
    std::string value;
    std::int32_t cursor = 0;
  };
  std::vector<Past> past, future;

  std::int32_t begin() const { return cursor < anchor ? cursor : anchor; }
  std::int32_t end() const { return cursor < anchor ? anchor : cursor; }
  bool has_selection() const { return cursor != anchor; }

  void clamp(std::string_view value);  // after the caller changed the value
  void select_all(std::string_view value);
  void move(std::string_view value, std::int32_t to, bool select);
  bool insert(std::string& value, std::string_view words, int max_length);  // replaces the selection
  bool erase(std::string& value, std::int32_t from, std::int32_t to);
  bool erase_selection(std::string& value);
  bool undo(std::string& value);
  bool redo(std::string& value);

 private:
  void remember(const std::string& value);
};

// Stops of the caret: characters as people see them, not code points.
std::int32_t next_stop(std::string_view value, std::int32_t at);
std::int32_t previous_stop(std::string_view value, std::int32_t at);
std::int32_t next_word(std::string_view value, std::int32_t at);
std::int32_t previous_word(std::string_view value, std::int32_t at);

// UTF-16 offsets of the page <-> bytes.
std::int32_t utf16_to_bytes(std::string_view value, std::int32_t units);
std::int32_t bytes_to_utf16(std::string_view value, std::int32_t bytes);

}  // namespace tw::ui
