// Where glyphs come from: the browser's own fonts in the product (platform/glyphs_em.cpp), fixed boxes in native tests.
// Sizes are CSS pixels; `density` is device pixels per CSS pixel; bitmaps are device pixels.
#pragma once

#include <cstdint>
#include <vector>

namespace tw::ui {

struct GlyphRequest {
  char32_t code_point = 0;
  bool semibold = false;
  float size = 14;
  float density = 1;
};

struct GlyphBitmap {
  int width = 0, height = 0;  // 0: nothing to see (a space)
  int left = 0, top = 0;      // of the bitmap's corner from the origin on the base line, y down
  bool colored = false;       // four bytes a pixel instead of one
  std::vector<std::uint8_t> pixels;
};

class GlyphSource {
 public:
  virtual ~GlyphSource() = default;
  virtual float advance(const GlyphRequest& glyph) = 0;  // CSS pixels, a whole number of device pixels
  virtual GlyphBitmap draw(const GlyphRequest& glyph) = 0;
};

// Every Latin letter 0.55 em, every wide one 1 em, a filled box each, not all of one height (other words look
// different): the same everywhere, for tests.
class FixedGlyphs final : public GlyphSource {
 public:
  float advance(const GlyphRequest& glyph) override;
  GlyphBitmap draw(const GlyphRequest& glyph) override;
};

}  // namespace tw::ui
