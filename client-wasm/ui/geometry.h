// Points, rectangles and colours of the ui layer, in CSS pixels with y down. They exist so that views never include
// ImGui. Aggregates, no behaviour beyond arithmetic.
#pragma once

#include <cstdint>

namespace tw::ui {

struct Point {
  float x = 0, y = 0;
};

struct Size {
  float w = 0, h = 0;
};

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  constexpr float right() const { return x + w; }
  constexpr float bottom() const { return y + h; }
  constexpr Point centre() const { return {x + w / 2, y + h / 2}; }
  constexpr bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
  constexpr bool overlaps(const Rect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
  constexpr Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  constexpr Rect inset(float across, float down) const { return {x + across, y + down, w - 2 * across, h - 2 * down}; }
};

// 0xRRGGBBAA, not premultiplied.
struct Color {
  std::uint32_t rgba = 0;
  constexpr std::uint8_t r() const { return static_cast<std::uint8_t>(rgba >> 24); }
  constexpr std::uint8_t g() const { return static_cast<std::uint8_t>(rgba >> 16); }
  constexpr std::uint8_t b() const { return static_cast<std::uint8_t>(rgba >> 8); }
  constexpr std::uint8_t a() const { return static_cast<std::uint8_t>(rgba); }
  friend constexpr bool operator==(Color x, Color y) { return x.rgba == y.rgba; }
};

}  // namespace tw::ui
