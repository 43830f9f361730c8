// The data folder: what lies in it, and its lock.
//
//   tidewater.db (-wal, -shm)   the database
//   spool/                      uploaded and produced files
//   backups/                    what the schedule and upgrades put aside (server/care/backup_folder.h)
//   replaced/                   databases that a restore took the place of
//   lock                        held (flock) by the one process that may write the database
//   backups.lock                held by whoever makes a backup or puts one back
//   backups.mark                by which this folder knows its own among backups that lie elsewhere
//   control.sock                a running server's door for the command line, mode 0600
//
// What must stay true: two processes never write one database, and nobody puts another one in its place while a backup
// reads it. Locks go with their process, also after kill -9.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace tw::server {

// A locked file; free again with this object.
class HeldLock {
 public:
  explicit HeldLock(int descriptor) : descriptor_(descriptor) {}
  ~HeldLock();
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

 private:
  const int descriptor_;
};

class Folder {
 public:
  // Makes the folder (mode 0700) when it is not there. Throws Refused when it cannot.
  explicit Folder(std::filesystem::path path);
  ~Folder();
  Folder(Folder&& other) noexcept;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;

  bool lock();  // false: another process holds it

  // One backup or restore at a time. Null: another one is running, and the answer was not to wait for it.
  enum class IfTaken { wait, answer_null };
  std::unique_ptr<HeldLock> lock_backups(IfTaken if_taken) const;

  const std::filesystem::path& path() const { return path_; }
  std::string database() const { return (path_ / "tidewater.db").string(); }
  std::filesystem::path spool() const { return path_ / "spool"; }
  std::filesystem::path backups() const { return path_ / "backups"; }
  std::filesystem::path replaced() const { return path_ / "replaced"; }
  // Socket addresses hold at most 107 bytes, so this one leads through an open descriptor of the folder. It is valid in
  // this process, while this object lives.
  std::string socket() const;
  // What an administrator makes here as root belongs to who owns the folder, so that the server can use it.
  void hand_over(const std::filesystem::path& made) const;
  bool has_database() const { return std::filesystem::exists(path_ / "tidewater.db"); }

 private:
  int open_lock(const char* name) const;

  std::filesystem::path path_;
  int folder_ = -1;
  int lock_ = -1;
};

}  // namespace tw::server
