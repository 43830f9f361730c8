#include "services/sign_in_limit.h"

#include <algorithm>

#include "core/text.h"
#include "services/session_store.h"

namespace tw::services {

namespace {

constexpr std::int64_t free_for_login = 5;
constexpr std::int64_t free_for_peer = 40;  // one address may be a whole office
constexpr Millis longest_wait = minutes(15);

Millis wait_after(std::int64_t failures, std::int64_t free) {
  if (failures <= free) return {0};
  const std::int64_t doublings = std::min<std::int64_t>(failures - free, 20);
  return std::min(seconds(std::int64_t{1} << doublings), longest_wait);
}

std::int64_t failures_of(const Work& work, const std::optional<SignInAttempts>& attempts) {
  if (!attempts || work.now - attempts->changed > sign_in_memory) return 0;
  return attempts->failures;
}

void count(Work& work, const std::string& subject, std::int64_t free) {
  const std::int64_t failures = failures_of(work, attempts_of(work, subject)) + 1;
  put_attempts(work, subject, failures, work.now + wait_after(failures, free));
}

void uncount(Work& work, const std::string& subject) {
  const std::int64_t failures = failures_of(work, attempts_of(work, subject)) - 1;
  if (failures <= 0) {
    delete_attempts(work, subject);
  } else {
    put_attempts(work, subject, failures, work.now);
  }
}

}  // namespace

SignInLimit::SignInLimit(std::string_view login, std::string_view peer)
    : login_("login:" + text::lower(login)), peer_("peer:" + std::string(peer)) {}

std::optional<Millis> SignInLimit::begin(Work& work) const {
  Instant open_at = work.now;
  for (const std::string* subject : {&login_, &peer_})
    if (const auto attempts = attempts_of(work, *subject)) open_at = std::max(open_at, attempts->closed_until);
  if (open_at > work.now) return open_at - work.now;
  count(work, login_, free_for_login);
  count(work, peer_, free_for_peer);
  return {};
}

void SignInLimit::take_back(Work& work) const {
  uncount(work, login_);
  uncount(work, peer_);
}

void SignInLimit::succeed(Work& work) const {
  delete_attempts(work, login_);
  uncount(work, peer_);
}

Error too_many_attempts(Millis wait, std::int64_t& retry_after) {
  retry_after = (wait.value + 999) / 1000;
  return error(Code::limited, text_key("session.too_many_attempts"), {param("seconds", retry_after)});
}

}  // namespace tw::services
