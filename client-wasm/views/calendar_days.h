// Parts of a calendar's editor: its days that are no usual ones, on a month's page, and where they may come from: the
// statutory ones of a year, a file of iCalendar.
#pragma once

#include "client/views/calendars.h"

namespace tw::views {

void draw_calendar_days(ui::Ui& ui, const store::Store& model, const store::FormStatus& status, CalendarDraft& draft);
void draw_calendar_file(ui::Ui& ui, const store::Store& model, CalendarDraft& draft);

void take(CalendarDraft& draft, const std::vector<api::CalendarDay>& days);
// Empty where hours can be read.
std::string_view hours_problem(ui::Ui& ui, const std::string& hours);
// The first day whose hours cannot be read, on whatever page of the calendar; 0: none.
std::int64_t unreadable_day(const CalendarDraft& draft);

}  // namespace tw::views
