#include "server/folder.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tw::server {
namespace {

[[noreturn]] void fail(const std::string& doing) { throw std::system_error(errno, std::generic_category(), doing); }

}  // namespace

Folder::Folder(std::filesystem::path path) : path_(std::filesystem::absolute(path).lexically_normal()) {
  if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path());
  if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) fail("make the data folder " + path_.string());
  folder_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) fail("open the data folder " + path_.string());
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)), folder_(std::exchange(other.folder_, -1)), lock_(std::exchange(other.lock_, -1)) {}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
  if (folder_ >= 0) ::close(folder_);
}

bool Folder::lock() {
  if (lock_ >= 0) return true;
  const int descriptor = ::openat(folder_, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) fail("open the lock of " + path_.string());
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    lock_ = descriptor;
    return true;
  }
  const int problem = errno;
  ::close(descriptor);
  errno = problem;
  if (problem == EWOULDBLOCK) return false;
  fail("lock " + path_.string());
}

std::string Folder::socket() const { return "/proc/self/fd/" + std::to_string(folder_) + "/control.sock"; }

}  // namespace tw::server
