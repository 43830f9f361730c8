// See field.h. The field draws its text itself: the page's element behind it is invisible but holds the same value, and
// whichever of the two changed last tells the other (TextAgent::heard keeps echoes out).
#include "client/ui/field.h"

#include <algorithm>

#include "client/ui/field_inside.h"
#include "client/ui/overlay.h"

namespace tw::ui {

namespace {

constexpr float pad_x = 12;

// One field in one frame. The order matters: a page's edit is taken before anything is measured, keys and pointer come
// after the place is known, and the tree hears of the value last.
class Field {
 public:
  Field(Ui& ui, std::string_view id, std::string& value, const FieldOptions& options, bool multiline)
      : ui_(ui), in_(ui.inside()), id_(id), value_(value), options_(options) {
    box_.id = ui.id(id);
    box_.multiline = multiline;
    box_.max_length = options.max_length;
  }

  FieldResult run(int min_lines, int max_lines) {
    clearable_ = options_.kind == FieldKind::search && !value_.empty();
    hear();
    place(min_lines, max_lines);
    draw_label();
    listen();
    draw();
    announce();
    if (clearable_) clear_button();
    return result_;
  }

 private:
  bool labelled() const { return !options_.label.empty(); }
  bool invalid() const { return !options_.error.empty(); }
  std::string_view below() const { return invalid() ? options_.error : options_.hint; }
  bool hides() const { return options_.kind == FieldKind::password; }
  void measure_lines(const ShownText& shown) {
    lines_ = wrap(in_, shown.words, field_text_size, Weight::regular, box_.multiline ? text_width_ : 0);
  }
  TextEdit* fresh_edit();
  void hear();
  void place(int min_lines, int max_lines);
  void draw_label();
  void listen();
  void draw();
  void announce();
  void clear_button();

  Ui& ui_;
  Ui::Inside& in_;
  std::string_view id_;
  std::string& value_;
  const FieldOptions& options_;
  FieldBox box_;
  FieldResult result_;
  Item item_;
  TextEdit* edit_ = nullptr;  // null: neither the keyboard nor the page has anything to do with this field
  std::vector<TextLine> lines_;
  Rect whole_;
  float left_ = 0, text_width_ = 0, shortcut_width_ = 0;
  bool page_said_ = false, clearable_ = false;
};

TextEdit* Field::fresh_edit() {
  TextEdit* edit = &in_.text_edits[box_.id];
  edit->cursor = edit->anchor = static_cast<std::int32_t>(value_.size());
  if (options_.read_only) edit->cursor = 0;  // there to be copied: all of it, and its beginning is what one sees
  edit->moved_at = in_.seconds;
  edit->heard = in_.memory[box_.id].heard;
  return edit;
}

void Field::hear() {
  const bool was_focused = in_.focus == box_.id || in_.wanted_focus == box_.id;
  page_said_ = in_.edits.count(box_.id) != 0;
  const auto kept = in_.text_edits.find(box_.id);
  if (kept != in_.text_edits.end()) {
    edit_ = &kept->second;
  } else if (was_focused || page_said_) {
    edit_ = fresh_edit();
  }
  if (!edit_) return;
  edit_->clamp(value_);
  if (page_said_ && !options_.read_only && !options_.disabled) result_.changed |= hear_page(in_, box_, value_, *edit_);
}

void Field::place(int min_lines, int max_lines) {
  const float label_height = labelled() ? line_height(Style::caption) + 4 : 0;
  const float width =
      options_.width > 0 ? std::min(options_.width, std::max(80.0f, ui_.available_width())) : ui_.available_width();
  left_ = pad_x + (options_.icon == Icon::none ? 0.0f : 24.0f);
  if (!options_.shortcut.empty() && !clearable_)
    shortcut_width_ = in_.width(options_.shortcut, 12, Weight::regular) + 14;
  text_width_ = width - left_ - pad_x - (clearable_ ? 20 : shortcut_width_);
  measure_lines(ShownText(value_, hides()));
  float height = control_height(ui_.density());
  if (box_.multiline) {
    const int count = std::clamp(static_cast<int>(lines_.size()), min_lines, std::max(min_lines, max_lines));
    height = static_cast<float>(count) * field_text_line + 18;
  }
  const float below_lines = wrapped_height(in_, below(), Style::caption, Weight::regular, width);
  const float below_height = below_lines > 0 ? below_lines + 4 : 0;
  whole_ = ui_.place({width, label_height + height + below_height});
  // What springs left of the row may be too little because something is new in it: the row is to learn what was wanted.
  if (LayoutFrame& top = in_.top(); top.springs > 0 && options_.width > width) top.natural += options_.width - width;
  box_.rect = {whole_.x, whole_.y + label_height, width, height};
  box_.inner = {box_.rect.x + left_, box_.rect.y + (box_.multiline ? 9 : (height - field_text_line) / 2), text_width_,
                box_.multiline ? height - 18 : field_text_line};
}

void Field::draw_label() {
  if (!labelled()) return;
  in_.draw_words({whole_.x, whole_.y}, options_.label, Style::caption, Weight::semibold, ui_.color(Token::muted),
                 whole_.w);
  if (!options_.required) return;
  const float after = in_.width(options_.label, 12, Weight::semibold);
  in_.draw_words({whole_.x + after + 3, whole_.y}, "*", Style::caption, Weight::semibold, ui_.color(Token::danger));
}

void Field::listen() {
  if (options_.focus_first && in_.memory[box_.id].frame == 0) ui_.focus(box_.id);
  in_.memory[box_.id].frame = in_.frame_number;

  if (clearable_) ImGui::SetNextItemAllowOverlap();  // the cross lies over the field
  item_ = in_.item(box_.id, box_.rect, {.disabled = options_.disabled, .keys = false});
  if (item_.hovered && !item_.disabled) in_.cursor = Cursor::text;
  if (item_.focused && !edit_) {
    edit_ = fresh_edit();
    if (item_.ring && !box_.multiline) edit_->select_all(value_);
  }
  if (edit_ && item_.focused) {
    point(in_, item_, box_, value_, ShownText(value_, hides()), *edit_, lines_);
    if (type_keys(in_, box_, value_, *edit_, lines_, options_.read_only)) {
      result_.changed = true;
      measure_lines(ShownText(value_, hides()));
    }
    const auto pressed = [&](Key key, bool control) {
      return std::any_of(in_.keys.begin(), in_.keys.end(),
                         [&](const KeyPress& k) { return k.key == key && k.with.control == control; });
    };
    // Not taken: a dialog around the field may want it.
    result_.submitted = pressed(Key::enter, box_.multiline);
    result_.escaped = pressed(Key::escape, false);
    if (options_.kind == FieldKind::search && !value_.empty() && in_.take_key(Key::escape)) {
      value_.clear();
      edit_->clamp(value_);
      result_.changed = true;
    }
    edit_->frame = in_.frame_number;
  } else if (edit_ && !item_.focused && !page_said_) {
    result_.left = true;
    in_.text_edits.erase(box_.id);
    edit_ = nullptr;
  }
}

void Field::draw() {
  in_.fill(box_.rect, ui_.color(options_.disabled || options_.read_only ? Token::background : Token::field),
           radius::control);
  const bool active = item_.focused && !options_.disabled;
  const Color border = ui_.color(invalid()       ? Token::danger
                                 : active        ? Token::accent
                                 : item_.hovered ? Token::muted
                                                 : Token::control_line);
  in_.frame(box_.rect, border, radius::control, active ? 1.5f : 1.0f);
  if (active) in_.frame(box_.rect.inset(-2), faded(border, 0.25f), radius::control + 2, 2.5f);
  if (options_.icon != Icon::none) {
    draw_icon(ui_, options_.icon, {box_.rect.x + 11, box_.rect.centre().y - 8, 16, 16}, ui_.color(Token::muted));
  }
  const ShownText shown(value_, hides());
  measure_lines(shown);
  draw_field_text(ui_, box_, shown, item_.focused ? edit_ : nullptr, lines_, options_.placeholder, options_.disabled);
  if (shortcut_width_ > 0) {
    const Rect key{box_.rect.right() - shortcut_width_ - 4, box_.rect.centre().y - 10, shortcut_width_ - 4, 20};
    in_.fill(key, ui_.color(Token::surface), 4);
    in_.frame(key, ui_.color(Token::line), 4);
    in_.draw_words({key.x + 5, key.y}, options_.shortcut, 12, 20, Weight::regular, ui_.color(Token::muted));
  }
  if (!below().empty()) {
    draw_wrapped(in_, {whole_.x, box_.rect.bottom() + 4}, below(), Style::caption, Weight::regular,
                 ui_.color(invalid() ? Token::danger : Token::muted), whole_.w);
  }
}

void Field::announce() {
  a11y::Node node = node_of(item_, options_.kind == FieldKind::search ? a11y::Role::search_box : a11y::Role::text_box,
                            labelled()              ? options_.label
                            : options_.name.empty() ? options_.placeholder
                                                    : options_.name);
  if (options_.list) {
    node.role = a11y::Role::combo_box;
    node.controls = options_.list;
    node.expanded = a11y::Tri::no;  // until active_choice says better
  }
  node.value = value_;
  node.description = options_.hint;
  node.error = options_.error;
  node.placeholder = options_.placeholder;
  node.required = options_.required;
  node.shortcut = spoken_shortcut(ui_, options_.shortcut);
  a11y::TextAgent agent;
  agent.kind = static_cast<std::uint8_t>(options_.kind);
  agent.autofill = static_cast<std::uint8_t>(options_.autofill);
  agent.multiline = box_.multiline;
  agent.read_only = options_.read_only;
  agent.max_length = options_.max_length;
  agent.font_size = field_text_size;
  agent.line_height = field_text_line;
  agent.padding_left = left_;
  agent.padding_top = box_.inner.y - box_.rect.y;
  if (edit_) {
    agent.selection_begin = edit_->begin();
    agent.selection_end = edit_->end();
    agent.heard = edit_->heard;
  } else {
    agent.selection_begin = agent.selection_end = static_cast<std::int32_t>(value_.size());
    agent.heard = in_.memory[box_.id].heard;  // else the page takes this value for an older answer than its own words
  }
  in_.tree.add_text_field(node, agent);
}

void Field::clear_button() {
  const Rect cross{box_.rect.right() - 26, box_.rect.centre().y - 10, 20, 20};
  IdScope scope(ui_, id_);
  const Item clear = in_.item(ui_.id("clear"), cross, {.focus_on_press = false});
  if (clear.hovered) {
    in_.cursor = Cursor::hand;
    in_.fill(cross, ui_.color(Token::hover), 5);
  }
  draw_icon(ui_, Icon::close, cross.inset(3), ui_.color(Token::muted));
  a11y::Node node = node_of(clear, a11y::Role::button, ui_.tr("ui.clear"));
  node.focusable = false;  // Escape does the same
  in_.tree.add(node);
  if (clear.pressed) {
    value_.clear();
    result_.changed = true;
    ui_.focus(box_.id);
  }
}

}  // namespace

FieldResult text_field(Ui& ui, std::string_view id, std::string& value, const FieldOptions& options) {
  return Field(ui, id, value, options, false).run(1, 1);
}

FieldResult text_area(Ui& ui, std::string_view id, std::string& value, const AreaOptions& options) {
  return Field(ui, id, value, options.field, true).run(options.min_lines, options.max_lines);
}

}  // namespace tw::ui
