// Working calendars: the hours of the week in a time zone, holidays and make-up days, and who works by them. The
// nearest counts: a person's own, that of their department or of one above it, that of everybody.
//
// Hours are written as people write them, "09:00-12:00, 13:30-18:00"; a day without work is "". Days are "2026-10-01".
// A calendar is saved as a whole. When that moves due times, it answers with the long operation that moves them;
// calendars.preview says before what would happen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/batch_limit.h"

namespace tw::api {

inline constexpr std::int64_t most_calendars = 200;
inline constexpr std::int64_t most_calendar_days = 4000;
inline constexpr std::int64_t largest_icalendar = 1024 * 1024;

// A day that is not as its weekday says.
struct CalendarDay {
  std::string day;
  bool works = false;
  std::string hours;  // of a day that works; empty: those of the longest weekday
  std::string name;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("day", s.day, rule::text(10, 10));
    v("works", s.works);
    v("hours", s.hours, rule::text(0, 200));
    v("name", s.name, rule::text(0, 60));
  }
};

struct CalendarContent {
  std::string name;
  std::string zone;
  std::vector<std::string> week;            // seven, Monday first
  std::optional<std::int64_t> day_minutes;  // what a handling limit means by a day; absent: the longest weekday
  std::vector<CalendarDay> days;
  bool everybody = false;  // whoever has no nearer one
  std::vector<DepartmentId> departments;
  std::vector<PersonId> people;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("name", s.name, rule::text(1, 60));
    v("zone", s.zone, rule::text(1, 60));
    v("week", s.week, rule::list(7, 7));
    v("day_minutes", s.day_minutes, rule::range(1, 1440));
    v("days", s.days, rule::list(0, most_calendar_days));
    v("everybody", s.everybody);
    v("departments", s.departments, rule::list(0, 2000));
    v("people", s.people, rule::list(0, 2000));
  }
};

struct CalendarUser {
  std::int64_t id = 0;
  std::string name;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("id", s.id);
    v("name", s.name);
  }
};

struct CalendarRow {
  CalendarId calendar;
  Version version;
  std::string name;
  std::string zone;
  std::vector<std::string> week;
  std::int64_t day_minutes = 0;  // a working day
  std::int64_t exceptions = 0;
  bool everybody = false;
  std::vector<CalendarUser> departments;
  std::vector<CalendarUser> people;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("calendar", s.calendar);
    v("version", s.version);
    v("name", s.name);
    v("zone", s.zone);
    v("week", s.week);
    v("day_minutes", s.day_minutes);
    v("exceptions", s.exceptions);
    v("everybody", s.everybody);
    v("departments", s.departments);
    v("people", s.people);
  }
};

struct ListCalendars {
  static constexpr Endpoint endpoint{
      .name = "calendars.list", .path = "/api/v1/calendars", .permission = Permission::view_people};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::vector<CalendarRow> rows;  // by name
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
    }
  };
};

struct ViewCalendar {
  static constexpr Endpoint endpoint{
      .name = "calendars.view", .path = "/api/v1/calendars/{calendar}", .permission = Permission::view_people};
  struct Request {
    CalendarId calendar;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("calendar", s.calendar, rule::required);
    }
  };
  struct Response {
    CalendarRow row;
    std::optional<std::int64_t> day_minutes;  // as it was set
    std::vector<CalendarDay> days;            // ascending
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("row", s.row);
      v("day_minutes", s.day_minutes);
      v("days", s.days);
    }
  };
};

// What saving it would do to what people work on.
struct PreviewCalendar {
  static constexpr Endpoint endpoint{.name = "calendars.preview",
                                     .method = Method::post,
                                     .path = "/api/v1/calendars/preview",
                                     .permission = Permission::manage_settings};
  struct Request {
    CalendarId calendar;  // 0: a new one
    CalendarContent content;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("calendar", s.calendar);
      v("content", s.content, rule::required);
    }
  };
  using Response = PreviewLimit::Response;
};

struct SavedCalendar {
  CalendarRow row;
  OperationId operation;  // moves due times; 0: none of them depends on it
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("row", s.row);
    v("operation", s.operation);
  }
};

struct AddCalendar {
  static constexpr Endpoint endpoint{.name = "calendars.add",
                                     .method = Method::post,
                                     .path = "/api/v1/calendars",
                                     .permission = Permission::manage_settings,
                                     .effect = Effect::changes};
  struct Request {
    CalendarContent content;
    OverdueChoice overdue = OverdueChoice::recall;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("content", s.content, rule::required);
      v("overdue", s.overdue);
    }
  };
  using Response = SavedCalendar;
};

// All of it is replaced. Departments and people that it names leave the calendar that they had; those that it does not
// name any more go back to the next nearest. Everybody's calendar stays that until another one takes its place.
struct UpdateCalendar {
  static constexpr Endpoint endpoint{.name = "calendars.update",
                                     .method = Method::patch,
                                     .path = "/api/v1/calendars/{calendar}",
                                     .permission = Permission::manage_settings,
                                     .effect = Effect::changes};
  struct Request {
    CalendarId calendar;
    Version version;
    CalendarContent content;
    OverdueChoice overdue = OverdueChoice::recall;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("calendar", s.calendar, rule::required);
      v("version", s.version, rule::required);
      v("content", s.content, rule::required);
      v("overdue", s.overdue);
    }
  };
  using Response = SavedCalendar;
};

// Only one that nobody works by.
struct DeleteCalendar {
  static constexpr Endpoint endpoint{.name = "calendars.delete",
                                     .method = Method::remove,
                                     .path = "/api/v1/calendars/{calendar}",
                                     .permission = Permission::manage_settings,
                                     .effect = Effect::changes};
  struct Request {
    CalendarId calendar;
    Version version;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("calendar", s.calendar, rule::required);
      v("version", s.version, rule::required);
    }
  };
  using Response = Done;
};

// The statutory days of mainland China in one year, to be taken over into a calendar. `known` false: they were not
// announced when this program was built, which is not the same as none.
struct StatutoryDays {
  static constexpr Endpoint endpoint{
      .name = "calendars.statutory", .path = "/api/v1/statutory-days", .permission = Permission::view_people};
  struct Request {
    std::int64_t year = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("year", s.year, FieldRule{.required = true, .minimum = 1970, .maximum = 2200});
    }
  };
  struct Response {
    bool known = false;
    std::vector<CalendarDay> days;
    std::int64_t first_known = 0, last_known = 0;  // years
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("known", s.known);
      v("days", s.days);
      v("first_known", s.first_known);
      v("last_known", s.last_known);
    }
  };
};

struct ICalendarProblem {
  std::int64_t line = 0;
  std::string key;   // text key
  std::string what;  // the event's summary
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("line", s.line);
    v("key", s.key);
    v("what", s.what);
  }
};

// The body is an iCalendar file. Saves nothing: its days are looked at, then saved with their calendar. From last year
// on, ten years far.
struct ReadICalendar {
  static constexpr Endpoint endpoint{.name = "calendars.read-icalendar",
                                     .method = Method::post,
                                     .path = "/api/v1/calendars/icalendar",
                                     .permission = Permission::manage_settings,
                                     .body = Body::upload};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::vector<CalendarDay> days;
    std::vector<ICalendarProblem> not_understood;
    std::int64_t events = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("days", s.days);
      v("not_understood", s.not_understood);
      v("events", s.events);
    }
  };
};

using CalendarOperations = Operations<ListCalendars, ViewCalendar, PreviewCalendar, AddCalendar, UpdateCalendar,
                                      DeleteCalendar, StatutoryDays, ReadICalendar>;

}  // namespace tw::api
