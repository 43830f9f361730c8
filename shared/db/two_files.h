// A database in two files that somebody else has opened, itself and its rollback journal: for places where files are
// handles and have no names, such as a browser's worker. SQLite reaches them through a small VFS of our own.
//
// What must stay true
// - What was acknowledged survives whatever is cut off after it: the journal is on the disk before the first page is
//   overwritten, and a commit ends when the emptied journal is (journal_mode=TRUNCATE, synchronous=FULL).
// - Both handles belong to one TwoFiles, and it to one connection at a time: there are no locks.
// - Files, clock and random numbers outlive it; it outlives its connection.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "core/env.h"

namespace tw::db {

// An open file. Offsets and sizes are bytes; nothing throws, for SQLite's own frames lie above.
class File {
 public:
  virtual ~File() = default;
  virtual std::int64_t size() = 0;                                                    // below 0: failed
  virtual std::int64_t read(std::span<unsigned char> into, std::int64_t offset) = 0;  // how many; below 0: failed
  virtual bool write(std::span<const unsigned char> bytes, std::int64_t offset) = 0;  // all of them, or false
  virtual bool truncate(std::int64_t size) = 0;
  virtual bool flush() = 0;  // true: what was written is durable
};

class MemoryFile final : public File {
 public:
  MemoryFile() = default;
  explicit MemoryFile(std::string bytes) : bytes_(std::move(bytes)) {}
  std::int64_t size() override { return static_cast<std::int64_t>(bytes_.size()); }
  std::int64_t read(std::span<unsigned char> into, std::int64_t offset) override;
  bool write(std::span<const unsigned char> bytes, std::int64_t offset) override;
  bool truncate(std::int64_t size) override;
  bool flush() override { return true; }

 private:
  std::string bytes_;
};

class TwoFiles {
 public:
  TwoFiles(File& database, File& journal, Clock& clock, Random& random);
  ~TwoFiles();
  TwoFiles(const TwoFiles&) = delete;
  TwoFiles& operator=(const TwoFiles&) = delete;

  const char* vfs_name() const;

 private:
  struct Vfs;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace tw::db
