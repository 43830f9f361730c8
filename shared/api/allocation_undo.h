// Undo of an allocation: a look at what it would do, and the doing of it as a long operation. What can be undone is an
// operation that gave items to people (allocate; change_items as a designation), and the undo of an allocation: then
// what it gave back is given again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/operation.h"
#include "core/ids.h"

namespace tw::api {

// Worked on since, and by whom: these stay where they are.
struct KeptRows {
  PersonId person;   // 0: the system (a recall), or the local operator
  std::string name;  // as it was then; empty: the system
  std::int64_t items = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("person", s.person);
    v("name", s.name);
    v("items", s.items);
  }
};

// Row rule: who started the operation, or manages the batch.
struct ViewAllocationUndo {
  static constexpr Endpoint endpoint{.name = "operations.view-undo",
                                     .path = "/api/v1/operations/{operation}/undo",
                                     .permission = domain::access::Permission::signed_in};
  struct Request {
    OperationId operation;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation, rule::required);
    }
  };
  struct Response {
    OperationId operation;
    std::int64_t reversed = 0;     // would go back to what they were
    std::int64_t kept = 0;         // somebody has worked on them since
    std::int64_t blocked = 0;      // nobody has, and still it cannot be
    std::string blocked_why;       // text key
    std::vector<KeptRows> by;      // who has, most items first; at most 20
    std::optional<Instant> until;  // the end of the undo window; empty: nothing was given to anybody
    bool again = false;            // it is an undo: `reversed` go to whom they were given before
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation);
      v("reversed", s.reversed);
      v("kept", s.kept);
      v("blocked", s.blocked);
      v("blocked_why", s.blocked_why);
      v("by", s.by);
      v("until", s.until);
      v("again", s.again);
    }
  };
};

struct UndoAllocation {
  static constexpr Endpoint endpoint{.name = "operations.undo",
                                     .method = Method::post,
                                     .path = "/api/v1/operations/{operation}/undo",
                                     .permission = domain::access::Permission::signed_in,
                                     .effect = Effect::changes};
  using Request = ViewAllocationUndo::Request;
  using Response = Accepted;
};

using AllocationUndoOperations = Operations<ViewAllocationUndo, UndoAllocation>;

}  // namespace tw::api
