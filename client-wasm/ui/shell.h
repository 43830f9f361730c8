// The frame around every page: navigation rail (a bar at the bottom on phones), top bar, content. Widgets only; which
// areas exist is the caller's.
//
// A phone has no room for two headers: there the page's own (PageOptions) stands in the top bar, `top_bar` at its end.
// Where the window is flat as well the bar at the bottom goes: whoever calls offers the areas in a menu of `top_bar`.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "client/ui/ui.h"

namespace tw::ui {

struct NavItem {
  std::string_view key{};
  std::string_view label{};
  std::string_view path{};
  Icon icon = Icon::none;
  std::int64_t badge = 0;
  std::string_view group{};  // a heading above the first item of a new group
};

struct ShellOptions {
  std::string_view product = "Tidewater";
  std::string_view second_name{};
  std::string_view nav_name{};  // accessible name of the navigation
  std::span<const NavItem> items{};
  std::string_view current{};  // key
  Body top_bar{};              // a row: search, spring, buttons
  Body account{};              // at the foot of the rail
  bool loading = false;        // the thin line under the top bar
};

struct ShellEvents {
  int navigate = -1;  // index of the item that was activated
};

ShellEvents shell(Ui& ui, const ShellOptions& options, Body content);

// A page without the shell: sign in, set up. Content stands in the middle of the page on a card.
void centred_page(Ui& ui, std::string_view id, float width, Body body);

}  // namespace tw::ui
