// An ImFontLoader over GlyphSource. ImGui asks for single code points at a size and density; advances alone are asked
// for first when only a text's width is needed.
#include "client/ui/fonts.h"

#include <cmath>
#include <cstring>

#include "imgui.h"
#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

namespace tw::ui {

namespace {

struct Face {
  GlyphSource* source = nullptr;
  bool semibold = false;
};

const Face& face_of(const ImFontConfig* config) { return *static_cast<const Face*>(config->FontLoaderData); }

bool source_init(ImFontAtlas*, ImFontConfig* config) {
  config->FontLoaderData = IM_NEW(Face)(*static_cast<const Face*>(config->FontData));
  return true;
}

void source_destroy(ImFontAtlas*, ImFontConfig* config) {
  IM_DELETE(static_cast<Face*>(config->FontLoaderData));
  config->FontLoaderData = nullptr;
}

// The browser has an answer for every printable code point, even if it is a box.
bool contains(ImFontAtlas*, ImFontConfig*, ImWchar code_point) { return code_point >= 0x20; }

bool baked_init(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
  baked->Ascent = baked->Size * base_line;
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

void baked_destroy(ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*) {}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, void*, ImWchar code_point,
                ImFontGlyph* glyph, float* only_advance) {
  const Face& face = face_of(config);
  const float density = config->RasterizerDensity * baked->RasterizerDensity;
  const GlyphRequest request{static_cast<char32_t>(code_point), face.semibold, baked->Size, density};
  if (only_advance) {
    *only_advance = face.source->advance(request);
    return true;
  }
  glyph->Codepoint = code_point;
  glyph->AdvanceX = face.source->advance(request);
  const GlyphBitmap bitmap = face.source->draw(request);
  if (bitmap.width == 0 || bitmap.height == 0) return true;

  const ImFontAtlasRectId place = ImFontAtlasPackAddRect(atlas, bitmap.width, bitmap.height);
  if (place == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* in_texture = ImFontAtlasPackGetRect(atlas, place);
  const float base = std::round(baked->Ascent * density);
  glyph->X0 = static_cast<float>(bitmap.left) / density;
  glyph->Y0 = (static_cast<float>(bitmap.top) + base) / density;
  glyph->X1 = glyph->X0 + static_cast<float>(bitmap.width) / density;
  glyph->Y1 = glyph->Y0 + static_cast<float>(bitmap.height) / density;
  glyph->Visible = true;
  glyph->Colored = bitmap.colored;
  glyph->PackId = place;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, config, glyph, in_texture, bitmap.pixels.data(),
                                     bitmap.colored ? ImTextureFormat_RGBA32 : ImTextureFormat_Alpha8,
                                     bitmap.width * (bitmap.colored ? 4 : 1));
  return true;
}

const ImFontLoader* loader() {
  static const ImFontLoader the_loader = [] {
    ImFontLoader made;
    made.Name = "tidewater";
    made.FontSrcInit = source_init;
    made.FontSrcDestroy = source_destroy;
    made.FontSrcContainsGlyph = contains;
    made.FontBakedInit = baked_init;
    made.FontBakedDestroy = baked_destroy;
    made.FontBakedLoadGlyph = load_glyph;
    return made;
  }();
  return &the_loader;
}

ImFont* add_face(ImFontAtlas& atlas, const Face& face, const char* name) {
  ImFontConfig config;
  config.FontData = const_cast<Face*>(&face);
  config.FontDataSize = static_cast<int>(sizeof(Face));
  config.FontDataOwnedByAtlas = false;  // copied
  config.FontLoader = loader();
  config.EllipsisChar = 0x2026;
  std::strncpy(config.Name, name, sizeof(config.Name) - 1);
  return atlas.AddFont(&config);
}

}  // namespace

}  // namespace tw::ui

const ImFontLoader* ImGuiFreeType::GetFontLoader() { return tw::ui::loader(); }

namespace tw::ui {

Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source) {
  atlas.FontLoader = loader();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  Fonts fonts;
  fonts.regular = add_face(atlas, {&source, false}, "regular");
  fonts.semibold = add_face(atlas, {&source, true}, "semibold");
  return fonts;
}

float FixedGlyphs::advance(const GlyphRequest& glyph) {
  const bool wide = glyph.code_point >= 0x1100;
  return std::round(glyph.size * (wide ? 1.0f : 0.55f) * glyph.density) / glyph.density;
}

GlyphBitmap FixedGlyphs::draw(const GlyphRequest& glyph) {
  GlyphBitmap bitmap;
  if (glyph.code_point == ' ' || glyph.code_point == 0x3000) return bitmap;
  bitmap.width = static_cast<int>(advance(glyph) * glyph.density) - 1;
  bitmap.height =
      static_cast<int>(glyph.size * glyph.density * (0.5f + 0.05f * static_cast<float>(glyph.code_point % 7)));
  bitmap.top = -bitmap.height;
  bitmap.pixels.assign(static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height), 255);
  return bitmap;
}

}  // namespace tw::ui
