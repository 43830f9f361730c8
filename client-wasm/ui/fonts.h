// The two fonts of the product (weights 400 and 600) inside ImGui's atlas. Glyphs are rasterised on demand by a
// GlyphSource; nothing is downloaded. Lives as long as the ImGui context.
#pragma once

#include "client/ui/glyphs.h"

struct ImFont;
struct ImFontAtlas;

namespace tw::ui {

struct Fonts {
  ImFont* regular = nullptr;
  ImFont* semibold = nullptr;
};

// `source` is not owned and must outlive the atlas.
Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source);

// The base line of a text of this size, from the top of its em box: Han characters fill the box, and capitals stand in
// its middle.
inline constexpr float base_line = 0.88f;

}  // namespace tw::ui
