// The themes of assets/theme/, embedded by the build (tools/embed_themes.py).
#pragma once

#include <string_view>

namespace tw::ui {

std::string_view theme_json(std::string_view name);  // "light", "dark"; empty: there is none

}  // namespace tw::ui
