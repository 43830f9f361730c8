// The table of commands: what each is called, its icon and shortcut, who may use it and where it leads. It is the one
// source of navigation, menus, buttons, shortcuts, the palette (Ctrl K) and the keyboard map (?); nothing of it is
// repeated there. A command that is about what is in front (this batch, these rows) is offered by the view that knows
// it, in each frame: Queue::offer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "client/commands/commands.h"
#include "client/ui/icons.h"
#include "client/ui/keys.h"
#include "core/error.h"
#include "domain/access/access.h"

namespace tw::commands {

enum class Place : std::uint8_t {
  front,   // about what is in front: a view offers it
  work,    // an area of the product, in the first and
  manage,  // the second section of the navigation
  page,    // the page itself: possible everywhere
};

struct Descriptor {
  Id id{};
  std::string_view key{};  // stable name of widgets, the same in every language
  TextKey name{};
  ui::Icon icon = ui::Icon::none;
  Place place = Place::front;
  domain::access::Permission permission = domain::access::Permission::signed_in;
  Page page = Page::not_found;  // where it leads, if that is all it does
  bool on_phone = false;        // also in the bar at the bottom of a phone
  bool danger = false;
  ui::KeyPress shortcut{};
  std::string_view operation{};  // api::Endpoint::name of one that it needs and that does not exist everywhere
};

std::span<const Descriptor> descriptors();  // in the order of Id
const Descriptor& descriptor(Id id);
std::string_view density_of(Id id);  // "compact" of Id::density_compact

// Does what needs nothing but the id: navigation, dialogs, looks. False for a command that only its view can do.
bool push_command(Queue& queue, Id id);

// Keys that widgets take while they have the focus; with the shortcuts above they are the keyboard map.
struct KeyHelp {
  TextKey place{};          // heading, where it begins a new one
  std::string_view keys{};  // as on the keys, in every language; ui::key_words knows Apple's
  TextKey what{};
};
std::span<const KeyHelp> key_help();

}  // namespace tw::commands
