// The browser's fonts as a source of glyphs.
#pragma once

#include "client/ui/glyphs.h"

namespace tw::platform {

class BrowserGlyphs final : public ui::GlyphSource {
 public:
  float advance(const ui::GlyphRequest& glyph) override;
  ui::GlyphBitmap draw(const ui::GlyphRequest& glyph) override;
};

}  // namespace tw::platform
