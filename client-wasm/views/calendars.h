// Working calendars: the list on the people page, and the dialog that edits one: hours of the week, holidays and
// make-up days on a month's page, who works by it. Nothing is saved before what it does to due times is said.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

struct CalendarDraft {
  struct Day {
    bool works = false;
    std::string hours{}, name{};
  };
  bool filled = false;
  Version version{};
  std::string name{}, zone{};
  std::array<std::string, 7> week{};
  std::optional<std::int64_t> day_minutes{};
  std::map<std::int64_t, Day> days{};  // by number (core/date.h)
  bool everybody = false;
  bool was_everybody = false;  // which only another calendar can change
  std::vector<DepartmentId> departments{};
  std::vector<PersonId> people{};
  PickerState picker{};
  int year = 0, month = 1;  // that is shown
  std::int64_t chosen = 0;  // the day that is looked at
  bool statutory_asked = false;
  std::uint32_t first_file = 0;  // answers of store::icalendar up to this one are another dialog's,
  std::uint32_t file_asked = 0;  // and up to this one were taken over already
  std::int64_t previewed = 0;    // key of what the preview was asked about
  int overdue = 0;               // api::OverdueChoice
};
void draw_calendars(ui::Ui& ui, const store::Store& model);
void draw_calendar_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, CalendarId calendar,
                          CalendarDraft& draft);
void draw_remove_calendar_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, CalendarId calendar);

}  // namespace tw::views
