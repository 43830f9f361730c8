// How things to press are painted: the colours of each kind of button and the ground under it. For ui/*.cpp only.
#pragma once

#include "client/ui/controls.h"
#include "client/ui/inside.h"

namespace tw::ui {

inline constexpr float button_icon_size = 16;

struct Paint {
  Color ground{}, border{}, ink{};
};
Paint paint_of(Ui& ui, ButtonKind kind);

void draw_button_ground(Ui& ui, const Item& item, const Paint& paint, float rounding = radius::control);

void draw_check(Ui& ui, Rect box, Checked state, const Item* item);
void draw_avatar(Ui& ui, Rect rect, std::string_view name, std::int64_t seed);

// The pointer over it says that it can be pressed, or that it cannot now.
void show_hand(Ui& ui, const Item& item);

// With room for a finger around it, where fingers are expected; the box itself is as large as ever.
inline float bare_checkbox_size(Density density) { return density == Density::touch ? 44.0f : 18.0f; }

}  // namespace tw::ui
