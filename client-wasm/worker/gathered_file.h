// A file whose writes go on together where one begins at the end of the one before: each is a question to the browser,
// which takes a millisecond and a half in a private window, and a page of the journal is three.
//
// What must stay true: after a flush everything is in the file. Before one nothing was promised, and a write that fails
// late is told by whatever comes next, at the latest by the flush; SQLite then takes the transaction back.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "db/two_files.h"

namespace tw::worker {

class GatheredFile final : public db::File {
 public:
  static constexpr std::size_t most_bytes = 1024 * 1024;

  explicit GatheredFile(std::unique_ptr<db::File> file) : file_(std::move(file)) {}
  std::int64_t size() override;
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override;
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override;
  bool truncate(std::int64_t size) override;
  bool flush() override;

 private:
  bool pass_on();

  std::unique_ptr<db::File> file_;
  std::vector<unsigned char> gathered_;
  std::int64_t begin_ = 0;  // of what is gathered, in the file
};

}  // namespace tw::worker
