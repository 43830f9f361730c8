// A calendar holds from the transaction that saves it: what starts, resumes or is handed on afterwards is due by it.
// The long operation that follows (change_calendar.cpp) brings the due times of what is being executed to the formula.
#include "services/calendars.h"

#include <set>

#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/icalendar.h"
#include "domain/calendar/statutory.h"
#include "services/audit.h"
#include "services/change_calendar.h"
#include "services/people_store.h"
#include "services/person_rules.h"
#include "services/recount_clocks.h"

namespace tw::services {

namespace {

constexpr int first_year = 1970, last_year = 2200;
constexpr int years_read_ahead = 10;

api::CalendarRow row_of(Work& work, const Calendar& calendar) {
  api::CalendarRow row;
  row.calendar = calendar.calendar;
  row.version = calendar.version;
  row.name = calendar.name;
  row.zone = calendar.zone;
  row.week.assign(calendar.week.begin(), calendar.week.end());
  const domain::calendar::WorkingCalendar built(rules_of(calendar, {}));
  row.day_minutes = built.day_length().value / minutes(1).value;
  row.exceptions = count_days_of(work, calendar.calendar);
  row.everybody = calendar_used_by(work, CalendarUse::everybody, 0) == calendar.calendar;
  for (const CalendarSubject& one : departments_using(work, calendar.calendar))
    row.departments.push_back({one.id, one.name});
  for (const CalendarSubject& one : people_using(work, calendar.calendar)) row.people.push_back({one.id, one.name});
  return row;
}

std::string at(std::string_view field, std::size_t i, std::string_view member = {}) {
  std::string path = "content." + std::string(field) + "[" + std::to_string(i) + "]";
  return member.empty() ? path : path + "." + std::string(member);
}

// The content as it is stored, once everything about it is good.
struct Checked {
  Calendar calendar;
  std::vector<CalendarDayRow> days;
};

Refusal check_day(const api::CalendarDay& wanted, std::size_t i, std::set<std::int64_t>& known, Checked& checked) {
  const auto day = read_day(wanted.day);
  if (!day || date_of(*day).year < first_year || date_of(*day).year > last_year)
    return field_error(at("days", i, "day"), text_key("calendars.no_day"));
  if (!known.insert(*day).second) return field_error(at("days", i, "day"), text_key("calendars.day_twice"));
  const auto hours = domain::calendar::read_hours(wanted.hours);
  if (!hours || (!wanted.works && !hours->empty()))
    return field_error(at("days", i, "hours"), text_key("calendars.hours_unreadable"));
  checked.days.push_back(
      {*day, wanted.works, domain::calendar::written_hours(*hours), std::string(text::trim(wanted.name))});
  return {};
}

Result<Checked> check(Work& work, const api::CalendarContent& content, CalendarId own) {
  Checked checked;
  Calendar& calendar = checked.calendar;
  if (auto refused = check_name("content.name", content.name)) return *refused;
  if (const auto same = calendar_by_name(work, content.name); same && same->calendar != own) {
    Error taken = error(Code::conflict, text_key("calendars.name_is_taken"), {param("name", same->name)});
    taken.fields.push_back({"content.name", taken.key, taken.params});
    return taken;
  }
  if (!Zone::find(content.zone)) return field_error("content.zone", text_key("calendars.unknown_zone"));
  calendar.name = content.name;
  calendar.zone = content.zone;
  calendar.day_minutes = content.day_minutes;
  bool works = false;
  for (std::size_t i = 0; i < calendar.week.size(); ++i) {
    const auto hours = domain::calendar::read_hours(content.week[i]);
    if (!hours) return field_error(at("week", i), text_key("calendars.hours_unreadable"));
    works = works || !hours->empty();
    calendar.week[i] = domain::calendar::written_hours(*hours);
  }
  if (!works) return field_error("content.week", text_key("calendars.no_work_at_all"));
  std::set<std::int64_t> known;
  for (std::size_t i = 0; i < content.days.size(); ++i)
    if (auto refused = check_day(content.days[i], i, known, checked)) return *refused;
  for (std::size_t i = 0; i < content.departments.size(); ++i)
    if (!load_department(work, content.departments[i]))
      return field_error(at("departments", i), text_key("people.unknown_department"));
  for (std::size_t i = 0; i < content.people.size(); ++i)
    if (!load_person(work, content.people[i])) return field_error(at("people", i), text_key("field.unknown_person"));
  return checked;
}

// What the content says about who works by the calendar: `use(kind, subject)` for each, `leave` for who does no more.
template <class Use, class Leave>
void each_use(Work& work, CalendarId own, const api::CalendarContent& content, Use use, Leave leave) {
  std::set<std::int64_t> departments, people;
  if (content.everybody) use(CalendarUse::everybody, 0);
  for (const DepartmentId department : content.departments) departments.insert(department.value);
  for (const PersonId person : content.people) people.insert(person.value);
  if (own) {
    for (const CalendarSubject& one : departments_using(work, own))
      if (departments.count(one.id) == 0) leave(CalendarUse::department, one.id);
    for (const CalendarSubject& one : people_using(work, own))
      if (people.count(one.id) == 0) leave(CalendarUse::person, one.id);
  }
  for (const std::int64_t department : departments) use(CalendarUse::department, department);
  for (const std::int64_t person : people) use(CalendarUse::person, person);
}

void store_uses(Work& work, CalendarId calendar, const api::CalendarContent& content) {
  std::set<CalendarId> losing;
  each_use(
      work, calendar, content,
      [&](CalendarUse kind, std::int64_t subject) {
        const CalendarId before = calendar_used_by(work, kind, subject);
        if (before && before != calendar) losing.insert(before);
        use_calendar(work, kind, subject, calendar);
      },
      [&](CalendarUse kind, std::int64_t subject) { use_none(work, kind, subject); });
  for (const CalendarId one : losing) {
    touch_calendar(work, one);
    work.emit(EventKind::calendar_changed, one.value);
  }
}

void audit_calendar(Work& work, const Actor& actor, CalendarId calendar, std::string_view change) {
  audit(work, actor.person, api::AuditKind::settings_changed,
        AuditFacts().id(api::AuditFact::calendar, calendar).text(api::AuditFact::change, change));
}

Result<api::SavedCalendar> saved(Work& work, const Actor& actor, CalendarId calendar, const Checked& checked,
                                 const api::CalendarContent& content, api::OverdueChoice overdue) {
  const bool was_used = is_used(work, calendar);
  set_days(work, calendar, checked.days);
  store_uses(work, calendar, content);
  OperationId moving;
  if (was_used || is_used(work, calendar)) {
    const auto operation = recount_working_time(work, actor, overdue);
    if (!operation) return operation.error();
    moving = *operation;
  }
  work.emit(EventKind::calendar_changed, calendar.value);
  const auto now = load_calendar(work, calendar);
  if (!now) return error(Code::not_found, text_key("error.not_found"));
  return api::SavedCalendar{row_of(work, *now), moving};
}

api::CalendarDay shown(std::int64_t day, bool works, std::string name) {
  return {written_day(day), works, {}, std::move(name)};
}

}  // namespace

Result<api::ListCalendars::Response> list_calendars(Work& work, const Actor&, const api::ListCalendars::Request&) {
  api::ListCalendars::Response answer;
  for (const Calendar& calendar : list_calendars(work)) answer.rows.push_back(row_of(work, calendar));
  return answer;
}

Result<api::ViewCalendar::Response> view_calendar(Work& work, const Actor&, const api::ViewCalendar::Request& request) {
  const auto calendar = load_calendar(work, request.calendar);
  if (!calendar) return error(Code::not_found, text_key("error.not_found"));
  api::ViewCalendar::Response answer;
  answer.row = row_of(work, *calendar);
  answer.day_minutes = calendar->day_minutes;
  for (const CalendarDayRow& day : days_of(work, request.calendar))
    answer.days.push_back({written_day(day.day), day.works, day.hours, day.name});
  return answer;
}

Result<api::PreviewCalendar::Response> preview_calendar(Work& work, const Actor&,
                                                        const api::PreviewCalendar::Request& request) {
  if (request.calendar && !load_calendar(work, request.calendar))
    return error(Code::not_found, text_key("error.not_found"));
  const auto checked = check(work, request.content, request.calendar);
  if (!checked) return checked.error();
  PeopleCalendars calendars(work);
  const CalendarId supposed = request.calendar ? request.calendar : not_saved;
  calendars.suppose(supposed, rules_of(checked->calendar, checked->days));
  each_use(
      work, request.calendar, request.content,
      [&](CalendarUse kind, std::int64_t subject) { calendars.suppose_use(kind, subject, supposed); },
      [&](CalendarUse kind, std::int64_t subject) { calendars.suppose_use(kind, subject, {}); });
  api::PreviewCalendar::Response preview;
  std::int64_t left = most_previewed;
  for (const BatchId id : batches_in_working_time(work, {}))
    if (const auto batch = load_batch(work, id); batch && left > 0)
      preview_clocks(work, *batch, calendars, left, preview);
  return preview;
}

Result<api::SavedCalendar> add_calendar(Work& work, const Actor& actor, const api::AddCalendar::Request& request) {
  const auto checked = check(work, request.content, {});
  if (!checked) return checked.error();
  if (count_calendars(work) >= api::most_calendars)
    return error(Code::conflict, text_key("calendars.too_many"), {param("maximum", api::most_calendars)});
  const CalendarId calendar = insert_calendar(work, checked->calendar);
  audit_calendar(work, actor, calendar, "added");
  return saved(work, actor, calendar, *checked, request.content, request.overdue);
}

Result<api::SavedCalendar> update_calendar(Work& work, const Actor& actor,
                                           const api::UpdateCalendar::Request& request) {
  if (!load_calendar(work, request.calendar)) return error(Code::not_found, text_key("error.not_found"));
  auto checked = check(work, request.content, request.calendar);
  if (!checked) return checked.error();
  checked->calendar.calendar = request.calendar;
  checked->calendar.version = request.version;
  if (!request.content.everybody && calendar_used_by(work, CalendarUse::everybody, 0) == request.calendar)
    return field_error("content.everybody", text_key("calendars.everybody_needs_one"));
  if (!update_calendar(work, checked->calendar)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  audit_calendar(work, actor, request.calendar, "changed");
  return saved(work, actor, request.calendar, *checked, request.content, request.overdue);
}

Result<Done> delete_calendar(Work& work, const Actor& actor, const api::DeleteCalendar::Request& request) {
  const auto calendar = load_calendar(work, request.calendar);
  if (!calendar) return error(Code::not_found, text_key("error.not_found"));
  if (calendar->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  if (is_used(work, request.calendar)) return error(Code::conflict, text_key("calendars.is_used"));
  delete_calendar(work, request.calendar);
  audit_calendar(work, actor, request.calendar, "removed");
  work.emit(EventKind::calendar_changed, request.calendar.value);
  return Done{};
}

Result<api::StatutoryDays::Response> statutory_days(Work&, const Actor& actor,
                                                    const api::StatutoryDays::Request& request) {
  api::StatutoryDays::Response answer;
  const auto years = domain::calendar::statutory_years();
  answer.first_known = years.front();
  answer.last_known = years.back();
  for (const auto& day : domain::calendar::statutory_days(static_cast<int>(request.year)))
    answer.days.push_back(shown(day.day, day.works, actor.language == "en" ? day.english : day.chinese));
  answer.known = !answer.days.empty();
  return answer;
}

Result<api::ReadICalendar::Response> read_icalendar(Phases& phases, const Actor*, const api::ReadICalendar::Request&) {
  const SpoolId file = *phases.call.upload;  // the dispatcher refuses a call without one, and removes it afterwards
  if (phases.env.spool.size(file).value_or(0) > api::largest_icalendar)
    return error(Code::invalid, text_key("icalendar.too_large"),
                 {param("maximum", api::largest_icalendar / (1024 * 1024))});
  const int year = date_of(phases.env.clock.now().ms / days(1).value).year;
  const auto read = domain::calendar::read_icalendar(phases.env.spool.read(file, 0, api::largest_icalendar), year - 1,
                                                     year + years_read_ahead);
  api::ReadICalendar::Response answer;
  answer.events = read.events;
  for (const auto& day : read.days) answer.days.push_back(shown(day.day, day.works, day.name));
  for (const auto& problem : read.not_understood)
    answer.not_understood.push_back({problem.line, std::string(problem.key.view()), problem.what});
  return answer;
}

}  // namespace tw::services
