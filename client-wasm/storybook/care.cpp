// The screens of those who look after the product, with what they show.
#include "api/registry.h"
#include "client/storybook/screen.h"
#include "client/views/audit.h"
#include "client/views/people.h"
#include "client/views/system_status.h"

namespace tw::storybook {

using api::AuditFact;
using api::AuditKind;
using commands::Page;
using domain::access::Role;

namespace {

std::string hash_like(char digit) { return "9f86d081884c7d65" + std::string(47, '0') + digit; }

}  // namespace

void CannedStore::add_system(bool offline, bool cut_off) {
  api::ViewSystem::Response status;
  status.version = "1.4.0";
  status.schema = "0020_audit";
  status.offline = offline;
  status.now = canned_now;
  status.started = canned_now - days(12);
  status.database_bytes = 1'412'038'656;
  const auto job = [&status](api::JobKind kind, std::int64_t runs, std::int64_t failures, Millis ago,
                             std::optional<Millis> next) {
    api::JobStatus& one = status.jobs.emplace_back();
    one.job = kind;
    one.runs = runs;
    one.failures = failures;
    if (runs > 0) one.last = canned_now - ago;
    one.failed = failures > 0;
    if (next) one.next = canned_now + *next;
  };
  job(api::JobKind::long_operation, 48'120, 0, minutes(2), std::nullopt);
  job(api::JobKind::recall, 48'121, 0, minutes(2), hours(3));
  job(api::JobKind::sweep, 1'728, 0, minutes(4), minutes(6));
  job(api::JobKind::audit, 1'728, 0, minutes(4), minutes(6));
  if (!offline) {
    job(api::JobKind::backup, 12, 1, hours(9), hours(15));
    status.log_bytes = 4'194'304;
    status.free_bytes = 81'604'378'624;
    status.spool_bytes = 12'582'912;
    status.backups = api::BackupStatus{canned_now - hours(9), 24, 1};
    status.queues = api::QueueStatus{2, 1, 3, 41, 17};
  }
  status.audit.number = 18'204;
  status.audit.at = canned_now - minutes(7);
  status.audit.hash = hash_like('a');
  for (int day = 0; day < 4; ++day)
    status.audit.noted.push_back({canned_now - hours(8) - days(day), 18'190 - 40 * day,
                                  hash_like(static_cast<char>('b' + day)), !(cut_off && day == 0)});
  store.system.answer(store.system.ask(), status);
}

void CannedStore::take_server_away() {
  api::ViewCapabilities::Response here;
  here.offline = true;
  api::AllOperations::each([&here]<class O>() {
    if (O::endpoint.availability == api::Availability::server_only) here.unavailable.emplace_back(O::endpoint.name);
  });
  store.capabilities.answer(store.capabilities.ask(), std::move(here));
}

void CannedStore::add_audit() {
  api::ListAudit::Response log;
  const auto entry = [&log](AuditKind kind, PersonId person, std::string name, std::string address,
                            std::vector<api::AuditFactValue> facts) {
    api::AuditRow& row = log.rows.emplace_back();
    row.number = 18'204 - static_cast<std::int64_t>(log.rows.size());
    row.at = canned_now - minutes(7 * static_cast<std::int64_t>(log.rows.size()));
    row.kind = kind;
    row.person = person;
    row.person_name = std::move(name);
    row.address = std::move(address);
    row.facts = std::move(facts);
    row.hash = hash_like('a');
  };
  entry(
      AuditKind::permissions_changed, {10}, "李莉", "192.0.2.14",
      {{AuditFact::person, "12", "吴天明"}, {AuditFact::role, "manager", {}}, {AuditFact::role_before, "member", {}}});
  entry(AuditKind::sign_in_refused, {12}, "吴天明", "198.51.100.7", {});
  entry(AuditKind::operation_ended, {11}, "赵路", {},
        {{AuditFact::batch, "7", "产品换季养护通知"},
         {AuditFact::operation, "5", {}},
         {AuditFact::operation_kind, "allocate", {}},
         {AuditFact::state, "done", {}},
         {AuditFact::rows, "45210", {}},
         {AuditFact::outcomes, "assigned 45100, conflict 110", {}}});
  entry(AuditKind::exported, {11}, "赵路", "192.0.2.20", {{AuditFact::import, "3", {}}, {AuditFact::rows, "12", {}}});
  entry(AuditKind::settings_changed, {10}, "李莉", "192.0.2.14",
        {{AuditFact::setting, "return_minimum_hours", {}}, {AuditFact::value, "12", {}}});
  entry(AuditKind::backup_made, {}, {}, {}, {{AuditFact::rows, "2204118", {}}, {AuditFact::bytes, "1412038656", {}}});
  entry(AuditKind::person_added, {}, {}, "local", {{AuditFact::person, "13", "孙静"}, {AuditFact::role, "member", {}}});
  entry(AuditKind::signed_in, {10}, "李莉", "192.0.2.14", {});
  store.audit.answer(store.audit.ask(), log);
}

void add_care(std::vector<Story>& stories) {
  const auto status = [&stories](std::string key, bool offline, bool cut_off) {
    stories.push_back(screen<views::SystemState>(
        std::move(key), Page::system, Role::administrator,
        [=](CannedStore& canned, views::SystemState&, commands::Route&) { canned.add_system(offline, cut_off); },
        views::draw_system_status));
  };
  status("system", false, false);
  status("system-demo", true, false);
  status("system-cut-off", false, true);
  stories.push_back(screen<views::AuditState>(
      "audit", Page::audit, Role::administrator,
      [](CannedStore& canned, views::AuditState&, commands::Route&) { canned.add_audit(); }, views::draw_audit));
  stories.push_back(screen<views::AuditState>(
      "audit-entry", Page::audit, Role::administrator,
      [](CannedStore& canned, views::AuditState& state, commands::Route&) {
        canned.add_audit();
        state.opened = 18'201;
      },
      views::draw_audit));
  stories.push_back(screen<views::AuditState>(
      "audit-empty", Page::audit, Role::administrator,
      [](CannedStore& canned, views::AuditState& state, commands::Route&) {
        state.kind = AuditKind::restored;
        canned.store.audit.answer(canned.store.audit.ask(), {});
      },
      views::draw_audit));
  stories.push_back(screen<views::AuditState>(
      "audit-chosen-days", Page::audit, Role::administrator,
      [](CannedStore& canned, views::AuditState& state, commands::Route&) {
        canned.add_audit();
        views::read_route(commands::parse_route("/audit?days=chosen&from=2027-01-11&to=2027-01-08"), state);
      },
      views::draw_audit));
  stories.push_back(screen<views::PeopleState>(
      "invitation-without-server", Page::people, Role::administrator,
      [](CannedStore& canned, views::PeopleState&, commands::Route&) { canned.take_server_away(); },
      [](ui::Ui& ui, const store::Store& model, views::PeopleState& state) {
        views::draw_people(ui, model, state);
        views::draw_invitation_dialog(ui, {{10}, "李莉", "http://crm.example/invitation#t"});
      }));
}

}  // namespace tw::storybook
