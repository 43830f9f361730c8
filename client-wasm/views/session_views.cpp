#include "client/views/session_views.h"

#include "client/ui/shell.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

constexpr std::size_t shortest_password = 10;

void product_heading(Ui& ui, std::string_view title, std::string_view words) {
  row(ui, [&] {
    heading(ui, 1, title);
    spring(ui);
    const bool chinese = ui.language() == "zh-CN";
    if (button(ui, "language", ui.tr("account.other_language"), {.kind = ButtonKind::ghost, .icon = Icon::language}))
      push(ui, commands::SetLanguage{chinese ? "en" : "zh-CN"});
  });
  if (!words.empty()) paragraph(ui, words, {.color = Token::muted});
  gap(ui, space::xs);
}

// The two fields of a new password, and what is wrong with them before anything is sent.
std::string_view new_password_problem(Ui& ui, const std::string& password, const std::string& again) {
  if (text::code_points(password) < shortest_password)
    return ui.tr("password.too_short", {param("count", static_cast<std::int64_t>(shortest_password))});
  if (password != again) return ui.tr("password.differ");
  return {};
}

bool new_password_fields(Ui& ui, const store::FormStatus& status, std::string& password, std::string& again) {
  bool submitted = text_field(ui, "password", password,
                              {.label = ui.tr("password.new"),
                               .hint = ui.tr("password.hint"),
                               .error = field_problem(status, "password"),
                               .kind = FieldKind::password,
                               .autofill = Autofill::new_password,
                               .required = true})
                       .submitted;
  submitted |= text_field(ui, "again", again,
                          {.label = ui.tr("password.again"),
                           .error = !again.empty() && password != again && again.size() >= password.size()
                                        ? ui.tr("password.differ")
                                        : std::string_view{},
                           .kind = FieldKind::password,
                           .autofill = Autofill::new_password,
                           .required = true})
                   .submitted;
  return submitted;
}

void sign_in_fields(Ui& ui, const store::Store& model, SignInState& state, bool fixed_login) {
  const store::FormStatus& status = model.form(sign_in_form);
  form(ui, "sign-in", ui.tr("sign_in.title"), [&] {
    column(ui, {.gap = space::m}, [&] {
      form_problem(ui, status, false);
      bool submitted = text_field(ui, "login", state.login,
                                  {.label = ui.tr("sign_in.login"),
                                   .autofill = Autofill::username,
                                   .required = true,
                                   .disabled = fixed_login,
                                   .focus_first = !fixed_login})
                           .submitted;
      submitted |= text_field(ui, "password", state.password,
                              {.label = ui.tr("sign_in.password"),
                               .kind = FieldKind::password,
                               .autofill = Autofill::current_password,
                               .required = true,
                               .focus_first = fixed_login})
                       .submitted;
      const bool complete = !text::trim(state.login).empty() && !state.password.empty();
      gap(ui, space::xs);
      const bool pressed = primary_button(ui, "go", ui.tr("sign_in.go"), {.full_width = true, .busy = status.busy});
      if ((submitted || pressed) && complete && !status.busy) {
        push(ui, commands::SignIn{sign_in_form, {std::string(text::trim(state.login)), state.password}});
        state.password.clear();
      }
    });
  });
}

}  // namespace

void draw_sign_in(Ui& ui, const store::Store& model, SignInState& state) {
  centred_page(ui, "sign-in-page", 380, [&] {
    product_heading(ui, ui.tr("sign_in.title"), ui.tr("sign_in.words"));
    sign_in_fields(ui, model, state, false);
    if (model.capabilities.ready() && model.capabilities->needs_setup) note(ui, ui.tr("sign_in.needs_set_up"));
  });
}

void draw_sign_in_again(Ui& ui, const store::Store& model, SignInState& state) {
  if (model.session) state.login = model.session->login;
  dialog(ui, "sign-in-again", {.title = ui.tr("sign_in.again_title"), .width = 400, .closable = false, .footer = {}},
         [&] {
           paragraph(ui, ui.tr("sign_in.again_words"), {.color = Token::muted});
           sign_in_fields(ui, model, state, true);
           const std::string_view why = why_not_here(ui, commands::Id::sign_out);
           if (button(ui, "other", ui.tr("sign_in.other_person"),
                      {.kind = ButtonKind::ghost, .disabled = !why.empty(), .why_disabled = why}))
             push(ui, commands::SignOut{});
         });
}

void draw_set_up(Ui& ui, const store::Store& model, SetUpState& state) {
  const store::FormStatus& status = model.form(set_up_form);
  centred_page(ui, "set-up-page", 420, [&] {
    if (model.capabilities.ready() && !model.capabilities->needs_setup) {
      product_heading(ui, ui.tr("set_up.done_title"), ui.tr("set_up.done_words"));
      if (primary_button(ui, "sign-in", ui.tr("sign_in.go"), {.full_width = true}))
        go(ui, commands::path_to(commands::Page::sign_in));
      return;
    }
    product_heading(ui, ui.tr("set_up.title"), ui.tr("set_up.words"));
    form(ui, "set-up", ui.tr("set_up.title"), [&] {
      column(ui, {.gap = space::m}, [&] {
        form_problem(ui, status);
        if (state.token.empty()) inline_error(ui, "no-token", ui.tr("set_up.no_token"));
        text_field(ui, "name", state.name,
                   {.label = ui.tr("person.name"),
                    .error = field_problem(status, "name"),
                    .required = true,
                    .focus_first = true,
                    .max_length = 60});
        text_field(ui, "login", state.login,
                   {.label = ui.tr("person.login"),
                    .hint = ui.tr("person.login_hint"),
                    .error = field_problem(status, "login"),
                    .autofill = Autofill::username,
                    .required = true,
                    .max_length = 60});
        const bool submitted = new_password_fields(ui, status, state.password, state.again);
        const std::string_view wrong = text::trim(state.name).empty() || text::trim(state.login).empty()
                                           ? ui.tr("common.fill_required")
                                           : new_password_problem(ui, state.password, state.again);
        gap(ui, space::xs);
        const bool pressed = primary_button(
            ui, "go", ui.tr("set_up.go"),
            {.disabled = !wrong.empty(), .why_disabled = wrong, .full_width = true, .busy = status.busy});
        if ((submitted || pressed) && wrong.empty() && !status.busy) {
          push(ui, commands::SetUp{set_up_form,
                                   {.token = state.token,
                                    .login = std::string(text::trim(state.login)),
                                    .name = std::string(text::trim(state.name)),
                                    .password = state.password,
                                    .language = std::string(ui.language())}});
        }
      });
    });
  });
}

void draw_invitation(Ui& ui, const store::Store& model, InvitationState& state) {
  const store::FormStatus& status = model.form(invitation_form);
  centred_page(ui, "invitation-page", 420, [&] {
    if (state.token.empty() || model.invitation.failed()) {
      product_heading(ui, ui.tr("invitation.invalid_title"), ui.tr("invitation.invalid_words"));
      if (primary_button(ui, "sign-in", ui.tr("sign_in.go"), {.full_width = true}))
        go(ui, commands::path_to(commands::Page::sign_in));
      return;
    }
    if (!model.invitation.ready()) {
      product_heading(ui, ui.tr("invitation.title"), {});
      loading_rows(ui, 3);
      return;
    }
    const auto& invited = *model.invitation;
    product_heading(ui, ui.tr("invitation.welcome", {param("name", invited.name)}),
                    ui.tr("invitation.words", {param("login", invited.login)}));
    form(ui, "invitation", ui.tr("invitation.title"), [&] {
      column(ui, {.gap = space::m}, [&] {
        form_problem(ui, status);
        const bool submitted = new_password_fields(ui, status, state.password, state.again);
        const std::string_view wrong = new_password_problem(ui, state.password, state.again);
        gap(ui, space::xs);
        const bool pressed = primary_button(
            ui, "go", ui.tr("invitation.go"),
            {.disabled = !wrong.empty(), .why_disabled = wrong, .full_width = true, .busy = status.busy});
        if ((submitted || pressed) && wrong.empty() && !status.busy)
          push(ui, commands::AcceptInvitation{invitation_form, {state.token, state.password}});
      });
    });
  });
}

}  // namespace tw::views
