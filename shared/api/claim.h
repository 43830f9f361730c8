// Claiming: executors take items of a batch that need an executor. Row rule: the batch lists the actor as executor.
//
// What can be claimed is seen only while claiming is open, with masked phones; who may not claim one of them (its
// abandoner, customers left out) does not see it.
#pragma once

#include "api/batch_items.h"

namespace tw::api {

// Before it is claimed: enough to choose by.
struct ClaimableRow {
  ItemId item;
  Version version;
  CustomerId customer;
  std::string customer_name;
  std::string customer_key;  // as in ItemRow
  std::string phone;         // masked
  std::string city;
  std::optional<std::int64_t> score;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("item", s.item);
    v("version", s.version);
    v("customer", s.customer);
    v("customer_name", s.customer_name);
    v("customer_key", s.customer_key);
    v("phone", s.phone);
    v("city", s.city);
    v("score", s.score);
  }
};

// Closed is an answer, not an error: `key` says why, and there are no rows. The order is the batch's own, unpredictable
// and the same on every page.
struct QueryClaimable {
  static constexpr Endpoint endpoint{.name = "items.query-claimable",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/claimable/query",
                                     .permission = Permission::execute_items};
  struct Request {
    BatchId batch;
    std::string after;
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("after", s.after, rule::text(0, 400));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  struct Response {
    bool open = false;
    std::string key;                // why not open
    std::vector<TextParam> params;  // of that text
    domain::batch::ClaimMode mode = domain::batch::ClaimMode::pick;
    std::int64_t count = usual_claim;  // at a time, by a random claim
    std::optional<Instant> to;         // the window ends then
    std::int64_t free = 0;             // need an executor, all of them
    std::int64_t held = 0;             // by the actor, in all active batches
    std::optional<std::int64_t> room;  // how many more they can take; none: no cap
    std::int64_t untouched = 0;        // drawn by them and nothing done yet: until it is none they draw no more
    bool absent = false;               // by their calendar, for the whole handling limit: they claim nothing
    std::vector<ClaimableRow> rows;
    std::string next;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("open", s.open);
      v("key", s.key);
      v("params", s.params);
      v("mode", s.mode);
      v("count", s.count);
      v("to", s.to);
      v("free", s.free);
      v("held", s.held);
      v("room", s.room);
      v("untouched", s.untouched);
      v("absent", s.absent);
      v("rows", s.rows);
      v("next", s.next);
    }
  };
};

// Row 4, of items that one names: each answered by itself, whoever commits first has it. Only where the mode is `pick`.
struct ClaimItems {
  static constexpr Endpoint endpoint{.name = "items.claim",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/claim",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    std::vector<ItemVersion> rows;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("rows", s.rows, rule::list(1, most_rows_at_once));
    }
  };
  struct Response {
    std::vector<RowOutcome> outcomes;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("outcomes", s.outcomes);
    }
  };
};

// Row 4 at random, where that is the mode: as many as the batch says, as are free and as the caps leave room for. Every
// free item is equally likely. Refused while the actor has an untouched one of an earlier draw.
struct ClaimAtRandom {
  static constexpr Endpoint endpoint{.name = "items.claim-at-random",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/claim-at-random",
                                     .permission = Permission::execute_items,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
    }
  };
  struct Response {
    std::vector<ItemVersion> items;  // what one has now
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
    }
  };
};

using ClaimOperations = Operations<QueryClaimable, ClaimItems, ClaimAtRandom>;

}  // namespace tw::api
