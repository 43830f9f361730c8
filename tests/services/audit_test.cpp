// The audit log: what is written, together with what it tells; that nothing changes it; how it is walked and listed.
#include "services/audit.h"

#include <gtest/gtest.h>

#include "services/audit_chain.h"
#include "services/audit_entry_store.h"
#include "services/audit_upkeep.h"
#include "support/batch_world.h"

namespace tw::services {
namespace {

using api::AuditKind;
using test::Caller;
using test::Role;

class AuditTest : public ::testing::Test {
 protected:
  std::vector<AuditEntry> entries() {
    return world.change([](Work& work) { return audit_entries_after(work, 0, 100'000); });
  }
  // Since the last time: "kind person {subject}", a line each.
  std::string news() {
    std::string lines;
    for (const AuditEntry& entry : entries()) {
      if (entry.number <= seen) continue;
      seen = entry.number;
      lines += entry.kind + " " + std::to_string(entry.person.value) + " " + entry.subject + "\n";
    }
    return lines;
  }
  bool is_whole() {
    AuditWalk walk;
    for (const AuditEntry& entry : entries())
      if (!walk.take(entry)) return false;
    return true;
  }
  std::string id(PersonId person) { return std::to_string(person.value); }
  services::Reply sign_in(const std::string& login, const std::string& password,
                          const std::string& peer = "192.0.2.7") {
    services::Call call = test::call_of<api::SignIn>({}, {login, password});
    call.peer = peer;
    return world.send(call);
  }

  test::BatchWorld world;
  std::int64_t seen = [this] { return world.change([](Work& work) { return audit_head(work).number; }); }();
};

TEST_F(AuditTest, tells_who_signed_in_and_out_and_from_where) {
  const PersonId eve = world.add_person("Eve", Role::member, {}, "low tide 2026");
  const auto in = sign_in("eve", "low tide 2026");
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(entries().back().address, "192.0.2.7");
  ASSERT_TRUE(world.call<api::SignOut>(world.sign_in(eve), {}));
  EXPECT_EQ(news(), "signed_in " + id(eve) + " {}\nsigned_out " + id(eve) + " {}\n");
  EXPECT_TRUE(is_whole());
}

TEST_F(AuditTest, tells_of_a_refused_sign_in_by_its_account_and_never_what_was_typed) {
  const PersonId eve = world.add_person("Eve", Role::member, {}, "low tide 2026");
  EXPECT_EQ(sign_in("eve", "high tide").status, 401);
  EXPECT_EQ(sign_in("my secret password", "eve").status, 401);
  EXPECT_EQ(news(), "sign_in_refused " + id(eve) + " {}\nunknown_login_refused 0 {}\n");
}

TEST_F(AuditTest, counts_refusals_where_they_are_too_many_and_tells_the_count_when_the_hour_is_over) {
  for (std::int64_t i = 0; i < most_refusals_of_unknown + 5; ++i)
    EXPECT_EQ(sign_in("nobody" + std::to_string(i), "x", "198.51.100." + std::to_string(i)).status, 401);
  EXPECT_EQ(static_cast<std::int64_t>(entries().size()) - seen, most_refusals_of_unknown);
  const PersonId eve = world.add_person("Eve", Role::member, {}, "low tide 2026");
  EXPECT_EQ(sign_in("eve", "x", "203.0.113.1").status, 401);  // an account's own is written all the same
  EXPECT_EQ(entries().back().person, eve);
  news();
  keep_audit_log(world.runner, world.env);
  EXPECT_EQ(news(), "");
  world.clock.advance(hours(1));
  keep_audit_log(world.runner, world.env);
  EXPECT_EQ(news(), "refusals_left_out 0 {\"accounts\":0,\"unknown\":5}\n");
  keep_audit_log(world.runner, world.env);
  EXPECT_EQ(news(), "");
}

TEST_F(AuditTest, tells_of_passwords_and_invitations) {
  const PersonId eve = world.add_person("Eve", Role::member, {}, "low tide 2026");
  const Caller session = world.sign_in(eve);
  EXPECT_EQ(world.call<api::ChangePassword>(session, {"wrong", "new tide 2026"}).reply.status, 400);
  ASSERT_TRUE(world.call<api::ChangePassword>(session, {"low tide 2026", "new tide 2026"}));
  const auto invited = world.call<api::ResetPassword>(world.admin, {eve});
  ASSERT_TRUE(invited);
  ASSERT_TRUE(world.call<api::AcceptInvitation>({}, {invited->invitation, "third tide 2026", {}}));
  const std::string about = " {\"person\":" + id(eve) + "}\n";
  EXPECT_EQ(news(), "password_refused " + id(eve) + " {}\npassword_changed " + id(eve) + " {}\npassword_reset " +
                        id(world.admin.person) + about + "invitation_made " + id(world.admin.person) + about +
                        "invitation_accepted " + id(eve) + about + "signed_in " + id(eve) + " {}\n");
}

TEST_F(AuditTest, tells_what_people_may_and_who_changed_it) {
  api::AddPerson::Request add;
  add.login = "eve";
  add.name = "Eve";
  add.role = Role::member;
  const auto eve = world.call<api::AddPerson>(world.admin, add);
  ASSERT_TRUE(eve);
  api::UpdatePerson::Request update;
  update.person = eve->person;
  update.version = {1};
  update.name = "Eva";
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, update));
  update.version = {2};
  update.role = Role::manager;
  update.department = world.north;
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, update));
  ASSERT_TRUE(world.call<api::SetPersonActive>(world.admin, {eve->person, {3}, false, {}, {}}));
  ASSERT_TRUE(world.call<api::SetPersonActive>(world.admin, {eve->person, {4}, true, {}, {}}));
  const std::string by = id(world.admin.person), who = "\"person\":" + id(eve->person);
  EXPECT_EQ(news(), "person_added " + by + " {" + who + ",\"role\":\"member\"}\ninvitation_made " + by + " {" + who +
                        "}\nperson_changed " + by + " {" + who + ",\"fields\":\"name\"}\npermissions_changed " + by +
                        " {" + who + ",\"role\":\"manager\",\"role_before\":\"member\",\"department\":" +
                        std::to_string(world.north.value) + ",\"department_before\":0}\nperson_disabled " + by + " {" +
                        who + "}\nperson_enabled " + by + " {" + who + "}\n");
}

TEST_F(AuditTest, tells_of_long_operations_at_their_start_and_their_end) {
  const BatchId batch = world.create_batch();
  news();
  world.fill(batch, 3);
  const std::string by = id(world.mia.person), of = "\"batch\":" + std::to_string(batch.value);
  EXPECT_EQ(news(), "operation_started " + by + " {\"operation\":1,\"operation_kind\":\"add_to_batch\"," + of +
                        ",\"rows\":3}\noperation_ended " + by +
                        " {\"operation\":1,\"operation_kind\":\"add_to_batch\"," + of +
                        ",\"state\":\"done\",\"rows\":3,\"outcomes\":\"added 3\"}\n");
  world.allocate(batch);
  EXPECT_NE(news().find("\"operation_kind\":\"allocate\"," + of + ",\"state\":\"done\""), std::string::npos);
  api::AddCustomersToBatch::Request add;
  add.batch = batch;
  add.customers = world.add_customers(1);
  const auto stopped = world.call<api::AddCustomersToBatch>(world.mia, add);
  ASSERT_TRUE(world.call<api::CancelOperation>(world.mia, {stopped->operation}));
  world.run_operations();
  const std::string told = news();
  EXPECT_NE(told.find("operation_stopped " + by), std::string::npos) << told;
  EXPECT_NE(told.find("\"state\":\"cancelled\""), std::string::npos) << told;
  EXPECT_TRUE(is_whole());
}

TEST_F(AuditTest, tells_when_a_manager_changes_several_rows_and_not_when_it_is_one) {
  const BatchId batch = world.create_batch();
  const auto rows = world.versions(world.fill(batch, 3));
  news();
  ASSERT_TRUE(world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, {rows[0]}, {}}));
  EXPECT_EQ(news(), "");
  ASSERT_TRUE(world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, {rows[1], rows[2]}, {}}));
  EXPECT_EQ(news(), "items_changed " + id(world.mia.person) + " {\"batch\":" + std::to_string(batch.value) +
                        ",\"action\":\"designate\",\"rows\":2,\"changed\":2}\n");
}

TEST_F(AuditTest, tells_of_settings_and_of_who_manages_a_batch) {
  api::UpdateSettings::Request settings;
  settings.return_minimum_hours = 12;
  ASSERT_TRUE(world.call<api::UpdateSettings>(world.admin, settings));
  EXPECT_EQ(news(),
            "settings_changed " + id(world.admin.person) + " {\"setting\":\"return_minimum_hours\",\"value\":12}\n");
  const BatchId batch = world.create_batch();
  news();
  api::UpdateBatch::Request update;
  update.batch = batch;
  update.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  update.co_managers = {{world.bob.person}};
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, update));
  EXPECT_EQ(news(), "batch_managers_changed " + id(world.mia.person) + " {\"batch\":" + std::to_string(batch.value) +
                        ",\"managers\":\"" + id(world.bob.person) + "\"}\n");
}

TEST_F(AuditTest, has_no_entry_of_what_was_refused_or_rolled_back) {
  api::UpdatePerson::Request update;
  update.person = world.ann.person;
  update.version = {99};
  update.role = Role::manager;
  EXPECT_EQ(world.call<api::UpdatePerson>(world.admin, update).reply.status, 409);
  world.runner.change(Lane::people, [&](Work& work) {
    audit(work, world.admin.person, AuditKind::exported);
    return false;
  });
  EXPECT_EQ(news(), "");
}

TEST_F(AuditTest, is_only_appended_to) {
  sign_in("nobody", "x");
  for (const char* sql : {"UPDATE audit_entries SET address = ''", "DELETE FROM audit_entries",
                          "UPDATE audit_heads SET hash = ''", "DELETE FROM audit_heads",
                          "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE number = 1"}) {
    keep_audit_log(world.runner, world.env);
    EXPECT_THROW(world.database->execute(sql), db::DbError) << sql;
  }
}

TEST_F(AuditTest, an_entry_s_hash_covers_each_of_its_fields_and_the_one_before) {
  AuditEntry entry;
  entry.number = 2;
  entry.at = {3};
  entry.person = {4};
  entry.kind = "signed_in";
  entry.address = "192.0.2.1";
  entry.subject = "{}";
  entry.previous = before_the_first();
  const std::string hash = audit_hash(entry);
  // The lines of audit_chain.h, digested by another program.
  EXPECT_EQ(hash, "13d7ac30aa3dacd796277b1bd973a2e8ce792a60fda2fe27296521d1e1dde430");
  const auto differs = [&](auto&& change) {
    AuditEntry other = entry;
    change(other);
    return audit_hash(other) != hash;
  };
  EXPECT_TRUE(differs([](AuditEntry& e) { e.number = 3; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.at = {4}; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.person = {}; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.kind = "signed_out"; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.address = ""; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.subject = "{\"rows\":1}"; }));
  EXPECT_TRUE(differs([](AuditEntry& e) { e.previous = std::string(64, '1'); }));
}

TEST_F(AuditTest, a_walk_finds_what_was_changed_removed_or_exchanged) {
  for (int i = 0; i < 6; ++i) sign_in("nobody", "x" + std::to_string(i), "192.0.2." + std::to_string(i));
  const auto good = entries();
  ASSERT_GE(good.size(), 6u);
  const auto fault_of = [](const std::vector<AuditEntry>& all) {
    AuditWalk walk;
    for (const AuditEntry& entry : all)
      if (!walk.take(entry)) break;
    return walk.fault();
  };
  EXPECT_FALSE(fault_of(good));
  auto changed = good;
  changed[2].address = "203.0.113.9";
  EXPECT_EQ(fault_of(changed)->what, AuditFault::What::changed);
  EXPECT_EQ(fault_of(changed)->number, 3);
  changed[2].hash = audit_hash(changed[2]);  // and made to fit
  EXPECT_EQ(fault_of(changed)->what, AuditFault::What::out_of_order);
  EXPECT_EQ(fault_of(changed)->number, 4);
  auto removed = good;
  removed.erase(removed.begin() + 1, removed.begin() + 3);
  EXPECT_EQ(fault_of(removed)->what, AuditFault::What::missing);
  EXPECT_EQ(fault_of(removed)->number, 2);
  auto first = good;
  first.erase(first.begin());
  EXPECT_EQ(fault_of(first)->number, 1);
}

TEST_F(AuditTest, the_newest_entry_is_noted_once_a_day_and_told_to_the_log) {
  sign_in("nobody", "x");
  const AuditEntry newest = entries().back();
  keep_audit_log(world.runner, world.env);
  const std::string line =
      "info: newest entry of the audit log number=" + std::to_string(newest.number) + " hash=" + newest.hash;
  EXPECT_TRUE(world.log.mentions(line));
  const auto lines = world.log.lines().size();
  keep_audit_log(world.runner, world.env);
  EXPECT_EQ(world.log.lines().size(), lines);
  world.clock.advance(days(1));
  keep_audit_log(world.runner, world.env);  // also when nothing happened since
  EXPECT_EQ(world.log.lines().size(), lines + 1);
  const auto status = world.call<api::ViewSystem>(world.admin, {});
  ASSERT_TRUE(status);
  EXPECT_EQ(status->audit.number, newest.number);
  EXPECT_EQ(status->audit.hash, newest.hash);
  ASSERT_EQ(status->audit.noted.size(), 2u);
  EXPECT_TRUE(status->audit.noted[0].there && status->audit.noted[1].there);
}

TEST_F(AuditTest, the_status_says_when_what_was_noted_is_not_there_any_more) {
  sign_in("nobody", "x");
  keep_audit_log(world.runner, world.env);
  world.database->execute("DROP TRIGGER audit_entries_are_kept; DELETE FROM audit_entries");
  const auto status = world.call<api::ViewSystem>(world.admin, {});
  ASSERT_EQ(status->audit.noted.size(), 1u);
  EXPECT_FALSE(status->audit.noted[0].there);
}

// --- the list --------------------------------------------------------------------------------------------------------

TEST_F(AuditTest, is_listed_newest_first_page_by_page_for_those_who_manage_settings) {
  const auto add = [&](PersonId person, AuditKind kind) {
    world.change([&](Work& work) {
      audit(work, person, kind);
      return 0;
    });
  };
  const Instant begun = world.clock.now() + minutes(1);
  world.clock.set(begun);
  for (int i = 0; i < 3; ++i) add(world.ann.person, AuditKind::signed_in);  // of one moment
  world.clock.advance(minutes(1));
  for (int i = 0; i < 2; ++i) add(world.bob.person, AuditKind::signed_in);
  world.clock.advance(minutes(1));
  add(world.ann.person, AuditKind::exported);

  api::ListAudit::Request request;
  request.from = begun;
  const auto all = world.call<api::ListAudit>(world.admin, request);
  ASSERT_TRUE(all) << all.reply.body;
  ASSERT_EQ(all->rows.size(), 6u);
  EXPECT_EQ(all->rows[0].kind, AuditKind::exported);
  EXPECT_EQ(all->rows[0].person_name, "Ann");
  EXPECT_TRUE(all->next.empty());
  request.limit = 2;
  std::vector<std::int64_t> paged;
  do {
    const auto page = world.call<api::ListAudit>(world.admin, request);
    for (const auto& row : page->rows) paged.push_back(row.number);
    request.after = page->next;
  } while (!request.after.empty());
  ASSERT_EQ(paged.size(), 6u);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(paged[i], all->rows[i].number);

  request = {};
  request.from = begun;
  request.person = world.ann.person;
  EXPECT_EQ(world.call<api::ListAudit>(world.admin, request)->rows.size(), 4u);
  request.kind = AuditKind::exported;
  EXPECT_EQ(world.call<api::ListAudit>(world.admin, request)->rows.size(), 1u);
  request.person = {};
  request.kind = AuditKind::signed_in;
  EXPECT_EQ(world.call<api::ListAudit>(world.admin, request)->rows.size(), 5u);
  request.until = begun + minutes(1);
  EXPECT_EQ(world.call<api::ListAudit>(world.admin, request)->rows.size(), 3u);
  request.after = "nonsense";
  EXPECT_EQ(world.call<api::ListAudit>(world.admin, request).reply.status, 400);
  EXPECT_EQ(world.call<api::ListAudit>(world.mia, {}).reply.status, 403);
  EXPECT_EQ(world.call<api::ViewSystem>(world.mia, {}).reply.status, 403);
}

TEST_F(AuditTest, the_list_names_whom_an_entry_is_about) {
  api::UpdatePerson::Request update;
  update.person = world.ann.person;
  update.version = {1};
  update.role = Role::manager;
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, update));
  const auto list = world.call<api::ListAudit>(world.admin, {});
  ASSERT_FALSE(list->rows.empty());
  const auto& facts = list->rows[0].facts;
  ASSERT_EQ(facts.size(), 3u);
  EXPECT_EQ(facts[0].fact, api::AuditFact::person);
  EXPECT_EQ(facts[0].value, id(world.ann.person));
  EXPECT_EQ(facts[0].name, "Ann");
  EXPECT_EQ(facts[1].value, "manager");
  EXPECT_EQ(facts[2].fact, api::AuditFact::role_before);
}

}  // namespace
}  // namespace tw::services
