// User groups on the people page: who is in each, and the dialogs that make, change and delete them.
#include "client/views/parts.h"
#include "client/views/people.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::UserGroupRow;
using commands::Id;
using ui::text;

namespace {

const UserGroupRow* group_of(const store::Store& model, UserGroupId id) {
  if (!model.user_groups.ready()) return nullptr;
  for (const UserGroupRow& row : model.user_groups->rows)
    if (row.group == id) return &row;
  return nullptr;
}

std::string_view names_of(Ui& ui, const UserGroupRow& group) {
  std::string names;
  for (const api::PersonName& person : group.people) {
    if (!names.empty()) names += ui.tr("picker.between_names");
    names +=
        person.active ? std::string(person.name) : std::string(ui.tr("picker.disabled", {param("name", person.name)}));
  }
  return ui.keep(std::move(names));
}

void draw_group(Ui& ui, const UserGroupRow& group, bool first) {
  IdScope scope(ui, group.group.value);
  if (!first) separator(ui);
  row(ui, {.gap = space::m, .height = 60}, [&] {
    const float buttons = 2 * control_height(ui.density()) + 2 * space::m;
    column(ui, {.gap = 0, .width = ui.available_width() - buttons}, [&] {
      row(ui, {.height = 22}, [&] {
        strong(ui, group.name);
        caption(ui, ui.tr("departments.people", {param("count", static_cast<std::int64_t>(group.people.size()))}));
      });
      text(ui, group.people.empty() ? ui.tr("user_groups.nobody") : names_of(ui, group),
           {.style = Style::caption, .color = Token::muted, .max_width = ui.available_width()});
    });
    spring(ui);
    if (icon_button(ui, "edit", Icon::edit, ui.tr("user_groups.edit_one", {param("name", group.name)})))
      open_dialog(ui, commands::EditUserGroup{group.group});
    if (icon_button(ui, "delete", Icon::trash, ui.tr("user_groups.delete_one", {param("name", group.name)})))
      open_dialog(ui, commands::RemoveUserGroup{group.group});
  });
}

}  // namespace

void draw_user_groups(Ui& ui, const store::Store& model) {
  scrolled(ui, "groups", ui.tr("user_groups.tab"), 0, [&] {
    remote(ui, model.user_groups, [&](const api::ListUserGroups::Response& groups) {
      if (!groups.rows.empty()) {
        paragraph(ui, ui.tr("user_groups.words"), {.color = Token::muted});
        row(ui, [&] {
          caption(ui, ui.tr("user_groups.of_most", {param("count", static_cast<std::int64_t>(groups.rows.size())),
                                                    param("maximum", groups.most)}));
          if (button(ui, "most", ui.tr("user_groups.change_most"), {.kind = ButtonKind::ghost}))
            open_dialog(ui, commands::UserGroupLimit{});
        });
      }
      card(ui, "groups", {.gap = 0}, [&] {
        if (groups.rows.empty()) {
          if (empty_state(ui, "none",
                          {.icon = Icon::people,
                           .title = ui.tr("user_groups.empty_title"),
                           .words = ui.tr("user_groups.words"),
                           .action = ui.tr("user_groups.new"),
                           .action_icon = Icon::plus}))
            open_dialog(ui, commands::NewUserGroup{});
          return;
        }
        for (const UserGroupRow& group : groups.rows) draw_group(ui, group, &group == &groups.rows.front());
      });
    });
  });
}

void draw_user_group_dialog(Ui& ui, const store::Store& model, store::FormId form_id, UserGroupId id,
                            UserGroupDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!id) draft.filled = true;
  if (const UserGroupRow* group = group_of(model, id); group && !draft.filled) {
    draft.filled = true;
    draft.version = group->version;
    draft.name = group->name;
    for (const api::PersonName& person : group->people) draft.people.push_back(person.person);
  }
  const bool complete = draft.filled && !text::trim(draft.name).empty();
  const bool save =
      save_dialog(ui, status,
                  {.id = "user-group-dialog",
                   .title = id ? ui.tr("user_groups.edit") : ui.tr("user_groups.new"),
                   .width = 560,
                   .missing = complete ? std::string_view{} : ui.tr("common.fill_required"),
                   .fields_show_theirs = !field_problem(status, "name").empty()},
                  [&] {
                    if (!draft.filled) return loading_rows(ui);
                    text_field(ui, "name", draft.name,
                               {.label = ui.tr("user_groups.name"),
                                .placeholder = ui.tr("user_groups.name_placeholder"),
                                .error = field_problem(status, "name"),
                                .required = true,
                                .focus_first = true,
                                .max_length = 60});
                    person_picker(ui, "people", ui.tr("user_groups.people"), model, draft.people, draft.picker);
                  });
  if (!save) return;
  const std::string name(text::trim(draft.name));
  if (id) {
    push(ui, commands::UpdateUserGroup{form_id, {id, draft.version, name, draft.people}});
  } else {
    push(ui, commands::AddUserGroup{form_id, {name, draft.people}});
  }
}

void draw_remove_user_group_dialog(Ui& ui, const store::Store& model, store::FormId form_id, UserGroupId id) {
  const store::FormStatus& status = model.form(form_id);
  const UserGroupRow* group = group_of(model, id);
  const std::string name = group ? group->name : std::string();
  bool pressed = false;
  const DialogResult result = dialog(
      ui, "remove-user-group-dialog",
      {.title = ui.tr("user_groups.delete_title", {param("name", name)}),
       .width = 440,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             pressed = dialog_buttons(
                 ui, {.action = ui.tr("user_groups.delete"), .danger = true, .disabled = !group, .busy = status.busy});
           }},
      [&] {
        form_problem(ui, status, false);
        paragraph(ui, ui.tr("user_groups.delete_words"), {.color = Token::muted});
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((pressed || result.submit) && group && !status.busy)
    push(ui, commands::DeleteUserGroup{form_id, {id, group->version}, name});
}

void draw_user_group_limit_dialog(Ui& ui, const store::Store& model, store::FormId form_id, UserGroupDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  if (!draft.filled && model.user_groups.ready()) {
    draft.filled = true;
    draft.most = model.user_groups->most;
  }
  const bool save = save_dialog(ui, status,
                                {.id = "user-group-limit-dialog",
                                 .title = ui.tr("user_groups.change_most_title"),
                                 .width = 400,
                                 .missing = draft.most ? std::string_view{} : ui.tr("common.fill_required")},
                                [&] {
                                  number_field(ui, "most", draft.most,
                                               {.field = {.label = ui.tr("user_groups.most"),
                                                          .hint = ui.tr("user_groups.most_hint"),
                                                          .error = field_problem(status, "most"),
                                                          .required = true,
                                                          .focus_first = true},
                                                .min = 1,
                                                .max = 500});
                                });
  if (save) push(ui, commands::SetMostUserGroups{form_id, {*draft.most}});
}

}  // namespace tw::views
