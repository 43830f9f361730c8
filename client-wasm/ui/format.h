// Numbers, dates and relative times as people read them. Language and zone come from the Ui; nothing here reads a
// clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client/ui/ui.h"
#include "core/time.h"

namespace tw::ui {

std::string number(std::int64_t value);  // 1,234,567
std::string percent(std::int64_t part, std::int64_t whole);
std::string bytes(std::int64_t count);  // 3.4 MB

// "3 min ago", "yesterday", "in 2 h", later a date. Asks for the frame in which it will change.
std::string_view relative_time(Ui& ui, Instant at);
std::string_view date(Ui& ui, Instant at);        // 2026-11-21
std::string_view date_time(Ui& ui, Instant at);   // 2026-11-21 20:15
std::string_view day_time(Ui& ui, Instant at);    // "tomorrow 09:00", "Tue 09:00", later the date
std::string_view time_left(Ui& ui, Instant due);  // "1 d 4 h left", "overdue by 2 h"

}  // namespace tw::ui
