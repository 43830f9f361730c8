#include "client/app.h"

#include <algorithm>

#include "client/views/parts.h"
#include "core/text.h"

namespace tw {

using commands::is_public;
using commands::Page;
using commands::path_to;
using domain::access::Permission;
using platform::Step;

namespace {

constexpr std::int64_t toast_ms = 6000, refusal_ms = 12000, undo_ms = 20'000;

}  // namespace

App::App(platform::Platform& platform, ui::Ui& ui)
    : platform_(platform),
      ui_(ui),
      transport_(platform, platform.random_seed()),
      store_(transport_),
      executor_(store_, *this) {
  ui_.set_commands(&queue_);
  ui_.set_catalog(&catalog_);
  states_.frame.theme = platform_.preference("theme").value_or("system");
  apply_theme();
  states_.frame.density = platform_.preference("density").value_or("system");
  apply_density();
  ui_.set_apple_keys(platform_.has_apple_keys());
  ui_.mirror(platform_.preference("mirror") != "off");
  load_catalog(first_language(platform_));
  take_step(platform_.step());
  arrive(platform_.path());
}

// --- a frame ---------------------------------------------------------------------------------------------------------

bool App::update() {
  for (const platform::Event& event : platform_.take_events()) take(event);
  const Instant now{platform_.now_ms()};
  transport_.pump(now);
  if (transport_.holds() && store_.session && !store_.session_ended) store_.session_ended = changed_ = true;
  if (store_.session_ended && !store_.session) store_.session_ended = false;
  if (store_.upload.finished) {
    const ImportId finished = std::exchange(store_.upload.finished, ImportId{});
    go(path_to(Page::import, finished.value), false);
  }
  for (const std::int64_t ended : store_.take_ended()) notify(commands::outcome_of(*store_.operation.at(ended), *this));
  if (arriving()) {
    platform_.fetch_the_rest();
    return store_.take_changed() || std::exchange(changed_, false);
  }
  follow_person();
  guard_route();
  const bool listens = store_.session && !store_.session_ended;
  if (listens != std::exchange(listens_, listens)) platform_.listen(listens);
  store_.poll(now);
  const std::size_t before = toasts_.size();
  toasts_.erase(
      std::remove_if(toasts_.begin(), toasts_.end(), [now](const Shown& toast) { return toast.until <= now; }),
      toasts_.end());
  const bool changed = store_.take_changed() || changed_ || toasts_.size() != before;
  changed_ = false;
  // What became stale while nobody touched anything must be asked for now: there may be no frame to do it.
  if (changed) fetch();
  return changed;
}

void App::take(const platform::Event& event) {
  if (const auto* reply = std::get_if<platform::HttpReply>(&event)) {
    transport_.arrived(*reply);
    return;
  }
  changed_ = true;
  if (const auto* progress = std::get_if<platform::UploadProgress>(&event)) {
    transport_.progressed(*progress);
  } else if (const auto* file = std::get_if<platform::FileEvent>(&event)) {
    take_file(*file);
  } else if (const auto* path = std::get_if<platform::PathChanged>(&event)) {
    const bool leaves_step = over_step_ && path->step != Step::over;
    take_step(path->step);
    const std::size_t open = dialogs_.size();
    const auto is_over = [](const views::DialogState& dialog) { return !dialog.in_address; };
    dialogs_.erase(std::remove_if(dialogs_.begin(), dialogs_.end(), is_over), dialogs_.end());
    if (path->path != commands::address_of(route_)) return arrive(path->path);
    // The step of a dialog that is closed already takes nobody anywhere: one more.
    if (leaves_step && open == dialogs_.size()) platform_.go_back();
  } else if (std::get_if<platform::SystemLook>(&event)) {
    apply_theme();
    apply_density();
  } else if (const auto* online = std::get_if<platform::Online>(&event)) {
    transport_.set_online(online->online);
    store_.heard_of_network(online->online);
  } else if (const auto* bell = std::get_if<platform::Doorbell>(&event)) {
    store_.rang(bell->newest);
  } else if (const auto* elsewhere = std::get_if<platform::SignedInElsewhere>(&event)) {
    if (elsewhere->session == session_) return;
    const bool same = person_ && elsewhere->session.rfind(std::to_string(person_.value) + " ", 0) == 0;
    if (same) return store_.capabilities.retry();  // a new session of this person: go on with it
    if (person_) platform_.set_unsent({});
    platform_.reload();
  }
}

// The page as a whole takes files where people look for customers; elsewhere it says why not.
bool App::takes_files() const {
  const bool here = route_.page == Page::customers || route_.page == Page::imports || route_.page == Page::workbench;
  return here && dialogs_.empty() && !store_.session_ended && store_.may(Permission::import_customers);
}

void App::take_file(const platform::FileEvent& file) {
  const std::string name = text::lower(file.name);
  const auto ends = [&name](std::string_view end) {
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  if (!dialogs_.empty() && std::holds_alternative<commands::EditCalendar>(dialogs_.back().what))
    return store_.read_icalendar(file.file);
  TextKey refusal{};
  if (!takes_files()) {
    refusal =
        store_.may(Permission::import_customers) ? text_key("import.drop_elsewhere") : text_key("import.drop_never");
  } else if (store_.upload.running) {
    refusal = text_key("import.drop_one");
  } else if (!ends(".csv") && !ends(".tsv") && !ends(".txt")) {
    refusal = text_key("import.drop_not_csv");
  }
  if (!refusal.view().empty()) {
    platform_.release_file(file.file);
    return notify({.key = refusal, .params = {param("name", file.name)}, .outcome = commands::Outcome::refused});
  }
  store_.start_upload(file.file, file.name);
  go(path_to(Page::imports), false);  // where its progress shows
}

std::optional<std::int64_t> App::next_due() const {
  std::optional<Instant> due = transport_.next_due();
  const auto sooner = [&due](std::optional<Instant> at) {
    if (at && (!due || *at < *due)) due = at;
  };
  sooner(store_.next_poll());
  for (const Shown& toast : toasts_) sooner(toast.until);
  if (!due) return std::nullopt;
  return std::max<std::int64_t>(1, due->ms - platform_.now_ms());
}

void App::draw() {
  if (catalog_.language().empty()) return;  // the texts are on their way: nothing can be said yet
  if (arriving()) return views::draw_arriving(ui_);
  draw_page();
  if (store_.session_ended && store_.session) {
    views::draw_sign_in_again(ui_, store_, states_.sign_in);
  } else if (!dialogs_.empty()) {
    ui::IdScope scope(ui_, static_cast<std::int64_t>(dialogs_.back().form));
    views::draw_dialog(ui_, store_, dialogs_.back());
  }
  draw_toasts();
  const bool zone_in_dialog = !dialogs_.empty() && std::holds_alternative<commands::EditCalendar>(dialogs_.back().what);
  if (ui_.files_over() && !zone_in_dialog) views::draw_file_curtain(ui_, store_, takes_files());
  show_title();
}

void App::execute() {
  for (const commands::Command& command : queue_.take()) executor_.execute(command);
  if (arriving()) return platform_.wake();
  follow_person();
  guard_route();
  remember();
  fetch();
  if (changed_) platform_.wake();
}

// Somebody is signed in, and their part of the program is still on its way.
bool App::arriving() const { return store_.session && !platform_.is_whole(); }

void App::draw_page() {
  // Only now, so that the form did not wait for it.
  if (is_public(route_.page) && !platform_.is_whole()) platform_.fetch_the_rest();
  switch (route_.page) {
    case Page::sign_in:
      return views::draw_sign_in(ui_, store_, states_.sign_in);
    case Page::set_up:
      return views::draw_set_up(ui_, store_, states_.set_up);
    case Page::invitation:
      return views::draw_invitation(ui_, store_, states_.invitation);
    default:
      break;
  }
  if (!store_.session) return draw_before_session();
  views::draw_frame(ui_, store_, route_, states_.frame, [this] {
    switch (route_.page) {
      case Page::workbench:
        return views::draw_workbench(ui_, store_, states_.workbench);
      case Page::customers:
        return views::draw_customers(ui_, store_, states_.customers);
      case Page::customer:
        return views::draw_customer(ui_, store_, states_.customer);
      case Page::batches:
        return views::draw_batches(ui_, store_, states_.batches);
      case Page::batch:
        return views::draw_batch(ui_, store_, states_.batch);
      case Page::my_tasks:
        return views::draw_my_tasks(ui_, store_, states_.my_tasks);
      case Page::imports:
        return views::draw_imports(ui_, store_, states_.imports);
      case Page::import:
        return views::draw_import(ui_, store_, states_.import);
      case Page::people:
        return views::draw_people(ui_, store_, states_.people);
      case Page::system:
        if (!store_.may(domain::access::Permission::manage_settings)) return views::draw_not_found(ui_);
        return views::draw_system_status(ui_, store_, states_.system);
      case Page::audit:
        if (!store_.may(domain::access::Permission::manage_settings)) return views::draw_not_found(ui_);
        return views::draw_audit(ui_, store_, states_.audit);
      default:
        return views::draw_not_found(ui_);
    }
  });
}

// The first answer is still on its way, or did not come.
void App::draw_before_session() {
  if (store_.capabilities.failed()) views::draw_no_answer(ui_, store_.capabilities.problem);
}

void App::draw_toasts() {
  std::vector<ui::Toast> shown;
  for (const Shown& toast : toasts_) {
    const commands::Notice& notice = toast.notice;
    shown.push_back({.id = toast.id,
                     .words = notice.words.empty() ? std::string(ui_.tr(notice.key, notice.params)) : notice.words,
                     .action = std::string(!notice.undo.rows.empty()    ? ui_.tr("common.undo")
                                           : notice.can_be_taken_back() ? ui_.tr("undo.look")
                                           : notice.look                ? ui_.tr("operation.look")
                                                                        : std::string_view{}),
                     .tone = notice.outcome == commands::Outcome::refused   ? ui::Tone::danger
                             : notice.outcome == commands::Outcome::warning ? ui::Tone::completed
                                                                            : ui::Tone::neutral});
  }
  const ui::ToastEvent event = ui::toasts(ui_, ui_.tr("common.close"), shown);
  const auto take_back = [&](const Shown& toast) {
    queue_.push(commands::UndoItems{toast.notice.undo});
    queue_.push(commands::CloseToast{toast.id});
  };
  const auto look = [&](const Shown& toast) {
    queue_.push(commands::OpenDialog{*toast.notice.look});
    queue_.push(commands::CloseToast{toast.id});
  };
  const auto act = [&](const Shown& toast) { toast.notice.undo.rows.empty() ? look(toast) : take_back(toast); };
  for (const Shown& toast : toasts_)
    if (event.action && toast.id == event.id) act(toast);
  if (event.id && !event.action) queue_.push(commands::CloseToast{event.id});
  // By its command, the last one first.
  const auto last = std::find_if(toasts_.rbegin(), toasts_.rend(),
                                 [](const Shown& toast) { return toast.notice.can_be_taken_back(); });
  if (last != toasts_.rend() && views::offered(ui_, commands::Id::undo)) act(*last);
}

void App::show_title() {
  const std::string title(views::title_of(ui_, store_, route_));
  if (title == title_) return;
  title_ = title;
  platform_.set_title(title);
}

// --- dialogs and toasts ----------------------------------------------------------------------------------------------

void App::open_dialog(commands::Dialog dialog) {
  if (!over_step_) platform_.push_path(commands::address_of(route_), Step::over);
  over_step_ = true;
  // Nobody says when a colleague has saved one: whoever looks at them asks again.
  if (std::holds_alternative<commands::ManagePolicies>(dialog))
    store_.policies.stale = store_.archived_policies.stale = true;
  dialogs_.push_back({.form = ++last_form_, .what = std::move(dialog), .draft = {}});
  changed_ = true;
}

void App::close_dialog(commands::FormId form) {
  if (form == 0) {
    if (dialogs_.empty()) return;
    form = dialogs_.back().form;
    store_.forms.erase(form);
  }
  const auto closed = [form](const views::DialogState& dialog) { return dialog.form == form; };
  const auto found = std::find_if(dialogs_.begin(), dialogs_.end(), closed);
  if (found == dialogs_.end()) return;
  changed_ = true;
  if (!found->in_address) return void(dialogs_.erase(found));
  route_ = commands::without_dialog(route_);
  over_step_ = std::exchange(record_step_, false);
  platform_.replace_path(commands::address_of(route_), over_step_ ? Step::over : Step::screen);
  read_route();
}

void App::notify(commands::Notice notice) {
  constexpr std::size_t most_toasts = 4;
  if (toasts_.size() >= most_toasts) toasts_.erase(toasts_.begin());
  const std::int64_t stays = !notice.undo.rows.empty() || notice.look    ? undo_ms
                             : notice.outcome == commands::Outcome::done ? toast_ms
                                                                         : refusal_ms;
  toasts_.push_back({++last_toast_, std::move(notice), Instant{platform_.now_ms() + stays}});
  changed_ = true;
}

void App::close_toast(std::int64_t toast) {
  toasts_.erase(std::remove_if(toasts_.begin(), toasts_.end(), [toast](const Shown& one) { return one.id == toast; }),
                toasts_.end());
  changed_ = true;
}

void App::sent(const commands::Sent& what) {
  const commands::FormId form = what.form;
  const auto still = [&what](std::string_view now) { return text::trim(now) == what.words; };
  if (form == views::note_form) {
    auto& notes = states_.customer.notes;
    if (const auto note = notes.find(what.of); note != notes.end() && still(note->second)) notes.erase(note);
  }
  if (form == views::item_form) {
    auto& drafts = states_.my_tasks.drafts;
    if (const auto draft = drafts.find(what.of); draft != drafts.end() && still(draft->second.text))
      drafts.erase(draft);
  }
  // What was selected is being changed: the same list soon finds others.
  for (const views::DialogState& dialog : dialogs_)
    if (dialog.form == form && std::holds_alternative<commands::ChangeSelection>(dialog.what)) {
      states_.batch.items.selection.clear();
      states_.batch.confirm.selection.clear();
    }
}

// Somebody who has gone elsewhere meanwhile, or writes in a dialog, stays there.
void App::go_on_from(ItemId item, const std::string& path) {
  const bool still_there = route_.page == commands::Page::my_tasks && states_.my_tasks.item == item && dialogs_.empty();
  if (still_there) go(path, false);
}

bool App::give_by_hand(BatchId batch, const std::vector<api::ItemVersion>& rows, PersonId person, bool override_soft) {
  views::BatchPageState& page = states_.batch;
  if (!page.drafts[batch.value].give(rows, person, override_soft)) return false;
  page.items.selection.clear();
  page.given.selection.clear();
  page.plan_again = true;
  return true;
}

void App::plan_committed(BatchId batch) {
  states_.batch.drafts.erase(batch.value);
  states_.batch.by_hand = false;
  states_.batch.only.reset();
}

void App::call(commands::Id id) {
  queue_.call(id);
  changed_ = true;
}

void App::copy(const std::string& words) {
  platform_.copy(words);
  notify({.key = text_key("common.copied")});
}

void App::download(const std::string& path) { platform_.download(path); }

std::string App::invitation_address(const std::string& token) const {
  return platform_.origin() + path_to(Page::invitation) + "#" + token;
}

std::string App::words(const std::string& key, const std::vector<Param>& params) const {
  return catalog_.format(key, params, ui_.clock());
}

}  // namespace tw
