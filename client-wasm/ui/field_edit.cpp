// See field_inside.h. The page's edit, keys and pointer, in this order: the page's is newer than what we have.
#include <cmath>

#include "client/ui/field_inside.h"
#include "client/ui/text_edit.h"

namespace tw::ui {

namespace {
constexpr std::string_view bullet = "\xE2\x80\xA2";
}  // namespace

ShownText::ShownText(const std::string& from, bool hide) : value(from), hidden(hide) {
  if (hide) {
    for (std::size_t n = text::code_points(from); n > 0; --n) bullets += bullet;
  }
  words = hide ? std::string_view(bullets) : std::string_view(from);
}

std::int32_t ShownText::to_shown(std::int32_t at) const {
  if (!hidden) return at;
  return static_cast<std::int32_t>(text::code_points(part_of(value, 0, at)) * bullet.size());
}

std::int32_t ShownText::to_value(std::int32_t at) const {
  if (!hidden) return at;
  return static_cast<std::int32_t>(text::prefix(value, static_cast<std::size_t>(at) / bullet.size()).size());
}

std::size_t line_of(const std::vector<TextLine>& lines, std::int32_t at) {
  std::size_t row = 0;
  while (row + 1 < lines.size() && lines[row + 1].begin <= at) ++row;
  return row;
}

// The pages' edit wins over what we have: it is newer by construction.
bool hear_page(Ui::Inside& in, const FieldBox& box, std::string& value, TextEdit& edit) {
  const auto found = in.edits.find(box.id);
  if (found == in.edits.end()) return false;
  const a11y::Action& said = found->second;
  bool changed = false;
  if (said.kind == a11y::Action::Kind::set_value) {
    std::string next = text::repair_utf8(said.value);
    if (!box.multiline) std::replace(next.begin(), next.end(), '\n', ' ');
    changed = next != value;
    value = std::move(next);
    edit.heard = in.memory[box.id].heard = said.edit;
  }
  edit.anchor = said.selection_begin;
  edit.cursor = said.selection_end;
  edit.composing_begin = said.composing_begin;
  edit.composing_end = said.composing_end;
  edit.moved_at = in.seconds;
  edit.clamp(value);
  return changed;
}

// Keys, for the page-less case and for what the page leaves to us. True when the value changed.
bool type_keys(Ui::Inside& in, const FieldBox& box, std::string& value, TextEdit& edit,
               const std::vector<TextLine>& lines, bool read_only) {
  bool changed = false, moved = false;
  auto go = [&](std::int32_t to, bool select) {
    edit.move(value, to, select);
    moved = true;
  };
  for (bool shift : {false, true}) {
    if (in.take_key(Key::left, false, shift)) {
      go(edit.has_selection() && !shift ? edit.begin() : previous_stop(value, edit.cursor), shift);
    }
    if (in.take_key(Key::right, false, shift)) {
      go(edit.has_selection() && !shift ? edit.end() : next_stop(value, edit.cursor), shift);
    }
    if (in.take_key(Key::left, true, shift)) go(previous_word(value, edit.cursor), shift);
    if (in.take_key(Key::right, true, shift)) go(next_word(value, edit.cursor), shift);

    const std::size_t row = line_of(lines, edit.cursor);
    if (in.take_key(Key::home, false, shift)) go(lines[row].begin, shift);
    if (in.take_key(Key::end, false, shift)) go(lines[row].end, shift);
    if (in.take_key(Key::home, true, shift)) go(0, shift);
    if (in.take_key(Key::end, true, shift)) go(static_cast<std::int32_t>(value.size()), shift);
    if (box.multiline) {
      const bool up = in.take_key(Key::up, false, shift), down = in.take_key(Key::down, false, shift);
      if (up || down) {
        const TextLine& from = lines[row];
        if (edit.goal_x < 0) {
          edit.goal_x = advance(in, part_of(value, from.begin, std::min(edit.cursor, from.end)), field_text_size,
                                Weight::regular);
        }
        const float goal = edit.goal_x;
        if (up && row == 0) {
          go(0, shift);
        } else if (down && row + 1 == lines.size()) {
          go(static_cast<std::int32_t>(value.size()), shift);
        } else {
          const TextLine& to = lines[up ? row - 1 : row + 1];
          go(to.begin + offset_at(in, part_of(value, to.begin, to.end), field_text_size, Weight::regular, goal), shift);
        }
        edit.goal_x = goal;
        edit.moved_at = in.seconds;
        return false;
      }
    }
  }
  if (in.take_key(Key::a, true)) edit.select_all(value), moved = true;
  if (in.take_key(Key::c, true) && edit.has_selection()) in.copied = part_of(value, edit.begin(), edit.end());
  if (!read_only) {
    if (in.take_key(Key::x, true) && edit.has_selection()) {
      in.copied = part_of(value, edit.begin(), edit.end());
      changed |= edit.erase_selection(value);
    }
    if (in.take_key(Key::backspace)) {
      changed |= edit.has_selection() ? edit.erase_selection(value)
                                      : edit.erase(value, previous_stop(value, edit.cursor), edit.cursor);
    }
    if (in.take_key(Key::backspace, true)) changed |= edit.erase(value, previous_word(value, edit.cursor), edit.cursor);
    if (in.take_key(Key::del)) {
      changed |= edit.has_selection() ? edit.erase_selection(value)
                                      : edit.erase(value, edit.cursor, next_stop(value, edit.cursor));
    }
    if (in.take_key(Key::z, true)) changed |= edit.undo(value);
    if (in.take_key(Key::z, true, true) || in.take_key(Key::y, true)) changed |= edit.redo(value);
    if (box.multiline && in.take_key(Key::enter)) changed |= edit.insert(value, "\n", box.max_length);
    std::string words = in.typed;
    in.typed.clear();
    if (in.paste) words += *in.paste;
    if (!box.multiline) std::replace(words.begin(), words.end(), '\n', ' ');
    if (!words.empty()) changed |= edit.insert(value, words, box.max_length);
  }
  if (changed || moved) {
    edit.moved_at = in.seconds;
    edit.goal_x = -1;
  }
  return changed;
}

namespace {

std::int32_t offset_at_pointer(Ui::Inside& in, const FieldBox& box, const ShownText& shown, const TextEdit& edit,
                               const std::vector<TextLine>& lines) {
  const ImVec2 mouse = ImGui::GetMousePos();
  const float y = mouse.y - box.inner.y + edit.scroll_y;
  const auto row = static_cast<std::size_t>(
      std::clamp(static_cast<int>(std::floor(y / field_text_line)), 0, static_cast<int>(lines.size()) - 1));
  const TextLine& line = lines[box.multiline ? row : 0];
  const float x = mouse.x - box.inner.x + edit.scroll_x;
  return shown.to_value(line.begin +
                        offset_at(in, part_of(shown.words, line.begin, line.end), field_text_size, Weight::regular, x));
}

}  // namespace

void point(Ui::Inside& in, const Item& item, const FieldBox& box, const std::string& value, const ShownText& shown,
           TextEdit& edit, const std::vector<TextLine>& lines) {
  if (!item.held && !(item.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left))) return;
  const std::int32_t hit = offset_at_pointer(in, box, shown, edit, lines);
  const std::int32_t at = next_stop(value, previous_stop(value, hit));  // not inside of what is one character
  const int clicks = ImGui::GetMouseClickedCount(ImGuiMouseButton_Left);
  if (clicks >= 3) {
    edit.select_all(value);
  } else if (clicks == 2) {
    edit.anchor = previous_word(value, next_stop(value, at));
    edit.cursor = next_word(value, at);
  } else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    edit.move(value, at, ImGui::GetIO().KeyShift);
  } else if (ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
    edit.move(value, at, true);
  } else {
    return;
  }
  edit.moved_at = in.seconds;
  edit.goal_x = -1;
}

}  // namespace tw::ui
