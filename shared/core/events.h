// What may have changed, told after commit. An event carries ids only, never data: whoever hears it asks again, with
// their own permissions. Lost or repeated events are harmless.
#pragma once

#include <cstdint>
#include <span>

#include "core/describe.h"

namespace tw {

enum class EventKind : std::uint8_t {
  person_changed,
  department_changed,
  user_group_changed,
  calendar_changed,   // of working time
  customer_changed,   // one customer; entity is its id
  customers_changed,  // many at once (import, long operations); entity is 0
  field_changed,      // custom fields
  import_changed,
  batch_changed,         // the batch itself or its counts
  item_changed,          // one item; entity is its id
  operation_changed,     // progress of a long operation
  notification_changed,  // of one person: the event names them
};

inline constexpr WireName<EventKind> event_kind_names[] = {
    {EventKind::person_changed, "person_changed"},         {EventKind::department_changed, "department_changed"},
    {EventKind::user_group_changed, "user_group_changed"}, {EventKind::calendar_changed, "calendar_changed"},
    {EventKind::customer_changed, "customer_changed"},     {EventKind::customers_changed, "customers_changed"},
    {EventKind::field_changed, "field_changed"},           {EventKind::import_changed, "import_changed"},
    {EventKind::batch_changed, "batch_changed"},           {EventKind::item_changed, "item_changed"},
    {EventKind::operation_changed, "operation_changed"},   {EventKind::notification_changed, "notification_changed"},
};
constexpr std::span<const WireName<EventKind>> wire_names(EventKind) { return event_kind_names; }

}  // namespace tw
