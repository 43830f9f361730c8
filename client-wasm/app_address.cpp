// Where the page is and for whom: the address and what it opens, whose session it shows, what they had half written.
#include <algorithm>

#include "client/app.h"
#include "client/views/drafts.h"

namespace tw {

using commands::is_public;
using commands::Page;
using commands::path_to;

void App::go(const std::string& path, bool replace) {
  const commands::Route next = commands::parse_route(path);
  changed_ = true;
  if (next == route_) return;
  if (!replace) dialogs_.clear();
  const std::string address = commands::address_of(next);
  const bool onto_step = over_step_;  // what follows a dialog takes its step
  record_step_ =
      !replace && !onto_step && commands::dialog_of(next).index() && commands::without_dialog(next) == route_;
  over_step_ = false;
  const auto step = record_step_ ? platform::Step::record : platform::Step::screen;
  replace || onto_step ? platform_.replace_path(address, step) : platform_.push_path(address, step);
  route_ = next;
  read_route();
}

void App::back() { go(path_to(Page::workbench), false); }

void App::arrive(const std::string& address) {
  route_ = commands::parse_route(address);
  if (!route_.token.empty()) {
    // A one-time secret: it does not stay in the address bar nor in the history.
    if (route_.page == Page::set_up) states_.set_up.token = route_.token;
    if (route_.page == Page::invitation) {
      states_.invitation = {};
      states_.invitation.token = route_.token;
      store_.invitation.forget();
    }
    route_.token.clear();
    platform_.replace_path(commands::address_of(route_));
  }
  read_route();
  changed_ = true;
}

void App::read_route() {
  if (!platform_.is_whole() && !is_public(route_.page)) return;  // follow_person() comes back
  follow_dialog();
  switch (route_.page) {
    case Page::customers:
      return views::read_route(route_, states_.customers);
    case Page::customer:
      states_.customer.customer = {route_.id};
      return;
    case Page::batches:
      return views::read_route(route_, states_.batches);
    case Page::batch:
      if (states_.batch.batch.value != route_.id) store_.items.forget_last();
      // Colleagues may have saved policies meanwhile, which nobody is told.
      if (route_.tab == commands::BatchTab::allocate) store_.policies.stale = true;
      return views::read_route(route_, states_.batch);
    case Page::my_tasks:
      return views::read_route(route_, states_.my_tasks);
    case Page::import:
      if (states_.import.import.value != route_.id) {
        states_.import = {};
        states_.import.import = {route_.id};
      }
      return;
    case Page::people:
      return views::read_route(route_, states_.people);
    case Page::system:
      store_.system.stale = true;  // nobody is told when it changes
      return;
    case Page::audit:
      store_.audit.stale = true;
      return views::read_route(route_, states_.audit);
    default:
      return;
  }
}

void App::follow_dialog() {
  commands::Dialog wanted = commands::dialog_of(route_);
  const std::string address = wanted.index() ? commands::address_of(route_) : std::string{};
  const auto of_address = [](const views::DialogState& dialog) { return dialog.in_address; };
  const auto open = std::find_if(dialogs_.begin(), dialogs_.end(), of_address);
  if (open != dialogs_.end()) {
    if (address == dialog_address_) return;  // and what is being written in it stays
    dialogs_.erase(open);
  }
  dialog_address_ = address;
  if (wanted.index() == 0) return;
  dialogs_.push_back({.form = ++last_form_, .what = std::move(wanted), .draft = {}});
  dialogs_.back().in_address = true;
}

// --- who -------------------------------------------------------------------------------------------------------------

// What one person left on the screen, half written or shown, goes with them: the next one starts with a page of their
// own.
void App::follow_person() {
  follow_clock();
  const std::string session =
      store_.session ? std::to_string(store_.me().value) + " " + std::to_string(store::hash_of(store_.session->csrf))
                     : std::string{};
  if (session == session_) return;
  session_ = session;
  platform_.set_preference("session", session_);
  if (store_.me() == person_) return;
  const bool was_somebody = static_cast<bool>(person_);
  person_ = store_.me();
  if (was_somebody) {
    dialogs_.clear();
    platform_.set_unsent({});
    return platform_.reload();
  }
  recall();
  read_route();
}

void App::recall() {
  // Looks are kept by the browser and not by the server: how many columns are right depends on the screen in front of
  // one.
  const auto kept = platform_.preference("customers-" + std::to_string(person_.value));
  views::read_look(kept.value_or(std::string{}), states_.customers);
  remembered_look_ = views::look_of(states_.customers);
  // Two lines: what is half written, and the draft plans.
  const std::string unsent = platform_.unsent();
  const std::size_t line = std::min(unsent.find('\n'), unsent.size());
  remembered_unsent_ = unsent.substr(0, line);
  const bool plans = views::read_plans(std::string_view(unsent).substr(std::min(line + 1, unsent.size())), person_,
                                       states_.batch.drafts);
  const bool drafts =
      views::read_drafts(remembered_unsent_, person_, {states_.customer, states_.my_tasks, dialogs_}, last_form_);
  remembered_revision_ = views::revision_of(states_.batch.drafts);
  if (!plans && !drafts) return;
  notify({.key = text_key("common.unsent_restored")});
  // The record that the address names takes its draft, instead of standing open twice.
  if (dialogs_.size() < 2 || !dialogs_[0].in_address || dialogs_[0].what.index() != dialogs_[1].what.index()) return;
  dialogs_.erase(dialogs_.begin());
  dialogs_[0].in_address = true;
}

void App::remember() {
  if (!person_) return;
  std::string look = views::look_of(states_.customers);
  if (look != remembered_look_)
    platform_.set_preference("customers-" + std::to_string(person_.value), remembered_look_ = std::move(look));
  std::string unsent = views::write_drafts(person_, {states_.customer, states_.my_tasks, dialogs_});
  const std::uint64_t revision = views::revision_of(states_.batch.drafts);
  if (unsent == remembered_unsent_ && revision == remembered_revision_) return;
  remembered_unsent_ = unsent;
  remembered_revision_ = revision;
  if (const std::string plans = views::words_of(states_.batch.drafts, person_); !plans.empty()) unsent += '\n' + plans;
  platform_.set_unsent(std::move(unsent));
}

// Without a session only the public pages; with one, none of them.
void App::guard_route() {
  if (!store_.capabilities.ready()) return;
  const bool signed_in = store_.session.has_value();
  if (!signed_in && !is_public(route_.page)) {
    dialogs_.clear();
    go(commands::sign_in_path(route_), true);
  } else if (signed_in && is_public(route_.page)) {
    go(commands::address_of(commands::wanted_after_sign_in(route_)), true);
  }
}

}  // namespace tw
