// Use cases of api/session.h. Those that hash a password take Phases: the hash runs on the request's own thread,
// between a first and a last Work, and what the first one saw is checked again in the last.
#pragma once

#include <optional>
#include <string>

#include "api/session.h"
#include "services/dispatcher.h"

namespace tw::services {

// The one-time token for making the first administrator; a new one each time, the older ones end. Empty when there are
// people already. For the server's start: it prints the address that carries it.
std::optional<std::string> new_set_up_token(Work& work);

Result<api::ViewCapabilities::Response> view_capabilities(Phases& phases, const Actor* actor,
                                                          const api::ViewCapabilities::Request& request);
Result<api::SessionPerson> set_up(Phases& phases, const Actor* actor, const api::SetUp::Request& request);
Result<api::SessionPerson> sign_in(Phases& phases, const Actor* actor, const api::SignIn::Request& request);
Result<Done> sign_out(Phases& phases, const Actor* actor, const api::SignOut::Request& request);
Result<api::SessionPerson> view_session(Work& work, const Actor& actor, const api::ViewSession::Request& request);
Result<api::SessionPerson> update_session(Work& work, const Actor& actor, const api::UpdateSession::Request& request);
Result<Done> change_password(Phases& phases, const Actor* actor, const api::ChangePassword::Request& request);
Result<api::ViewInvitation::Response> view_invitation(Work& work, const Actor& actor,
                                                      const api::ViewInvitation::Request& request);
Result<api::SessionPerson> accept_invitation(Phases& phases, const Actor* actor,
                                             const api::AcceptInvitation::Request& request);

}  // namespace tw::services
