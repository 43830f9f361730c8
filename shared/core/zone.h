// Which day it is where a person is. Only zones whose offset never changes are known so far (East Asia, and UTC with a
// fixed offset written as "+08:00"); the table of all zones comes with the working calendars, and until then any other
// name counts as UTC.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/time.h"

namespace tw {

// East positive.
std::int32_t zone_minutes(std::string_view zone, Instant at);

// Days since 1970-01-01 on that zone's calendar.
std::int64_t local_day(std::string_view zone, Instant at);

}  // namespace tw
