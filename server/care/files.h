// Files that must be whole or not there: written beside their place, made durable, and moved there at the end.
//
// What must stay true: nobody opens a database file here while this process has a connection to it, because closing it
// would drop the connection's locks (POSIX locks belong to the process, not to the descriptor).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "server/words/message.h"

namespace tw::server {

// A file descriptor that closes itself. Throws Refused when the file cannot be opened.
class OpenFile {
 public:
  static OpenFile to_read(const std::filesystem::path& path);
  static OpenFile new_file(const std::filesystem::path& path);  // mode 0600; what was there is an error
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;

  int descriptor() const { return descriptor_; }
  void make_durable() const;
  void write_at(std::int64_t at, const char* bytes, std::size_t length) const;  // throws Refused
  // Takes the room for so many bytes at once. A file that gets its room only while it is written keeps others waiting:
  // ext4 writes its new bytes out with the next commit of its own journal, and whoever makes another file durable waits
  // for that commit. Throws Refused when there is no room; a file system that cannot do this goes on without.
  void reserve(std::int64_t bytes) const;
  // For files written or read piece by piece, which should not push out of the system's memory what others need there.
  // The disk begins to write this piece; the one before it, of the same length, is written (without a promise that it
  // stays there) and leaves memory.
  void write_out(std::int64_t at, std::int64_t length) const;
  // One long read instead of many short ones at places that come as they come.
  void read_into_memory(const std::function<void()>& between) const;
  void let_memory_go() const;

 private:
  OpenFile(const std::filesystem::path& path, int flags, TextKey what);
  std::filesystem::path path_;
  int descriptor_;
};

void make_folder_durable(const std::filesystem::path& folder);  // new and renamed entries

// False: something is there already, and stays. Throws Refused. Durable when it returns.
bool move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);
// Takes the place of what is there, in one step. Durable when it returns.
void replace(const std::filesystem::path& from, const std::filesystem::path& to);
// A new, durable file with the same bytes.
void copy_bytes(const std::filesystem::path& from, const std::filesystem::path& to);

// A database file and what SQLite leaves beside it. Fine when there is nothing.
void remove_database_file(const std::filesystem::path& path);
bool has_log_beside(const std::filesystem::path& path);  // changes that are not in the file itself

std::int64_t bytes_of(const std::filesystem::path& path);            // 0: not there
std::int64_t free_bytes(const std::filesystem::path& folder);        // for this user
Message size_message(std::int64_t bytes);                            // "1.4 GB"
std::filesystem::path folder_of(const std::filesystem::path& file);  // never empty

// A place for a database that is thrown away, empty before and after.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(std::filesystem::path path) : path_(std::move(path)) { remove_database_file(path_); }
  ~ScratchDatabase() { remove_database_file(path_); }
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace tw::server
