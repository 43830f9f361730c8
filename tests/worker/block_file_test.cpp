// A file in memory whose changed blocks are kept elsewhere: whoever loads what was kept has the same file.
#include "worker/block_file.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "support/fakes.h"
#include "worker/exchange.h"

namespace tw::worker {
namespace {

using Store = std::map<std::int64_t, std::vector<unsigned char>>;

// As blocks.js does it.
void keep(BlockFile& file, Store& store) {
  for (const std::int64_t number : file.take_changed())
    if (number < file.blocks()) store[number] = file.block(number);
  store.erase(store.lower_bound(file.blocks()), store.end());
}

std::string loaded(const Store& store) {
  BlockFile file;
  for (const auto& entry : store) file.load(entry.second);
  return all_of(file).value();
}

TEST(BlockFile, what_is_kept_is_the_file_after_any_changes) {
  test::SeededRandom random(20261123);
  const auto below = [&random](std::int64_t limit) {
    unsigned char bytes[4];
    random.fill(bytes);
    return static_cast<std::int64_t>((bytes[0] | bytes[1] << 8 | bytes[2] << 16) % limit);
  };
  BlockFile file;
  Store store;
  for (int turn = 0; turn < 300; ++turn) {
    for (int change = 0; change < 3; ++change) {
      const std::int64_t place = below(6 * BlockFile::block_bytes);
      if (below(8) == 0) {
        file.truncate(place);
      } else {
        const std::vector<unsigned char> bytes(static_cast<std::size_t>(1 + below(2 * BlockFile::block_bytes)),
                                               static_cast<unsigned char>(turn));
        file.write(bytes, place);
      }
    }
    keep(file, store);
    ASSERT_EQ(loaded(store), all_of(file)) << "turn " << turn;
  }
}

TEST(BlockFile, only_what_changed_is_handed_over) {
  BlockFile file;
  const std::vector<unsigned char> bytes(10 * BlockFile::block_bytes, 'a');
  file.write(bytes, 0);
  EXPECT_EQ(file.take_changed().size(), 10u);
  EXPECT_TRUE(file.take_changed().empty());
  const std::vector<unsigned char> some(10, 'b');
  file.write(some, 3 * BlockFile::block_bytes + 100);
  EXPECT_EQ(file.take_changed(), (std::vector<std::int64_t>{3}));
  BlockFile again;
  again.load(bytes);
  EXPECT_TRUE(again.take_changed().empty()) << "what came from there is there";
}

}  // namespace
}  // namespace tw::worker
