#include "services/calendar_store.h"

#include "core/text.h"

namespace tw::services {

namespace {

Calendar read_calendar(db::Row row) {
  Calendar calendar;
  calendar.calendar = row.id<CalendarId>(0);
  calendar.version = row.version(1);
  calendar.name = row.string(2);
  calendar.zone = row.string(3);
  const std::string week = row.string(4);
  const auto parts = text::split(week, ';');
  for (std::size_t i = 0; i < calendar.week.size() && i < parts.size(); ++i) calendar.week[i] = std::string(parts[i]);
  calendar.day_minutes = row.optional_integer(5);
  return calendar;
}

std::string written_week(const Calendar& calendar) {
  std::string week;
  for (const std::string& day : calendar.week) week.append(&day == &calendar.week.front() ? "" : ";").append(day);
  return week;
}

CalendarSubject read_subject(db::Row row) { return {row.integer(0), row.string(1)}; }

}  // namespace

std::vector<Calendar> list_calendars(Work& work) {
  // Small table, in the order of calendars_by_name.
  return work.db.prepare("SELECT id, version, name, zone, week, day_minutes FROM calendars ORDER BY name_key")
      .all(read_calendar);
}

std::optional<Calendar> load_calendar(Work& work, CalendarId calendar) {
  // By the primary key.
  return work.db.prepare("SELECT id, version, name, zone, week, day_minutes FROM calendars WHERE id = :id")
      .bind(":id", calendar)
      .one(read_calendar);
}

std::optional<Calendar> calendar_by_name(Work& work, std::string_view name) {
  const std::string key = text::lower(name);
  // By calendars_by_name.
  return work.db.prepare("SELECT id, version, name, zone, week, day_minutes FROM calendars WHERE name_key = :key")
      .bind(":key", key)
      .one(read_calendar);
}

std::int64_t count_calendars(Work& work) {
  // Small table.
  return work.db.prepare("SELECT COUNT(*) FROM calendars").integer_or(0);
}

CalendarId insert_calendar(Work& work, const Calendar& calendar) {
  const std::string key = text::lower(calendar.name), week = written_week(calendar);
  work.db
      .prepare(R"sql(
        INSERT INTO calendars (version, name, name_key, zone, week, day_minutes, created, changed)
        VALUES (1, :name, :key, :zone, :week, :day_minutes, :now, :now))sql")
      .bind(":name", calendar.name)
      .bind(":key", key)
      .bind(":zone", calendar.zone)
      .bind(":week", week)
      .bind(":day_minutes", calendar.day_minutes)
      .bind(":now", work.now)
      .run();
  return {work.db.last_insert_id()};
}

bool update_calendar(Work& work, const Calendar& calendar) {
  const std::string key = text::lower(calendar.name), week = written_week(calendar);
  auto statement = work.db.prepare(R"sql(
    UPDATE calendars
    SET version = version + 1, name = :name, name_key = :key, zone = :zone, week = :week, day_minutes = :day_minutes,
        changed = :now
    WHERE id = :id AND version = :version)sql");  // by primary key
  return statement.bind(":name", calendar.name)
             .bind(":key", key)
             .bind(":zone", calendar.zone)
             .bind(":week", week)
             .bind(":day_minutes", calendar.day_minutes)
             .bind(":now", work.now)
             .bind(":id", calendar.calendar)
             .bind(":version", calendar.version)
             .run_changes() == 1;
}

void delete_calendar(Work& work, CalendarId calendar) {
  set_days(work, calendar, {});
  work.db.prepare("DELETE FROM calendars WHERE id = :id").bind(":id", calendar).run();  // by primary key
}

std::vector<CalendarDayRow> days_of(Work& work, CalendarId calendar) {
  auto statement = work.db.prepare(R"sql(
    SELECT day, works, hours, name FROM calendar_days WHERE calendar = :calendar ORDER BY day)sql");  // by primary key
  return statement.bind(":calendar", calendar).all([](db::Row row) {
    return CalendarDayRow{row.integer(0), row.boolean(1), row.string(2), row.string(3)};
  });
}

std::int64_t count_days_of(Work& work, CalendarId calendar) {
  // By the primary key.
  return work.db.prepare("SELECT COUNT(*) FROM calendar_days WHERE calendar = :calendar")
      .bind(":calendar", calendar)
      .integer_or(0);
}

void set_days(Work& work, CalendarId calendar, const std::vector<CalendarDayRow>& days) {
  // By the primary key.
  work.db.prepare("DELETE FROM calendar_days WHERE calendar = :calendar").bind(":calendar", calendar).run();
  auto insert = work.db.prepare(R"sql(
    INSERT INTO calendar_days (calendar, day, works, hours, name)
    VALUES (:calendar, :day, :works, :hours, :name))sql");
  for (const CalendarDayRow& day : days) {
    insert.bind(":calendar", calendar)
        .bind(":day", day.day)
        .bind(":works", day.works)
        .bind(":hours", day.hours)
        .bind(":name", day.name)
        .run();
    insert.again();
  }
}

CalendarId calendar_used_by(Work& work, CalendarUse kind, std::int64_t subject) {
  auto statement = work.db.prepare(R"sql(
    SELECT calendar FROM calendar_uses WHERE kind = :kind AND subject = :subject)sql");  // by primary key
  return {statement.bind(":kind", static_cast<int>(kind)).bind(":subject", subject).integer_or(0)};
}

std::vector<CalendarSubject> departments_using(Work& work, CalendarId calendar) {
  auto statement = work.db.prepare(R"sql(
    SELECT d.id, d.name
    FROM calendar_uses u
    JOIN departments d ON d.id = u.subject
    WHERE u.calendar = :calendar AND u.kind = 1
    ORDER BY d.name, d.id)sql");  // calendar_uses_by_calendar, departments by primary key
  return statement.bind(":calendar", calendar).all(read_subject);
}

std::vector<CalendarSubject> people_using(Work& work, CalendarId calendar) {
  auto statement = work.db.prepare(R"sql(
    SELECT p.id, p.name
    FROM calendar_uses u
    JOIN people p ON p.id = u.subject
    WHERE u.calendar = :calendar AND u.kind = 2
    ORDER BY p.name, p.id)sql");  // calendar_uses_by_calendar, people by primary key
  return statement.bind(":calendar", calendar).all(read_subject);
}

bool is_used(Work& work, CalendarId calendar) {
  // By calendar_uses_by_calendar.
  return work.db.prepare("SELECT 1 FROM calendar_uses WHERE calendar = :calendar LIMIT 1")
      .bind(":calendar", calendar)
      .step();
}

bool any_department_uses(Work& work) {
  return work.db.prepare("SELECT 1 FROM calendar_uses WHERE kind = 1 LIMIT 1").step();  // by primary key
}

void use_calendar(Work& work, CalendarUse kind, std::int64_t subject, CalendarId calendar) {
  work.db
      .prepare(R"sql(
        INSERT INTO calendar_uses (kind, subject, calendar) VALUES (:kind, :subject, :calendar)
        ON CONFLICT (kind, subject) DO UPDATE SET calendar = excluded.calendar)sql")
      .bind(":kind", static_cast<int>(kind))
      .bind(":subject", subject)
      .bind(":calendar", calendar)
      .run();
}

void use_none(Work& work, CalendarUse kind, std::int64_t subject) {
  work.db
      .prepare("DELETE FROM calendar_uses WHERE kind = :kind AND subject = :subject")  // by primary key
      .bind(":kind", static_cast<int>(kind))
      .bind(":subject", subject)
      .run();
}

void touch_calendar(Work& work, CalendarId calendar) {
  work.db
      .prepare("UPDATE calendars SET version = version + 1 WHERE id = :id")  // by primary key
      .bind(":id", calendar)
      .run();
}

std::vector<BatchId> batches_in_working_time(Work& work, BatchId from) {
  auto statement = work.db.prepare(R"sql(
    SELECT id FROM batches
    WHERE id >= :id AND state = 0 AND limit_counts = 1 AND handling_limit > 0
    ORDER BY id)sql");  // batches_in_working_time
  return statement.bind(":id", from).all([](db::Row row) { return row.id<BatchId>(0); });
}

}  // namespace tw::services
