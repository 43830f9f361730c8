// A company that imports: a fixture with the steps of an import, each run to its end, whole or in pieces.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "api/import.h"
#include "services/customer_store.h"
#include "services/jobs.h"
#include "services/long_operation.h"
#include "support/test_world.h"
#include "support/wrong_count.h"

namespace tw::services {

using api::ImportState;
using api::MapTo;
using api::OnDuplicate;
using test::Caller;
using test::Role;
using test::TestWorld;

// Stops a step after so many questions.
class CountedBudget final : public StepBudget {
 public:
  explicit CountedBudget(int questions) : questions_(questions) {}
  bool used_up() override { return ++asked_ % questions_ == 0; }

 private:
  int questions_;
  int asked_ = 0;
};

class ImportTest : public ::testing::Test {
 protected:
  TestWorld world;
  DepartmentId north = world.add_department("North");
  DepartmentId south = world.add_department("South");
  Caller admin = world.administrator();
  Caller manager = world.sign_in("Manager", Role::manager, north);
  Caller rival = world.sign_in("Rival", Role::manager, south);
  PersonId ann = world.add_person("Ann", Role::member, north);

  test::Answer<api::ImportView> upload(const Caller& who, std::string_view bytes, std::string name = "list.csv") {
    auto call = test::call_of<api::UploadImport>(who, {std::move(name)});
    call.upload = world.spool.put(bytes);
    return test::decoded<api::ImportView>(world.send(call));
  }
  // Runs until nothing is left to do, with a new runner for each step, as after a kill between any two.
  int run_all(int questions_a_step = 1'000'000) {
    int steps = 0;
    for (;; ++steps) {
      OperationRunner runner(world.runner, world.env, all_steps());
      CountedBudget budget(questions_a_step);
      if (!runner.run_one_step(budget)) return steps;
      if (steps > 100'000) ADD_FAILURE() << "the operation does not end";
    }
  }
  api::CheckImport::Request suggested(const api::ImportView& view) {
    api::CheckImport::Request request;
    request.import = view.import;
    request.version = view.version;
    for (const auto& column : view.columns) request.mapping.push_back(column.suggestion);
    return request;
  }
  api::ImportView view(const Caller& who, ImportId import) { return *world.call<api::ViewImport>(who, {import}); }
  api::ImportView check(const Caller& who, api::CheckImport::Request request, int questions = 1'000'000) {
    const auto accepted = world.call<api::CheckImport>(who, request);
    EXPECT_TRUE(accepted) << accepted.reply.body;
    run_all(questions);
    return view(who, request.import);
  }
  api::ImportView write(const Caller& who, const api::ImportView& checked, bool keep = false,
                        int questions = 1'000'000) {
    const auto accepted = world.call<api::WriteImport>(who, {checked.import, checked.version, keep});
    EXPECT_TRUE(accepted) << accepted.reply.body;
    run_all(questions);
    return view(who, checked.import);
  }
  api::ImportView import_all(const Caller& who, std::string_view bytes, OnDuplicate on_duplicate = OnDuplicate::skip,
                             bool keep = true) {
    const auto uploaded = upload(who, bytes);
    EXPECT_TRUE(uploaded) << uploaded.reply.body;
    auto request = suggested(*uploaded);
    request.on_duplicate = on_duplicate;
    return write(who, check(who, request), keep);
  }
  std::int64_t customers() { return world.count("SELECT count(*) FROM customers"); }
  void expect_whole() {
    world.runner.read([](Work& work) {
      const auto wrong = check_customers(work);
      EXPECT_TRUE(wrong.empty()) << test::line_of(wrong.front());
    });
  }
  std::string refusals(const Caller& who, ImportId import) {
    const auto reply = world.send(test::call_of<api::DownloadRefusals>(who, {import}));
    EXPECT_TRUE(reply.file) << reply.body;
    return reply.file ? world.spool.read(*reply.file, 0, 1'000'000) : std::string();
  }
};

// Name, phone, city, and a column that becomes a new field.
inline constexpr const char* two_rows =
    "姓名,电话,城市,等级\n"
    "张三,138 1234 5678,上海,gold\n"
    "李四,13900001111,北京,silver\n";

}  // namespace tw::services
