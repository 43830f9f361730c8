#include "services/dispatcher.h"
#include "services/session.h"

namespace tw::services {

void register_session(Dispatcher& dispatcher) {
  register_phased<api::ViewCapabilities>(dispatcher, &view_capabilities);
  register_phased<api::SetUp>(dispatcher, &set_up);
  register_phased<api::SignIn>(dispatcher, &sign_in);
  register_phased<api::SignOut>(dispatcher, &sign_out);
  register_operation<api::ViewSession>(dispatcher, &view_session);
  register_operation<api::UpdateSession>(dispatcher, &update_session);
  register_phased<api::ChangePassword>(dispatcher, &change_password);
  register_operation<api::ViewInvitation>(dispatcher, &view_invitation);
  register_phased<api::AcceptInvitation>(dispatcher, &accept_invitation);
}

}  // namespace tw::services
