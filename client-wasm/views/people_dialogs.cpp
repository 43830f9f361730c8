// Dialogs about people and departments: add and change, the one-time invitation, disabling, one's own password.
#include "client/views/parts.h"
#include "client/views/people.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::PersonRow;
using commands::Id;
using domain::access::Role;
using ui::text;

namespace {

void fill(PersonDraft& draft, const PersonRow& person) {
  draft.filled = true;
  draft.version = person.version;
  draft.name = person.name;
  draft.login = person.login;
  draft.role = static_cast<int>(person.role);
  draft.may_create_batches = person.may_create_batches;
  draft.department = person.department;
  draft.zone = person.zone;
  draft.holding_cap = person.holding_cap;
  draft.daily_inflow_cap = person.daily_inflow_cap;
  draft.weight = person.weight;
}

void draw_person_fields(Ui& ui, const store::Store& model, const store::FormStatus& status, bool is_new,
                        PersonDraft& draft) {
  text_field(ui, "name", draft.name,
             {.label = ui.tr("person.name"),
              .error = field_problem(status, "name"),
              .required = true,
              .focus_first = true,
              .max_length = 60});
  text_field(ui, "login", draft.login,
             {.label = ui.tr("person.login"),
              .hint = is_new ? ui.tr("person.login_hint") : std::string_view{},
              .error = field_problem(status, "login"),
              .required = true,
              .disabled = !is_new,
              .max_length = 60});
  const Choice roles[] = {
      {.key = "administrator", .label = words_of(ui, Role::administrator), .hint = ui.tr("person.administrator_hint")},
      {.key = "manager", .label = words_of(ui, Role::manager), .hint = ui.tr("person.manager_hint")},
      {.key = "member", .label = words_of(ui, Role::member), .hint = ui.tr("person.member_hint")}};
  column(ui, {.gap = space::xs}, [&] {
    strong(ui, ui.tr("person.role"));
    radio_group(ui, "role", ui.tr("person.role"), roles, draft.role);
  });
  if (static_cast<Role>(draft.role) == Role::member)
    checkbox(ui, "may-create-batches", ui.tr("person.may_create_batches"), draft.may_create_batches,
             {.hint = ui.tr("person.may_create_batches_hint")});
  department_select(ui, "department", ui.tr("person.department"), model, draft.department);
  // Who is invited gets the one of the device they come with.
  if (!is_new) zone_field(ui, draft.zone, field_problem(status, "zone"));
  split(ui, {.gap = space::m, .stack_below = 360}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0) {
      number_field(ui, "holding-cap", draft.holding_cap,
                   {.field = {.label = ui.tr("person.holding_cap"),
                              .placeholder = ui.tr("person.no_cap"),
                              .hint = ui.tr("person.holding_cap_hint"),
                              .error = field_problem(status, "holding_cap")},
                    .min = 0,
                    .max = 1'000'000});
    } else {
      number_field(ui, "inflow-cap", draft.daily_inflow_cap,
                   {.field = {.label = ui.tr("person.daily_inflow_cap"),
                              .placeholder = ui.tr("person.no_cap"),
                              .hint = ui.tr("person.daily_inflow_cap_hint"),
                              .error = field_problem(status, "daily_inflow_cap")},
                    .min = 0,
                    .max = 1'000'000});
    }
  });
}

api::UpdatePerson::Request changes(PersonId person, const PersonDraft& draft) {
  api::UpdatePerson::Request request;
  request.person = person;
  request.version = draft.version;
  request.name = draft.name;
  request.role = static_cast<Role>(draft.role);
  request.may_create_batches = draft.may_create_batches;
  request.department = draft.department;
  if (!text::trim(draft.zone).empty()) request.zone = std::string(text::trim(draft.zone));
  request.holding_cap = draft.holding_cap;
  request.clear_holding_cap = !draft.holding_cap;
  request.daily_inflow_cap = draft.daily_inflow_cap;
  request.clear_daily_inflow_cap = !draft.daily_inflow_cap;
  request.weight = draft.weight;
  return request;
}

}  // namespace

void draw_person_dialog(Ui& ui, const store::Store& model, store::FormId form_id, PersonId person, PersonDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!person) draft.filled = true;
  if (const PersonRow* known = model.person(person); known && !draft.filled) fill(draft, *known);
  const bool complete = draft.filled && !text::trim(draft.name).empty() && !text::trim(draft.login).empty();
  const bool save = save_dialog(ui, status,
                                {.id = "person-dialog",
                                 .title = person ? ui.tr("people.edit") : ui.tr("people.new"),
                                 .width = 520,
                                 .action = person ? std::string_view{} : ui.tr("people.add_and_invite"),
                                 .missing = complete ? std::string_view{} : ui.tr("common.fill_required")},
                                [&] {
                                  if (!draft.filled) return loading_rows(ui);
                                  draw_person_fields(ui, model, status, !person, draft);
                                });
  if (!save) return;
  if (person) {
    push(ui, commands::UpdatePerson{form_id, changes(person, draft)});
    return;
  }
  api::AddPerson::Request request;
  request.login = std::string(text::trim(draft.login));
  request.name = std::string(text::trim(draft.name));
  request.role = static_cast<Role>(draft.role);
  request.may_create_batches = draft.may_create_batches;
  request.department = draft.department;
  request.language = std::string(ui.language());
  request.holding_cap = draft.holding_cap;
  request.daily_inflow_cap = draft.daily_inflow_cap;
  push(ui, commands::AddPerson{form_id, std::move(request)});
}

void draw_department_dialog(Ui& ui, const store::Store& model, store::FormId form_id, DepartmentId department,
                            DepartmentDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!department) draft.filled = true;
  if (!draft.filled && model.departments.ready()) {
    for (const api::DepartmentRow& row : *model.departments)
      if (row.department == department) draft = {true, row.version, row.name, row.parent};
  }
  const bool complete = draft.filled && !text::trim(draft.name).empty();
  const bool save = save_dialog(ui, status,
                                {.id = "department-dialog",
                                 .title = department ? ui.tr("departments.edit") : ui.tr("departments.new"),
                                 .missing = complete ? std::string_view{} : ui.tr("common.fill_required")},
                                [&] {
                                  text_field(ui, "name", draft.name,
                                             {.label = ui.tr("departments.name"),
                                              .error = field_problem(status, "name"),
                                              .required = true,
                                              .focus_first = true,
                                              .max_length = 60});
                                  department_select(ui, "parent", ui.tr("departments.parent"), model, draft.parent);
                                  if (const std::string_view wrong = field_problem(status, "parent"); !wrong.empty())
                                    text(ui, wrong, {.style = Style::caption, .color = Token::danger});
                                });
  if (!save) return;
  const std::string name(text::trim(draft.name));
  if (department) {
    push(ui, commands::UpdateDepartment{form_id, {department, draft.version, name, draft.parent}});
  } else {
    push(ui, commands::AddDepartment{form_id, {name, draft.parent}});
  }
}

void draw_password_dialog(Ui& ui, const store::Store& model, store::FormId form_id, PasswordDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  constexpr std::size_t shortest = 10;
  const std::string_view wrong =
      text::code_points(draft.password) < shortest
          ? ui.tr("password.too_short", {param("count", static_cast<std::int64_t>(shortest))})
      : draft.password != draft.again ? ui.tr("password.differ")
                                      : std::string_view{};
  const bool save = save_dialog(
      ui, status, {.id = "password-dialog", .title = ui.tr("account.change_password"), .width = 420, .missing = wrong},
      [&] {
        text_field(ui, "current", draft.current,
                   {.label = ui.tr("password.current"),
                    .error = field_problem(status, "current"),
                    .kind = FieldKind::password,
                    .autofill = Autofill::current_password,
                    .required = true,
                    .focus_first = true});
        text_field(ui, "new", draft.password,
                   {.label = ui.tr("password.new"),
                    .hint = ui.tr("password.hint"),
                    .error = field_problem(status, "password"),
                    .kind = FieldKind::password,
                    .autofill = Autofill::new_password,
                    .required = true});
        text_field(ui, "again", draft.again,
                   {.label = ui.tr("password.again"),
                    .kind = FieldKind::password,
                    .autofill = Autofill::new_password,
                    .required = true});
        note(ui, ui.tr("account.password_ends_sessions"));
      });
  if (save) push(ui, commands::ChangePassword{form_id, {draft.current, draft.password}});
}

void draw_invitation_dialog(Ui& ui, const commands::ShowInvitation& what) {
  const DialogResult result = dialog(
      ui, "invitation-dialog",
      {.title = ui.tr("people.invitation_title", {param("name", what.name)}),
       .width = 560,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
             if (command_button(ui, {.id = Id::copy_invitation}, {.kind = ButtonKind::primary}))
               push(ui, commands::CopyText{what.address});
           }},
      [&] {
        if (const std::string_view why = why_not_here(ui, Id::copy_invitation); !why.empty())
          return paragraph(ui, why);  // a link that nobody could follow
        paragraph(ui, ui.tr("people.invitation_words"), {.color = Token::muted});
        std::string address = what.address;
        text_field(ui, "address", address, {.name = ui.tr("people.invitation"), .read_only = true, .icon = Icon::link});
        note(ui, ui.tr("people.invitation_once"));
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

}  // namespace tw::views
