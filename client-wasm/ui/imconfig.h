// ImGui's compile-time configuration, in every file that includes imgui.h (IMGUI_USER_CONFIG, set by CMake).
//
// What must stay true: ImGui's own files and ours are compiled with the same settings. No default font and no demo or
// debug windows: the browser's fonts draw our text, and what is not linked need not be downloaded.
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
#define IMGUI_ENABLE_FREETYPE  // not FreeType: our own loader (client-wasm/ui/imgui/misc/freetype), instead of
                               // stb_truetype
#define IMGUI_USE_WCHAR32      // names may contain Han characters beyond the basic plane
#define IMGUI_IMPL_OPENGL_ES3  // WebGL2, where there is a renderer at all
