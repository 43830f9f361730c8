#include "support/ui/contrast.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "imgui_internal.h"

namespace tw::test {

namespace {

using ui::Color;
using ui::DrawnWords;
using ui::Point;

struct Paint {
  double r = 0, g = 0, b = 0;

  void under(double red, double green, double blue, double alpha) {
    r += (red - r) * alpha;
    g += (green - g) * alpha;
    b += (blue - b) * alpha;
  }
  Color color() const {
    const auto byte = [](double channel) {
      return static_cast<std::uint32_t>(std::lround(std::clamp(channel, 0.0, 255.0)));
    };
    return Color{byte(r) << 24 | byte(g) << 16 | byte(b) << 8 | 0xFFu};
  }
};

double linear(int channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) { return 0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b()); }

// Lays one triangle of plain colour over the paint, when it covers the point.
void lay(Paint& paint, Point p, const ImDrawVert* const corners[3]) {
  const ImVec2 a = corners[0]->pos, b = corners[1]->pos, c = corners[2]->pos;
  const double area = double(b.x - a.x) * double(c.y - a.y) - double(c.x - a.x) * double(b.y - a.y);
  if (std::abs(area) < 1e-6) return;
  const double v = (double(p.x - a.x) * double(c.y - a.y) - double(c.x - a.x) * double(p.y - a.y)) / area;
  const double w = (double(b.x - a.x) * double(p.y - a.y) - double(p.x - a.x) * double(b.y - a.y)) / area;
  const double u = 1 - v - w;
  if (u < 0 || v < 0 || w < 0) return;
  const auto mixed = [&](int shift) {
    const auto channel = [&](int i) { return double((corners[i]->col >> shift) & 0xFF); };
    return u * channel(0) + v * channel(1) + w * channel(2);
  };
  paint.under(mixed(IM_COL32_R_SHIFT), mixed(IM_COL32_G_SHIFT), mixed(IM_COL32_B_SHIFT), mixed(IM_COL32_A_SHIFT) / 255);
}

// Everything that is painted at the point before the words are, in the order of painting; nothing when the words are
// cut off there.
std::optional<Color> ground_of(const DrawnWords& words) {
  const Point p{words.rect.x + 2, words.rect.y + words.rect.h / 2};
  const ImVec2 plain = ImGui::GetDrawListSharedData()->TexUvWhitePixel;
  Paint paint;
  for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      const bool clipped = p.x < command.ClipRect.x || p.y < command.ClipRect.y || p.x >= command.ClipRect.z ||
                           p.y >= command.ClipRect.w;
      for (unsigned at = 0; at + 2 < command.ElemCount; at += 3) {
        const ImDrawVert* corners[3];
        bool is_plain = true;
        for (unsigned i = 0; i < 3; ++i) {
          const auto index = list->IdxBuffer[static_cast<int>(command.IdxOffset + at + i)] + command.VtxOffset;
          if (list == words.list && index == words.first_vertex)
            return clipped ? std::nullopt : std::optional(paint.color());
          corners[i] = &list->VtxBuffer[static_cast<int>(index)];
          is_plain &= corners[i]->uv.x == plain.x && corners[i]->uv.y == plain.y;
        }
        if (is_plain && !clipped) lay(paint, p, corners);
      }
    }
  }
  return std::nullopt;  // the words had nothing to draw
}

bool is_disabled(const Harness& page, const DrawnWords& words) {
  const Point p{words.rect.x + 2, words.rect.y + words.rect.h / 2};
  const auto& nodes = page.tree().nodes();
  return std::any_of(nodes.begin(), nodes.end(), [&](const a11y::Node& node) {
    return node.disabled && ui::Rect{node.x, node.y, node.w, node.h}.contains(p);
  });
}

}  // namespace

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::vector<std::string> hard_to_read(const Harness& page) {
  std::vector<std::string> wrong;
  for (const DrawnWords& words : page.drawn()) {
    if (words.disabled || is_disabled(page, words)) continue;
    const auto ground = ground_of(words);
    if (!ground) continue;
    Paint seen;
    seen.r = ground->r(), seen.g = ground->g(), seen.b = ground->b();
    seen.under(words.color.r(), words.color.g(), words.color.b(), words.color.a() / 255.0);
    const bool large = words.rect.h >= 24 || (words.semibold && words.rect.h >= 18.66f);
    const double ratio = contrast(seen.color(), *ground);
    if (ratio >= (large ? 3.0 : 4.5)) continue;
    char line[80];
    std::snprintf(line, sizeof line, ": #%06x on #%06x is %.2f", seen.color().rgba >> 8, ground->rgba >> 8, ratio);
    wrong.push_back("'" + words.words + "'" + line);
  }
  return wrong;
}

}  // namespace tw::test
