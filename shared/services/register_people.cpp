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
}

}  // namespace tw::services
