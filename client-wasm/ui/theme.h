// Design tokens: the only place that knows a colour. A theme is data (assets/theme/<name>.json: token name -> colour);
// sizes that do not differ between themes are constants here. Widgets ask for tokens by meaning, never by hue.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "client/ui/geometry.h"

namespace tw::ui {

enum class Token : std::uint8_t {
  background,  // behind everything
  surface,     // cards, bars, tables
  raised,      // what floats: menus, dialogs, toasts
  line,        // 1 px borders
  soft_line,   // between rows
  text,
  muted,         // second voice, still readable (AA)
  faint,         // decoration only, never for text that must be read
  control_line,  // inputs and checkboxes: 3:1 against surface
  field,         // inside of inputs
  hover,         // laid over a surface under the pointer
  track,         // empty part of bars
  accent,
  accent_soft,
  on_accent,
  unassigned,
  unassigned_soft,
  executing,
  executing_soft,
  completed,
  completed_soft,
  ended,
  ended_soft,
  reset,
  reset_soft,
  danger,
  danger_soft,
  on_danger,
  on_avatar,  // letters on the eight grounds of avatars
  avatar_1,
  avatar_2,
  avatar_3,
  avatar_4,
  avatar_5,
  avatar_6,
  avatar_7,
  avatar_8,
  scrim,  // laid over the page under a dialog
  shadow,
  count_
};

// A pair of tokens (ink on its soft ground) by meaning. Colour never speaks alone: whoever uses a tone also says a
// word.
enum class Tone : std::uint8_t { neutral, accent, unassigned, executing, completed, ended, reset, danger };

struct Theme {
  std::array<Color, static_cast<std::size_t>(Token::count_)> colors{};
  bool dark = false;

  Color color(Token token) const { return colors[static_cast<std::size_t>(token)]; }
  Color ink(Tone tone) const;
  Color ground(Tone tone) const;
};

std::string_view token_name(Token token);

// Reads {"dark": true, "background": "#10151b", ...}; colours are #rrggbb or #rrggbbaa. Empty when a token is missing
// or not a colour: a theme is whole or it is not used.
std::optional<Theme> read_theme(std::string_view json);

// The same colour at a share (0..1) of its opacity.
Color faded(Color color, float share);

enum class Density : std::uint8_t { comfortable, compact, touch };

// Sizes in CSS pixels.
namespace space {
inline constexpr float xs = 4, s = 8, m = 12, l = 16, xl = 24, xxl = 32;
}
namespace radius {
inline constexpr float chip = 6, control = 8, card = 10;
}
inline constexpr float line_width = 1;
inline constexpr float phone_below = 640;  // viewport width under which the phone layout is drawn
inline constexpr float flat_below = 400;   // viewport height, see Ui::is_flat
inline constexpr float rail_width = 216;

float row_height(Density density);      // 40, 30, 52
float control_height(Density density);  // 36, 30, 44

}  // namespace tw::ui
