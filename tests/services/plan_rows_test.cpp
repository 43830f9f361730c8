// Single rows of a plan that is kept in chunks: found wherever they are, without reading a chunk twice.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "services/plan_store.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

class PlanRowsOfChunks : public ::testing::Test {
 protected:
  // Every third id, in chunks of plan_rows_a_chunk.
  PlanRowsOfChunks() {
    std::vector<PlanRow> rows;
    for (std::int64_t i = 1; i <= static_cast<std::int64_t>(plan_rows_a_chunk) * chunks; ++i)
      rows.push_back({{3 * i}, {1}, static_cast<std::uint16_t>(i % 7), 0, static_cast<std::uint32_t>(i)});
    last = rows.back().item;
    world.change([&](Work& work) {
      operation.value = 1;
      work.db.execute(
          "INSERT INTO operations (id, kind, state, actor_name, now, input, total) "
          "VALUES (1, 'allocate', 'done', '', 0, '', 0)");
      insert_plan(work, operation, packed(rows, RowKind::with_places));
    });
    sqlite3_trace_v2(
        world.database->handle(), SQLITE_TRACE_STMT,
        [](unsigned, void* context, void*, void* sql) {
          const std::string_view text = static_cast<const char*>(sql);
          auto& self = *static_cast<PlanRowsOfChunks*>(context);
          if (text.find("SELECT bytes FROM operation_plan") != text.npos) ++self.unpacked;
          if (text.find("SUBSTR(bytes") != text.npos) ++self.looked_at;
          return 0;
        },
        this);
  }
  ~PlanRowsOfChunks() override { sqlite3_trace_v2(world.database->handle(), 0, nullptr, nullptr); }

  static constexpr std::int64_t chunks = 9;
  test::TestWorld world;
  OperationId operation;
  ItemId last;
  int unpacked = 0, looked_at = 0;
};

TEST_F(PlanRowsOfChunks, are_found_with_all_that_they_say_and_no_others_are) {
  world.runner.read([&](Work& work) {
    PlanRows rows(work, operation);
    for (const std::int64_t i :
         {std::int64_t{1}, std::int64_t{5000}, std::int64_t{5001}, std::int64_t{20'000}, last.value / 3}) {
      const auto row = rows.find({3 * i});
      ASSERT_TRUE(row) << i;
      EXPECT_EQ(row->item.value, 3 * i);
      EXPECT_EQ(row->person, i % 7);
      EXPECT_EQ(row->position, i);
    }
    for (const std::int64_t id : {std::int64_t{1}, std::int64_t{14'999}, std::int64_t{15'001}, last.value + 3})
      EXPECT_FALSE(rows.find({id})) << id;
    EXPECT_FALSE(PlanRows(work, OperationId{2}).find({3}));
  });
}

TEST_F(PlanRowsOfChunks, many_of_them_cost_one_reading_of_each_chunk) {
  world.runner.read([&](Work& work) {
    PlanRows rows(work, operation);
    for (std::int64_t id = 3; id <= last.value; id += 300) ASSERT_TRUE(rows.find({id}));
  });
  EXPECT_EQ(unpacked, chunks);
  EXPECT_LE(looked_at, chunks);
  unpacked = 0;
  world.runner.read([&](Work& work) { EXPECT_TRUE(PlanRows(work, operation).find(last)); });
  EXPECT_EQ(unpacked, 1) << "none that it is not in";
}

}  // namespace
}  // namespace tw::services
