// A day as a list is narrowed by it: typed, or chosen on a month's page that opens beside the field. Also what days and
// months are called and how a month's page is turned, which the editor of calendars shares.
//
// What is typed counts when the field is left or Enter is pressed, so that nothing is asked for while somebody writes;
// what cannot be read is said below it and leaves the day as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/ui/month.h"
#include "client/ui/ui.h"

namespace tw::views {

// Between frames; `day` counts as in core/date.h.
struct DayDraft {
  std::optional<std::int64_t> day{};
  std::string typed{};
  int year = 0, month = 0;  // the page of the calendar that is open
};
// As an address says it: what was typed stays where it means that day.
void take_day(DayDraft& draft, std::optional<std::int64_t> day);

// "2026-11-25", "2026/11/25", "11-25" of `today`'s year or, if that is still to come, of the year before.
std::optional<std::int64_t> read_past_day(std::string_view typed, std::int64_t today);

struct DayField {
  std::string_view label{};
  std::string_view error{};  // what is wrong with the day that was chosen
  float width = 190;
};
// True when another day, or none, is meant.
bool day_field(ui::Ui& ui, std::string_view id, DayDraft& draft, const DayField& options);

// --- a month's page ------------------------------------------------------------------------------------------------
inline constexpr int first_calendar_year = 2000, last_calendar_year = 2199;  // that can be turned to

std::string_view weekday_name(ui::Ui& ui, int weekday);  // 0: Monday
std::string_view day_name(ui::Ui& ui, std::int64_t day);
ui::MonthPage month_page_of(ui::Ui& ui, int year, int month, std::int64_t chosen);
// The month's name between the buttons that turn to the one before and after; true when one was pressed. To be drawn in
// a row.
bool month_turner(ui::Ui& ui, int& year, int& month);

}  // namespace tw::views
