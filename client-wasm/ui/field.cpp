// See field.h. The field draws its text itself: the page's element behind it is invisible but holds the same value, and
// whichever of the two changed last tells the other (TextAgent::heard keeps echoes out).
#include "client/ui/field.h"

#include <algorithm>
#include <cmath>

#include "client/ui/inside.h"
#include "client/ui/overlay.h"
#include "client/ui/wrap.h"
#include "core/text.h"

namespace tw::ui {

namespace {

constexpr float text_size = 14, text_line = 20, pad_x = 12, caret_blinks_for = 5;
constexpr std::string_view bullet = "\xE2\x80\xA2";

std::string_view part(std::string_view words, std::int32_t from, std::int32_t to) {
  return words.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(std::max(0, to - from)));
}

// What stands in the field: bullets for a password. Maps between offsets of the value and of what is shown.
struct Shown {
  std::string bullets;
  std::string_view words;
  std::string_view value;
  bool hidden = false;

  Shown(const std::string& from, bool hide) : value(from), hidden(hide) {
    if (hide) {
      for (std::size_t n = text::code_points(from); n > 0; --n) bullets += bullet;
    }
    words = hide ? std::string_view(bullets) : std::string_view(from);
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

  std::int32_t to_shown(std::int32_t at) const {
    if (!hidden) return at;
    return static_cast<std::int32_t>(text::code_points(part(value, 0, at)) * bullet.size());
  }
  std::int32_t to_value(std::int32_t at) const {
    if (!hidden) return at;
    return static_cast<std::int32_t>(text::prefix(value, static_cast<std::size_t>(at) / bullet.size()).size());
  }
};

struct Box {
  WidgetId id = 0;
  Rect rect;   // the whole field
  Rect inner;  // where text may stand
  bool multiline = false;
  int max_length = 0;
};

// The pages' edit wins over what we have: it is newer by construction.
bool hear_page(Ui::Inside& in, const Box& box, std::string& value, TextEdit& edit) {
  const auto found = in.edits.find(box.id);
  if (found == in.edits.end()) return false;
  const a11y::Action& said = found->second;
  bool changed = false;
  if (said.kind == a11y::Action::Kind::set_value) {
    std::string next = text::repair_utf8(said.value);
    if (!box.multiline) std::replace(next.begin(), next.end(), '\n', ' ');
    changed = next != value;
    value = std::move(next);
    edit.heard = said.edit;
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
bool type_keys(Ui::Inside& in, const Box& box, std::string& value, TextEdit& edit, const std::vector<TextLine>& lines,
               bool read_only) {
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

    std::size_t row = 0;
    while (row + 1 < lines.size() && lines[row + 1].begin <= edit.cursor) ++row;
    if (in.take_key(Key::home, false, shift)) go(lines[row].begin, shift);
    if (in.take_key(Key::end, false, shift)) go(lines[row].end, shift);
    if (in.take_key(Key::home, true, shift)) go(0, shift);
    if (in.take_key(Key::end, true, shift)) go(static_cast<std::int32_t>(value.size()), shift);
    if (box.multiline) {
      const bool up = in.take_key(Key::up, false, shift), down = in.take_key(Key::down, false, shift);
      if (up || down) {
        const TextLine& from = lines[row];
        if (edit.goal_x < 0) {
          edit.goal_x =
              advance(in, part(value, from.begin, std::min(edit.cursor, from.end)), text_size, Weight::regular);
        }
        const float goal = edit.goal_x;
        if (up && row == 0) {
          go(0, shift);
        } else if (down && row + 1 == lines.size()) {
          go(static_cast<std::int32_t>(value.size()), shift);
        } else {
          const TextLine& to = lines[up ? row - 1 : row + 1];
          go(to.begin + offset_at(in, part(value, to.begin, to.end), text_size, Weight::regular, goal), shift);
        }
        edit.goal_x = goal;
        edit.moved_at = in.seconds;
        return false;
      }
    }
  }
  if (in.take_key(Key::a, true)) edit.select_all(value), moved = true;
  if (in.take_key(Key::c, true) && edit.has_selection()) in.copied = part(value, edit.begin(), edit.end());
  if (!read_only) {
    if (in.take_key(Key::x, true) && edit.has_selection()) {
      in.copied = part(value, edit.begin(), edit.end());
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

std::int32_t offset_at_pointer(Ui::Inside& in, const Box& box, const Shown& shown, const TextEdit& edit,
                               const std::vector<TextLine>& lines) {
  const ImVec2 mouse = ImGui::GetMousePos();
  const float y = mouse.y - box.inner.y + edit.scroll_y;
  const auto row = static_cast<std::size_t>(
      std::clamp(static_cast<int>(std::floor(y / text_line)), 0, static_cast<int>(lines.size()) - 1));
  const TextLine& line = lines[box.multiline ? row : 0];
  const float x = mouse.x - box.inner.x + edit.scroll_x;
  return shown.to_value(line.begin +
                        offset_at(in, part(shown.words, line.begin, line.end), text_size, Weight::regular, x));
}

void point(Ui::Inside& in, const Item& item, const Box& box, const std::string& value, const Shown& shown,
           TextEdit& edit, const std::vector<TextLine>& lines) {
  if (!item.held && !(item.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left))) return;
  const std::int32_t at = offset_at_pointer(in, box, shown, edit, lines);
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

// Text, selection, composition and caret, clipped to the field.
void draw_text(Ui& ui, const Box& box, const Shown& shown, TextEdit* edit, const std::vector<TextLine>& lines,
               std::string_view placeholder, bool disabled) {
  auto& in = ui.inside();
  auto x_of = [&](const TextLine& line, std::int32_t at) {
    return advance(in, part(shown.words, line.begin, std::clamp(at, line.begin, line.end)), text_size, Weight::regular);
  };
  auto row_of = [&](std::int32_t at) {
    std::size_t row = 0;
    while (row + 1 < lines.size() && lines[row + 1].begin <= at) ++row;
    return row;
  };
  float caret_x = 0, caret_y = 0;
  if (edit) {
    const std::int32_t at = shown.to_shown(edit->cursor);
    const std::size_t row = row_of(at);
    caret_x = x_of(lines[row], at);
    caret_y = static_cast<float>(row) * text_line;
    if (!box.multiline) {
      const float total = lines[0].width;
      edit->scroll_x = std::clamp(edit->scroll_x, std::max(0.0f, caret_x - box.inner.w + 2), caret_x);
      edit->scroll_x = std::min(edit->scroll_x, std::max(0.0f, total - box.inner.w + 2));
    } else {
      if (edit->moved_at == in.seconds) {
        edit->scroll_y = std::clamp(edit->scroll_y, caret_y + text_line - box.inner.h, caret_y);
      }
      const float total = static_cast<float>(lines.size()) * text_line;
      edit->scroll_y = std::clamp(edit->scroll_y, 0.0f, std::max(0.0f, total - box.inner.h));
    }
  }
  const float left = box.inner.x - (edit ? edit->scroll_x : 0), top = box.inner.y - (edit ? edit->scroll_y : 0);
  const Rect clip{box.rect.x + 1, box.multiline ? box.inner.y - 4 : box.rect.y, box.rect.w - 2,
                  box.multiline ? box.inner.h + 8 : box.rect.h};
  in.list().PushClipRect({box.inner.x - 2, clip.y}, {box.inner.right() + 2, clip.bottom()}, true);
  if (shown.words.empty()) {
    in.draw_words({box.inner.x, box.inner.y}, placeholder, Style::body, Weight::regular, ui.color(Token::muted),
                  box.inner.w);
  }
  for (std::size_t row = 0; row < lines.size(); ++row) {
    const TextLine& line = lines[row];
    const float y = top + static_cast<float>(row) * text_line;
    if (y + text_line < clip.y || y > clip.bottom()) continue;
    if (edit && edit->has_selection()) {
      const std::int32_t from = shown.to_shown(edit->begin()), to = shown.to_shown(edit->end());
      if (from <= line.end && to > line.begin) {
        const float a = x_of(line, from), b = x_of(line, to) + (to > line.end ? 4.0f : 0.0f);
        in.fill({left + a, y, b - a, text_line}, faded(ui.color(Token::accent), 0.28f), 2);
      }
    }
    in.draw_words({left, y}, part(shown.words, line.begin, line.end), Style::body, Weight::regular,
                  ui.color(disabled ? Token::muted : Token::text));
    if (edit && edit->composing_end > edit->composing_begin) {
      const std::int32_t from = shown.to_shown(edit->composing_begin), to = shown.to_shown(edit->composing_end);
      if (from < line.end && to > line.begin) {
        const float a = x_of(line, from), b = x_of(line, to);
        in.fill({left + a, y + text_line - 1.5f, b - a, 1.5f}, ui.color(Token::accent));
      }
    }
  }
  if (edit && !edit->has_selection()) {
    // A caret that stands still needs no frames: it blinks for a while after the last move and then stays.
    const double since = in.seconds - edit->moved_at;
    bool lit = true;
    if (!in.info.reduced_motion && since < static_cast<double>(caret_blinks_for)) {
      lit = std::fmod(since, 1.0) < 0.5;
      ui.request_frame_in(static_cast<std::int64_t>((0.5 - std::fmod(since, 0.5)) * 1000) + 1);
    }
    if (lit)
      in.fill({in.pixel(left + caret_x) - 0.5f, top + caret_y + 2, 1.5f, text_line - 4}, ui.color(Token::accent));
  }
  in.list().PopClipRect();
}

struct Look {
  float label = 0, below = 0;
};

FieldResult run(Ui& ui, std::string_view id, std::string& value, const FieldOptions& options, bool multiline,
                int min_lines, int max_lines) {
  auto& in = ui.inside();
  FieldResult result;
  Box box;
  box.id = ui.id(id);
  box.multiline = multiline;
  box.max_length = options.max_length;
  const bool labelled = !options.label.empty();
  const std::string_view below = options.error.empty() ? options.hint : options.error;
  const float label_height = labelled ? line_height(Style::caption) + 4 : 0;
  const float width =
      options.width > 0 ? std::min(options.width, std::max(80.0f, ui.available_width())) : ui.available_width();
  const float left = pad_x + (options.icon == Icon::none ? 0.0f : 24.0f);
  const bool clearable = options.kind == FieldKind::search && !value.empty();
  const float shortcut_width =
      options.shortcut.empty() || clearable ? 0 : in.width(options.shortcut, 12, Weight::regular) + 14;
  const float right = pad_x + (clearable ? 20 : shortcut_width);

  // A page's edit is taken before anything is measured.
  const bool was_focused = in.focus == box.id || in.wanted_focus == box.id;
  const bool page_said = in.edits.count(box.id) != 0;
  TextEdit* edit = nullptr;
  const auto kept = in.text_edits.find(box.id);
  if (was_focused || page_said || kept != in.text_edits.end()) {
    const bool fresh = kept == in.text_edits.end();
    edit = &in.text_edits[box.id];
    if (fresh) {
      edit->cursor = edit->anchor = static_cast<std::int32_t>(value.size());
      edit->moved_at = in.seconds;
    }
    edit->clamp(value);
  }
  if (page_said && edit && !options.read_only && !options.disabled) result.changed |= hear_page(in, box, value, *edit);

  const float text_width = width - left - right;
  std::vector<TextLine> lines;
  auto measure_lines = [&](const Shown& shown) {
    lines = wrap(in, shown.words, text_size, Weight::regular, multiline ? text_width : 0);
  };
  {
    const Shown shown(value, options.kind == FieldKind::password);
    measure_lines(shown);
  }
  float height = control_height(ui.density());
  if (multiline) {
    const int count = std::clamp(static_cast<int>(lines.size()), min_lines, std::max(min_lines, max_lines));
    height = static_cast<float>(count) * text_line + 18;
  }
  const float below_height = below.empty() ? 0 : line_height(Style::caption) + 4;
  const Rect whole = ui.place({width, label_height + height + below_height});
  box.rect = {whole.x, whole.y + label_height, width, height};
  box.inner = {box.rect.x + left, box.rect.y + (multiline ? 9 : (height - text_line) / 2), text_width,
               multiline ? height - 18 : text_line};

  if (labelled) {
    in.draw_words({whole.x, whole.y}, options.label, Style::caption, Weight::semibold, ui.color(Token::muted), width);
    if (options.required) {
      const float after = in.width(options.label, 12, Weight::semibold);
      in.draw_words({whole.x + after + 3, whole.y}, "*", Style::caption, Weight::semibold, ui.color(Token::danger));
    }
  }
  if (options.focus_first && in.memory[box.id].frame == 0) ui.focus(box.id);
  in.memory[box.id].frame = in.frame_number;

  const Item item = in.item(box.id, box.rect, {.disabled = options.disabled, .keys = false});
  if (item.hovered && !item.disabled) in.cursor = Cursor::text;
  if (item.focused && !edit) {
    edit = &in.text_edits[box.id];
    edit->cursor = edit->anchor = static_cast<std::int32_t>(value.size());
    edit->moved_at = in.seconds;
    if (item.ring && !multiline) edit->select_all(value);
  }
  if (edit && item.focused) {
    {
      const Shown shown(value, options.kind == FieldKind::password);
      point(in, item, box, value, shown, *edit, lines);
    }
    if (type_keys(in, box, value, *edit, lines, options.read_only)) {
      result.changed = true;
      const Shown shown(value, options.kind == FieldKind::password);
      measure_lines(shown);
    }
    const auto pressed = [&](Key key, bool control) {
      return std::any_of(in.keys.begin(), in.keys.end(),
                         [&](const KeyPress& k) { return k.key == key && k.with.control == control; });
    };
    // Not taken: a dialog around the field may want it.
    result.submitted = pressed(Key::enter, multiline);
    result.escaped = pressed(Key::escape, false);
    if (options.kind == FieldKind::search && !value.empty() && in.take_key(Key::escape)) {
      value.clear();
      edit->clamp(value);
      result.changed = true;
    }
    edit->frame = in.frame_number;
  } else if (edit && !item.focused && !page_said) {
    result.left = true;
    in.text_edits.erase(box.id);
    edit = nullptr;
  }

  const bool invalid = !options.error.empty();
  in.fill(box.rect, ui.color(options.disabled || options.read_only ? Token::background : Token::field),
          radius::control);
  const bool active = item.focused && !options.disabled;
  const Color border = ui.color(invalid ? Token::danger : active ? Token::accent : Token::control_line);
  in.frame(box.rect, item.hovered || active || invalid ? border : faded(border, 0.75f), radius::control,
           active ? 1.5f : 1.0f);
  if (active) {
    const Rect glow = box.rect.inset(-2);
    in.frame(glow, faded(border, 0.25f), radius::control + 2, 2.5f);
  }
  if (options.icon != Icon::none) {
    draw_icon(ui, options.icon, {box.rect.x + 11, box.rect.centre().y - 8, 16, 16}, ui.color(Token::muted));
  }
  {
    const Shown shown(value, options.kind == FieldKind::password);
    measure_lines(shown);
    draw_text(ui, box, shown, item.focused ? edit : nullptr, lines, options.placeholder, options.disabled);
  }
  if (shortcut_width > 0) {
    const Rect key{box.rect.right() - shortcut_width - 4, box.rect.centre().y - 10, shortcut_width - 4, 20};
    in.fill(key, ui.color(Token::surface), 4);
    in.frame(key, ui.color(Token::line), 4);
    in.draw_words({key.x + 5, key.y}, options.shortcut, 12, 20, Weight::regular, ui.color(Token::muted));
  }
  if (!below.empty()) {
    in.draw_words({whole.x, box.rect.bottom() + 4}, below, Style::caption, Weight::regular,
                  ui.color(invalid ? Token::danger : Token::muted), width);
  }

  a11y::Node node = node_of(item, options.kind == FieldKind::search ? a11y::Role::search_box : a11y::Role::text_box,
                            labelled               ? options.label
                            : options.name.empty() ? options.placeholder
                                                   : options.name);
  node.value = value;
  node.description = options.hint;
  node.error = options.error;
  node.placeholder = options.placeholder;
  node.required = options.required;
  node.shortcut = options.shortcut;
  a11y::TextAgent agent;
  agent.kind = static_cast<std::uint8_t>(options.kind);
  agent.autofill = static_cast<std::uint8_t>(options.autofill);
  agent.multiline = multiline;
  agent.read_only = options.read_only;
  agent.max_length = options.max_length;
  agent.font_size = text_size;
  agent.line_height = text_line;
  agent.padding_left = left;
  agent.padding_top = box.inner.y - box.rect.y;
  if (edit) {
    agent.selection_begin = edit->begin();
    agent.selection_end = edit->end();
    agent.heard = edit->heard;
  } else {
    agent.selection_begin = agent.selection_end = static_cast<std::int32_t>(value.size());
  }
  in.tree.add_text_field(node, agent);

  if (clearable) {
    const Rect cross{box.rect.right() - 26, box.rect.centre().y - 10, 20, 20};
    ImGui::SetNextItemAllowOverlap();
    IdScope scope(ui, id);
    const Item clear = in.item(ui.id("clear"), cross, {.focus_on_press = false});
    if (clear.hovered) {
      in.cursor = Cursor::hand;
      in.fill(cross, ui.color(Token::hover), 5);
    }
    draw_icon(ui, Icon::close, cross.inset(3), ui.color(Token::muted));
    a11y::Node clear_node = node_of(clear, a11y::Role::button, ui.tr("ui.clear"));
    clear_node.focusable = false;  // Escape does the same
    in.tree.add(clear_node);
    if (clear.pressed) {
      value.clear();
      result.changed = true;
      ui.focus(box.id);
    }
  }
  return result;
}

}  // namespace

FieldResult text_field(Ui& ui, std::string_view id, std::string& value, const FieldOptions& options) {
  return run(ui, id, value, options, false, 1, 1);
}

FieldResult text_area(Ui& ui, std::string_view id, std::string& value, const AreaOptions& options) {
  return run(ui, id, value, options.field, true, options.min_lines, options.max_lines);
}

FieldResult search_field(Ui& ui, std::string_view id, std::string& value, std::string_view name, float width,
                         std::string_view shortcut) {
  return text_field(ui, id, value,
                    {.name = name,
                     .placeholder = name,
                     .kind = FieldKind::search,
                     .width = width,
                     .icon = Icon::search,
                     .shortcut = shortcut});
}

FieldResult number_field(Ui& ui, std::string_view id, std::optional<std::int64_t>& value,
                         const NumberOptions& options) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const auto draft = in.drafts.find(own);
  std::string words = draft != in.drafts.end() ? draft->second : value ? std::to_string(*value) : std::string();
  FieldOptions field = options.field;
  field.kind = FieldKind::number;
  const auto parsed_of = [&](std::string_view text) -> std::optional<std::int64_t> {
    const auto number = text::to_integer(text::trim(text));
    return number && *number >= options.min && *number <= options.max ? number : std::nullopt;
  };
  const bool bad = !text::trim(words).empty() && !parsed_of(words);
  if (bad && field.error.empty()) field.error = ui.tr("ui.not_a_number");
  FieldResult result = text_field(ui, id, words, field);
  if (result.changed) {
    const auto before = value;
    if (text::trim(words).empty()) {
      value.reset();
    } else if (const auto number = parsed_of(words)) {
      value = number;
    }
    in.drafts[own] = words;
    result.changed = before != value;
  }
  if (result.left && parsed_of(words)) in.drafts.erase(own);
  return result;
}

void form(Ui& ui, std::string_view id, std::string_view name, Body body) {
  a11y::Node node;
  node.id = ui.id(id);
  node.role = a11y::Role::form;
  node.name = name;
  ui.tree().add(node);
  a11y::Open open(ui.tree(), node.id);
  IdScope scope(ui, id);
  column(ui, {.gap = space::l}, body);
}

}  // namespace tw::ui
