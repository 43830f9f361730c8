// Commands of the page itself, and of the session.
#include "client/commands/execute.h"

namespace tw::commands {

void Executor::run(const PageCommand& command) {
  if (const auto* go = std::get_if<Go>(&command)) {
    host_.go(go->path, go->replace);
  } else if (std::get_if<Back>(&command)) {
    host_.back();
  } else if (const auto* open = std::get_if<OpenDialog>(&command)) {
    host_.open_dialog(open->dialog);
  } else if (std::get_if<CloseDialog>(&command)) {
    host_.close_dialog(0);
  } else if (const auto* close = std::get_if<CloseToast>(&command)) {
    host_.close_toast(close->toast);
  } else if (std::get_if<Retry>(&command)) {
    retry();
  } else if (const auto* copy = std::get_if<CopyText>(&command)) {
    host_.copy(copy->words);
  } else if (const auto* theme = std::get_if<SetTheme>(&command)) {
    host_.set_theme(theme->theme);
  } else if (const auto* density = std::get_if<SetDensity>(&command)) {
    host_.set_density(density->density);
  } else if (std::get_if<ToggleMirror>(&command)) {
    host_.toggle_mirror();
  } else if (const auto* language = std::get_if<SetLanguage>(&command)) {
    host_.set_language(language->language);
    if (store_.session && store_.session->language != language->language) {
      api::UpdateSession::Request request;
      request.language = language->language;
      send<api::UpdateSession>(0, request, [this](const api::SessionPerson& person) { store_.session = person; });
    }
  } else if (const auto* keep = std::get_if<KeepZone>(&command)) {
    host_.keep_zone(keep->of);
  } else if (const auto* search = std::get_if<Search>(&command)) {
    store_.search_for(search->words);
  } else if (std::get_if<LookAtSystem>(&command)) {
    store_.system.stale = true;
  } else if (std::get_if<MoreAudit>(&command)) {
    store_.load_more_audit();
  } else if (const auto* invoke = std::get_if<Invoke>(&command)) {
    host_.call(invoke->id);
  }
}

// Whatever failed is idle again and is asked for when it is looked at.
void Executor::retry() {
  store_.customers.retry();
  store_.items.retry();
  store_.my_items.retry();
  for (auto& list : store_.batch_lists)
    if (list.second.failed()) list.second.retry();
  const auto again = [](auto& remote) {
    if (remote.failed()) remote.retry();
  };
  again(store_.capabilities);
  again(store_.people);
  again(store_.departments);
  again(store_.user_groups);
  again(store_.calendars);
  store_.calendar.retry();
  store_.statutory.retry();
  again(store_.picked);
  for (auto& found : store_.found_people) again(found.second);
  again(store_.fields);
  again(store_.imports);
  again(store_.system);
  again(store_.audit);
  again(store_.workbench);
  again(store_.notifications);
  again(store_.invitation);
  store_.customer.retry();
  store_.timeline.retry();
  store_.import.retry();
  store_.batch.retry();
  store_.claimable.retry();
  store_.limit_preview.retry();
  store_.transfer_targets.retry();
  store_.batch_log.retry();
  store_.allocation_undo.retry();
  again(store_.policies);
  again(store_.archived_policies);
  store_.plan.retry();
  store_.reassignment_preview.retry();
  store_.operation_rows.retry();
  store_.query_totals.retry();
  store_.addition_preview.retry();
  store_.item.retry();
  store_.poll_soon();
}

void Executor::run(const SessionCommand& command) {
  const auto in = [this](const api::SessionPerson& person) {
    store_.signed_in(person);
    host_.set_language(person.language);
  };
  if (const auto* sign_in = std::get_if<SignIn>(&command)) {
    send<api::SignIn>(sign_in->form, sign_in->request, in);
  } else if (std::get_if<SignOut>(&command)) {
    const auto left = [this](const Done&) {
      store_.signed_out();
      host_.go(path_to(Page::sign_in), true);
    };
    if (store_.session_ended) return left({});  // the server has forgotten them already
    send<api::SignOut>(0, {}, left);
  } else if (const auto* set_up = std::get_if<SetUp>(&command)) {
    api::SetUp::Request request = set_up->request;
    request.zone = host_.device_zone();
    send<api::SetUp>(set_up->form, request, in);
  } else if (const auto* accept = std::get_if<AcceptInvitation>(&command)) {
    api::AcceptInvitation::Request request = accept->request;
    request.zone = host_.device_zone();
    send<api::AcceptInvitation>(accept->form, request, in);
  } else if (const auto* move = std::get_if<ChangeZone>(&command)) {
    api::UpdateSession::Request request;
    request.zone = move->zone;
    send<api::UpdateSession>(move->form, request, [this](const api::SessionPerson& person) {
      store_.session = person;
      store_.mark_all_stale();  // "today" is another day now
      host_.notify({.key = text_key("account.zone_changed"), .params = {param("zone", person.zone)}});
    });
  } else if (const auto* change = std::get_if<ChangePassword>(&command)) {
    send<api::ChangePassword>(change->form, change->request,
                              [this](const Done&) { host_.notify({.key = text_key("account.password_changed")}); });
  }
}

}  // namespace tw::commands
