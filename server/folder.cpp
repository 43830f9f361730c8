#include "server/folder.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/words/reasons.h"

namespace tw::server {
namespace {

[[noreturn]] void fail(Message what, const std::filesystem::path& folder) {
  const int problem = errno;
  what.params.push_back(param("folder", folder.string()));
  throw Refused(std::move(what).with("reason", reason_of(problem)));
}

}  // namespace

Folder::Folder(std::filesystem::path path) : path_(std::filesystem::absolute(path).lexically_normal()) {
  if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path());
  if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) fail(said("folder.cannot_make"), path_);
  folder_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) fail(said("folder.cannot_open"), path_);
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)), folder_(std::exchange(other.folder_, -1)), lock_(std::exchange(other.lock_, -1)) {}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
  if (folder_ >= 0) ::close(folder_);
}

bool Folder::lock() {
  if (lock_ >= 0) return true;
  const int descriptor = open_lock("lock");
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    lock_ = descriptor;
    return true;
  }
  const int problem = errno;
  ::close(descriptor);
  errno = problem;
  if (problem == EWOULDBLOCK) return false;
  fail(said("folder.cannot_lock"), path_);
}

std::unique_ptr<HeldLock> Folder::lock_backups(IfTaken if_taken) const {
  const int descriptor = open_lock("backups.lock");
  auto held = std::make_unique<HeldLock>(descriptor);
  const int how = if_taken == IfTaken::wait ? LOCK_EX : LOCK_EX | LOCK_NB;
  while (::flock(descriptor, how) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK) return nullptr;
    fail(said("folder.cannot_lock_backups"), path_);
  }
  return held;
}

void Folder::hand_over(const std::filesystem::path& made) const {
  struct stat owner {};
  if (::geteuid() != 0 || ::fstat(folder_, &owner) != 0) return;
  if (::lchown(made.c_str(), owner.st_uid, owner.st_gid) != 0) fail(said("folder.cannot_hand_over"), made);
}

int Folder::open_lock(const char* name) const {
  const int descriptor = ::openat(folder_, name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(said("folder.cannot_open_lock"), path_);
  struct stat owner {};
  if (::geteuid() == 0 && ::fstat(folder_, &owner) == 0 && ::fchown(descriptor, owner.st_uid, owner.st_gid) != 0)
    fail(said("folder.cannot_hand_over"), path_ / name);
  return descriptor;
}

HeldLock::~HeldLock() { ::close(descriptor_); }

std::string Folder::socket() const { return "/proc/self/fd/" + std::to_string(folder_) + "/control.sock"; }

}  // namespace tw::server
