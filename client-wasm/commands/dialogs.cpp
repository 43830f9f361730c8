#include "client/commands/dialogs.h"

#include "core/text.h"

namespace tw::commands {

Dialog dialog_of(const Route& route) {
  const auto id = [&route](const char* name) { return text::to_integer(route.asked(name)).value_or(0); };
  if (route.page == Page::batch && id("item") > 0) return LookAtItem{{id("item")}};
  if (route.page == Page::people && id("person") > 0) return EditPerson{{id("person")}};
  return {};
}

Route without_dialog(Route route) {
  route.query.erase("item");
  route.query.erase("person");
  return route;
}

}  // namespace tw::commands
