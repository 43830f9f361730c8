// The browser's own files behind the port of db/two_files.h: sync access handles of the origin private file system,
// which only a worker has. messages.js opens them before the database is; `number` is the place in its list.
#pragma once

#include "db/two_files.h"

namespace tw::worker {

class OpfsFile final : public db::File {
 public:
  explicit OpfsFile(int number) : number_(number) {}
  std::int64_t size() override;
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override;
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override;
  bool truncate(std::int64_t size) override;
  bool flush() override;

 private:
  const int number_;
};

}  // namespace tw::worker
