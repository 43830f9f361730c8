// Things to look at: bars, avatars, empty states, errors, skeletons. Not interactive, except the actions they offer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "client/ui/controls.h"
#include "client/ui/ui.h"

namespace tw::ui {

// Progress of something that is running. `total` unknown: a moving line. `words` is what it says ("412,000 of ...").
struct ProgressOptions {
  std::string_view name{};
  std::string_view words{};
  std::int64_t done = 0;
  std::optional<std::int64_t> total{};
  float width = 0;
};
void progress_bar(Ui& ui, const ProgressOptions& options);

// Shares of a whole by state. Figures show on hover and are announced.
struct BarPart {
  std::string_view label{};
  std::int64_t count = 0;
  Tone tone = Tone::neutral;
};
void state_bar(Ui& ui, std::string_view name, std::span<const BarPart> parts, float width = 0);
void state_legend(Ui& ui, std::span<const BarPart> parts);  // dot, word, figure for each part

// How much of a cap is used; `preview` more are drawn lighter. Over the cap it turns to danger and says so.
struct CapacityOptions {
  std::string_view name{};
  std::int64_t used = 0;
  std::optional<std::int64_t> cap{};
  std::int64_t preview = 0;
  float width = 0;
};
void capacity_bar(Ui& ui, const CapacityOptions& options);

// The first letter or character of a name on a colour that belongs to `seed` (the person's id).
void avatar(Ui& ui, std::string_view name, std::int64_t seed, float diameter = 28);
void avatar_name(Ui& ui, std::string_view name, std::int64_t seed, std::string_view second_line = {});

struct EmptyOptions {
  Icon icon = Icon::none;
  std::string_view title{};
  std::string_view words{};   // what this is for
  std::string_view action{};  // the first step, as a primary button; empty: none
  Icon action_icon = Icon::none;
};
bool empty_state(Ui& ui, std::string_view id, const EmptyOptions& options);

// What went wrong and a way on. True when "retry" was pressed.
bool inline_error(Ui& ui, std::string_view id, std::string_view words, std::string_view retry = {});

// A line across the page for something that concerns all of it. Returns which was pressed.
enum class BannerEvent : std::uint8_t { none, action, closed };
struct BannerOptions {
  Tone tone = Tone::accent;
  Icon icon = Icon::info;
  std::string_view words{};
  std::string_view action{};
  bool closable = false;
};
BannerEvent banner(Ui& ui, std::string_view id, const BannerOptions& options);

void skeleton(Ui& ui, Size size);         // where something will stand
void loading_line(Ui& ui, bool loading);  // a thin moving line over what is still shown

// A figure that leads somewhere: dot and label, number, second line. True when activated.
struct FigureCardOptions {
  std::string_view label{};
  std::string_view figure{};
  std::string_view words{};
  Tone tone = Tone::neutral;
  bool quiet = false;    // nothing to do there: it does not ask to be looked at
  bool compact = false;  // over a list on a small page: figure and label, no second line
};
bool figure_card(Ui& ui, std::string_view id, const FigureCardOptions& options);

// Steps of a wizard; `current` from 0.
void wizard_steps(Ui& ui, std::string_view name, std::span<const std::string_view> steps, int current);

// One entry of a history: a dot on a line, when, what, and by whom.
struct TimelineEntry {
  Tone tone = Tone::neutral;
  std::string_view when{};
  std::string_view title{};
  std::string_view words{};
  std::string_view action{}, also{};  // of buttons under it
};
// Which of its buttons was pressed.
enum class TimelineEvent : std::uint8_t { none, action, also };
TimelineEvent timeline_entry(Ui& ui, const TimelineEntry& entry, bool last);

}  // namespace tw::ui
