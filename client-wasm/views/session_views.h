// Before there is a session: sign in, set up the first administrator, accept an invitation.
#pragma once

#include <string>

#include "client/store/store.h"
#include "client/ui/ui.h"

namespace tw::views {

inline constexpr store::FormId sign_in_form = 1, set_up_form = 2, invitation_form = 3;

struct SignInState {
  std::string login{}, password{};
};
struct SetUpState {
  std::string token{}, login{}, name{}, password{}, again{};
};
struct InvitationState {
  std::string token{}, password{}, again{};
};

void draw_sign_in(ui::Ui& ui, const store::Store& model, SignInState& state);
// The session ended while somebody worked: the work stays where it is.
void draw_sign_in_again(ui::Ui& ui, const store::Store& model, SignInState& state);
void draw_set_up(ui::Ui& ui, const store::Store& model, SetUpState& state);
void draw_invitation(ui::Ui& ui, const store::Store& model, InvitationState& state);

}  // namespace tw::views
