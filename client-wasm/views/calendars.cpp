#include "client/views/calendars.h"

#include "client/views/batches.h"
#include "client/views/calendar_days.h"
#include "client/views/day_field.h"
#include "client/views/parts.h"
#include "core/date.h"
#include "core/text.h"
#include "domain/calendar/hours.h"

namespace tw::views {

using namespace ui;
using api::CalendarRow;
using domain::access::Permission;
using ui::text;

namespace {

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
               {.label = weekday_name(ui, i),
                .placeholder = ui.tr("calendars.day_off"),
                .error = hours_problem(ui, draft.week[at]),
                .max_length = 120});
  });
  if (const std::string_view wrong = field_problem(status, "content.week"); !wrong.empty())
    inline_error(ui, "week-problem", wrong);
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
  draw_calendar_days(ui, model, status, draft);
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
    const Date today = date_of(ui.clock().day(ui.now()));
    draft.year = today.year;
    draft.month = today.month;
    draft.file_asked = draft.first_file = model.icalendar.asked;  // an earlier file was for another calendar
  }
  if (!draft.filled && !id) {
    draft.filled = true;
    draft.zone = model.session ? model.session->zone : std::string();
    for (std::size_t i = 0; i < 5; ++i) draft.week[i] = "09:00-12:00, 13:30-18:00";
  }
  const auto& stored = model.calendar.at(id.value);
  if (id && !draft.filled && stored.fresh()) fill(draft, *stored);
  const bool named = !text::trim(draft.name).empty() && !text::trim(draft.zone).empty();
  const bool complete = draft.filled && named && readable(draft);
  // What is asked about is the content of that press, and no other that was written since.
  const auto key_of_now = [&] { return store::Store::key_of(api::PreviewCalendar::Request{id, content_of(draft)}); };
  if (draft.previewed && draft.previewed != key_of_now()) draft.previewed = 0;
  const auto& preview = model.calendar_preview.at(draft.previewed);
  const bool known = draft.previewed && preview.ready();
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
    push(ui, commands::SaveCalendar{
                 form_id, {id, draft.version, content_of(draft), static_cast<api::OverdueChoice>(draft.overdue)}});
  } else if (goes) {
    draft.previewed = key_of_now();
    push(ui, commands::PreviewCalendar{form_id, {id, content_of(draft)}});
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
