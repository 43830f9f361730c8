// The same seed on the same day is the same database; another day is the same story, moved.
#include <sstream>

#include <gtest/gtest.h>

#include "made_world.h"
#include "services/batch_store.h"
#include "services/customer_store.h"
#include "support/wrong_count.h"

namespace tw::demo {
namespace {

// The first lines that differ, under the names of their tables; or nothing.
std::string difference(const std::string& a, const std::string& b) {
  std::istringstream first(a), second(b);
  std::string table, left, right, found;
  for (int differences = 0; differences < 5;) {
    const bool more_left = static_cast<bool>(std::getline(first, left));
    const bool more_right = static_cast<bool>(std::getline(second, right));
    if (!more_left && !more_right) break;
    if (left != right || more_left != more_right) {
      found += table + "\n" + left + "\n" + right + "\n";
      ++differences;
    }
    if (left.substr(0, 2) == "# ") table = left;
  }
  return found;
}

TEST(SameWorld, IsMadeOfTheSameSeedOnTheSameDay) {
  ASSERT_EQ(the_world().problem, "");
  MadeWorld again;
  ASSERT_EQ(again.make(), "");
  EXPECT_GT(the_world().content.size(), 800'000u);
  EXPECT_EQ(difference(the_world().content, again.content(false)), "");
}

// A week later: the same weekdays. Holidays alone would not move, and there is none in the weeks that count.
TEST(SameWorld, MovesWithTheDay) {
  ASSERT_EQ(the_world().problem, "");
  MadeWorld later({}, usual_now + days(7));
  ASSERT_EQ(later.make(), "");
  EXPECT_NE(difference(the_world().content, later.content(false)), "");
  EXPECT_EQ(difference(the_world().moved, later.content(true)), "");
}

// Whatever weekday and hour it is, and whatever the seed: what a tour shows is there.
TEST(SameWorld, TellsTheSameStoryOnEveryDay) {
  for (const int day : {2, 4}) {  // a Saturday night, a Monday morning at four
    SCOPED_TRACE("day " + std::to_string(day));
    const Instant now = usual_now + days(day) + hours(day == 2 ? 14 : -6);
    const char* language = day == 2 ? "en" : "zh-CN";
    MadeWorld made(
        {.language = language, .seed = static_cast<std::uint64_t>(day) + 1, .customers = 1500, .late_customers = 0},
        now);
    ASSERT_EQ(made.make(), "");
    made.runner.read([](services::Work& work) {
      for (const auto& wrong : services::check_customers(work)) ADD_FAILURE() << test::line_of(wrong);
      for (const auto& wrong : services::check_batches(work)) ADD_FAILURE() << test::line_of(wrong);
    });
    EXPECT_EQ(made.count("SELECT count(*) FROM customers"), 1500);
    EXPECT_EQ(made.count("SELECT count(*) FROM batches WHERE state = 0"), 8);
    EXPECT_EQ(made.count("SELECT count(*) FROM batches WHERE state = 1"), 2);
    EXPECT_EQ(made.count("SELECT count(*) FROM batches WHERE state = 2"), 2);
    const auto items = [&made](Subject subject, const std::string& where) {
      return made.count("SELECT count(*) FROM batch_items WHERE batch = " + std::to_string(batch_of(subject).value) +
                        " AND " + where);
    };
    EXPECT_GT(items(Subject::overdue, "state = 1"), 0);
    EXPECT_GT(items(Subject::waiting, "state = 0"), 20);
    EXPECT_EQ(items(Subject::waiting, "state <> 0"), 0);
    EXPECT_GT(items(Subject::claiming_open, "state = 0"), 20);
    EXPECT_GT(items(Subject::held_by_leaver, "state = 1 AND executor = 14"), 0);
    EXPECT_GT(items(Subject::working_time, "state = 1 AND due_at > " + std::to_string(now.ms)), 0);
    for (int state = 1; state < 6; ++state)
      EXPECT_GT(items(Subject::under_way, "state = " + std::to_string(state)), 0) << state;
    EXPECT_EQ(made.count("SELECT count(*) FROM item_log WHERE at > " + std::to_string(now.ms)), 0);
    EXPECT_EQ(players(made.runner).size(), cast().size());
  }
}

}  // namespace
}  // namespace tw::demo
