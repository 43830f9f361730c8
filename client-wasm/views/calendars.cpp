#include "client/views/calendars.h"

#include "client/ui/format.h"
#include "client/views/batches.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/hours.h"

namespace tw::views {

using namespace ui;
using api::CalendarRow;
using domain::access::Permission;
using ui::text;

namespace {

constexpr TextKey weekdays[] = {text_key("weekday.monday"),    text_key("weekday.tuesday"),
                                text_key("weekday.wednesday"), text_key("weekday.thursday"),
                                text_key("weekday.friday"),    text_key("weekday.saturday"),
                                text_key("weekday.sunday")};
constexpr TextKey short_weekdays[] = {text_key("weekday.mon"), text_key("weekday.tue"), text_key("weekday.wed"),
                                      text_key("weekday.thu"), text_key("weekday.fri"), text_key("weekday.sat"),
                                      text_key("weekday.sun")};

constexpr TextKey months[] = {text_key("month.january"), text_key("month.february"), text_key("month.march"),
                              text_key("month.april"),   text_key("month.may"),      text_key("month.june"),
                              text_key("month.july"),    text_key("month.august"),   text_key("month.september"),
                              text_key("month.october"), text_key("month.november"), text_key("month.december")};
// Why an event of a file was not understood: what the server may say.
constexpr TextKey reasons[] = {text_key("icalendar.no_whole_day"),     text_key("icalendar.repeats_otherwise"),
                               text_key("icalendar.moved_occurrence"), text_key("icalendar.too_long"),
                               text_key("icalendar.too_many"),         text_key("icalendar.cut_off"),
                               text_key("icalendar.is_none")};

std::string_view reason_words(Ui& ui, std::string_view key) {
  for (const TextKey reason : reasons)
    if (reason.view() == key) return ui.tr(reason);
  return {};
}

const CalendarRow* row_of(const store::Store& model, CalendarId id) {
  if (!model.calendars.ready()) return nullptr;
  for (const CalendarRow& row : model.calendars->rows)
    if (row.calendar == id) return &row;
  return nullptr;
}

bool is_used(const CalendarRow& row) { return row.everybody || !row.departments.empty() || !row.people.empty(); }

std::string_view users_of(Ui& ui, const CalendarRow& row) {
  std::string words;
  const auto add = [&](std::string_view name) {
    if (!words.empty()) words += ui.tr("picker.between_names");
    words += name;
  };
  if (row.everybody) add(ui.tr("calendars.everybody_else"));
  for (const auto* users : {&row.departments, &row.people})
    for (const api::CalendarUser& user : *users) add(user.name);
  return words.empty() ? ui.tr("calendars.used_by_nobody") : ui.keep(std::move(words));
}

void draw_row(Ui& ui, const store::Store& model, const CalendarRow& calendar, bool first) {
  IdScope scope(ui, calendar.calendar.value);
  if (!first) separator(ui);
  row(ui, {.gap = space::m, .height = 60}, [&] {
    const bool edits = model.may(Permission::manage_settings);
    const float buttons = edits ? 2 * control_height(ui.density()) + 2 * space::m : 0;
    column(ui, {.gap = 0, .width = ui.available_width() - buttons}, [&] {
      row(ui, {.height = 22}, [&] {
        strong(ui, calendar.name);
        caption(ui, calendar.zone);
      });
      text(ui, users_of(ui, calendar),
           {.style = Style::caption, .color = Token::muted, .max_width = ui.available_width()});
    });
    if (!edits) return;
    spring(ui);
    if (icon_button(ui, "edit", Icon::edit, ui.tr("calendars.edit_one", {param("name", calendar.name)})))
      open_dialog(ui, commands::EditCalendar{calendar.calendar});
    if (icon_button(ui, "delete", Icon::trash, ui.tr("calendars.delete_one", {param("name", calendar.name)}),
                    {.disabled = is_used(calendar)}))
      open_dialog(ui, commands::RemoveCalendar{calendar.calendar});
  });
}

// --- the draft -------------------------------------------------------------------------------------------------------

void take(CalendarDraft& draft, const std::vector<api::CalendarDay>& days) {
  for (const api::CalendarDay& day : days)
    if (const auto number = read_day(day.day)) draft.days[*number] = {day.works, day.hours, day.name};
}

void fill(CalendarDraft& draft, const api::ViewCalendar::Response& known) {
  draft.filled = true;
  draft.version = known.row.version;
  draft.name = known.row.name;
  draft.zone = known.row.zone;
  for (std::size_t i = 0; i < draft.week.size() && i < known.row.week.size(); ++i) draft.week[i] = known.row.week[i];
  draft.day_minutes = known.day_minutes;
  take(draft, known.days);
  draft.everybody = draft.was_everybody = known.row.everybody;
  for (const api::CalendarUser& one : known.row.departments) draft.departments.push_back({one.id});
  for (const api::CalendarUser& one : known.row.people) draft.people.push_back({one.id});
}

api::CalendarContent content_of(const CalendarDraft& draft) {
  api::CalendarContent content;
  content.name = std::string(text::trim(draft.name));
  content.zone = std::string(text::trim(draft.zone));
  content.week.assign(draft.week.begin(), draft.week.end());
  content.day_minutes = draft.day_minutes;
  for (const auto& day : draft.days)
    content.days.push_back({written_day(day.first), day.second.works,
                            day.second.works ? day.second.hours : std::string(), day.second.name});
  content.everybody = draft.everybody;
  content.departments = draft.departments;
  content.people = draft.people;
  return content;
}

// --- its parts -------------------------------------------------------------------------------------------------------

std::string_view hours_problem(Ui& ui, const std::string& hours) {
  return domain::calendar::read_hours(hours) ? std::string_view() : ui.tr("calendars.hours_unreadable");
}

void draw_week(Ui& ui, const store::FormStatus& status, CalendarDraft& draft) {
  heading(ui, 3, ui.tr("calendars.week"));
  grid(ui, {.min_cell = 210, .gap = space::m}, 8, [&](int i) {
    IdScope scope(ui, i);
    const auto at = static_cast<std::size_t>(i);
    if (i == 7) {
      number_field(ui, "day-minutes", draft.day_minutes,
                   {.field = {.label = ui.tr("calendars.day_minutes"),
                              .placeholder = ui.tr("calendars.longest_day"),
                              .error = field_problem(status, "content.day_minutes")},
                    .min = 1,
                    .max = 1440,
                    .unit = ui.tr("limit.unit_minutes")});
      return;
    }
    text_field(ui, "hours", draft.week[at],
               {.label = ui.tr(weekdays[at]),
                .placeholder = ui.tr("calendars.day_off"),
                .error = hours_problem(ui, draft.week[at]),
                .max_length = 120});
  });
  if (const std::string_view wrong = field_problem(status, "content.week"); !wrong.empty())
    inline_error(ui, "week-problem", wrong);
}

std::string_view day_name(Ui& ui, std::int64_t day) {
  const Date date = date_of(day);
  return ui.tr("calendars.date",
               {param("year", std::int64_t{date.year}), param("month", std::string(ui.tr(months[date.month - 1]))),
                param("day", std::int64_t{date.day}), param("weekday", std::string(ui.tr(weekdays[weekday_of(day)])))});
}

void draw_day(Ui& ui, CalendarDraft& draft, std::int64_t day) {
  const auto exception = draft.days.find(day);
  const bool usual = exception == draft.days.end();
  const auto& hours = draft.week[static_cast<std::size_t>(weekday_of(day))];
  const bool works = usual ? !text::trim(hours).empty() : exception->second.works;
  const std::string_view what = usual ? (works ? std::string_view() : ui.tr("calendars.day_off"))
                                      : (works ? ui.tr("calendars.worked") : ui.tr("calendars.free"));
  std::string name(day_name(ui, day));
  if (!what.empty()) name.append(ui.tr("picker.between_names")).append(what);
  if (!usual && !exception->second.name.empty())
    name.append(ui.tr("picker.between_names")).append(exception->second.name);
  IdScope scope(ui, day);
  const bool pressed =
      card_button(ui, "day", {.name = ui.keep(std::move(name)), .selected = draft.chosen == day, .padding = 4}, [&] {
        text(ui, ui.keep(std::to_string(date_of(day).day)),
             {.weight = usual ? Weight::regular : Weight::semibold,
              .color = usual   ? (works ? Token::text : Token::muted)
                       : works ? Token::accent
                               : Token::danger,
              .align = TextAlign::centre,
              .full_width = true});
        text(ui,
             usual   ? std::string_view(" ")
             : works ? ui.tr("calendars.worked_mark")
                     : ui.tr("calendars.free_mark"),
             {.style = Style::caption,
              .color = works ? Token::accent : Token::danger,
              .align = TextAlign::centre,
              .full_width = true});
      });
  if (pressed) draft.chosen = draft.chosen == day ? 0 : day;
}

void draw_month(Ui& ui, CalendarDraft& draft) {
  const std::int64_t first = day_number({draft.year, draft.month, 1});
  const int before = weekday_of(first), count = days_in_month(draft.year, draft.month);
  grid(ui, {.min_cell = 34, .gap = 4, .max_columns = 7}, 7 + before + count, [&](int i) {
    if (i < 7)
      text(ui, ui.tr(short_weekdays[i]),
           {.style = Style::caption, .color = Token::muted, .align = TextAlign::centre, .full_width = true});
    else if (i >= 7 + before)
      draw_day(ui, draft, first + i - 7 - before);
  });
}

void draw_chosen(Ui& ui, CalendarDraft& draft) {
  if (draft.chosen == 0) return muted(ui, ui.tr("calendars.choose_day"));
  IdScope scope(ui, "chosen");
  const auto exception = draft.days.find(draft.chosen);
  int kind = exception == draft.days.end() ? 0 : exception->second.works ? 2 : 1;
  const Choice kinds[] = {{.key = "usual", .label = ui.tr("calendars.as_usual")},
                          {.key = "free", .label = ui.tr("calendars.free")},
                          {.key = "worked", .label = ui.tr("calendars.worked")}};
  strong(ui, day_name(ui, draft.chosen));
  if (segmented(ui, "kind", day_name(ui, draft.chosen), kinds, kind)) {
    if (kind == 0)
      draft.days.erase(draft.chosen);
    else
      draft.days[draft.chosen].works = kind == 2;
  }
  if (kind == 0) return;
  CalendarDraft::Day& day = draft.days[draft.chosen];
  split(ui, {.gap = space::m, .stack_below = 360}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0)
      text_field(ui, "name", day.name, {.label = ui.tr("calendars.day_name"), .max_length = 60});
    else if (kind == 2)
      text_field(ui, "hours", day.hours,
                 {.label = ui.tr("calendars.hours"),
                  .placeholder = ui.tr("calendars.longest_day"),
                  .error = hours_problem(ui, day.hours),
                  .max_length = 120});
  });
}

// The first day whose hours cannot be read, on whatever page of the calendar; 0: none.
std::int64_t unreadable_day(const CalendarDraft& draft) {
  for (const auto& day : draft.days)
    if (day.second.works && !domain::calendar::read_hours(day.second.hours)) return day.first;
  return 0;
}

std::int64_t exceptions_in(const CalendarDraft& draft) {
  std::int64_t count = 0;
  for (const auto& day : draft.days) count += date_of(day.first).year == draft.year;
  return count;
}

void draw_statutory(Ui& ui, const store::Store& model, CalendarDraft& draft) {
  const auto& statutory = model.statutory.at(draft.year);
  if (!statutory.ready()) return statutory.failed() ? failed(ui, statutory.problem) : void();
  const std::vector<Param> year = {param("year", std::int64_t{draft.year}), param("last", statutory->last_known)};
  if (!statutory->known) {
    banner(ui, "unknown-year",
           {.tone = Tone::completed, .icon = Icon::info, .words = ui.tr("calendars.year_unknown", year)});
  } else if (button(ui, "statutory", ui.tr("calendars.take_statutory", year), {.icon = Icon::calendar})) {
    take(draft, statutory->days);
    ui.say(std::string(ui.tr("calendars.taken", {param("count", static_cast<std::int64_t>(statutory->days.size()))})));
  }
}

void draw_file(Ui& ui, const store::Store& model, CalendarDraft& draft) {
  const auto& file = model.icalendar;
  const bool ours = file.asked > draft.first_file;
  if (file.ready() && file.got > draft.file_asked) {
    draft.file_asked = file.got;
    take(draft, file->days);
    if (!file->days.empty())
      if (const auto day = read_day(file->days.front().day))
        draft.year = date_of(*day).year, draft.month = date_of(*day).month;
  }
  file_drop_zone(ui, "file",
                 {.label = ui.tr("calendars.file"),
                  .hint = ui.tr("calendars.file_hint"),
                  .accept = ".ics,text/calendar",
                  .error = ours && file.failed() ? problem_words(ui, file.problem) : std::string_view{}});
  if (ours && file.loading()) return muted(ui, ui.tr("calendars.file_is_read"));
  if (!file.ready() || file.got <= draft.first_file) return;
  muted(ui, ui.tr("calendars.taken", {param("count", static_cast<std::int64_t>(file->days.size()))}));
  for (const api::ICalendarProblem& problem : file->not_understood)
    caption(ui, ui.tr("calendars.line",
                      {param("line", problem.line), param("why", std::string(reason_words(ui, problem.key))),
                       param("what", problem.what)}));
}

void draw_exceptions(Ui& ui, const store::Store& model, const store::FormStatus& status, CalendarDraft& draft) {
  heading(ui, 3, ui.tr("calendars.exceptions"));
  row(ui, [&] {
    const auto turn = [&](int by) {
      const int month = draft.year * 12 + draft.month - 1 + by;
      draft.year = month / 12;
      draft.month = month % 12 + 1;
      draft.chosen = 0;
    };
    if (icon_button(ui, "earlier", Icon::chevron_left, ui.tr("calendars.earlier"), {.disabled = draft.year <= 2000}))
      turn(-1);
    strong(ui, ui.tr("calendars.month", {param("year", std::int64_t{draft.year}),
                                         param("month", std::string(ui.tr(months[draft.month - 1])))}));
    if (icon_button(ui, "later", Icon::chevron_right, ui.tr("calendars.later"), {.disabled = draft.year >= 2199}))
      turn(1);
    spring(ui);
    caption(ui, ui.tr("calendars.in_year",
                      {param("year", std::int64_t{draft.year}), param("count", exceptions_in(draft))}));
  });
  draw_month(ui, draft);
  draw_chosen(ui, draft);
  if (const std::int64_t day = unreadable_day(draft); day != 0 && day != draft.chosen)
    inline_error(ui, "hours-of-day",
                 ui.tr("calendars.hours_of_day_unreadable", {param("day", std::string(written_day(day)))}));
  if (const std::string_view wrong = field_problem(status, "content.days"); !wrong.empty())
    inline_error(ui, "days-problem", wrong);
  draw_statutory(ui, model, draft);
  draw_file(ui, model, draft);
}

void draw_departments(Ui& ui, const store::Store& model, CalendarDraft& draft) {
  DepartmentId more{};
  if (department_select(ui, "department", ui.tr("calendars.departments"), model, more,
                        ui.tr("calendars.add_department")) &&
      more) {
    bool there = false;
    for (const DepartmentId one : draft.departments) there = there || one == more;
    if (!there) draft.departments.push_back(more);
  }
  if (draft.departments.empty() || !model.departments.ready()) return;
  row(ui, {.wrap = true}, [&] {
    for (std::size_t i = 0; i < draft.departments.size(); ++i)
      for (const api::DepartmentRow& known : *model.departments) {
        if (known.department != draft.departments[i]) continue;
        const std::string id = std::to_string(known.department.value);
        if (filter_chip(ui, id, known.name, ui.tr("calendars.without", {param("name", known.name)})) !=
            FilterChipEvent::remove)
          continue;
        draft.departments.erase(draft.departments.begin() + static_cast<std::ptrdiff_t>(i));
        return;
      }
  });
}

void draw_users(Ui& ui, const store::Store& model, const store::FormStatus& status, CalendarDraft& draft) {
  heading(ui, 3, ui.tr("calendars.who"));
  checkbox(ui, "everybody", ui.tr("calendars.everybody"), draft.everybody,
           {.disabled = draft.was_everybody,
            .hint = draft.was_everybody ? ui.tr("calendars.everybody_needs_one") : ui.tr("calendars.everybody_hint")});
  if (const std::string_view wrong = field_problem(status, "content.everybody"); !wrong.empty())
    inline_error(ui, "everybody-problem", wrong);
  draw_departments(ui, model, draft);
  person_picker(ui, "people", ui.tr("calendars.people"), model, draft.people, draft.picker);
}

void draw_fields(Ui& ui, const store::Store& model, const store::FormStatus& status, CalendarDraft& draft) {
  split(ui, {.gap = space::m, .stack_below = 420}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0)
      text_field(ui, "name", draft.name,
                 {.label = ui.tr("calendars.name"),
                  .error = field_problem(status, "content.name"),
                  .required = true,
                  .focus_first = true,
                  .max_length = 60});
    else
      text_field(ui, "zone", draft.zone,
                 {.label = ui.tr("calendars.zone"),
                  .placeholder = "Asia/Shanghai",
                  .hint = ui.tr("calendars.zone_hint"),
                  .error = field_problem(status, "content.zone"),
                  .required = true,
                  .max_length = 60});
  });
  draw_week(ui, status, draft);
  draw_exceptions(ui, model, status, draft);
  draw_users(ui, model, status, draft);
}

bool readable(const CalendarDraft& draft) {
  for (const std::string& hours : draft.week)
    if (!domain::calendar::read_hours(hours)) return false;
  return unreadable_day(draft) == 0;
}

}  // namespace

void draw_calendars(Ui& ui, const store::Store& model) {
  scrolled(ui, "calendars", ui.tr("calendars.tab"), 0, [&] {
    remote(ui, model.calendars, [&](const api::ListCalendars::Response& calendars) {
      paragraph(ui, ui.tr("calendars.words"), {.color = Token::muted});
      card(ui, "calendars", {.gap = 0}, [&] {
        for (const CalendarRow& calendar : calendars.rows)
          draw_row(ui, model, calendar, &calendar == &calendars.rows.front());
      });
    });
  });
}

void draw_calendar_dialog(Ui& ui, const store::Store& model, store::FormId form_id, CalendarId id,
                          CalendarDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (draft.year == 0) {
    const std::int64_t minutes = ui.now().ms / 60'000 + ui.frame().zone_minutes;
    draft.year = date_of(minutes / 1440).year;
    draft.month = date_of(minutes / 1440).month;
    draft.file_asked = draft.first_file = model.icalendar.asked;  // an earlier file was for another calendar
  }
  if (!draft.filled && !id) {
    draft.filled = true;
    draft.zone = "Asia/Shanghai";
    for (std::size_t i = 0; i < 5; ++i) draft.week[i] = "09:00-12:00, 13:30-18:00";
  }
  const auto& stored = model.calendar.at(id.value);
  if (id && !draft.filled && stored.fresh()) fill(draft, *stored);
  const bool named = !text::trim(draft.name).empty() && !text::trim(draft.zone).empty();
  const bool complete = draft.filled && named && readable(draft);
  const api::CalendarContent content = content_of(draft);
  const std::int64_t key = store::Store::key_of(api::PreviewCalendar::Request{id, content});
  const auto& preview = model.calendar_preview.at(key);
  const bool known = draft.previewed == key && preview.ready();
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "calendar-dialog",
      {.title = id ? ui.tr("calendars.edit") : ui.tr("calendars.new"),
       .width = 720,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(
                 ui, {.action = known && preview->moves > 0 ? ui.tr("calendars.save_and_move") : ui.tr("common.save"),
                      .disabled = !complete,
                      .why_disabled = named ? ui.tr("calendars.hours_unreadable") : ui.tr("common.fill_required"),
                      .busy = status.busy});
           }},
      [&] {
        if (!draft.filled) return stored.failed() ? failed(ui, stored.problem) : loading_rows(ui);
        form_problem(ui, status);
        if (known && preview->moves > 0) {  // in place of the form: whoever saves must have seen it
          draw_due_preview(ui, *preview, draft.overdue);
          if (button(ui, "go-on", ui.tr("calendars.go_on_editing"), {.kind = ButtonKind::ghost})) draft.previewed = 0;
          return;
        }
        form(ui, "calendar", ui.tr("calendars.edit"),
             [&] { column(ui, {.gap = space::m}, [&] { draw_fields(ui, model, status, draft); }); });
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!complete || status.busy) return;
  // What moves no due time is saved at once.
  const bool goes = pressed || result.submit;
  if (known && (goes || (preview->moves == 0 && !status.problem))) {
    draft.previewed = 0;
    push(ui,
         commands::SaveCalendar{form_id, {id, draft.version, content, static_cast<api::OverdueChoice>(draft.overdue)}});
  } else if (goes) {
    draft.previewed = key;
    push(ui, commands::PreviewCalendar{form_id, {id, content}});
  }
}

void draw_remove_calendar_dialog(Ui& ui, const store::Store& model, store::FormId form_id, CalendarId id) {
  const store::FormStatus& status = model.form(form_id);
  const CalendarRow* calendar = row_of(model, id);
  const std::string name = calendar ? calendar->name : std::string();
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "remove-calendar-dialog",
      {.title = ui.tr("calendars.delete_title", {param("name", name)}),
       .width = 440,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(
                 ui, {.action = ui.tr("calendars.delete"), .danger = true, .disabled = !calendar, .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        paragraph(ui, ui.tr("calendars.delete_words"), {.color = Token::muted});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && calendar && !status.busy)
    push(ui, commands::DeleteCalendar{form_id, {id, calendar->version}, name});
}

}  // namespace tw::views
