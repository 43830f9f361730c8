// Who owns a spooled file, and how long: the upload, the refused rows, what is left after a stop.
#include <algorithm>
#include <exception>

#include <gtest/gtest.h>

#include "support/import_world.h"

namespace tw::services {
namespace {

class ImportFiles : public ImportTest {
 protected:
  static constexpr const char* with_refused_rows = "name,phone\nA,13800000001,\nB,13800000002\n";
  NextRun sweep_once() {
    CountedBudget budget(1'000);
    return sweep(world.runner, world.env, budget);
  }
  void sweep_all() {
    while (sweep_once().at_once) {}
  }
};

TEST_F(ImportFiles, an_upload_that_nobody_goes_on_with_is_discarded_after_a_week) {
  const auto uploaded = upload(manager, two_rows);
  const auto checked = check(manager, suggested(*upload(manager, with_refused_rows)));
  EXPECT_EQ(world.spool.count(), 3u);
  world.clock.advance(days(7) - minutes(1));
  sweep_all();
  EXPECT_EQ(world.spool.count(), 3u);
  const auto again = world.sign_in(manager.person);  // the session has ended meanwhile
  EXPECT_EQ(view(again, checked.import).state, ImportState::checked);
  world.clock.advance(minutes(2));
  sweep_all();
  EXPECT_EQ(world.spool.count(), 0u);
  EXPECT_EQ(world.call<api::ViewImport>(again, {uploaded->import}).status(), 404);
  EXPECT_EQ(world.call<api::ViewImport>(again, {checked.import}).status(), 404);
  EXPECT_EQ(world.count("SELECT count(*) FROM import_exceptions"), 0);
}

TEST_F(ImportFiles, no_file_goes_that_an_operation_still_needs) {
  const auto uploaded = upload(manager, two_rows);
  ASSERT_TRUE(world.call<api::CheckImport>(manager, suggested(*uploaded)));
  const auto refused = upload(manager, with_refused_rows);
  world.clock.advance(days(365));
  world.spool.age = days(365);
  sweep_all();  // discards the second, which nobody has asked to check
  EXPECT_EQ(world.spool.count(), 1u);
  run_all();
  const auto again = world.sign_in(manager.person);
  const auto checked = view(again, uploaded->import);
  ASSERT_EQ(checked.state, ImportState::checked);
  ASSERT_TRUE(world.call<api::WriteImport>(again, {checked.import, checked.version, false}));
  world.clock.advance(days(365));
  sweep_all();
  run_all();
  EXPECT_EQ(world.call<api::ViewImport>(world.sign_in(manager.person), {uploaded->import})->written_rows, 2);
}

TEST_F(ImportFiles, fetching_refused_rows_is_in_the_audit_log_before_the_file_is_out) {
  const auto checked = check(manager, suggested(*upload(manager, with_refused_rows)));
  const auto exports = [&] { return world.count("SELECT count(*) FROM audit_entries WHERE kind = 'exported'"); };
  EXPECT_EQ(world.call<api::DownloadRefusals>(world.sign_in("Nora", Role::manager), {checked.import}).status(), 404);
  EXPECT_EQ(exports(), 0);
  refusals(manager, checked.import);
  EXPECT_EQ(exports(), 1);
  EXPECT_EQ(world.count("SELECT person FROM audit_entries WHERE kind = 'exported'"), manager.person.value);
}

TEST_F(ImportFiles, refused_rows_can_be_fetched_for_a_month_after_the_import) {
  const auto done = import_all(admin, with_refused_rows);
  EXPECT_TRUE(done.has_refusals_file);
  world.clock.advance(days(30) - minutes(1));
  world.spool.age = days(30);
  sweep_all();
  EXPECT_EQ(world.spool.count(), 1u);
  world.clock.advance(minutes(2));
  sweep_all();
  EXPECT_EQ(world.spool.count(), 0u);
  const auto again = world.sign_in(admin.person);
  EXPECT_FALSE(view(again, done.import).has_refusals_file);
  EXPECT_EQ(world.send(test::call_of<api::DownloadRefusals>(again, {done.import})).status, 404);
}

TEST_F(ImportFiles, a_write_that_was_cancelled_needs_its_file_no_more) {
  const auto checked = check(admin, suggested(*upload(admin, two_rows)));
  const auto accepted = world.call<api::WriteImport>(admin, {checked.import, checked.version, false});
  ASSERT_TRUE(world.call<api::CancelOperation>(admin, {accepted->operation}));
  run_all();
  EXPECT_EQ(view(admin, checked.import).state, ImportState::done);
  EXPECT_EQ(world.spool.count(), 1u);
  sweep_all();
  EXPECT_EQ(world.spool.count(), 0u);
  EXPECT_EQ(view(admin, checked.import).state, ImportState::done);
}

TEST_F(ImportFiles, keys_of_a_check_that_was_cancelled_are_forgotten) {
  std::string bytes = "name,phone\n";
  for (int i = 0; i < 200; ++i) bytes += "A," + std::to_string(13'800'000'000 + i) + "\n";
  const auto accepted = world.call<api::CheckImport>(admin, suggested(*upload(admin, bytes)));
  CountedBudget one_question(1);
  OperationRunner(world.runner, world.env, all_steps()).run_one_step(one_question);
  EXPECT_GT(world.count("SELECT count(*) FROM import_keys"), 0);
  sweep_all();
  EXPECT_GT(world.count("SELECT count(*) FROM import_keys"), 0) << "the check still runs";
  ASSERT_TRUE(world.call<api::CancelOperation>(admin, {accepted->operation}));
  run_all();
  sweep_all();
  EXPECT_EQ(world.count("SELECT count(*) FROM import_keys"), 0);
}

TEST_F(ImportFiles, a_file_that_no_row_names_goes_when_it_has_not_grown_for_a_day) {
  const auto kept = upload(admin, two_rows);
  world.spool.put("left over by an upload that was cut off");
  world.spool.create();
  world.spool.age = days(1) - minutes(1);
  sweep_all();
  EXPECT_EQ(world.spool.count(), 3u);
  world.spool.age = days(1);
  sweep_all();
  EXPECT_EQ(world.spool.count(), 1u);
  EXPECT_EQ(check(admin, suggested(*kept)).new_rows, 2);
}

// Enough refused rows that writing them takes several steps.
std::string many_refused_rows(int rows) {
  std::string bytes = "name,score\n";
  for (int i = 0; i < rows; ++i) bytes += "Row " + std::to_string(i) + ",wrong\n";
  return bytes;
}

TEST_F(ImportFiles, refused_rows_are_written_in_steps_without_beginning_anew) {
  const auto uploaded = upload(admin, many_refused_rows(600));
  auto request = suggested(*uploaded);
  request.mapping[1] = {1, MapTo::standard, "score", {}, "", {}};
  const auto in_steps = check(admin, request, 1);
  const std::string file = refusals(admin, in_steps.import);
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 601);
  request.version = in_steps.version;
  EXPECT_EQ(refusals(admin, check(admin, request).import), file);
}

TEST_F(ImportFiles, a_kill_after_any_step_leaves_a_whole_file_of_refused_rows_and_no_other) {
  auto uploaded = *upload(admin, many_refused_rows(300));
  auto request = suggested(uploaded);
  request.mapping[1] = {1, MapTo::standard, "score", {}, "", {}};
  for (int kill_after = 1; kill_after < 12; ++kill_after) {
    SCOPED_TRACE(kill_after);
    request.version = view(admin, uploaded.import).version;
    ASSERT_TRUE(world.call<api::CheckImport>(admin, request));
    for (int step = 0;; ++step) {
      CountedBudget budget(1);
      if (!OperationRunner(world.runner, world.env, all_steps()).run_one_step(budget)) break;
      if (step == kill_after) world.spool.lose_unfinished();
      ASSERT_LT(step, 1'000);
    }
    const std::string file = refusals(admin, uploaded.import);
    EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 301);
    EXPECT_EQ(world.spool.count(), 2u);
  }
}

TEST_F(ImportFiles, a_disk_that_is_full_for_a_while_costs_no_file_and_no_row) {
  auto request = suggested(*upload(admin, many_refused_rows(300)));
  request.mapping[1] = {1, MapTo::standard, "score", {}, "", {}};
  ASSERT_TRUE(world.call<api::CheckImport>(admin, request));
  int failures = 0;
  for (int step = 0; step < 1'000; ++step) {
    CountedBudget budget(1);
    world.spool.full = step % 3 != 0;
    try {
      if (!OperationRunner(world.runner, world.env, all_steps()).run_one_step(budget)) break;
    } catch (const std::exception&) {
      ++failures;
    }
    EXPECT_LE(world.spool.count(), 2u);
  }
  EXPECT_GT(failures, 2);
  const std::string file = refusals(admin, request.import);
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 301);
}

TEST_F(ImportTest, discarding_removes_file_and_findings) {
  const auto checked = check(admin, suggested(*upload(admin, "name,phone\nA,13800000001,\n")));
  EXPECT_EQ(checked.refused_rows, 1);
  EXPECT_EQ(world.spool.count(), 2u);
  ASSERT_TRUE(world.call<api::DiscardImport>(admin, {checked.import}));
  EXPECT_EQ(world.spool.count(), 0u);
  EXPECT_EQ(world.count("SELECT count(*) FROM import_problems"), 0);
  EXPECT_EQ(world.call<api::ViewImport>(admin, {checked.import}).status(), 404);
}

}  // namespace
}  // namespace tw::services
