// What systemd is told of this process, when it asked to be told ($NOTIFY_SOCKET, sd_notify(3)).
#pragma once

#include <string_view>

namespace tw::server {

// "READY=1", "RELOADING=1", "STOPPING=1". Nobody listens: nothing happens.
void tell_service_manager(std::string_view state);

}  // namespace tw::server
