// See wrap.h.
#include "client/ui/wrap.h"

#include "core/text.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

// Every character of these scripts is a word of its own.
bool breaks_anywhere(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// A space that keeps its two neighbours on one line is among both.
bool never_begins_line(char32_t c) {
  constexpr std::u32string_view closing = U"\u00A0、。，．；：？！）》〉」』】〕…—～·,.;:?!)]}%’”";
  return closing.find(c) != std::u32string_view::npos;
}

bool never_ends_line(char32_t c) {
  constexpr std::u32string_view opening = U"\u00A0（《〈「『【〔([{‘“";
  return opening.find(c) != std::u32string_view::npos;
}

// Is the sign at `at` inside a short word that such a space ties to what follows it ("放弃 3")? Then the word stays
// whole.
bool is_tied(std::string_view words, std::size_t at) {
  constexpr int longest = 6;
  for (int i = 0; i <= longest && at < words.size(); ++i) {
    const char32_t c = text::next_code_point(words, at);
    if (c == U'\u00A0') return i > 0;
    if (!breaks_anywhere(c)) return false;
  }
  return false;
}

class Measure {
 public:
  Measure(const Ui::Inside& in, float size, Weight weight) {
    ImGui::PushFont(in.font(weight), size);
    baked_ = ImGui::GetFontBaked();
    scale_ = size / baked_->Size;
  }
  ~Measure() { ImGui::PopFont(); }
  Measure(const Measure&) = delete;
  Measure& operator=(const Measure&) = delete;
  float of(char32_t c) const { return baked_->GetCharAdvance(static_cast<ImWchar>(c)) * scale_; }

 private:
  ImFontBaked* baked_ = nullptr;
  float scale_ = 1;
};

}  // namespace

std::vector<TextLine> wrap(const Ui::Inside& in, std::string_view words, float size, Weight weight, float width) {
  const Measure measure(in, size, weight);
  std::vector<TextLine> lines;
  TextLine line;
  std::int32_t good_end = -1, good_next = 0;  // the last place where this line may end, and where the next would begin
  float good_width = 0;
  char32_t before = 0;
  std::size_t at = 0;
  while (at < words.size()) {
    const auto here = static_cast<std::int32_t>(at);
    const char32_t c = text::next_code_point(words, at);
    if (c == '\n') {
      line.end = here;
      line.hard = true;
      lines.push_back(line);
      line = {static_cast<std::int32_t>(at), static_cast<std::int32_t>(at), 0, false};
      good_end = -1;
      before = 0;
      continue;
    }
    const bool after_gap = before == ' ' || before == '-' || before == '/';
    const bool inside = breaks_anywhere(c) && breaks_anywhere(before);
    const bool between = before && (breaks_anywhere(c) || breaks_anywhere(before)) &&
                         !(inside && is_tied(words, static_cast<std::size_t>(here)));
    if (here > line.begin && c != ' ' && (after_gap || between) && !never_begins_line(c) && !never_ends_line(before)) {
      good_end = good_next = here;
      good_width = line.width;
    }
    const float step = measure.of(c);
    if (width > 0 && line.width + step > width && here > line.begin && c != ' ') {
      if (good_end <= line.begin) {  // one word longer than the line
        good_end = good_next = here;
        good_width = line.width;
      }
      lines.push_back({line.begin, good_end, good_width, false});
      line = {good_next, good_next, line.width - good_width, false};
      good_end = -1;
    }
    line.width += step;
    before = c;
  }
  line.end = static_cast<std::int32_t>(words.size());
  lines.push_back(line);
  return lines;
}

float wrapped_height(const Ui::Inside& in, std::string_view words, Style style, Weight weight, float width) {
  if (words.empty()) return 0;
  return line_height(style) * static_cast<float>(wrap(in, words, font_size(style), weight, width).size());
}

void draw_wrapped(Ui::Inside& in, Point at, std::string_view words, Style style, Weight weight, Color color,
                  float width) {
  for (const TextLine& line : wrap(in, words, font_size(style), weight, width)) {
    in.draw_words(at,
                  words.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin)),
                  style, weight, color);
    at.y += line_height(style);
  }
}

float advance(const Ui::Inside& in, std::string_view words, float size, Weight weight) {
  const Measure measure(in, size, weight);
  float x = 0;
  for (std::size_t at = 0; at < words.size();) x += measure.of(text::next_code_point(words, at));
  return x;
}

std::int32_t offset_at(const Ui::Inside& in, std::string_view words, float size, Weight weight, float x) {
  const Measure measure(in, size, weight);
  float left = 0;
  for (std::size_t at = 0; at < words.size();) {
    const auto here = static_cast<std::int32_t>(at);
    const float step = measure.of(text::next_code_point(words, at));
    if (x < left + step / 2) return here;
    left += step;
  }
  return static_cast<std::int32_t>(words.size());
}

}  // namespace tw::ui
