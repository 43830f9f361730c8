// The one list of all operations, by area. A new area is one line here and one register_<area>.cpp in services.
#pragma once

#include "api/addition.h"
#include "api/allocation.h"
#include "api/allocation_undo.h"
#include "api/audit.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/batch_limit.h"
#include "api/calendar.h"
#include "api/claim.h"
#include "api/customer.h"
#include "api/customer_field.h"
#include "api/customer_timeline.h"
#include "api/events.h"
#include "api/import.h"
#include "api/item.h"
#include "api/leaving.h"
#include "api/notification.h"
#include "api/operation.h"
#include "api/operation_rows.h"
#include "api/people.h"
#include "api/policy.h"
#include "api/reassignment.h"
#include "api/session.h"
#include "api/settings.h"
#include "api/system.h"
#include "api/user_group.h"
#include "api/workbench.h"

namespace tw::api {

template <class... Lists>
struct Areas {
  static constexpr std::size_t count = (Lists::count + ...);
  template <class F>
  static void each(F&& visit) {
    (Lists::each(visit), ...);
  }
};

using AllOperations =
    Areas<SessionOperations, PeopleOperations, LeavingOperations, UserGroupOperations, CalendarOperations,
          SettingsOperations, SystemOperations, AuditOperations, CustomerOperations, CustomerTimelineOperations,
          CustomerFieldOperations, ImportOperations, BatchOperations, AdditionOperations, BatchItemOperations,
          BatchLimitOperations, PolicyOperations, AllocationOperations, AllocationUndoOperations,
          ReassignmentOperations, ItemOperations, ClaimOperations, OperationOperations, OperationRowOperations,
          WorkbenchOperations, NotificationOperations, EventOperations>;

}  // namespace tw::api
