#include "client/platform/glyphs_em.h"

#include <cmath>
#include <cstdlib>

extern "C" {
double tw_glyph_advance(int code, int semibold, double pixels);
unsigned char* tw_glyph_draw(int code, int semibold, double pixels, int* metrics);
}

namespace tw::platform {

// Rounded to device pixels: every letter then stands on whole pixels and is as sharp as the browser drew it.
float BrowserGlyphs::advance(const ui::GlyphRequest& glyph) {
  const double pixels = static_cast<double>(glyph.size * glyph.density);
  const double wide = tw_glyph_advance(static_cast<int>(glyph.code_point), glyph.semibold, pixels);
  return static_cast<float>(std::round(wide)) / glyph.density;
}

ui::GlyphBitmap BrowserGlyphs::draw(const ui::GlyphRequest& glyph) {
  ui::GlyphBitmap bitmap;
  int metrics[5] = {};
  unsigned char* pixels = tw_glyph_draw(static_cast<int>(glyph.code_point), glyph.semibold,
                                        static_cast<double>(glyph.size * glyph.density), metrics);
  if (!pixels) return bitmap;
  bitmap.width = metrics[0];
  bitmap.height = metrics[1];
  bitmap.left = metrics[2];
  bitmap.top = metrics[3];
  bitmap.colored = metrics[4] != 0;
  const int count = bitmap.width * bitmap.height * (bitmap.colored ? 4 : 1);
  bitmap.pixels.assign(pixels, pixels + count);
  std::free(pixels);
  return bitmap;
}

}  // namespace tw::platform
