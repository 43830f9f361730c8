// See canned.h.
#include "client/storybook/canned.h"

#include "core/date.h"

namespace tw::storybook {

using domain::access::Permission;
using domain::access::Role;

namespace {

constexpr Instant now = canned_now;
const char* const names[] = {"李莉", "吴天明", "赵路", "陈曦", "Anna Berg", "王磊", "孙悦"};

}  // namespace

CannedStore::CannedStore(Role role) {
  api::SessionPerson me;
  me.person = {1};
  me.name = "周敏";
  me.login = "zhou";
  me.role = role;
  me.department = {3};
  me.scope = domain::access::scope_of(role);
  for (const auto& row : domain::access::permission_names)
    if (domain::access::holds(role, row.value)) me.permissions.push_back(row.value);
  me.zone = "Asia/Shanghai";
  store.session = me;
  store.capabilities.answer(store.capabilities.ask(), {});
  std::vector<api::PersonRow> people;
  for (int i = 0; i < 7; ++i) {
    api::PersonRow person;
    person.person = {10 + i};
    person.name = names[i];
    person.login = "p" + std::to_string(i);
    person.department_name = "客服一组";
    person.has_password = true;
    person.zone = "Asia/Shanghai";
    people.push_back(person);
  }
  store.people.answer(store.people.ask(), people);
  store.departments.answer(store.departments.ask(), {{{3}, {1}, "客服部", {}, 7}, {{4}, {1}, "客服一组", {3}, 7}});
  store::FoundPeople found;
  for (const api::PersonRow& person : people) {
    found.rows.push_back(person);
    store.learn({person.person, person.name, person.department_name, true});
  }
  found.total = {7, true};
  api::ListPeople::Request asked;
  const auto answer = [&] {
    auto& first_page = store.found_people[store::Store::key_of(asked)];
    first_page.answer(first_page.ask(), found);
  };
  api::PersonRow gone;  // whom only filters offer
  gone.person = {17};
  gone.name = "林雪";
  gone.active = false;
  store.learn({gone.person, gone.name, {}, false});
  asked.active = true;
  answer();
  asked.active.reset();
  found.rows.push_back(gone);
  found.total = {8, true};
  answer();
  api::ListUserGroups::Response groups;
  groups.most = 50;
  const auto group = [&](std::int64_t id, const char* name, int first, int last) {
    api::UserGroupRow& row = groups.rows.emplace_back();
    row.group = {id};
    row.version = {1};
    row.name = name;
    for (int i = first; i < last; ++i) row.people.push_back({{10 + i}, names[i], "客服一组", i != 4});
  };
  group(1, "华东续约项目组", 0, 5);
  group(2, "展会跟进", 3, 7);
  group(3, "Spring campaign", 0, 0);
  store.user_groups.answer(store.user_groups.ask(), groups);
  store.held.put(10, {{{{7}, "产品换季养护通知", 12, 3}, {{8}, "老客户回访（第三季度）", 4, 0}},
                      16,
                      3,
                      2,
                      {{{7}, "产品换季养护通知"}},
                      false});
  store.settings.answer(store.settings.ask(), {false});
  api::ListCalendars::Response calendars;
  const auto calendar = [&](std::int64_t id, const char* name, const char* zone,
                            const char* hours) -> api::CalendarRow& {
    api::CalendarRow& row = calendars.rows.emplace_back();
    row.calendar = {id};
    row.version = {1};
    row.name = name;
    row.zone = zone;
    row.week.assign(5, hours);
    row.week.resize(7);
    return row;
  };
  calendar(2, "Berlin", "Europe/Berlin", "09:00-17:00");
  calendar(3, "夜班", "Asia/Shanghai", "00:00-06:00, 22:00-24:00").people = {{11, names[1]}, {12, names[2]}};
  api::ViewCalendar::Response company;
  company.row = calendar(1, "公司日历", "Asia/Shanghai", "09:00-12:00, 13:30-18:00");
  company.row.everybody = calendars.rows.back().everybody = true;
  company.row.departments = calendars.rows.back().departments = {{4, "客服一组"}};
  const std::int64_t today = now.ms / days(1).value;
  company.days = {{written_day(today + 2), false, "", "国庆节"},
                  {written_day(today + 3), false, "", "国庆节"},
                  {written_day(today + 4), true, "09:00-12:00", "国庆节"}};
  store.calendars.answer(store.calendars.ask(), calendars);
  api::ListPolicies::Response policies, archived;
  const auto policy = [&](std::int64_t id, const char* name, domain::allocation::Policy kind, std::int64_t batches) {
    api::PolicyView& row = policies.rows.emplace_back();
    row.policy = {id};
    row.version = {2};
    row.name = name;
    row.terms.kind = kind;
    row.batches = batches;
    row.creator_name = row.changer_name = batches ? "周敏" : "吴天明";
    row.changed = now;
    row.may_edit = batches > 0;
  };
  policy(71, "华东续约", domain::allocation::Policy::weighted, 4);
  policy(72, "Spring campaign", domain::allocation::Policy::by_owner, 0);
  policy(73, "展会跟进", domain::allocation::Policy::score_first, 1);
  policies.rows.back().archived = true;
  archived.rows.push_back(policies.rows.back());
  policies.rows.pop_back();
  store.archived_policies.answer(store.archived_policies.ask(), archived);
  store.policies.answer(store.policies.ask(), policies);
  store.calendar.put(1, company);
  store.statutory.put(date_of(today).year, {true, company.days, 2016, 2026});
  api::CustomerField balance;
  balance.field = {5};
  balance.name = "Balance";
  balance.type = domain::customer::FieldType::number;
  store.fields.answer(store.fields.ask(), {balance});
}

void CannedStore::add_batch() {
  api::BatchDetail batch;
  batch.summary.batch = {7};
  batch.summary.version = {4};
  batch.summary.subject = "产品换季养护通知";
  batch.summary.creator_name = "周敏";
  batch.summary.counts = {214, 30, 7, 12, 5, 2};
  batch.summary.manages = true;
  batch.summary.created = batch.summary.changed = now;
  batch.limit = 3;
  for (const api::PersonRow& row : *store.people)
    batch.executors.push_back({row.person,
                               row.name,
                               row.name == "李莉" ? "ll" : "",
                               row.department,
                               row.department_name,
                               true,
                               {0, 4, 1, 0, 0, 0},
                               34,
                               40});
  batch.due_soon_ms = hours(24).value;
  batch.own_confirmed = 2;
  api::PolicyView own;
  own.policy = {70};
  own.version = {3};
  own.batch = {7};
  own.batches = 1;
  own.creator_name = own.changer_name = "周敏";
  own.changed = now;
  own.may_edit = true;
  batch.policy = own;
  batch.gone = {{{21}, "马超", "mc", {}, "客服一组", false, {0, 6, 2, 1, 0, 0}, 6, std::nullopt}};
  store.batch.put(7, batch);
}

void CannedStore::add_items(const api::QueryItems::Request& request, int count, domain::batch::ItemState state) {
  std::vector<api::ItemRow> rows;
  for (int i = 0; i < count; ++i) {
    api::ItemRow row;
    row.item = {100 + i};
    row.version = {i + 1};
    row.batch = {7};
    row.customer = {900 + i};
    row.customer_name = "客户" + std::to_string(i);
    row.state = state;
    row.phone = "138****1234";
    row.score = 90 - i;
    row.changed = now;
    rows.push_back(row);
  }
  const std::string key = store::Store::key_of(request);
  auto& window = store.items.open(key);
  window.answered(0, window.slot(0).rows.ask(), rows, {}, api::Total{count, true});
  store.items.ready(key);
}

void CannedStore::add_claimable(domain::batch::ClaimMode mode, int count, bool open) {
  api::BatchDetail batch = *store.batch.at(7);
  batch.summary.manages = false;
  batch.summary.executes = true;
  batch.summary.claiming_open = batch.claim_open = open;
  batch.claim_mode = mode;
  store.batch.put(7, batch);
  api::QueryClaimable::Response there;
  there.mode = mode;
  there.held = 34;
  there.room = 6;
  there.open = open;
  if (open) {
    there.free = count;
    there.to = now + hours(9);
  } else {
    there.key = "item.claiming_closed_at";
    there.params = {{"at", std::to_string((now - hours(2)).ms)}};
  }
  for (int i = 0; i < count; ++i)
    there.rows.push_back({{100 + i}, {1}, {900 + i}, "客户" + std::to_string(i), {}, "138****1234", "上海", 90 - i});
  store.claimable.put(7, there);
}

void CannedStore::add_plan() {
  api::PlanAllocation::Response plan;
  plan.items = 221;
  plan.placed = 218;
  plan.left_out = {{domain::allocation::Obstacle::do_not_contact, 3}};
  plan.jain_before_ppm = 940'000;
  plan.jain_after_ppm = 990'000;
  plan.seed = 42;
  plan.snapshot = "abc123";
  for (const api::PersonRow& row : *store.people)
    plan.people.push_back({row.person, row.name, 34, 30, std::nullopt, {}, 0, 2'140, 100});
  plan.people[4].gets = 0;
  plan.people[4].obstacles = {domain::allocation::Obstacle::absent, domain::allocation::Obstacle::over_holding_cap};
  plan.unplaced = {{{301}, "北斗星通导航", {}, {domain::allocation::Obstacle::do_not_contact}},
                   {{302}, "", "K-20417", {domain::allocation::Obstacle::do_not_contact}},
                   {{303},
                    "华润万家",
                    {},
                    {domain::allocation::Obstacle::over_holding_cap, domain::allocation::Obstacle::barred_abandoner}}};
  plan.value_spread_before = 310;
  plan.value_spread_after = 42;
  store.plan.put(7, plan);
}

void CannedStore::add_customers(const api::QueryCustomers::Request& request, std::int64_t total) {
  std::vector<api::CustomerRow> rows;
  for (std::int64_t i = 0; i < std::min<std::int64_t>(total, store::page_rows); ++i) {
    api::CustomerRow row;
    row.customer = {i + 1};
    row.name = "客户" + std::to_string(i);
    row.owner = {10 + i % 7};
    row.owner_name = names[i % 7];
    row.city = "上海";
    row.phone = "138****1234";
    row.score = i % 100;
    row.values = {{{5}, "2143"}};
    row.created = row.changed = now;
    rows.push_back(row);
  }
  const std::string key = store::Store::key_of(request);
  auto& window = store.customers.open(key);
  window.answered(0, window.slot(0).rows.ask(), rows, {}, api::Total{total, true});
  store.customers.ready(key);
}

void CannedStore::add_my_item() {
  api::ItemDetail detail;
  detail.row.item = {31};
  detail.row.version = {2};
  detail.row.batch = {7};
  detail.row.subject = "产品换季养护通知";
  detail.row.customer = {901};
  detail.row.customer_name = "北斗星通导航";
  detail.row.state = domain::batch::ItemState::executing;
  detail.row.due_at = now + hours(28);
  detail.row.changed = now;
  detail.allowed = {domain::batch::Action::save_progress, domain::batch::Action::complete,
                    domain::batch::Action::abandon, domain::batch::Action::transfer};
  detail.others = {{{8}, {44}, "老客户回访（第三季度）", domain::batch::ItemState::executing, {10}, "李莉", true},
                   {{9}, {45}, "展会邀约", domain::batch::ItemState::unassigned, {}, {}, false}};
  store.item.put(31, detail);
  const std::string key = store::Store::key_of(api::QueryMyItems::Request{});
  auto& window = store.my_items.open(key);
  window.answered(0, window.slot(0).rows.ask(), {detail.row}, {}, api::Total{1, true});
  store.my_items.ready(key);
  store.my_counts.answer(store.my_counts.ask(), {1, 0, 0, 0, 0, 1, 0, 2, 0});
  api::PreviewLimit::Request unchanged;
  unchanged.batch = {7};
  unchanged.limit = 3;
  unchanged.limit_counts = domain::batch::LimitCounts::natural;
  store.limit_preview.put(store::Store::key_of(unchanged), {});
  store.reassignment_preview.put(
      store::Store::key_of(api::PreviewReassignment::Request{{7}, {10}, {{100}}}),
      {1, {{domain::allocation::Obstacle::over_holding_cap, 1}, {domain::allocation::Obstacle::do_not_contact, 2}}});
  store.transfer_targets.put(
      31, {{{{10}, "李莉", {4}, "客服一组", "ll", {}},
            {{11}, "吴天明", {4}, "客服一组", "wtm", {domain::allocation::Obstacle::over_holding_cap}},
            {{12}, "赵路", {3}, "客服部", "zl", {}}}});
  add_why();
}

void CannedStore::add_why() {
  api::ExplainItem::Response why;
  why.actor_name = "周敏";
  why.at = now - hours(20);
  api::PlanReasons& plan = why.plan.emplace();
  plan.policy = domain::allocation::Policy::weighted;
  plan.decisive = domain::allocation::Decisive::lot;
  plan.alike = 214;
  plan.of_them = 30;
  plan.winner.name = "李莉";
  plan.winner.got = 30;
  plan.winner.weight = 200;
  plan.winner.room = 4;
  plan.runners_up.resize(2);
  plan.runners_up[0].got = plan.runners_up[1].got = 15;
  plan.runners_up[0].weight = plan.runners_up[1].weight = 100;
  plan.excluded_by = {{domain::allocation::Obstacle::over_holding_cap, 2}};
  plan.excluded = {
      {{12}, "赵路", {domain::allocation::Obstacle::over_holding_cap}},
      {{13}, "陈曦", {domain::allocation::Obstacle::over_holding_cap, domain::allocation::Obstacle::absent}}};
  store.why.put(31, why);
}

void CannedStore::add_workbench() {
  api::ViewWorkbench::Response bench;
  bench.to_confirm = 7;
  bench.to_confirm_batches = 3;
  bench.managed = {200, 30, 7, 12, 5, 9};
  bench.managed_due_soon = 31;
  bench.completed_today = 186;
  bench.load_jain_ppm = 970'000;
  bench.new_for_me = 4;
  bench.my_executing = 9;
  using api::Waiting;
  bench.blocks = {{Waiting::to_confirm, 7, 3, {}},
                  {Waiting::needs_executor, 214, 3, {}},
                  {Waiting::due_soon, 31, 2, {}},
                  {Waiting::held_by_disabled, 6, 1, {7}},
                  {Waiting::claimable, 24, 1, {7}}};
  if (const auto& batch = store.batch.at(7); batch.ready()) {
    bench.batches = {batch->summary};
    bench.load = batch->executors;
  }
  store.workbench.answer(store.workbench.ask(), bench);
}

void CannedStore::add_notifications() {
  using domain::batch::NoticeKind;
  api::ListNotifications::Response known;
  const auto add = [&](NoticeKind kind, std::int64_t items, const char* who, std::int64_t hours_ago, bool read) {
    api::NotificationRow& row = known.rows.emplace_back();
    row.notification = {static_cast<std::int64_t>(known.rows.size())};
    row.kind = kind;
    row.batch = {7};
    row.subject = "产品换季养护通知";
    row.items = items;
    row.actor_name = who;
    row.at = now - hours(hours_ago);
    row.read = read;
    known.unread += !read;
  };
  add(NoticeKind::completed, 12, "李莉", 0, false);
  add(NoticeKind::recalled_from, 3, "", 2, false);
  add(NoticeKind::received, 30, "周敏", 5, false);
  add(NoticeKind::returned, 1, "周敏", 26, true);
  add(NoticeKind::abandoned, 2, "赵路", 50, true);
  store.notifications.answer(store.notifications.ask(), known);
}

void CannedStore::add_batches(const api::ListBatches::Request& request, int count) {
  const char* const subjects[] = {"产品换季养护通知", "老客户回访（第三季度）", "高净值客户续约", "定期存款意向筛查",
                                  "Spring renewals"};
  store::BatchList list;
  for (int i = 0; i < count; ++i) {
    api::BatchSummary batch;
    batch.batch = {7 + i};
    batch.subject = subjects[i % 5];
    batch.creator_name = "周敏";
    batch.counts = {214 - i * 20, 30, 7, 12, 5, 2};
    batch.next_due = now + hours(3 + i * 20);
    batch.manages = true;
    batch.state = i == 4 ? domain::batch::BatchState::ended : domain::batch::BatchState::active;
    batch.created = batch.changed = now - hours(i * 30);
    list.rows.push_back(batch);
  }
  list.total = {count, true};
  auto& remote = store.batch_lists[store::Store::key_of(request)];
  remote.answer(remote.ask(), list);
}

void CannedStore::add_customer() {
  api::CustomerDetail detail;
  detail.row.customer = {901};
  detail.row.name = "北斗星通导航";
  detail.row.owner = {10};
  detail.row.owner_name = "李莉";
  detail.row.city = "北京";
  detail.row.score = 92;
  detail.row.values = {{{5}, "2143"}};
  detail.row.created = detail.row.changed = now - hours(900);
  detail.phone = "13800138000";
  detail.may_edit = true;
  store.customer.put(901, detail);
  store::Timeline timeline;
  api::TimelineEntry note;
  note.kind = api::TimelineKind::note;
  note.at = now - hours(26);
  note.actor_name = "李莉";
  note.text = "响了六声，无人接听。";
  timeline.entries = {note};
  api::TimelineEntry made = note;
  made.kind = api::TimelineKind::created;
  made.at = now - hours(900);
  made.text = {};
  timeline.entries.push_back(made);
  store.timeline.put(901, timeline);
}

void CannedStore::add_import(api::ImportState state) {
  api::ImportView import;
  import.import = {3};
  import.file_name = "bank clients.csv";
  import.file_bytes = 3'400'000;
  import.encoding = "UTF-8";
  import.delimiter = ";";
  import.actor_name = "周敏";
  import.created = now - hours(2);
  const char* const headers[] = {"Name", "Tel", "Age"};
  const char* const samples[] = {"Anna Berg", "+49 30 1234", "58"};
  for (int i = 0; i < 3; ++i) {
    api::ImportColumn column;
    column.column = i;
    column.header = headers[i];
    column.samples = {samples[i]};
    column.suggestion.column = i;
    import.columns.push_back(column);
  }
  import.state = state;
  if (state == api::ImportState::checking || state == api::ImportState::writing) {
    api::OperationView running;
    running.operation = import.operation = {6};
    running.kind =
        state == api::ImportState::checking ? api::OperationKind::check_import : api::OperationKind::write_import;
    running.state = api::OperationState::running;
    running.actor_name = import.actor_name;
    running.done = 41'200;
    running.total = 45'211;
    running.may_cancel = true;
    store.operation.put(6, running);
  } else if (state != api::ImportState::uploaded) {
    import.new_rows = import.written_rows = 45'000;
    import.update_rows = 180;
    import.skipped_rows = 20;
    import.refused_rows = 11;
    import.has_refusals_file = true;
    import.problems = {{412, "Age", "import.not_a_number", "“n/a” is not a number.", 9},
                       { 8031,
                         {},
                         "import.wrong_cells",
                         "The row has another number of cells than the header (4).",
                         2 }};
  }
  store.import.put(3, import);
  store.imports.answer(store.imports.ask(), {import});
}

void CannedStore::add_log() {
  store::BatchLog log;
  const domain::batch::BatchEvent events[] = {domain::batch::BatchEvent::allocated, domain::batch::BatchEvent::added,
                                              domain::batch::BatchEvent::created};
  for (int i = 0; i < 3; ++i) {
    api::BatchLogEntry entry;
    entry.entry = 3 - i;
    entry.at = now - hours(i * 5);
    entry.event = events[i];
    entry.actor_name = "周敏";
    entry.count = i == 2 ? 0 : 214;
    if (i < 2) entry.operation = {5 - i};
    log.entries.push_back(entry);
  }
  store.batch_log.put(7, log);
  using domain::batch::Action;
  const std::vector<api::TextParam> changed = {{"who", "赵路"},
                                               {"action", std::string(wire_name(Action::claim))},
                                               {"state", std::string(wire_name(domain::batch::ItemState::executing))},
                                               {"at", std::to_string(now.ms - 60'000)}};
  store.operation_rows.put(
      store::Store::key_of({5}, false),
      {{{1, {901}, "北斗星通导航", {}, {31}, {}, {}, "do_not_contact", {}, {}},
        {2, {902}, "四维图新科技", {}, {32}, {11}, "吴天明", "conflict", "item.changed_by", changed},
        {3, {903}, {}, "K-903", {}, {}, {}, "gone", {}, {}}},
       3,
       1214,
       2});
  store.operation_rows.put(store::Store::key_of({5}, true),
                           {{{1, {904}, "中海达卫星导航", {}, {33}, {10}, "李莉", "assigned", {}, {}}}, 0, 1, 0});
  store.allocation_undo.put(
      5, {{5}, 198, 16, 0, {}, {{{11}, "李莉", 12}, {{12}, "赵路", 3}, {{}, "", 1}}, now + hours(67)});
  store.allocation_undo.put(6, {{6}, 182, 16, 0, {}, {{{11}, "李莉", 16}}, now + hours(71), true});
}

void CannedStore::add_everything() {
  add_batch();
  add_plan();
  add_log();
  add_my_item();
  add_customer();
  add_import();
  add_log();
  add_workbench();
}

}  // namespace tw::storybook
