#include "services/calendars.h"
#include "services/departments.h"
#include "services/dispatcher.h"
#include "services/hand_over.h"
#include "services/people.h"
#include "services/settings.h"
#include "services/user_groups.h"

namespace tw::services {

void register_people(Dispatcher& dispatcher) {
  register_operation<api::ListPeople>(dispatcher, &list_people);
  register_operation<api::PickPeople>(dispatcher, &pick_people);
  register_operation<api::ViewPerson>(dispatcher, &view_person);
  register_operation<api::AddPerson>(dispatcher, &add_person);
  register_operation<api::UpdatePerson>(dispatcher, &update_person);
  register_operation<api::SetPersonActive>(dispatcher, &set_person_active);
  register_operation<api::ViewHeld>(dispatcher, &view_held);
  register_operation<api::ResetPassword>(dispatcher, &reset_password);
  register_operation<api::ListDepartments>(dispatcher, &list_departments);
  register_operation<api::AddDepartment>(dispatcher, &add_department);
  register_operation<api::UpdateDepartment>(dispatcher, &update_department);
  register_operation<api::ListUserGroups>(dispatcher, &list_user_groups);
  register_operation<api::AddUserGroup>(dispatcher, &add_user_group);
  register_operation<api::UpdateUserGroup>(dispatcher, &update_user_group);
  register_operation<api::DeleteUserGroup>(dispatcher, &delete_user_group);
  register_operation<api::SetMostUserGroups>(dispatcher, &set_most_user_groups);
  register_operation<api::ViewSettings>(dispatcher, &view_settings);
  register_operation<api::UpdateSettings>(dispatcher, &update_settings);
  register_operation<api::ListCalendars>(dispatcher, &list_calendars);
  register_operation<api::ViewCalendar>(dispatcher, &view_calendar);
  register_operation<api::PreviewCalendar>(dispatcher, &preview_calendar);
  register_operation<api::AddCalendar>(dispatcher, &add_calendar);
  register_operation<api::UpdateCalendar>(dispatcher, &update_calendar);
  register_operation<api::DeleteCalendar>(dispatcher, &delete_calendar);
  register_operation<api::StatutoryDays>(dispatcher, &statutory_days);
  register_phased<api::ReadICalendar>(dispatcher, &read_icalendar);
}

}  // namespace tw::services
