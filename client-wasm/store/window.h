// Window<Row>: the visible part of a long sorted list. Rows are positions; pages of `page_rows` are fetched when their
// rows come into view, a bounded number of them is kept, and what was there stays visible while it is asked for again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/page.h"
#include "client/store/remote.h"

namespace tw::store {

inline constexpr std::int64_t page_rows = 100;
inline constexpr std::size_t most_pages = 40;   // of one window: 4,000 rows in memory
inline constexpr std::size_t most_windows = 8;  // of one list: other filters, kept for "back"

template <class Row>
class Window {
 public:
  struct Slot {
    Remote<std::vector<Row>> rows;
    std::string next{};  // cursor behind the last row
    std::uint64_t used = 0;
  };

  const Row* at(std::int64_t row) const {
    const auto found = slots_.find(row / page_rows);
    if (row < 0 || found == slots_.end() || !found->second.rows.ready()) return nullptr;
    const auto offset = static_cast<std::size_t>(row % page_rows);
    return offset < found->second.rows->size() ? &(*found->second.rows)[offset] : nullptr;
  }
  std::int64_t rows() const { return total.count; }
  bool known() const { return known_; }
  bool loading() const {
    return std::any_of(slots_.begin(), slots_.end(), [](const auto& s) { return s.second.rows.loading(); });
  }
  const Problem* problem() const {
    for (const auto& slot : slots_)
      if (slot.second.rows.failed()) return &slot.second.rows.problem;
    return nullptr;
  }
  template <class F>
  void each(F&& visit) const {
    for (const auto& slot : slots_)
      if (slot.second.rows.ready())
        for (const Row& row : *slot.second.rows) visit(row);
  }

  // --- for the store -------------------------------------------------------------------------------------------------
  // The pages that rows [first, last) need and nobody has asked for yet. A list that shows none needs its first page:
  // how else would it learn that there are some now?
  std::vector<std::int64_t> wanted(std::int64_t first, std::int64_t last) {
    std::vector<std::int64_t> pages;
    const std::int64_t rows = known_ ? std::max<std::int64_t>(total.count, 1) : 1;
    const std::int64_t begin = std::clamp<std::int64_t>(first, 0, rows - 1);
    const std::int64_t end = std::min(std::max(last, begin + 1), rows);
    for (std::int64_t page = begin / page_rows; page * page_rows < end; ++page) {
      Slot& slot = slots_[page];
      slot.used = ++clock_;
      if (slot.rows.wanted()) pages.push_back(page);
    }
    return pages;
  }
  Slot& slot(std::int64_t page) { return slots_[page]; }
  // The cursor with which `page` can be reached by key, when the page before it is here.
  std::string cursor_before(std::int64_t page) const {
    const auto before = slots_.find(page - 1);
    return before == slots_.end() || before->second.rows.stale ? std::string{} : before->second.next;
  }
  void answered(std::int64_t page, std::uint32_t question, std::vector<Row> rows, std::string next,
                std::optional<api::Total> all) {
    Slot& slot = slots_[page];
    if (!slot.rows.answer(question, std::move(rows))) return;
    slot.next = std::move(next);
    // A count that was counted exactly is not replaced by "at least" of the same list.
    if (all && (all->exact || !total.exact || !known_ || all->count > total.count)) total = *all;
    known_ = true;
    while (slots_.size() > most_pages) {
      auto oldest = std::min_element(slots_.begin(), slots_.end(),
                                     [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
      slots_.erase(oldest);
    }
  }
  void failed(std::int64_t page, std::uint32_t question, Problem problem) {
    slots_[page].rows.fail(question, std::move(problem));
  }
  void mark_stale() {
    for (auto& slot : slots_) slot.second.rows.stale = true;
    count_asked = false;
  }
  void retry() {
    for (auto& slot : slots_)
      if (slot.second.rows.failed()) slot.second.rows.retry();
  }

  api::Total total{};
  bool count_asked = false;  // the exact count, after an inexact total

 private:
  std::map<std::int64_t, Slot> slots_{};
  std::uint64_t clock_ = 0;
  bool known_ = false;
};

// The windows of one list by what they show (the encoded query). While a new one has no rows yet, the last one that had
// stays on the screen, dimmed.
template <class Row>
class Windows {
 public:
  struct Shown {
    const Window<Row>* window = nullptr;  // never null once anything was loaded
    bool dimmed = false;                  // of another query, while this one loads
  };
  Shown show(const std::string& key) const {
    const auto found = windows_.find(key);
    if (found != windows_.end() && (found->second.window.known() || found->second.window.problem()))
      return {&found->second.window, false};
    const auto last = windows_.find(last_ready_);
    if (last != windows_.end()) return {&last->second.window, true};
    return {found == windows_.end() ? nullptr : &found->second.window, false};
  }
  const Window<Row>* find(const std::string& key) const {
    const auto found = windows_.find(key);
    return found == windows_.end() ? nullptr : &found->second.window;
  }

  Window<Row>* find(const std::string& key) {
    const auto found = windows_.find(key);
    return found == windows_.end() ? nullptr : &found->second.window;
  }
  Window<Row>& open(const std::string& key) {
    Kept& kept = windows_[key];
    kept.used = ++clock_;
    if (windows_.size() > most_windows) {
      auto oldest = std::min_element(windows_.begin(), windows_.end(),
                                     [](const auto& a, const auto& b) { return a.second.used < b.second.used; });
      if (oldest->first != key) windows_.erase(oldest);
    }
    return windows_[key].window;
  }
  void ready(const std::string& key) { last_ready_ = key; }
  // Another list altogether (another batch): its rows must not stand in for this one's.
  void forget_last() { last_ready_.clear(); }
  void mark_stale() {
    for (auto& kept : windows_) kept.second.window.mark_stale();
  }
  void retry() {
    for (auto& kept : windows_) kept.second.window.retry();
  }
  template <class F>
  void each(F&& visit) const {
    for (const auto& kept : windows_) kept.second.window.each(visit);
  }

 private:
  struct Kept {
    Window<Row> window;
    std::uint64_t used = 0;
  };
  std::map<std::string, Kept> windows_{};
  std::uint64_t clock_ = 0;
  std::string last_ready_{};
};

}  // namespace tw::store
