// A database file in memory that knows which of its blocks have changed, for a browser that keeps data only in a store
// of whole values, asynchronously (blocks.js). There what changed is kept after a transaction and before anybody hears
// of it, in one transaction of the store: it holds a whole database whenever the page is closed.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "db/two_files.h"

namespace tw::worker {

class BlockFile final : public db::File {
 public:
  static constexpr std::int64_t block_bytes = 64 * 1024;

  std::int64_t size() override { return bytes_.size(); }
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override { return bytes_.read(into, offset); }
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override;
  bool truncate(std::int64_t size) override;
  bool flush() override { return true; }  // of what is kept later

  // What the store holds, block after block from the first, before anything else is done with the file.
  bool load(std::span<const unsigned char> block);
  // Numbers of blocks that have changed since this was asked last. Those that lie behind the end are gone.
  std::vector<std::int64_t> take_changed();
  std::int64_t blocks() { return (size() + block_bytes - 1) / block_bytes; }
  // One block, the last one may be shorter.
  std::vector<unsigned char> block(std::int64_t number);

 private:
  void mark(std::int64_t from, std::int64_t to);

  db::MemoryFile bytes_;
  std::set<std::int64_t> changed_;
};

}  // namespace tw::worker
