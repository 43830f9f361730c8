// What menus, select lists, popovers, dialogs and toasts share inside the ui layer.
#pragma once

#include "client/ui/inside.h"

namespace tw::ui {

inline constexpr ImGuiWindowFlags floating_flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                                   ImGuiWindowFlags_NoBackground;

OpenPopup* find_popup(Ui::Inside& in, WidgetId id);

// Anchored to the widget that was drawn last, which gets the focus back.
void open_popup(Ui& ui, WidgetId id);

// Draws the popup if it is open; `width` 0: as wide as its widest item. True while open.
bool floating(Ui& ui, WidgetId id, a11y::Role role, std::string_view name, float width, float padding, float gap,
              Body body);

void draw_panel(Ui& ui, Rect rect, float rounding = radius::card);  // raised surface with its shadow

}  // namespace tw::ui
