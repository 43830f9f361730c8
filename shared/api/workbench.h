// The first screen: counts that lead somewhere, and the batches that need attention.
#pragma once

#include "api/batch.h"

namespace tw::api {

// A count that leads somewhere: items that wait, and where.
struct Block {
  Waiting what = Waiting::to_confirm;
  std::int64_t items = 0;
  std::int64_t batches = 0;
  BatchId only;  // where there is one batch
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("what", s.what);
    v("items", s.items);
    v("batches", s.batches);
    v("only", s.only);
  }
};

struct ViewWorkbench {
  static constexpr Endpoint endpoint{
      .name = "workbench.view", .path = "/api/v1/workbench", .permission = Permission::signed_in};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    // as creator or co-manager, over active batches
    std::int64_t to_confirm = 0;
    std::int64_t to_confirm_batches = 0;
    StateCounts managed;  // unassigned + reset + abandoned = need an executor
    std::int64_t managed_due_soon = 0;
    // as executor
    std::int64_t new_for_me = 0;  // executing, nothing done yet
    std::int64_t returned_to_me = 0;
    std::int64_t my_due_soon = 0;
    std::int64_t my_executing = 0;
    std::int64_t completed_today = 0;   // by me; the viewer's day
    std::vector<BatchSummary> batches;  // the newest changed active ones the actor manages, at most 8
    std::vector<BatchPerson> load;      // executors of those batches by load, at most 8
    std::int64_t load_jain_ppm = 0;
    std::vector<Block> blocks;  // one of each kind
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("to_confirm", s.to_confirm);
      v("to_confirm_batches", s.to_confirm_batches);
      v("managed", s.managed);
      v("managed_due_soon", s.managed_due_soon);
      v("new_for_me", s.new_for_me);
      v("returned_to_me", s.returned_to_me);
      v("my_due_soon", s.my_due_soon);
      v("my_executing", s.my_executing);
      v("completed_today", s.completed_today);
      v("batches", s.batches);
      v("load", s.load);
      v("load_jain_ppm", s.load_jain_ppm);
      v("blocks", s.blocks);
    }
  };
};

using WorkbenchOperations = Operations<ViewWorkbench>;

}  // namespace tw::api
