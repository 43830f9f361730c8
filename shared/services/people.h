// Use cases of api/people.h.
#pragma once

#include "api/people.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::ListPeople::Response> list_people(Work& work, const Actor& actor, const api::ListPeople::Request& request);
Result<api::PickPeople::Response> pick_people(Work& work, const Actor& actor, const api::PickPeople::Request& request);
Result<api::PersonRow> view_person(Work& work, const Actor& actor, const api::ViewPerson::Request& request);
Result<api::InvitationReply> add_person(Work& work, const Actor& actor, const api::AddPerson::Request& request);
Result<api::PersonRow> update_person(Work& work, const Actor& actor, const api::UpdatePerson::Request& request);
Result<api::SetPersonActive::Response> set_person_active(Work& work, const Actor& actor,
                                                         const api::SetPersonActive::Request& request);
Result<api::InvitationReply> reset_password(Work& work, const Actor& actor, const api::ResetPassword::Request& request);

}  // namespace tw::services
