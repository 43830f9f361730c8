// What the care of the data asks of files.
#include "server/care/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "server/words/message.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

TEST(OpenFile, has_its_room_before_anything_is_written) {
  const test::TempFolder folder;
  const auto path = folder.path() / "new";
  if (::fallocate(OpenFile::new_file(folder.path() / "other").descriptor(), 0, 0, 4096) != 0)
    GTEST_SKIP() << "this file system reserves nothing";
  OpenFile::new_file(path).reserve(5'000'000);
  struct stat seen {};
  ASSERT_EQ(::stat(path.c_str(), &seen), 0);
  EXPECT_EQ(seen.st_size, 5'000'000);
  EXPECT_GE(seen.st_blocks * 512, 5'000'000);
}

TEST(OpenFile, is_refused_room_that_no_disk_has) {
  const test::TempFolder folder;
  const OpenFile file = OpenFile::new_file(folder.path() / "new");
  EXPECT_THROW(file.reserve(std::int64_t{1} << 60), Refused);
  EXPECT_EQ(bytes_of(folder.path() / "new"), 0);
}

}  // namespace
}  // namespace tw::server
