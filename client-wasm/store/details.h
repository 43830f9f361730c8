// Details<T>: single things by id (a customer, a batch, an item), a bounded number of them, the least used dropped.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

#include "client/store/remote.h"

namespace tw::store {

inline constexpr std::size_t most_details = 64;

// The id of something that has none: FNV-1a of what was asked for.
inline std::int64_t hash_of(std::string_view words) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : words) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash >> 1);
}

template <class T>
class Details {
 public:
  const Remote<T>& at(std::int64_t id) const {
    const auto found = kept_.find(id);
    return found == kept_.end() ? nothing_ : found->second.remote;
  }
  Remote<T>* find(std::int64_t id) {
    const auto found = kept_.find(id);
    return found == kept_.end() ? nullptr : &found->second.remote;
  }
  Remote<T>& open(std::int64_t id) {
    if (kept_.size() >= most_details && kept_.find(id) == kept_.end()) {
      kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                   [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
    }
    Kept& kept = kept_[id];
    kept.used = ++clock_;
    return kept.remote;
  }
  void put(std::int64_t id, T value) {
    Remote<T>& remote = open(id);
    remote.answer(remote.ask(), std::move(value));
  }
  void mark_stale(std::int64_t id) {
    if (Remote<T>* remote = find(id)) remote->stale = true;
  }
  void mark_stale() {
    for (auto& kept : kept_) kept.second.remote.stale = true;
  }
  // Those whose value `shows` something that has changed.
  template <class F>
  void mark_stale_where(F shows) {
    for (auto& kept : kept_)
      if (kept.second.remote.ready() && shows(*kept.second.remote)) kept.second.remote.stale = true;
  }
  void retry() {
    for (auto& kept : kept_)
      if (kept.second.remote.failed()) kept.second.remote.retry();
  }
  void clear() { kept_.clear(); }

 private:
  struct Kept {
    Remote<T> remote;
    std::uint64_t used = 0;
  };
  std::map<std::int64_t, Kept> kept_{};
  Remote<T> nothing_{};
  std::uint64_t clock_ = 0;
};

}  // namespace tw::store
