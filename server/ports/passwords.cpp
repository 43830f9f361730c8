#include "server/ports/passwords.h"

#include <array>
#include <stdexcept>

#include <argon2.h>

namespace tw::server {

// One of the few places at the hasher, for its life time; `granted` says whether there was one in time.
class Argon2Hasher::Turn {
 public:
  explicit Turn(Argon2Hasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.waiting_ >= hasher_.cost_.may_wait) return;
    ++hasher_.waiting_;
    granted_ = hasher_.free_.wait_for(lock, hasher_.cost_.longest_wait,
                                      [this] { return hasher_.running_ < hasher_.cost_.at_once; });
    --hasher_.waiting_;
    if (granted_) ++hasher_.running_;
  }
  ~Turn() {
    if (!granted_) return;
    {
      const std::lock_guard lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.free_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool granted() const { return granted_; }

 private:
  Argon2Hasher& hasher_;
  bool granted_ = false;
};

std::optional<std::string> Argon2Hasher::hash(std::string_view password) {
  constexpr std::uint32_t lanes = 1;
  constexpr std::uint32_t hash_bytes = 32;
  std::array<unsigned char, 16> salt{};
  random_.fill(salt);

  const Turn turn(*this);
  if (!turn.granted()) return std::nullopt;
  std::string encoded(argon2_encodedlen(cost_.passes, cost_.memory_kib, lanes, salt.size(), hash_bytes, Argon2_id),
                      '\0');
  const int code = argon2id_hash_encoded(cost_.passes, cost_.memory_kib, lanes, password.data(), password.size(),
                                         salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) return std::nullopt;
  if (code != ARGON2_OK) throw std::runtime_error(std::string("argon2: ") + argon2_error_message(code));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

PasswordHasher::Verdict Argon2Hasher::verify(std::string_view password, std::string_view stored) {
  const std::string encoded(stored);
  const Turn turn(*this);
  if (!turn.granted()) return Verdict::busy;
  const int code = argon2id_verify(encoded.c_str(), password.data(), password.size());
  if (code == ARGON2_OK) return Verdict::match;
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) return Verdict::busy;
  return Verdict::mismatch;  // also for a stored text that is no hash: nobody signs in with it
}

}  // namespace tw::server
