// Stands where ImGui looks for its FreeType loader: what it asks for there is its default font loader, and ours is the
// browser's glyphs (ui/fonts.cpp). So ImGui's own TrueType reader is not linked, which is 10 KB less to load.
#pragma once

#include "imgui.h"

namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader();
}
