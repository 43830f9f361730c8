// Strong ids: a customer's id does not convert to a person's. 0 means "none"; real ids start at 1 and stay below 2^53,
// so that JavaScript tools keep every digit.
#pragma once

#include <cstdint>
#include <functional>

namespace tw {

template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit constexpr operator bool() const { return value != 0; }
  friend constexpr bool operator==(Id a, Id b) { return a.value == b.value; }
  friend constexpr bool operator!=(Id a, Id b) { return a.value != b.value; }
  friend constexpr bool operator<(Id a, Id b) { return a.value < b.value; }
};

using PersonId = Id<struct PersonTag>;
using DepartmentId = Id<struct DepartmentTag>;
using UserGroupId = Id<struct UserGroupTag>;
using CalendarId = Id<struct CalendarTag>;
using CustomerId = Id<struct CustomerTag>;
using CustomerFieldId = Id<struct CustomerFieldTag>;
using ImportId = Id<struct ImportTag>;
using BatchId = Id<struct BatchTag>;
using ItemId = Id<struct ItemTag>;
using NotificationId = Id<struct NotificationTag>;
using OperationId = Id<struct OperationTag>;
using SpoolId = Id<struct SpoolTag>;

// Counts up by one with every change of a row; a write names the version it saw and is refused (409) when it is stale.
struct Version {
  std::int64_t value = 0;
  friend constexpr bool operator==(Version a, Version b) { return a.value == b.value; }
  friend constexpr bool operator!=(Version a, Version b) { return a.value != b.value; }
  friend constexpr bool operator<(Version a, Version b) { return a.value < b.value; }
};

}  // namespace tw

template <class Tag>
struct std::hash<tw::Id<Tag>> {
  std::size_t operator()(tw::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
