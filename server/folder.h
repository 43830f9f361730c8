// The data folder: what lies in it, and its lock.
//
//   tidewater.db (-wal, -shm)   the database
//   spool/                      uploaded and produced files
//   lock                        held (flock) by the one process that may open the database
//   control.sock                a running server's door for the command line, mode 0600
//
// What must stay true: two processes never open one database. The lock goes with its process, also after kill -9.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace tw::server {

class Folder {
 public:
  // Makes the folder (mode 0700) when it is not there. Throws std::system_error when it cannot.
  explicit Folder(std::filesystem::path path);
  ~Folder();
  Folder(Folder&& other) noexcept;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;

  bool lock();  // false: another process holds it

  const std::filesystem::path& path() const { return path_; }
  std::string database() const { return (path_ / "tidewater.db").string(); }
  std::filesystem::path spool() const { return path_ / "spool"; }
  // Socket addresses hold at most 107 bytes, so this one leads through an open descriptor of the folder. It is valid in
  // this process, while this object lives.
  std::string socket() const;
  bool has_database() const { return std::filesystem::exists(path_ / "tidewater.db"); }

 private:
  std::filesystem::path path_;
  int folder_ = -1;
  int lock_ = -1;
};

}  // namespace tw::server
