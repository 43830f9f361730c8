// Writes that are passed on together leave the same file, and a failure is told before anything is promised.
#include "worker/gathered_file.h"

#include <string>

#include <gtest/gtest.h>

#include "support/fakes.h"
#include "worker/exchange.h"

namespace tw::worker {
namespace {

// Counts what reaches it, and refuses to write when told to.
class Below final : public db::File {
 public:
  struct Seen {
    db::MemoryFile bytes;
    int writes = 0, flushes = 0;
    bool full = false;
  };
  explicit Below(Seen& seen) : seen_(seen) {}
  std::int64_t size() override { return seen_.bytes.size(); }
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override {
    return seen_.bytes.read(into, offset);
  }
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override {
    ++seen_.writes;
    return !seen_.full && seen_.bytes.write(bytes, offset);
  }
  bool truncate(std::int64_t size) override { return seen_.bytes.truncate(size); }
  bool flush() override { return ++seen_.flushes > 0; }

 private:
  Seen& seen_;
};

class GatheredFileTest : public ::testing::Test {
 protected:
  static std::vector<unsigned char> some(std::size_t count, unsigned char value) {
    return std::vector<unsigned char>(count, value);
  }
  Below::Seen below;
  GatheredFile file{std::make_unique<Below>(below)};
};

TEST_F(GatheredFileTest, passes_on_at_once_what_lies_together) {
  std::int64_t at = 0;
  for (int page = 0; page < 50; ++page)
    for (const std::size_t length : {4, 4096, 4}) {
      ASSERT_TRUE(file.write(some(length, 7), at));
      at += static_cast<std::int64_t>(length);
    }
  EXPECT_EQ(below.writes, 0);
  ASSERT_TRUE(file.flush());
  EXPECT_EQ(below.writes, 1);
  EXPECT_EQ(below.flushes, 1);
  EXPECT_EQ(below.bytes.size(), at);
  ASSERT_TRUE(file.write(some(10, 1), 0));
  ASSERT_TRUE(file.write(some(10, 2), 100));
  EXPECT_EQ(below.writes, 2) << "elsewhere";
}

TEST_F(GatheredFileTest, is_the_same_file_whatever_is_done_with_it) {
  test::SeededRandom random(20261123);
  const auto below_limit = [&random](int limit) {
    unsigned char bytes[4];
    random.fill(bytes);
    return (bytes[0] | bytes[1] << 8 | bytes[2] << 16) % limit;
  };
  db::MemoryFile plain;
  std::int64_t end = 0;  // of the last write: where the next one often begins
  for (int turn = 0; turn < 20'000; ++turn) {
    const int what = below_limit(20);
    if (what < 16) {
      const std::int64_t at = below_limit(3) ? end : below_limit(300'000);
      const auto bytes = some(static_cast<std::size_t>(below_limit(turn % 100 ? 3000 : 1'200'000)) + 1,
                              static_cast<unsigned char>(turn));
      ASSERT_TRUE(file.write(bytes, at));
      ASSERT_TRUE(plain.write(bytes, at));
      end = at + std::ssize(bytes);
      if (end > 3'000'000) end = 0;
    } else if (what == 16) {
      const std::int64_t size = below_limit(300'000);
      ASSERT_TRUE(file.truncate(size));
      ASSERT_TRUE(plain.truncate(size));
    } else if (what == 17) {
      ASSERT_TRUE(file.flush());
    } else {
      auto got = some(5000, 0), expected = some(5000, 0);
      const std::int64_t at = below_limit(300'000);
      ASSERT_EQ(file.read(got, at), plain.read(expected, at));
      ASSERT_EQ(got, expected);
    }
  }
  EXPECT_EQ(file.size(), plain.size());
  EXPECT_TRUE(all_of(file) == all_of(plain));
}

TEST_F(GatheredFileTest, tells_of_what_could_not_be_written_before_it_promises_anything) {
  ASSERT_TRUE(file.write(some(10, 1), 0));
  ASSERT_TRUE(file.flush());
  below.full = true;
  EXPECT_TRUE(file.write(some(10, 2), 10));
  EXPECT_FALSE(file.flush());
  EXPECT_EQ(below.flushes, 1);
  EXPECT_TRUE(file.write(some(10, 2), 10));
  EXPECT_FALSE(file.write(some(10, 3), 500));
  EXPECT_TRUE(file.write(some(10, 2), 10));
  EXPECT_EQ(file.size(), -1);
  below.full = false;
  EXPECT_TRUE(file.flush());
  EXPECT_EQ(file.size(), 10) << "of what failed nothing comes later";
}

}  // namespace
}  // namespace tw::worker
