// An import that is repeated, cancelled, or stopped after any step: nothing twice, nothing of the attempt before.
#include <algorithm>

#include <gtest/gtest.h>

#include "api/customer.h"
#include "support/import_world.h"
#include "support/random.h"

namespace tw::services {
namespace {

TEST_F(ImportTest, an_upload_that_is_repeated_with_its_key_is_the_same_import) {
  auto call = test::call_of<api::UploadImport>(manager, {"list.csv"});
  call.idempotency_key = "once";
  const auto send = [&](std::string_view bytes) {
    call.upload = world.spool.put(bytes);
    return test::decoded<api::ImportView>(world.send(call));
  };
  const auto first = send(two_rows);
  const auto again = send(two_rows);
  ASSERT_TRUE(again) << again.reply.body;
  EXPECT_EQ(again->import, first->import);
  EXPECT_EQ(again.reply.body, first.reply.body);
  EXPECT_EQ(world.spool.count(), 1u) << "the repeated file stayed";
  EXPECT_EQ(world.count("SELECT count(*) FROM imports"), 1);
  const auto other = send("name\nSomebody else\n");
  EXPECT_EQ(other.status(), 409);
  EXPECT_EQ(other.problem.key, "error.key_reused");
  EXPECT_EQ(world.spool.count(), 1u);
  EXPECT_EQ(check(manager, suggested(*first)).new_rows, 2) << "the first file is still there";
}

TEST_F(ImportTest, a_check_or_write_that_is_repeated_with_its_key_is_the_same_operation) {
  const auto uploaded = upload(manager, two_rows);
  const auto twice = [&](services::Call call) {
    call.idempotency_key = "once";
    const auto first = test::decoded<api::Accepted>(world.send(call));
    EXPECT_EQ(first.status(), 202) << first.reply.body;
    const auto before_its_end = test::decoded<api::Accepted>(world.send(call));
    run_all();
    const auto after_its_end = test::decoded<api::Accepted>(world.send(call));
    EXPECT_EQ(before_its_end.reply.body, first.reply.body);
    EXPECT_EQ(after_its_end.reply.body, first.reply.body);
    EXPECT_EQ(after_its_end.status(), 202);
  };
  twice(test::call_of<api::CheckImport>(manager, suggested(*uploaded)));
  const auto checked = view(manager, uploaded->import);
  EXPECT_EQ(checked.state, ImportState::checked);
  twice(test::call_of<api::WriteImport>(manager, {checked.import, checked.version, false}));
  EXPECT_EQ(world.count("SELECT count(*) FROM operations"), 2);
  EXPECT_EQ(customers(), 2);
}

TEST_F(ImportTest, a_check_after_one_that_was_cancelled_knows_nothing_of_it) {
  std::string bytes = "name,phone\n";
  for (int i = 0; i < 500; ++i) bytes += "A" + std::to_string(i) + "," + std::to_string(13'800'000'000 + i) + "\n";
  const auto uploaded = upload(admin, bytes);
  const auto accepted = world.call<api::CheckImport>(admin, suggested(*uploaded));
  CountedBudget one_question(1);
  OperationRunner(world.runner, world.env, all_steps()).run_one_step(one_question);
  ASSERT_TRUE(world.call<api::CancelOperation>(admin, {accepted->operation}));
  run_all();
  auto again = suggested(view(admin, uploaded->import));
  again.on_duplicate = OnDuplicate::refuse;
  const auto checked = check(admin, again);
  EXPECT_EQ(checked.new_rows, 500);
  EXPECT_EQ(checked.refused_rows, 0);
}

TEST_F(ImportTest, the_refused_rows_of_an_earlier_check_are_not_those_of_the_next) {
  const auto uploaded = upload(admin, "name,score\nA,1\nB,wrong\n");
  auto request = suggested(*uploaded);
  request.mapping[1] = {1, MapTo::standard, "score", {}, "", {}};
  const auto first = check(admin, request);
  EXPECT_TRUE(first.has_refusals_file);
  request.version = first.version;
  request.mapping[1] = {1, MapTo::standard, "city", {}, "", {}};
  const auto second = check(admin, request);
  EXPECT_EQ(second.refused_rows, 0);
  EXPECT_FALSE(second.has_refusals_file);
  EXPECT_TRUE(second.problems.empty());
  EXPECT_EQ(world.spool.count(), 1u) << "the file of the earlier check stayed";
  EXPECT_EQ(write(admin, second).written_rows, 2);
}

// The same file in one step and in very many, each by a new runner: the same customers, nothing twice.
TEST(ImportInSteps, an_import_that_is_interrupted_after_every_few_rows_ends_the_same) {
  support::for_seeds(2, [](support::Seeded random) {
    std::string bytes = "name,phone,note,score\n";
    for (int i = 0; i < 1'500; ++i) {
      bytes += "客户" + std::to_string(i) + "," + std::to_string(13'800'000'000 + random.between(0, 2'500)) +
               ",\"a\n\"\"b" + std::string(static_cast<std::size_t>(random.between(0, 80)), 'x') + "\"," +
               (random.one_in(20) ? "wrong" : std::to_string(random.between(0, 100))) + "\r\n";
    }
    const auto run = [&bytes](int questions, int& steps) {
      TestWorld world;
      const auto caller = world.administrator();
      auto call = test::call_of<api::UploadImport>(caller, {"list.csv"});
      call.upload = world.spool.put(bytes);
      auto view = *test::decoded<api::ImportView>(world.send(call));
      api::CheckImport::Request request;
      request.import = view.import;
      request.version = view.version;
      request.mapping = {{0, MapTo::standard, "name", {}, "", {}},
                         {1, MapTo::standard, "phone", {}, "", {}},
                         {2, MapTo::standard, "note", {}, "", {}},
                         {3, MapTo::standard, "score", {}, "", {}}};
      const auto run_all = [&] {
        for (bool more = true; more; ++steps) {
          CountedBudget budget(questions);
          more = OperationRunner(world.runner, world.env, all_steps()).run_one_step(budget);
        }
        return *world.call<api::ViewImport>(caller, {view.import});
      };
      EXPECT_TRUE(world.call<api::CheckImport>(caller, request));
      view = run_all();
      EXPECT_TRUE(world.call<api::WriteImport>(caller, {view.import, view.version, true}));
      view = run_all();
      EXPECT_EQ(view.written_rows, view.new_rows);
      EXPECT_EQ(world.count("SELECT count(*) FROM import_keys"), 0);
      world.runner.read([](Work& work) { EXPECT_TRUE(check_customers(work).empty()); });
      std::string all = std::to_string(view.new_rows) + "/" + std::to_string(view.skipped_rows) + "/" +
                        std::to_string(view.refused_rows) + ":";
      world.database->prepare_once("SELECT name, phone, note, score FROM customers ORDER BY id")
          .each([&all](db::Row row) { all += row.string(0) + row.string(1) + row.string(2) + row.string(3) + ";"; });
      return all;
    };
    int few = 0;
    int many = 0;
    const std::string whole = run(1'000'000, few);
    const std::string pieces = run(1, many);
    EXPECT_TRUE(whole == pieces);
    EXPECT_GT(many, few * 5);
  });
}

}  // namespace
}  // namespace tw::services
