// People and departments: the list with what each holds, and the dialogs that add, change, disable and invite.
#pragma once

#include <optional>
#include <string>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

struct PeopleState {
  int tab = 0;  // people, departments, user groups, calendars
  std::string search{};
  std::string search_draft{};
  std::int64_t searched_at_ms = 0;
  bool shows_disabled = false;
  ui::TableState table{};
};
void read_route(const commands::Route& route, PeopleState& state);
std::string address_of(const PeopleState& state);
void draw_people(ui::Ui& ui, const store::Store& model, PeopleState& state);

struct PersonDraft {
  bool filled = false;
  Version version{};
  std::string name{}, login{};
  int role = 2;  // member
  bool may_create_batches = false;
  DepartmentId department{};
  std::string zone{};
  std::optional<std::int64_t> holding_cap{}, daily_inflow_cap{};
  std::optional<std::int64_t> weight{100};
};
void draw_person_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, PersonId person, PersonDraft& draft);

struct DepartmentDraft {
  bool filled = false;
  Version version{};
  std::string name{};
  DepartmentId parent{};
};
void draw_department_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, DepartmentId department,
                            DepartmentDraft& draft);

struct UserGroupDraft {
  bool filled = false;
  Version version{};
  std::string name{};
  std::vector<PersonId> people{};
  PickerState picker{};
  std::optional<std::int64_t> most{};  // of the dialog about how many there may be
};
void draw_user_groups(ui::Ui& ui, const store::Store& model);
void draw_user_group_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, UserGroupId group,
                            UserGroupDraft& draft);
void draw_remove_user_group_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, UserGroupId group);
void draw_user_group_limit_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, UserGroupDraft& draft);

struct ZoneDraft {
  bool filled = false;
  std::string zone{};
};
void draw_zone_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, ZoneDraft& draft);
void zone_field(ui::Ui& ui, std::string& zone, std::string_view problem, bool first = false);

struct PasswordDraft {
  std::string current{}, password{}, again{};
};
void draw_password_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, PasswordDraft& draft);
void draw_invitation_dialog(ui::Ui& ui, const commands::ShowInvitation& what);

}  // namespace tw::views
