// The threads that connections run on. cpp-httplib keeps a thread per open connection, so there are many: 16 at rest,
// up to 256 when connections are kept alive, and a new connection never waits behind an idle one while there is room.
// (httplib's own pool spawns by counting idle threads only: two connections that arrive together may share one thread,
// and the second then waits for the first one's keep-alive to end.)
#pragma once

#include <cstddef>
#include <memory>

#include "server/metrics.h"

namespace httplib {
class TaskQueue;
}

namespace tw::server {

std::unique_ptr<httplib::TaskQueue> connection_threads(std::size_t least, std::size_t most, Metrics& metrics);

}  // namespace tw::server
