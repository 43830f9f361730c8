// The application: owns everything the client has, in the order in which it is made, and runs a frame: take what
// arrived, draw, execute what was asked for, fetch what is visible and not there yet.
//
// app.cpp runs frames, dialogs and toasts; app_address.cpp knows where the page is and for whom, app_looks.cpp how it
// looks and speaks, app_needs.cpp what to fetch. One per page, one thread. main.cpp makes it with the browser's
// platform, tests with a still one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/commands/execute.h"
#include "client/platform/platform.h"
#include "client/store/store.h"
#include "client/transport/http.h"
#include "client/ui/overlay.h"
#include "client/ui/ui.h"
#include "client/views/audit.h"
#include "client/views/customers.h"
#include "client/views/dialogs.h"
#include "client/views/frame.h"
#include "client/views/imports.h"
#include "client/views/my_tasks.h"
#include "client/views/session_views.h"
#include "client/views/system_status.h"
#include "client/views/workbench.h"
#include "core/catalog.h"

namespace tw {

// What every screen keeps between frames.
struct ViewStates {
  views::FrameState frame{};
  views::SignInState sign_in{};
  views::SetUpState set_up{};
  views::InvitationState invitation{};
  views::WorkbenchState workbench{};
  views::CustomersState customers{};
  views::CustomerState customer{};
  views::BatchesState batches{};
  views::BatchPageState batch{};
  views::MyTasksState my_tasks{};
  views::ImportsState imports{};
  views::ImportState import{};
  views::PeopleState people{};
  views::SystemState system{};
  views::AuditState audit{};
};

class App final : private commands::Host {
 public:
  App(platform::Platform& platform, ui::Ui& ui);

  // Before a frame: replies, files, addresses, time. True when something that is shown may have changed.
  bool update();
  void draw();
  // After it: runs what was pushed, fetches what the screen lacks.
  void execute();
  // When `update` must be called although nothing arrives, in ms; empty: never.
  std::optional<std::int64_t> next_due() const;

  store::Store& store() { return store_; }
  const commands::Route& route() const { return route_; }

 private:
  // --- commands::Host ---
  void go(const std::string& path, bool replace) override;
  void back() override;
  void open_dialog(commands::Dialog dialog) override;
  void close_dialog(commands::FormId form) override;
  void notify(commands::Notice notice) override;
  void close_toast(std::int64_t toast) override;
  void call(commands::Id id) override;
  void set_theme(const std::string& theme) override;
  void set_density(const std::string& density) override;
  void toggle_mirror() override;
  void set_language(const std::string& language) override;
  void keep_zone(const std::string& of) override;
  void copy(const std::string& words) override;
  void download(const std::string& path) override;
  std::string device_zone() const override { return platform_.zone(); }
  std::string invitation_address(const std::string& token) const override;
  std::string words(const std::string& key, const std::vector<Param>& params) const override;
  void sent(const commands::Sent& what) override;
  void go_on_from(ItemId item, const std::string& path) override;
  bool give_by_hand(BatchId batch, const std::vector<api::ItemVersion>& rows, PersonId person,
                    bool override_soft) override;
  void plan_committed(BatchId batch) override;

  void take(const platform::Event& event);
  void take_file(const platform::FileEvent& file);
  bool takes_files() const;                 // dropped anywhere on the page
  void follow_person();                     // who is signed in, whoever changed it
  void follow_clock();                      // whose clock the page reads
  void arrive(const std::string& address);  // the address changed, whoever changed it
  void take_step(platform::Step step) {
    over_step_ = step == platform::Step::over;
    record_step_ = step == platform::Step::record;
  }
  void guard_route();  // who may be where
  void read_route();
  void apply_theme();
  void apply_density();
  static std::string first_language(const platform::Platform& platform);
  void load_catalog(const std::string& language);
  void show_title();
  void follow_dialog();  // the one that the address names
  void recall();         // how this person left lists on this browser, and what they had not sent
  void remember();
  void draw_page();
  bool arriving() const;
  void draw_before_session();
  void draw_toasts();
  void fetch();
  void fetch_page();
  void load_batch_items();  // those that the page of a batch shows now
  void fetch_dialog();

  platform::Platform& platform_;
  ui::Ui& ui_;
  transport::HttpTransport transport_;
  store::Store store_;
  commands::Queue queue_;
  commands::Executor executor_;
  Catalog catalog_;
  std::string language_;
  std::string wanted_language_;  // being fetched
  commands::Route route_;
  ViewStates states_;
  std::vector<views::DialogState> dialogs_;
  commands::FormId last_form_ = 100;  // below: the forms of pages
  struct Shown {
    std::int64_t id = 0;
    commands::Notice notice;
    Instant until;
  };
  std::vector<Shown> toasts_;
  std::int64_t last_toast_ = 0;
  std::string title_;
  PersonId person_{};           // whose screen this is
  std::string session_;         // which session, as other pages of this browser are told
  std::string clock_of_ = "?";  // the zone whose clock the page reads; empty: the device's own
  std::string remembered_look_;
  std::string remembered_unsent_;
  std::uint64_t remembered_revision_ = 0;  // of the draft plans that are kept with it
  bool changed_ = true;
  bool listens_ = false;        // to the doorbell
  std::string dialog_address_;  // the one that follow_dialog opened
  // A dialog is a step in the history, so that "back" closes it; closed otherwise, its step stays until something takes
  // its place. `over_step_`: we stand on such a step; `record_step_`: on that of a record over the list before it.
  bool over_step_ = false, record_step_ = false;
};

}  // namespace tw
