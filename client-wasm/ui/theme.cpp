// See theme.h. Reading is strict: tests read every shipped theme, so a missing token never reaches a person.
#include "client/ui/theme.h"

#include <string>

#include "core/json.h"

namespace tw::ui {

namespace {

constexpr std::string_view names[] = {
    "background", "surface",      "raised",          "line",       "soft_line",      "text",        "muted",
    "faint",      "control_line", "field",           "hover",      "track",          "accent",      "accent_soft",
    "on_accent",  "unassigned",   "unassigned_soft", "executing",  "executing_soft", "completed",   "completed_soft",
    "ended",      "ended_soft",   "reset",           "reset_soft", "danger",         "danger_soft", "on_danger",
    "on_avatar",  "avatar_1",     "avatar_2",        "avatar_3",   "avatar_4",       "avatar_5",    "avatar_6",
    "avatar_7",   "avatar_8",     "scrim",           "shadow",
};
static_assert(std::size(names) == static_cast<std::size_t>(Token::count_));

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::optional<Color> read_color(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return std::nullopt;
  std::uint32_t value = 0;
  for (char c : text.substr(1)) {
    const int digit = hex_digit(c);
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return Color{text.size() == 7 ? value << 8 | 0xFFu : value};
}

}  // namespace

std::string_view token_name(Token token) { return names[static_cast<std::size_t>(token)]; }

std::optional<Theme> read_theme(std::string_view json) {
  const auto document = json::Document::parse(json);
  if (!document) return std::nullopt;
  const json::Value root = document->root();
  Theme theme;
  theme.dark = root.find("dark").boolean().value_or(false);
  for (std::size_t i = 0; i < theme.colors.size(); ++i) {
    const auto text = root.find(names[i]).string();
    const auto color = text ? read_color(*text) : std::nullopt;
    if (!color) return std::nullopt;
    theme.colors[i] = *color;
  }
  return theme;
}

Color Theme::ink(Tone tone) const {
  switch (tone) {
    case Tone::neutral:
      return color(Token::muted);
    case Tone::accent:
      return color(Token::accent);
    case Tone::unassigned:
      return color(Token::unassigned);
    case Tone::executing:
      return color(Token::executing);
    case Tone::completed:
      return color(Token::completed);
    case Tone::ended:
      return color(Token::ended);
    case Tone::reset:
      return color(Token::reset);
    case Tone::danger:
      return color(Token::danger);
  }
  return color(Token::text);
}

Color Theme::ground(Tone tone) const {
  switch (tone) {
    case Tone::neutral:
      return color(Token::soft_line);
    case Tone::accent:
      return color(Token::accent_soft);
    case Tone::unassigned:
      return color(Token::unassigned_soft);
    case Tone::executing:
      return color(Token::executing_soft);
    case Tone::completed:
      return color(Token::completed_soft);
    case Tone::ended:
      return color(Token::ended_soft);
    case Tone::reset:
      return color(Token::reset_soft);
    case Tone::danger:
      return color(Token::danger_soft);
  }
  return color(Token::surface);
}

Color faded(Color color, float share) {
  const auto alpha = static_cast<std::uint32_t>(static_cast<float>(color.a()) * share + 0.5f);
  return {(color.rgba & 0xFFFFFF00u) | alpha};
}

float row_height(Density density) {
  return density == Density::compact ? 30.0f : density == Density::touch ? 52.0f : 40.0f;
}

float control_height(Density density) {
  return density == Density::compact ? 30.0f : density == Density::touch ? 44.0f : 36.0f;
}

}  // namespace tw::ui
