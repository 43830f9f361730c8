// See draft_plan.h.
#include "client/views/draft_plan.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "core/text.h"

namespace tw::views {

const DraftEntry* DraftPlan::find(ItemId item) const {
  const auto found = entries_.find(item.value);
  return found == entries_.end() ? nullptr : &found->second;
}

std::int64_t DraftPlan::given_to(PersonId person) const {
  const auto found = given_.find(person.value);
  return found == given_.end() ? 0 : found->second;
}

bool DraftPlan::give(std::span<const api::ItemVersion> items, PersonId person, bool override_soft) {
  const auto fresh = std::count_if(items.begin(), items.end(),
                                   [this](const api::ItemVersion& one) { return entries_.count(one.item.value) == 0; });
  if (size() + fresh > api::most_entries_by_hand) return false;
  for (const api::ItemVersion& one : items) entries_[one.item.value] = {person, one.version, override_soft};
  changed();
  return true;
}

void DraftPlan::take_out(std::span<const std::int64_t> items) {
  for (const std::int64_t item : items) entries_.erase(item);
  changed();
}

void DraftPlan::clear() {
  entries_.clear();
  changed();
}

void DraftPlan::changed() {
  ++revision_;
  given_.clear();
  listed_.clear();
  listed_.reserve(entries_.size());
  for (const auto& [item, entry] : entries_) {
    ++given_[entry.person.value];
    listed_.push_back({item});
  }
  std::stable_sort(listed_.begin(), listed_.end(),
                   [this](ItemId a, ItemId b) { return find(a)->person < find(b)->person; });
}

std::vector<api::PlanEntries> DraftPlan::entries() const {
  std::map<std::pair<std::int64_t, bool>, std::vector<api::ItemVersion>> by_person;
  for (const auto& [item, entry] : entries_)
    by_person[{entry.person.value, entry.override_soft}].push_back({{item}, entry.version});
  std::vector<api::PlanEntries> all;
  for (auto& [key, items] : by_person) all.push_back({{key.first}, key.second, std::move(items)});
  return all;
}

// --- kept over a reload: "person override count" and, of each entry, how far its item is from the one before, and its
// version
// --------------------------------------------------------------------------------------------------------------

namespace {

void put(std::string& words, std::int64_t number) {
  if (!words.empty()) words += ' ';
  words += std::to_string(number);
}

// Takes numbers from the front; none left, or something else: nothing.
class Figures {
 public:
  explicit Figures(std::string_view words) : left_(words) {}
  bool done() const { return left_.empty(); }
  std::optional<std::int64_t> take() {
    const std::size_t space = std::min(left_.find(' '), left_.size());
    const auto number = text::to_integer(left_.substr(0, space));
    left_.remove_prefix(std::min(space + 1, left_.size()));
    return number;
  }

 private:
  std::string_view left_;
};

}  // namespace

std::string DraftPlan::words() const {
  std::string words;
  for (const api::PlanEntries& one : entries()) {
    put(words, one.person.value);
    put(words, one.override_soft);
    put(words, static_cast<std::int64_t>(one.items.size()));
    std::int64_t before = 0;
    for (const api::ItemVersion& row : one.items) {
      put(words, row.item.value - before);
      put(words, row.version.value);
      before = row.item.value;
    }
  }
  return words;
}

bool DraftPlan::read(std::string_view words) {
  entries_.clear();
  Figures figures(words);
  bool good = true;
  while (good && !figures.done()) {
    const auto person = figures.take(), override_soft = figures.take(), count = figures.take();
    good = person && override_soft && count;
    std::int64_t item = 0;
    for (std::int64_t i = 0; good && i < *count; ++i) {
      const auto distance = figures.take(), version = figures.take();
      good = distance && version && size() < api::most_entries_by_hand;
      if (!good) break;
      item += *distance;
      entries_[item] = {{*person}, {*version}, *override_soft != 0};
    }
  }
  if (!good) entries_.clear();
  changed();
  return good;
}

std::string words_of(const DraftPlans& plans, PersonId whose) {
  std::string words;
  for (const auto& [batch, plan] : plans) {
    if (plan.empty()) continue;
    if (words.empty()) words = std::to_string(whose.value);
    words += ';' + std::to_string(batch) + ' ' + plan.words();
  }
  return words;
}

std::uint64_t revision_of(const DraftPlans& plans) {
  std::uint64_t revision = 0;
  for (const auto& plan : plans)
    if (!plan.second.empty())
      revision = revision * 31 + static_cast<std::uint64_t>(plan.first) + plan.second.revision();
  return revision;
}

bool read_plans(std::string_view words, PersonId whose, DraftPlans& plans) {
  const auto parts = text::split(words, ';');
  if (parts.size() < 2 || text::to_integer(parts[0]) != whose.value) return false;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t space = std::min(parts[i].find(' '), parts[i].size());
    const auto batch = text::to_integer(parts[i].substr(0, space));
    if (!batch || !plans[*batch].read(parts[i].substr(std::min(space + 1, parts[i].size())))) {
      plans.clear();
      return false;
    }
  }
  return true;
}

}  // namespace tw::views
