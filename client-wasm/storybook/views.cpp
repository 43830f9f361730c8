// Stories of the product's screens, each as a person would see it: with the frame around it when there is a session.
#include "client/storybook/canned.h"
#include "client/storybook/screen.h"
#include "client/storybook/story.h"
#include "client/ui/layout.h"
#include "client/views/batches.h"
#include "client/views/customers.h"
#include "client/views/dialogs.h"
#include "client/views/frame.h"
#include "client/views/imports.h"
#include "client/views/my_tasks.h"
#include "client/views/notifications.h"
#include "client/views/people_picker.h"
#include "client/views/session_views.h"
#include "client/views/workbench.h"

namespace tw::storybook {

using commands::BatchTab;
using commands::Page;
using domain::access::Role;
using domain::batch::ItemState;

namespace {

constexpr auto nothing = [](CannedStore&, auto&, commands::Route&) {};

store::Problem unreached() {
  store::Problem problem;
  problem.unreached = true;
  return problem;
}

// The panel under the bell, open from the first frame.
struct Bell {
  bool opened = false;
};

void draw_open_bell(ui::Ui& ui, const store::Store& model, Bell& bell) {
  ui::page(ui, "bell", {.title = ui.tr("notice.title")}, [&] {
    ui::row(ui, [&] {
      views::draw_bell(ui, model);
      if (!std::exchange(bell.opened, true)) ui::open_popover(ui, "notifications");
    });
  });
}

struct Picking {
  std::vector<PersonId> chosen{};
  PersonId owner{12};
  views::PickerState picker{}, owner_picker{};
};

void draw_picking(ui::Ui& ui, const store::Store& model, Picking& state) {
  ui::page(ui, "picking", {.title = ui.tr("batches.executors")}, [&] {
    ui::grid(ui, {.min_cell = 320}, 2, [&](int i) {
      ui::card(ui, i == 0 ? "several" : "one", {}, [&] {
        if (i == 0)
          views::person_picker(ui, "several", ui.tr("batches.executors"), model, state.chosen, state.picker);
        else
          views::person_select(ui, "one", ui.tr("customer_column.owner"), model, state.owner, state.owner_picker);
      });
    });
  });
}

Story batch_tab(std::string key, BatchTab tab, ItemState state, int count) {
  return screen<views::BatchPageState>(
      std::move(key), Page::batch, Role::manager,
      [=](CannedStore& canned, views::BatchPageState& view, commands::Route& route) {
        route.id = 7;
        route.tab = tab;
        views::read_route(route, view);
        canned.add_everything();
        canned.add_items(views::items_request(view), count, state);
      },
      views::draw_batch);
}

// The board with a draft plan: what is listed is what was given by hand, one of it changed meanwhile; or the terms of
// each person are open.
Story board(std::string key, bool by_hand) {
  return screen<views::BatchPageState>(
      std::move(key), Page::batch, Role::manager,
      [by_hand](CannedStore& canned, views::BatchPageState& view, commands::Route& route) {
        route.id = 7;
        route.tab = BatchTab::allocate;
        views::read_route(route, view);
        canned.add_everything();
        canned.add_items(views::items_request(view), 40, ItemState::unassigned);
        view.draft().give({{{{100}, {1}}, {{101}, {2}}, {{102}, {3}}}}, {13}, false);
        view.draft().give({{{{103}, {4}}}}, {10}, true);
        view.by_hand = by_hand;
        view.adjusting = !by_hand;
        view.policy = {70};
        view.policy_version = {3};
        view.terms.kind = domain::allocation::Policy::weighted;
        view.terms_changed = true;
        auto& people = canned.store.plan.find(7)->value->people;
        people[1].room = 46;
        people[2].room = 16, people[2].gets = 16;
        people[3].room = 2;  // less than was given by hand
        if (!by_hand) return;
        canned.store.plan.find(7)->value->changed = {{{101}, {5}}};
        canned.add_items(views::given_request(view, 0), 4, ItemState::unassigned);
      },
      views::draw_batch);
}

Story claim_tab(std::string key, domain::batch::ClaimMode mode, int count, bool open, int ticked = 0) {
  return screen<views::BatchPageState>(
      std::move(key), Page::batch, Role::member,
      [=](CannedStore& canned, views::BatchPageState& view, commands::Route& route) {
        route.id = 7;
        route.tab = BatchTab::claim;
        views::read_route(route, view);
        canned.add_everything();
        canned.add_claimable(mode, count, open);
        for (int i = 0; i < ticked; ++i) view.claim.selection.keys.insert(100 + i);
      },
      views::draw_batch);
}

void before_session(std::vector<Story>& stories) {
  stories.push_back(screen<views::SignInState>("sign-in", Page::sign_in, Role::member, nothing, views::draw_sign_in));
  stories.push_back(screen<views::SignInState>(
      "sign-in-refused", Page::sign_in, Role::member,
      [](CannedStore& canned, views::SignInState&, commands::Route&) {
        store::Problem problem;
        problem.code = Code::unauthenticated;
        problem.key = "session.wrong_login";
        canned.store.forms[views::sign_in_form].problem = problem;
      },
      views::draw_sign_in));
  stories.push_back(screen<views::SetUpState>("set-up", Page::set_up, Role::member, nothing, views::draw_set_up));
  stories.push_back(screen<views::InvitationState>(
      "invitation", Page::invitation, Role::member,
      [](CannedStore& canned, views::InvitationState& state, commands::Route&) {
        state.token = "t";
        canned.store.invitation.answer(canned.store.invitation.ask(), {"li", "李莉"});
      },
      views::draw_invitation));
  stories.push_back(screen<views::WorkbenchState>(
      "sign-in-again", Page::workbench, Role::manager,
      [](CannedStore& canned, views::WorkbenchState&, commands::Route&) { canned.add_everything(); },
      [](ui::Ui& ui, const store::Store& model, views::WorkbenchState& state) {
        views::draw_workbench(ui, model, state);
        views::SignInState sign_in;
        views::draw_sign_in_again(ui, model, sign_in);
      }));
}

void daily_work(std::vector<Story>& stories) {
  for (const Role role : {Role::administrator, Role::manager, Role::member}) {
    stories.push_back(screen<views::WorkbenchState>(
        "workbench-" + std::string(wire_name(role)), Page::workbench, role,
        [](CannedStore& canned, views::WorkbenchState&, commands::Route&) { canned.add_everything(); },
        views::draw_workbench));
  }
  stories.push_back(screen<views::WorkbenchState>(
      "workbench-new", Page::workbench, Role::administrator,
      [](CannedStore& canned, views::WorkbenchState&, commands::Route&) {
        canned.store.workbench.answer(canned.store.workbench.ask(), {});
      },
      views::draw_workbench));
  stories.push_back(screen<views::WorkbenchState>(
      "connection-lost", Page::workbench, Role::manager,
      [](CannedStore& canned, views::WorkbenchState&, commands::Route&) {
        canned.add_everything();
        canned.store.connection = store::Connection::lost;
      },
      views::draw_workbench));
  stories.push_back(screen<views::MyTasksState>(
      "my-tasks", Page::my_tasks, Role::member,
      [](CannedStore& canned, views::MyTasksState& state, commands::Route&) {
        canned.add_everything();
        state.item = {31};
      },
      views::draw_my_tasks));
  stories.push_back(screen<views::MyTasksState>(
      "my-tasks-empty", Page::my_tasks, Role::member,
      [](CannedStore& canned, views::MyTasksState& state, commands::Route&) {
        const std::string key = store::Store::key_of(state.request);
        auto& window = canned.store.my_items.open(key);
        window.answered(0, window.slot(0).rows.ask(), {}, {}, api::Total{0, true});
        canned.store.my_items.ready(key);
        canned.store.my_counts.answer(canned.store.my_counts.ask(), {});
      },
      views::draw_my_tasks));
}

void customers(std::vector<Story>& stories) {
  const auto list = [](std::string key, std::int64_t total, bool ticked) {
    return screen<views::CustomersState>(
        std::move(key), Page::customers, Role::manager,
        [total, ticked](CannedStore& canned, views::CustomersState& state, commands::Route&) {
          canned.add_customers(views::request_of(canned.store, state), total);
          if (ticked) state.table.selection.keys = {1, 3, 4};
        },
        views::draw_customers);
  };
  stories.push_back(list("customers", 1'000'000, false));
  stories.push_back(list("customers-selection", 500, true));
  stories.push_back(list("customers-empty", 0, false));
  for (const auto& [key, open] : {std::pair("customers-filter", commands::Id::add_filter),
                                  std::pair("customers-columns", commands::Id::choose_columns)}) {
    stories.push_back(screen<views::CustomersState>(
        key, Page::customers, Role::manager,
        [called = open](CannedStore& canned, views::CustomersState& state, commands::Route&) {
          canned.add_customers(views::request_of(canned.store, state), 500);
          canned.queue.call(called);
        },
        views::draw_customers));
  }
  // Asked for by their owners: two such conditions, one of them open.
  stories.push_back(screen<views::CustomersState>(
      "customers-filter-people", Page::customers, Role::manager,
      [](CannedStore& canned, views::CustomersState& state, commands::Route&) {
        using api::Operator;
        state.query.filter.conditions = {{"owner", Operator::one_of, {}, {"10", "11", "12", "13", "16"}}};
        state.draft = {"owner", Operator::one_of, {}, {"11", "13"}};
        canned.add_customers(views::request_of(canned.store, state), 500);
        canned.queue.call(commands::Id::add_filter);
      },
      views::draw_customers));
  stories.push_back(screen<views::CustomersState>(
      "customers-file-over", Page::customers, Role::manager,
      [](CannedStore& canned, views::CustomersState& state, commands::Route&) {
        canned.add_customers(views::request_of(canned.store, state), 500);
      },
      [](ui::Ui& ui, const store::Store& model, views::CustomersState& state) {
        views::draw_customers(ui, model, state);
        views::draw_file_curtain(ui, model, true);
      }));
  stories.push_back(screen<views::CustomersState>("customers-loading", Page::customers, Role::manager, nothing,
                                                  views::draw_customers));
  stories.push_back(screen<views::CustomersState>(
      "customers-failed", Page::customers, Role::manager,
      [](CannedStore& canned, views::CustomersState& state, commands::Route&) {
        auto& window = canned.store.customers.open(store::Store::key_of(views::request_of(canned.store, state)));
        window.failed(0, window.slot(0).rows.ask(), unreached());
      },
      views::draw_customers));
  stories.push_back(screen<views::CustomerState>(
      "customer", Page::customer, Role::manager,
      [](CannedStore& canned, views::CustomerState& state, commands::Route& route) {
        canned.add_everything();
        state.customer = {route.id = 901};
      },
      views::draw_customer));
}

void batches(std::vector<Story>& stories) {
  const auto list = [](std::string key, int count) {
    return screen<views::BatchesState>(
        std::move(key), Page::batches, Role::manager,
        [count](CannedStore& canned, views::BatchesState& state, commands::Route&) {
          canned.add_batches(state.request, count);
        },
        views::draw_batches);
  };
  stories.push_back(list("batches", 12));
  stories.push_back(list("batches-empty", 0));
  stories.push_back(screen<views::BatchesState>(
      "batches-waiting", Page::batches, Role::manager,
      [](CannedStore& canned, views::BatchesState& state, commands::Route&) {
        state.request.waiting = api::Waiting::held_by_disabled;
        canned.add_everything();
        canned.add_batches(state.request, 2);
      },
      views::draw_batches));
  stories.push_back(batch_tab("batch-items", BatchTab::items, ItemState::executing, 40));
  stories.push_back(screen<views::BatchPageState>(
      "batch-items-executors", Page::batch, Role::manager,
      [](CannedStore& canned, views::BatchPageState& view, commands::Route& route) {
        route.id = 7;
        route.query["executors"] = "10,12";
        views::read_route(route, view);
        canned.add_everything();
        canned.add_items(views::items_request(view), 9, ItemState::executing);
      },
      views::draw_batch));
  stories.push_back(batch_tab("batch-allocate", BatchTab::allocate, ItemState::unassigned, 40));
  stories.push_back(board("batch-allocate-by-hand", true));
  stories.push_back(board("batch-allocate-adjusting", false));
  stories.push_back(batch_tab("batch-confirm", BatchTab::confirm, ItemState::completed, 7));
  stories.push_back(batch_tab("batch-history", BatchTab::history, ItemState::executing, 0));
  stories.push_back(batch_tab("batch-details", BatchTab::details, ItemState::executing, 0));
  using domain::batch::ClaimMode;
  stories.push_back(claim_tab("batch-claim", ClaimMode::pick, 24, true, 3));
  stories.push_back(claim_tab("batch-claim-random", ClaimMode::random, 24, true));
  stories.push_back(claim_tab("batch-claim-empty", ClaimMode::pick, 0, true));
  stories.push_back(claim_tab("batch-claim-closed", ClaimMode::pick, 0, false));
}

void administration(std::vector<Story>& stories) {
  stories.push_back(screen<views::ImportsState>(
      "imports", Page::imports, Role::administrator,
      [](CannedStore& canned, views::ImportsState&, commands::Route&) { canned.add_import(); }, views::draw_imports));
  for (const auto& step : api::import_state_names) {
    stories.push_back(screen<views::ImportState>(
        "import-" + std::string(step.name), Page::import, Role::administrator,
        [state_of = step.value](CannedStore& canned, views::ImportState& state, commands::Route& route) {
          canned.add_import(state_of);
          state.import = {route.id = 3};
        },
        views::draw_import));
  }
  for (const int tab : {0, 1, 2, 3}) {
    stories.push_back(screen<views::PeopleState>(
        tab == 0   ? "people"
        : tab == 1 ? "departments"
        : tab == 2 ? "user-groups"
                   : "calendars",
        Page::people, Role::administrator,
        [tab](CannedStore&, views::PeopleState& state, commands::Route&) { state.tab = tab; }, views::draw_people));
  }
  stories.push_back(screen<views::PeopleState>(
      "people-filtered", Page::people, Role::administrator,
      [](CannedStore&, views::PeopleState& state, commands::Route&) { state.search = state.search_draft = "吴"; },
      views::draw_people));
  stories.push_back(screen<Bell>(
      "notifications", Page::workbench, Role::manager,
      [](CannedStore& canned, Bell&, commands::Route&) { canned.add_notifications(); }, draw_open_bell));
  for (const int tab : {0, 1}) {
    stories.push_back(screen<Picking>(
        tab == 0 ? "picker-people" : "picker-groups", Page::people, Role::manager,
        [tab](CannedStore&, Picking& state, commands::Route&) {
          state.picker.tab = tab;
          state.chosen = {{10}, {11}, {13}, {14}};
        },
        draw_picking));
  }
  const auto not_found = [](ui::Ui& ui, const store::Store&, int&) { views::draw_not_found(ui); };
  stories.push_back(screen<int>("not-found", Page::not_found, Role::member, nothing, not_found));
  const auto arriving = [](ui::Ui& ui, const store::Store&, int&) { views::draw_arriving(ui); };
  stories.push_back(screen<int>("arriving", Page::sign_in, Role::member, nothing, arriving));
  const auto no_answer = [](ui::Ui& ui, const store::Store&, int&) { views::draw_no_answer(ui, unreached()); };
  stories.push_back(screen<int>("no-answer", Page::sign_in, Role::member, nothing, no_answer));
}

}  // namespace

void add_views(std::vector<Story>& stories) {
  before_session(stories);
  daily_work(stories);
  customers(stories);
  batches(stories);
  administration(stories);
  add_care(stories);
}

std::vector<std::pair<std::string, commands::Dialog>> all_dialogs() {
  using domain::batch::Action;
  const auto selected = [](Action action, bool at_most) {
    commands::ChangeSelection change;
    change.request.batch = {7};
    change.request.action = action;
    change.count = 45'210;
    change.at_most = at_most;
    return change;
  };
  const std::vector<api::ItemVersion> one = {{{100}, {1}}};
  return {{"new-customer", commands::NewCustomer{}},
          {"edit-customer", commands::EditCustomer{{901}}},
          {"new-batch", commands::NewBatch{}},
          {"edit-batch", commands::EditBatch{{7}}},
          {"change-limit", commands::ChangeLimit{{7}}},
          {"add-customers", commands::AddToBatch{{7}, {}, {}, 0}},
          {"add-to-batch", commands::AddToBatch{{}, {{901}}, {}, 1}},
          {"return", commands::ReturnItems{{7}, one}},
          {"return-elsewhere", commands::ReturnItems{{7}, one, true}},
          {"reset", commands::ResetItems{{7}, one}},
          {"remove", commands::RemoveItems{{7}, one}},
          {"designate", commands::Designate{{7}, one}},
          {"give-by-hand", commands::Designate{.batch = {7}, .rows = one, .person = {13}, .in_plan = true}},
          {"unplaced", commands::LookAtUnplaced{{7}}},
          {"designate-selection", selected(Action::designate, true)},
          {"return-selection", selected(Action::send_back, false)},
          {"end-batch", commands::EndBatch{{7}}},
          {"terminate-batch", commands::TerminateBatch{{7}}},
          {"undo-allocation", commands::UndoOperation{{7}, {5}}},
          {"redo-allocation", commands::UndoOperation{{7}, {6}}},
          {"operation-rows", commands::LookAtOperationRows{{7}, {5}}},
          {"abandon", commands::AbandonItem{{31}}},
          {"transfer", commands::TransferItem{{31}}},
          {"reassign", commands::Reassign{{7}, one}},
          {"look-at-item", commands::LookAtItem{{31}}},
          {"new-person", commands::NewPerson{}},
          {"edit-person", commands::EditPerson{{10}}},
          {"new-department", commands::NewDepartment{}},
          {"edit-department", commands::EditDepartment{{4}}},
          {"show-invitation", commands::ShowInvitation{{10}, "李莉", "http://crm.example/invitation#t"}},
          {"disable-person", commands::DisablePerson{{10}}},
          {"company-settings", commands::CompanySettings{}},
          {"change-zone", commands::ChangeZoneDialog{}},
          {"change-password", commands::ChangePasswordDialog{}},
          {"quick-search", commands::QuickSearch{}},
          {"keyboard-map", commands::KeyboardMap{}},
          {"new-user-group", commands::NewUserGroup{}},
          {"edit-user-group", commands::EditUserGroup{{1}}},
          {"remove-user-group", commands::RemoveUserGroup{{1}}},
          {"user-group-limit", commands::UserGroupLimit{}},
          {"new-calendar", commands::EditCalendar{}},
          {"edit-calendar", commands::EditCalendar{{1}}},
          {"remove-calendar", commands::RemoveCalendar{{2}}},
          {"save-policy", commands::SavePolicy{{7}, {}, 42}},
          {"rename-policy", commands::RenamePolicy{{71}}},
          {"policies", commands::ManagePolicies{}}};
}

namespace {

// Answers that are half given: what shows only then.
void half_written(const std::string& name, views::DialogState& dialog) {
  if (name == "disable-person") dialog.draft.emplace<views::DisableDraft>().leaving.choice = 2;
  if (name == "edit-batch") {
    auto& draft = dialog.draft.emplace<views::BatchDraft>();
    draft.filled = true;
    draft.subject = "产品换季养护通知";
    draft.executors = {{11}, {12}, {13}, {14}, {15}};
    draft.needs_confirmation = false;
    draft.limit_is_running = true;
  }
}

}  // namespace

void add_dialogs(std::vector<Story>& stories) {
  for (const auto& dialog : all_dialogs()) {
    stories.push_back({"dialog-" + dialog.first, "dialogs", [what = dialog.second, name = dialog.first]() -> Drawing {
                         struct Opened {
                           CannedStore canned{Role::administrator};
                           views::WorkbenchState behind{};
                           views::DialogState dialog{};
                         };
                         auto opened = std::make_shared<Opened>();
                         opened->canned.add_everything();
                         opened->dialog = {.form = 200, .what = what, .draft = {}};
                         half_written(name, opened->dialog);
                         return [opened](ui::Ui& ui) {
                           opened->canned.queue.take();
                           ui.set_commands(&opened->canned.queue);
                           const store::Store& model = opened->canned.store;
                           views::draw_frame(ui, model, {}, {},
                                             [&] { views::draw_workbench(ui, model, opened->behind); });
                           views::draw_dialog(ui, model, opened->dialog);
                         };
                       }});
  }
}

}  // namespace tw::storybook
