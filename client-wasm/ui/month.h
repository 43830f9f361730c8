// A month's page: its days under the days of the week, each with a mark of its own. One Tab stop: arrows go from day to
// day and from week to week, also into the months beside it, Home and End to the ends of the week, Page Up and Page
// Down by month; Enter presses a day.
#pragma once

#include <cstdint>
#include <string_view>

#include "client/ui/ui.h"

namespace tw::ui {

struct MonthPage {
  int year = 0, month = 1;
  std::string_view weekdays[7] = {};  // short, Monday first
  std::int64_t chosen = 0;            // by number (core/date.h); where Tab enters, else the first day
  int first_year = 0, last_year = 0;  // beyond which no key leads
};
struct MonthDay {
  std::string_view name{};  // whole, as it is spoken
  std::string_view mark{};  // below the number
  Token ink{}, mark_ink{};
  bool strong = false;
};
struct MonthEvent {
  std::int64_t pressed = 0;
  std::int64_t reached = 0;  // by a key: has the focus, maybe on another page, which is to be shown
};
MonthEvent month_page(Ui& ui, std::string_view id, const MonthPage& page, FunctionRef<MonthDay(std::int64_t)> look);

}  // namespace tw::ui
