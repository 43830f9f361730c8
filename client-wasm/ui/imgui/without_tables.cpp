// Stands in for imgui_tables.cpp. We draw tables ourselves (ui/table.h), and no ImGui table or column set ever exists;
// but ImGui's own recovery refers to them, and with them come their menus: an eighth of ImGui that nobody would use,
// and 10 KB to load. What must stay true: nothing in ui/ begins an ImGui table or columns (it would not link).
#include <imgui_internal.h>

namespace ImGui {

void TableSettingsAddSettingsHandler() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TableEndRow(ImGuiTable*) {}
void TableEndCell(ImGuiTable*) {}
void TablePushColumnChannel(int) {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void EndTable() {}
void EndColumns() {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}

}  // namespace ImGui
