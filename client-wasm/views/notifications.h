// The bell: how many notifications are unread, and the latest of them in a panel under it, each leading to what it is
// about.
#pragma once

#include <string>

#include "client/store/store.h"
#include "client/ui/ui.h"

namespace tw::views {

void draw_bell(ui::Ui& ui, const store::Store& model);

// Where a notification leads: the batch with the right filter on, or one's own tasks of it.
std::string path_of(const api::NotificationRow& notification);

}  // namespace tw::views
