// Working calendars: who works by which, and what due times become of limits that count working time. It begins on
// Thursday 1 January 2026, 10:00 in Shanghai; the company works from 9:00 to 12:00 and from 13:30 to 18:00, Monday to
// Friday.
#include <gtest/gtest.h>

#include "core/date.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::OverdueChoice;
using domain::batch::LimitCounts;
using domain::batch::LimitUnit;

constexpr CalendarId company{1};

// In January 2026, by the clocks of Shanghai.
Instant at(int day, int hour, int minute = 0) {
  return Instant{day_number({2026, 1, day}) * days(1).value} + hours(hour - 8) + minutes(minute);
}

api::CalendarContent content_of(const api::ViewCalendar::Response& view) {
  api::CalendarContent content;
  content.name = view.row.name;
  content.zone = view.row.zone;
  content.week = view.row.week;
  content.day_minutes = view.day_minutes;
  content.days = view.days;
  content.everybody = view.row.everybody;
  for (const auto& one : view.row.departments) content.departments.push_back({one.id});
  for (const auto& one : view.row.people) content.people.push_back({one.id});
  return content;
}

class Calendars : public ::testing::Test {
 protected:
  BatchId working_batch(std::int64_t limit, LimitUnit unit = LimitUnit::days) {
    api::CreateBatch::Request request;
    request.limit = limit;
    request.limit_unit = unit;
    request.limit_counts = LimitCounts::working;
    request.allows_transfer = true;
    return world.create_batch(request);
  }
  api::CalendarContent content(CalendarId calendar = company) {
    return content_of(*world.call<api::ViewCalendar>(world.admin, {calendar}));
  }
  Answer<api::SavedCalendar> save(const api::CalendarContent& content, OverdueChoice overdue = OverdueChoice::recall,
                                  CalendarId calendar = company) {
    const auto version = world.call<api::ViewCalendar>(world.admin, {calendar})->row.version;
    return world.call<api::UpdateCalendar>(world.admin, {calendar, version, content, overdue});
  }
  // Works from 10:00 to 12:00, in Berlin.
  CalendarId mornings_in_berlin(std::vector<DepartmentId> departments, std::vector<PersonId> people) {
    api::CalendarContent content;
    content.name = "Berlin";
    content.zone = "Europe/Berlin";
    content.week = {"10:00-12:00", "10:00-12:00", "10:00-12:00", "10:00-12:00", "10:00-12:00", "", ""};
    content.departments = std::move(departments);
    content.people = std::move(people);
    const auto saved = world.call<api::AddCalendar>(world.admin, {content, {}});
    EXPECT_TRUE(saved) << saved.problem.detail;
    return saved ? saved->row.calendar : CalendarId{};
  }

  BatchWorld world;
};

TEST_F(Calendars, a_limit_in_working_days_is_due_by_its_executors_calendar) {
  const ItemId item = world.designated(working_batch(2), world.ann.person);
  EXPECT_EQ(world.item(item).due_at, at(5, 10)) << "6.5 h on Thursday, 7.5 h on Friday, one on Monday";
  const ItemId minutes_long = world.designated(working_batch(150, LimitUnit::minutes), world.ann.person);
  EXPECT_EQ(world.item(minutes_long).due_at, at(1, 14)) << "not in the break";
}

TEST_F(Calendars, a_limit_in_natural_days_knows_no_calendar) {
  const ItemId item = world.designated(world.create_batch(48), world.ann.person);
  EXPECT_EQ(world.item(item).due_at, at(3, 10));
}

TEST_F(Calendars, completing_pauses_and_a_return_goes_on_in_working_time) {
  const ItemId item = world.designated(working_batch(3), world.ann.person);
  world.clock.set(at(1, 17));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done"}));
  EXPECT_FALSE(world.item(item).due_at);
  world.clock.set(at(1, 21));
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {world.item(item).batch, {world.version(item)}, "again"}));
  EXPECT_EQ(world.item(item).due_at, at(6, 11)) << "5.5 h were used: 17 are left, 15 of them until Monday evening";
}

TEST_F(Calendars, a_return_to_another_executor_goes_on_in_the_working_time_of_that_one) {
  mornings_in_berlin({}, {world.bob.person});
  const BatchId batch = working_batch(3);
  const auto completed = [&] {
    const ItemId item = world.designated(batch, world.ann.person);
    EXPECT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done"}));
    return item;
  };
  world.clock.set(at(1, 11, 30));
  const ItemId to_cid = completed(), to_bob = completed();
  ASSERT_TRUE(world.call<api::SetPersonActive>(
      world.admin,
      {world.ann.person, world.call<api::ViewPerson>(world.admin, {world.ann.person})->version, false, {}}));
  world.clock.set(at(1, 21));
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(to_cid)}, "again", world.cid.person, {}}));
  EXPECT_EQ(world.item(to_cid).due_at, at(6, 18)) << "three working days of 7.5 h, from Friday morning on";
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(to_bob)}, "again", world.bob.person, {}}));
  EXPECT_EQ(world.item(to_bob).due_at, at(19, 17, 30)) << "22.5 h, two a day";
}

TEST_F(Calendars, a_transfer_keeps_what_was_used_and_counts_the_rest_for_the_colleague) {
  mornings_in_berlin({}, {world.bob.person});
  const ItemId item = world.designated(working_batch(1), world.ann.person);
  world.clock.set(at(1, 18));
  ASSERT_TRUE(world.call<api::TransferItem>(world.ann, {item, world.item(item).version, world.bob.person, "yours"}));
  EXPECT_EQ(world.item(item).due_at, at(1, 19)) << "one hour left, until noon in Berlin";
}

TEST_F(Calendars, the_nearest_calendar_counts) {
  const BatchId batch = working_batch(1, LimitUnit::hours);
  world.clock.set(at(1, 12));
  const auto due = [&] { return world.item(world.designated(batch, world.ann.person)).due_at; };
  EXPECT_EQ(due(), at(1, 14, 30)) << "everybody's";
  const CalendarId berlin = mornings_in_berlin({world.north}, {});
  EXPECT_EQ(due(), at(1, 18)) << "the department's";
  auto own = content();
  own.name = "Ann";
  own.week.assign(7, "12:00-13:00, 20:00-21:00");
  own.everybody = false;
  own.people = {world.ann.person};
  ASSERT_TRUE(world.call<api::AddCalendar>(world.admin, {own, {}}));
  EXPECT_EQ(due(), at(1, 13)) << "her own";
  const auto list = *world.call<api::ListCalendars>(world.ann, {});
  ASSERT_EQ(list.rows.size(), 3u);
  EXPECT_EQ(list.rows[0].name, "Ann");
  EXPECT_EQ(list.rows[0].people.at(0).name, "Ann");
  EXPECT_EQ(list.rows[1].departments.at(0).id, world.north.value);
  EXPECT_EQ(list.rows[0].day_minutes, 120);
  // Ann moves over to Berlin: the calendar that she had is used by nobody any more.
  auto taken = content(berlin);
  taken.people = {world.ann.person};
  ASSERT_TRUE(save(taken, {}, berlin));
  EXPECT_EQ(due(), at(1, 18));
  EXPECT_EQ(world.call<api::DeleteCalendar>(world.admin, {berlin, {2}}).problem.key, "calendars.is_used");
  const CalendarId hers = list.rows[0].calendar;
  EXPECT_EQ(world.call<api::DeleteCalendar>(world.admin, {hers, list.rows[0].version}).problem.key,
            "error.changed_meanwhile")
      << "it has lost her since";
  const auto now = world.call<api::ViewCalendar>(world.admin, {hers})->row.version;
  EXPECT_TRUE(world.call<api::DeleteCalendar>(world.admin, {hers, now}));
}

TEST_F(Calendars, whoever_edits_a_calendar_is_told_that_another_one_took_its_people) {
  const CalendarId berlin = mornings_in_berlin({world.north}, {});
  const auto seen = content(berlin);
  const auto version = world.call<api::ViewCalendar>(world.admin, {berlin})->row.version;
  auto taking = content();
  taking.departments = {world.north};
  ASSERT_TRUE(save(taking));
  const auto late = world.call<api::UpdateCalendar>(world.admin, {berlin, version, seen, OverdueChoice::recall});
  EXPECT_EQ(late.problem.key, "error.changed_meanwhile");
  EXPECT_EQ(content().departments, (std::vector<DepartmentId>{world.north}));
}

TEST_F(Calendars, nothing_is_counted_again_where_nobody_works_by_what_changed) {
  world.designated(working_batch(1), world.ann.person);
  api::CalendarContent unused = content();
  unused.name = "Nobody's";
  unused.everybody = false;
  const auto added = world.call<api::AddCalendar>(world.admin, {unused, {}});
  ASSERT_TRUE(added);
  EXPECT_FALSE(added->operation);
  unused.people = {world.bob.person};
  EXPECT_TRUE(save(unused, {}, added->row.calendar)->operation) << "now somebody does";
}

TEST_F(Calendars, a_department_lends_its_calendar_to_those_below_it) {
  const DepartmentId below = world.add_department("North 2", world.north);
  const PersonId dan = world.add_person("Dan", Role::member, below);
  mornings_in_berlin({world.north}, {});
  api::CreateBatch::Request request;
  request.limit = 1;
  request.limit_unit = LimitUnit::hours;
  request.limit_counts = LimitCounts::working;
  request.executors = {dan};
  EXPECT_EQ(world.item(world.designated(world.create_batch(request), dan)).due_at, at(1, 18));
}

TEST_F(Calendars, a_holiday_moves_due_times_and_says_so_before) {
  const ItemId item = world.designated(working_batch(1), world.ann.person);
  const ItemId natural = world.designated(world.create_batch(24), world.ann.person);
  EXPECT_EQ(world.item(item).due_at, at(2, 10));
  auto wanted = content();
  wanted.days = {{"2026-01-02", false, "", "元旦"}, {"2026-01-04", true, "", "元旦"}};
  const auto preview = *world.call<api::PreviewCalendar>(world.admin, {company, wanted});
  EXPECT_EQ(preview.moves, 1);
  EXPECT_EQ(preview.overdue, 0);
  EXPECT_EQ(world.item(item).due_at, at(2, 10)) << "a preview changes nothing";
  const auto saved = save(wanted);
  ASSERT_TRUE(saved) << saved.problem.detail;
  ASSERT_TRUE(saved->operation);
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(4, 10)) << "the Sunday that is worked instead";
  EXPECT_EQ(world.item(natural).due_at, at(2, 10));
  EXPECT_EQ(world.outcome(saved->operation, "done"), 1);
  EXPECT_EQ(world.operation(saved->operation).state, api::OperationState::done);
}

TEST_F(Calendars, what_a_longer_day_makes_overdue_is_taken_back_or_given_a_working_day) {
  const BatchId batch = working_batch(4, LimitUnit::hours);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.set(at(1, 13));  // two hours used, two left after the break
  auto wanted = content();
  wanted.week.assign(7, "00:00-24:00");  // by which three hours are used
  EXPECT_EQ(world.call<api::PreviewCalendar>(world.admin, {company, wanted})->overdue, 0);
  world.clock.set(at(1, 15));
  EXPECT_EQ(world.call<api::PreviewCalendar>(world.admin, {company, wanted})->overdue, 1);
  ASSERT_TRUE(save(wanted, OverdueChoice::grace));
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(1, 22, 30)) << "a day as it was when the item started: 7.5 h";
}

TEST_F(Calendars, what_was_overdue_already_gets_no_grace) {
  const ItemId item = world.designated(working_batch(1, LimitUnit::hours), world.ann.person);
  world.clock.set(at(1, 11));
  auto renamed = content();
  renamed.name = "The company";
  ASSERT_TRUE(save(renamed, OverdueChoice::grace));
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(1, 11));
  world.recall();
  EXPECT_EQ(world.item(item).state, domain::batch::ItemState::reset);
}

TEST_F(Calendars, a_recount_cannot_be_stopped_half_way) {
  const ItemId item = world.designated(working_batch(1), world.ann.person);
  auto wanted = content();
  wanted.days = {{"2026-01-02", false, "", ""}};
  const auto saved = save(wanted);
  ASSERT_TRUE(saved);
  EXPECT_EQ(world.call<api::CancelOperation>(world.admin, {saved->operation}).problem.key,
            "operation.cannot_be_stopped");
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(5, 10));
}

TEST_F(Calendars, a_working_day_is_as_long_as_it_was_when_the_item_started) {
  const BatchId batch = working_batch(1);
  const ItemId before = world.designated(batch, world.ann.person);
  auto wanted = content();
  wanted.week.assign(7, "09:00-18:00");
  ASSERT_TRUE(save(wanted));
  world.run_operations();
  EXPECT_EQ(world.item(before).due_at, at(1, 17, 30)) << "7.5 h without the break";
  EXPECT_EQ(world.item(world.designated(batch, world.ann.person)).due_at, at(2, 10)) << "9 h";
}

TEST_F(Calendars, due_times_follow_somebody_who_moves_to_a_department_with_another_calendar) {
  const DepartmentId berlin = world.add_department("Berlin");
  mornings_in_berlin({berlin}, {});
  const ItemId item = world.designated(working_batch(1, LimitUnit::hours), world.ann.person);
  EXPECT_EQ(world.item(item).due_at, at(1, 11));
  api::UpdatePerson::Request move;
  move.person = world.ann.person;
  move.version = world.call<api::ViewPerson>(world.admin, {world.ann.person})->version;
  move.department = berlin;
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, move));
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(1, 18));
}

TEST_F(Calendars, recounting_survives_being_cut_into_steps) {
  for (int i = 0; i < 3; ++i) {
    const BatchId batch = working_batch(1);
    for (int n = 0; n < 70; ++n) world.designated(batch, world.ann.person);
  }
  auto wanted = content();
  wanted.days = {{"2026-01-02", false, "", ""}};
  const auto saved = save(wanted);
  ASSERT_TRUE(saved);
  services::OperationRunner operations(world.runner, world.env);
  int steps = 0;
  for (bool more = true; more; ++steps) {
    CountedBudget impatient(0);
    more = operations.run_one_step(impatient);
  }
  EXPECT_GT(steps, 6);
  EXPECT_EQ(world.outcome(saved->operation, "done"), 210);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM batch_items WHERE due_at <> " + std::to_string(at(5, 10).ms)), 0);
}

TEST_F(Calendars, a_limit_begins_and_ceases_to_count_working_time_with_a_preview) {
  const BatchId batch = world.create_batch(30);
  const ItemId item = world.designated(batch, world.ann.person);
  EXPECT_EQ(world.item(item).due_at, at(2, 16));
  const auto preview = *world.call<api::PreviewLimit>(world.mia, {batch, 30, LimitUnit::hours, LimitCounts::working});
  EXPECT_EQ(preview.moves, 1);
  const auto change = [&](LimitCounts counts) {
    const auto version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    const auto accepted = world.call<api::ChangeLimit>(world.mia, {batch, version, 30, LimitUnit::hours, {}, counts});
    EXPECT_TRUE(accepted) << accepted.problem.detail;
    world.run_operations();
  };
  change(LimitCounts::working);
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->limit_counts, LimitCounts::working);
  EXPECT_EQ(world.item(item).due_at, at(7, 10)) << "four working days";
  change(LimitCounts::natural);
  EXPECT_EQ(world.item(item).due_at, at(2, 16));
}

TEST_F(Calendars, a_quick_result_plans_the_next_working_day) {
  const ItemId working = world.designated(working_batch(9), world.ann.person);
  const ItemId natural = world.designated(world.create_batch(99), world.ann.person);
  world.clock.set(at(2, 16));  // a Friday
  world.ann = world.sign_in(world.ann.person);
  const auto save_result = [&](ItemId item) {
    return world
        .call<api::SaveQuickResult>(world.ann, {item, world.item(item).version, domain::batch::QuickResult::no_answer})
        ->row.next_follow_up;
  };
  world.admin = world.sign_in(world.admin.person);
  world.mia = world.sign_in(world.mia.person);
  EXPECT_EQ(save_result(working), at(5, 16)) << "Monday";
  EXPECT_EQ(save_result(natural), at(3, 16)) << "a day later";
}

TEST_F(Calendars, are_recalled_when_their_working_time_is_over) {
  const ItemId item = world.designated(working_batch(1), world.ann.person);
  EXPECT_EQ(world.recall(), at(2, 10));
  world.clock.set(at(2, 10));
  world.recall();
  world.admin = world.sign_in(world.admin.person);
  world.mia = world.sign_in(world.mia.person);
  EXPECT_EQ(world.item(item).state, domain::batch::ItemState::reset);
  const auto log = *world.call<api::ViewItemLog>(world.mia, {item});
  EXPECT_EQ(log.entries.at(0).limit_counts, LimitCounts::working);
}

TEST_F(Calendars, undoing_a_transfer_brings_back_the_due_time_that_it_had) {
  mornings_in_berlin({}, {world.bob.person});
  const ItemId item = world.designated(working_batch(1), world.ann.person);
  world.clock.set(at(1, 11));
  const auto before = world.item(item);
  ASSERT_TRUE(world.call<api::TransferItem>(world.ann, {item, before.version, world.bob.person, ""}));
  EXPECT_NE(world.item(item).due_at, before.due_at);
  world.clock.set(at(1, 11, 30));
  const auto undone = world.call<api::UndoItems>(world.ann, {before.batch, {world.version(item)}});
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->outcomes.at(0).result, api::RowResult::done) << undone->outcomes.at(0).key;
  EXPECT_EQ(world.item(item).due_at, before.due_at);
}

TEST_F(Calendars, are_changed_by_administrators_and_seen_by_everybody) {
  EXPECT_TRUE(world.call<api::ViewCalendar>(world.ann, {company}));
  const auto wanted = content();
  EXPECT_EQ(world.call<api::UpdateCalendar>(world.mia, {company, {1}, wanted, {}}).status(), 403);
  EXPECT_EQ(world.call<api::AddCalendar>(world.mia, {wanted, {}}).status(), 403);
  EXPECT_EQ(world.call<api::PreviewCalendar>(world.mia, {company, wanted}).status(), 403);
  EXPECT_EQ(world.call<api::DeleteCalendar>(world.mia, {company, {1}}).status(), 403);
  EXPECT_EQ(world.send(call_of<api::ReadICalendar>(world.mia, {})).status, 403);
}

TEST_F(Calendars, nonsense_is_refused_with_its_field_and_changes_nothing) {
  const auto wrong = [&](auto change) {
    auto wanted = content();
    change(wanted);
    const auto answer = save(wanted);
    if (answer) return std::string("saved");
    return answer.problem.fields.empty() ? answer.problem.key : answer.problem.fields.at(0).path;
  };
  using Content = api::CalendarContent;
  EXPECT_EQ(wrong([](Content& c) { c.name = " "; }), "content.name");
  EXPECT_EQ(wrong([](Content& c) { c.zone = "Mars/Olympus"; }), "content.zone");
  EXPECT_EQ(wrong([](Content& c) { c.week[2] = "9 to 5"; }), "content.week[2]");
  EXPECT_EQ(wrong([](Content& c) { c.week.assign(7, ""); }), "content.week");
  EXPECT_EQ(wrong([](Content& c) { c.week.pop_back(); }), "content.week");
  EXPECT_EQ(wrong([](Content& c) { c.days = {{"2026-02-30", false, "", ""}}; }), "content.days[0].day");
  EXPECT_EQ(wrong([](Content& c) {
              c.days = {{"2026-02-03", false, "", ""}, {"2026-02-03", true, "", ""}};
            }),
            "content.days[1].day");
  EXPECT_EQ(wrong([](Content& c) { c.days = {{"2026-02-03", false, "09:00-10:00", ""}}; }), "content.days[0].hours");
  EXPECT_EQ(wrong([](Content& c) { c.days = {{"2026-02-03", true, "x", ""}}; }), "content.days[0].hours");
  EXPECT_EQ(wrong([](Content& c) { c.departments = {{99}}; }), "content.departments[0]");
  EXPECT_EQ(wrong([](Content& c) { c.people = {{99}}; }), "content.people[0]");
  EXPECT_EQ(wrong([](Content& c) { c.everybody = false; }), "content.everybody");
  EXPECT_EQ(wrong([](Content& c) { c.day_minutes = 0; }), "content.day_minutes");
  EXPECT_EQ(world.count("SELECT version FROM calendars"), 1);
  auto twin = content();
  twin.everybody = false;
  EXPECT_TRUE(world.call<api::AddCalendar>(world.admin, {twin, {}}).problem.names("content.name")) << "of one name";
  EXPECT_EQ(world.call<api::UpdateCalendar>(world.admin, {company, {7}, content(), {}}).problem.key,
            "error.changed_meanwhile");
  EXPECT_EQ(world.call<api::ViewCalendar>(world.admin, {{99}}).status(), 404);
}

TEST_F(Calendars, the_statutory_days_of_a_year_are_offered_and_an_unknown_year_is_said) {
  const auto known = *world.call<api::StatutoryDays>(world.ann, {2026});
  EXPECT_TRUE(known.known);
  EXPECT_EQ(known.days.front().day, "2026-01-01");
  EXPECT_EQ(known.days.front().name, "New Year's Day") << "in the language of whoever asks";
  const auto unknown = *world.call<api::StatutoryDays>(world.ann, {2099});
  EXPECT_FALSE(unknown.known);
  EXPECT_TRUE(unknown.days.empty());
  EXPECT_EQ(unknown.last_known, known.last_known);
  // Taken over: the first working day after Spring Festival is a Tuesday.
  auto wanted = content();
  wanted.days = known.days;
  ASSERT_TRUE(save(wanted));
  EXPECT_EQ(content().days.size(), known.days.size());
}

TEST_F(Calendars, an_icalendar_file_is_read_and_nothing_is_saved) {
  auto call = call_of<api::ReadICalendar>(world.admin, {});
  call.body =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nSUMMARY:Labour Day\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART:20260502T090000\r\nSUMMARY:Meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const auto read = *decoded<api::ReadICalendar::Response>(world.send(call));
  EXPECT_EQ(read.events, 2);
  ASSERT_EQ(read.days.size(), 1u);
  EXPECT_EQ(read.days[0].day, "2026-05-01");
  EXPECT_FALSE(read.days[0].works);
  ASSERT_EQ(read.not_understood.size(), 1u);
  EXPECT_EQ(read.not_understood[0].line, 6);
  EXPECT_EQ(read.not_understood[0].key, "icalendar.no_whole_day");
  EXPECT_TRUE(content().days.empty());
  EXPECT_EQ(world.spool.count(), 0u) << "the file is gone";
  call.body.assign(1024 * 1024 + 1, 'x');
  EXPECT_EQ(world.send(call).status, 400);
}

}  // namespace
}  // namespace tw::test
