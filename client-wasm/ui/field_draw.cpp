// See field_inside.h.
#include <cmath>

#include "client/ui/field_inside.h"
#include "client/ui/text_edit.h"

namespace tw::ui {

namespace {
constexpr double caret_blinks_for = 5;  // seconds after the last move
}  // namespace

void draw_field_text(Ui& ui, const FieldBox& box, const ShownText& shown, TextEdit* edit,
                     const std::vector<TextLine>& lines, std::string_view placeholder, bool disabled) {
  auto& in = ui.inside();
  auto x_of = [&](const TextLine& line, std::int32_t at) {
    return advance(in, part_of(shown.words, line.begin, std::clamp(at, line.begin, line.end)), field_text_size,
                   Weight::regular);
  };
  float caret_x = 0, caret_y = 0;
  if (edit) {
    const std::int32_t at = shown.to_shown(edit->cursor);
    const std::size_t row = line_of(lines, at);
    caret_x = x_of(lines[row], at);
    caret_y = static_cast<float>(row) * field_text_line;
    if (!box.multiline) {
      const float total = lines[0].width;
      edit->scroll_x = std::clamp(edit->scroll_x, std::max(0.0f, caret_x - box.inner.w + 2), caret_x);
      edit->scroll_x = std::min(edit->scroll_x, std::max(0.0f, total - box.inner.w + 2));
    } else {
      if (edit->moved_at == in.seconds) {
        edit->scroll_y = std::clamp(edit->scroll_y, caret_y + field_text_line - box.inner.h, caret_y);
      }
      const float total = static_cast<float>(lines.size()) * field_text_line;
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
    const float y = top + static_cast<float>(row) * field_text_line;
    if (y + field_text_line < clip.y || y > clip.bottom()) continue;
    if (edit && edit->has_selection()) {
      const std::int32_t from = shown.to_shown(edit->begin()), to = shown.to_shown(edit->end());
      if (from <= line.end && to > line.begin) {
        const float a = x_of(line, from), b = x_of(line, to) + (to > line.end ? 4.0f : 0.0f);
        in.fill({left + a, y, b - a, field_text_line}, faded(ui.color(Token::accent), 0.28f), 2);
      }
    }
    in.draw_words({left, y}, part_of(shown.words, line.begin, line.end), Style::body, Weight::regular,
                  ui.color(disabled ? Token::muted : Token::text));
    if (edit && edit->composing_end > edit->composing_begin) {
      const std::int32_t from = shown.to_shown(edit->composing_begin), to = shown.to_shown(edit->composing_end);
      if (from < line.end && to > line.begin) {
        const float a = x_of(line, from), b = x_of(line, to);
        in.fill({left + a, y + field_text_line - 1.5f, b - a, 1.5f}, ui.color(Token::accent));
      }
    }
  }
  if (edit && !edit->has_selection()) {
    // A caret that stands still needs no frames: it blinks for a while after the last move and then stays.
    const double since = in.seconds - edit->moved_at;
    bool lit = true;
    if (!in.info.reduced_motion && since < caret_blinks_for) {
      lit = std::fmod(since, 1.0) < 0.5;
      ui.request_frame_in(static_cast<std::int64_t>((0.5 - std::fmod(since, 0.5)) * 1000) + 1);
    }
    if (lit)
      in.fill({in.pixel(left + caret_x) - 0.5f, top + caret_y + 2, 1.5f, field_text_line - 4}, ui.color(Token::accent));
  }
  in.list().PopClipRect();
}

}  // namespace tw::ui
