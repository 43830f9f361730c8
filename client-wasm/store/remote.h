// Remote<T>: something the server knows and we may have a copy of. Stale values stay visible; an older answer never
// overwrites a newer one.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "client/transport/problem.h"

namespace tw::store {

using transport::Problem;

template <class T>
struct Remote {
  enum class State : std::uint8_t { idle, loading, ready, failed };
  State state = State::idle;
  std::optional<T> value{};
  Problem problem{};
  std::uint32_t asked = 0, got = 0;  // numbers of requests
  bool stale = false;                // something changed since: ask again when it is looked at

  bool ready() const { return value.has_value(); }
  bool fresh() const { return ready() && state == State::ready && !stale; }  // what is edited must be the newest
  bool loading() const { return state == State::loading; }
  bool failed() const { return state == State::failed; }
  bool wanted() const { return state == State::idle || (stale && state != State::loading); }
  const T* operator->() const { return &*value; }
  const T& operator*() const { return *value; }

  std::uint32_t ask() {
    state = State::loading;
    stale = false;
    return ++asked;
  }
  // False when a newer question has been answered already.
  bool answer(std::uint32_t question, T fresh) {
    if (question <= got) return false;
    got = question;
    value = std::move(fresh);
    if (question == asked) state = State::ready;
    return true;
  }
  void fail(std::uint32_t question, Problem what) {
    if (question != asked) return;
    state = State::failed;
    problem = std::move(what);
  }
  void retry() { state = State::idle; }
  void forget() { *this = Remote{}; }
};

}  // namespace tw::store
