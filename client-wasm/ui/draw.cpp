// Primitives on ImGui's draw list, and the one place where text reaches it.
#include <algorithm>
#include <cmath>
#include <vector>

#include "client/ui/inside.h"
#include "client/ui/wrap.h"
#include "core/text.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {
struct Scale {
  float size, line;
};
constexpr Scale scale[] = {{12, 18}, {14, 20}, {16, 24}, {20, 28}, {28, 36}};
constexpr std::string_view ellipsis = "\xE2\x80\xA6";
}  // namespace

float line_height(Style style) { return scale[static_cast<std::size_t>(style)].line; }
float font_size(Style style) { return scale[static_cast<std::size_t>(style)].size; }

ImDrawList& Ui::Inside::list() const { return *ImGui::GetWindowDrawList(); }

float Ui::Inside::pixel(float value) const { return std::round(value * info.pixel_ratio) / info.pixel_ratio; }

void Ui::Inside::fill(Rect rect, Color color, float rounding) const {
  if (color.a() != 0) list().AddRectFilled(low(rect), high(rect), ink(color), rounding);
}

// Inside the rectangle, so that a border never makes a thing larger.
void Ui::Inside::frame(Rect rect, Color color, float rounding, float width) const {
  const Rect in = rect.inset(width / 2);
  if (color.a() != 0) list().AddRect(low(in), high(in), ink(color), std::max(0.0f, rounding - width / 2), 0, width);
}

// Walks once round the path, pen down for a dash and up for a hole.
void Ui::Inside::dashes(Rect rect, Color color, float rounding, float width) const {
  constexpr float dash = 6, hole = 4;
  ImDrawList& to = list();
  to.PathRect(low(rect.inset(width / 2)), high(rect.inset(width / 2)), rounding);
  std::vector<ImVec2> corners(to._Path.begin(), to._Path.end());
  to.PathClear();
  corners.push_back(corners.front());
  float left = dash;
  bool down = true;
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    ImVec2 from = corners[i];
    float rest = std::hypot(corners[i + 1].x - from.x, corners[i + 1].y - from.y);
    while (rest > 0.01f) {
      const float step = std::min(left, rest), share = step / rest;
      const ImVec2 on{from.x + (corners[i + 1].x - from.x) * share, from.y + (corners[i + 1].y - from.y) * share};
      if (down) to.AddLine(from, on, ink(color), width);
      from = on;
      rest -= step;
      left -= step;
      if (left > 0) continue;
      down = !down;
      left = down ? dash : hole;
    }
  }
}

void Ui::Inside::line(Point a, Point b, Color color, float width) const {
  if (a.y == b.y) {
    list().AddRectFilled({a.x, pixel(a.y)}, {b.x, pixel(a.y) + width}, ink(color));
  } else if (a.x == b.x) {
    list().AddRectFilled({pixel(a.x), a.y}, {pixel(a.x) + width, b.y}, ink(color));
  } else {
    list().AddLine(vec(a), vec(b), ink(color), width);
  }
}

void Ui::Inside::circle(Point centre, float radius, Color color) const {
  list().AddCircleFilled(vec(centre), radius, ink(color));
}

void Ui::Inside::ring(Rect rect, float rounding) const {
  const Rect out = rect.inset(-2);
  list().AddRect(low(out), high(out), ink(theme.color(Token::accent)), rounding + 2, 0, 2);
}

// Two soft steps: close and dark, wide and faint.
void Ui::Inside::shadow(Rect rect, float rounding) const {
  const Color color = theme.color(Token::shadow);
  for (int step = 0; step < 6; ++step) {
    const float spread = 1.0f + static_cast<float>(step) * 3.0f;
    const Rect at{rect.x - spread, rect.y - spread + 4, rect.w + 2 * spread, rect.h + 2 * spread};
    fill(at, faded(color, 0.34f - static_cast<float>(step) * 0.05f), rounding + spread);
  }
}

float Ui::Inside::width(std::string_view words, float size, Weight weight) const {
  if (words.empty()) return 0;
  ImGui::PushFont(font(weight), size);
  const float result = ImGui::GetFont()->CalcTextSizeA(size, FLT_MAX, 0, words.data(), words.data() + words.size()).x;
  ImGui::PopFont();
  return result;
}

void Ui::Inside::put_words(ImDrawList& into, Point at, std::string_view words, float size, Weight weight,
                           ImU32 color) const {
  ImFont* face = font(weight);
  ImGui::PushFont(face, size);
  into.AddText(face, size, vec(at), color, words.data(), words.data() + words.size());
  ImGui::PopFont();
}

bool Ui::Inside::draw_words(Point at, std::string_view words, float size, float line_height, Weight weight, Color color,
                            float max_width) {
  if (words.empty()) return false;
  std::string_view fitting = words;
  const bool cut = max_width > 0 && width(words, size, weight) > max_width + 0.5f;
  if (cut) fitting = beginning(words, size, weight, max_width - width(ellipsis, size, weight));
  const Point place{pixel(at.x), pixel(at.y + (line_height - size) / 2)};
  const ImU32 paint = ink(is_disabled() ? faded(color, 0.55f) : color);
  const float drawn = cut || drawn_words ? width(fitting, size, weight) : 0;
  const auto first_vertex = static_cast<unsigned>(list().VtxBuffer.Size);
  put_words(list(), place, fitting, size, weight, paint);
  if (cut) put_words(list(), {place.x + drawn, place.y}, ellipsis, size, weight, paint);
  if (drawn_words && ImGui::IsRectVisible(vec(place), {place.x + drawn, place.y + size}))
    drawn_words->push_back(
        {std::string(words),
         {place.x, place.y, drawn, size},
         color,
         weight == Weight::semibold,
         is_disabled(),
         &list(),
         first_vertex,
         {list().GetClipRectMin().x, list().GetClipRectMin().y, list().GetClipRectMax().x - list().GetClipRectMin().x,
          list().GetClipRectMax().y - list().GetClipRectMin().y},
         cut});
  return cut;
}

// As much of a text as fits, without a space at its end.
std::string_view Ui::Inside::beginning(std::string_view words, float size, Weight weight, float room) const {
  ImGui::PushFont(font(weight), size);
  const char* fits = words.data();
  ImGui::GetFont()->CalcTextSizeA(size, std::max(0.0f, room), 0, words.data(), words.data() + words.size(), &fits);
  ImGui::PopFont();
  while (fits > words.data() && fits[-1] == ' ') --fits;
  return words.substr(0, static_cast<std::size_t>(fits - words.data()));
}

// A tooltip waits a little, except when it answers a keyboard focus.
void Ui::Inside::show_tip(WidgetId owner, Rect beside, std::string_view words, bool at_once) {
  constexpr double delay = 0.45;
  if (drag && drag->active) return;  // what is carried says what matters now
  // Things without an id are known by their place: asking for an n-th id only while hovered would shift those of
  // others.
  if (owner == 0) owner = ImHashData(&beside, sizeof beside);
  if (tip_owner != owner) {
    tip_owner = owner;
    tip_since = seconds;
  }
  if (!at_once && seconds - tip_since < delay) {
    const auto ms = static_cast<std::int64_t>((delay - (seconds - tip_since)) * 1000) + 1;
    if (!wake_in || *wake_in > ms) wake_in = ms;
    return;
  }
  draw_tip(beside, words);
}

void Ui::Inside::draw_tip(Rect beside, std::string_view words) {
  constexpr float pad = 8, widest = 360;
  const float size = font_size(Style::caption), step = line_height(Style::caption);
  const std::vector<TextLine> lines = wrap(*this, words, size, Weight::regular, widest);
  float wide = 0;
  for (const TextLine& one : lines) wide = std::max(wide, one.width);
  Rect box{beside.x, beside.bottom() + 6, wide + 2 * pad, step * static_cast<float>(lines.size()) + 8};
  box.x = std::clamp(box.x, 4.0f, std::max(4.0f, info.viewport.w - box.w - 4));
  if (box.bottom() > info.viewport.h - 4) box.y = beside.y - box.h - 6;
  ImDrawList* over = ImGui::GetForegroundDrawList();
  over->AddRectFilled(low(box), high(box), ink(theme.color(Token::text)), radius::chip);
  float y = box.y + 4 + (step - size) / 2;
  for (const TextLine& one : lines) {
    put_words(*over, {pixel(box.x + pad), pixel(y)},
              words.substr(static_cast<std::size_t>(one.begin), static_cast<std::size_t>(one.end - one.begin)), size,
              Weight::regular, ink(theme.color(Token::surface)));
    y += step;
  }
}

}  // namespace tw::ui
