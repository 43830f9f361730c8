// The table of commands that exist without a place: what they are called, their icon and shortcut, who may use them and
// where they lead. It feeds the navigation, the quick search and the menus; nothing of it is repeated there.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "client/commands/commands.h"
#include "client/ui/icons.h"
#include "core/error.h"
#include "domain/access/access.h"

namespace tw::commands {

enum class Place : std::uint8_t { none, work, manage };  // section of the navigation

struct Descriptor {
  std::string_view id;
  TextKey name;
  ui::Icon icon = ui::Icon::none;
  domain::access::Permission permission = domain::access::Permission::signed_in;
  Place place = Place::none;
  bool on_phone = false;  // also in the bar at the bottom of a phone
  Page page = Page::not_found;
  std::string_view shortcut{};
};

std::span<const Descriptor> descriptors();

// What pressing it does: navigation, or the dialog it opens.
PageCommand command_of(const Descriptor& descriptor);

}  // namespace tw::commands
