// Changing the handling limit of a batch that people are working on: first what it would do, then as a long operation,
// because every due time moves.
#pragma once

#include "api/batch.h"

namespace tw::api {

// What becomes of items that would be overdue at once: taken back, or left for a day more.
enum class OverdueChoice : std::uint8_t { recall, grace };
inline constexpr WireName<OverdueChoice> overdue_choice_names[] = {{OverdueChoice::recall, "recall"},
                                                                   {OverdueChoice::grace, "grace"}};
constexpr std::span<const WireName<OverdueChoice>> wire_names(OverdueChoice) { return overdue_choice_names; }

struct PreviewLimit {
  static constexpr Endpoint endpoint{
      .name = "batch.preview-limit", .path = "/api/v1/batches/{batch}/limit", .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    std::int64_t limit = 0;
    domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
    std::optional<domain::batch::LimitCounts> limit_counts = {};  // absent: as it is
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("limit_counts", s.limit_counts);
    }
  };
  struct Response {
    std::int64_t moves = 0;    // due times: of every item that somebody executes; none where the limit stays as long
    std::int64_t overdue = 0;  // of these, at once
    bool exact = true;         // false: so many and more; only the first few hundred thousand were looked at
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("moves", s.moves);
      v("overdue", s.overdue);
      v("exact", s.exact);
    }
  };
};

// Items that wait for confirmation take the new limit when they are returned.
struct ChangeLimit {
  static constexpr Endpoint endpoint{.name = "batch.change-limit",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/limit",
                                     .permission = Permission::manage_batch,
                                     .effect = Effect::changes};
  struct Request {
    BatchId batch;
    Version version;
    std::int64_t limit = 0;
    domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
    OverdueChoice overdue = OverdueChoice::recall;
    std::optional<domain::batch::LimitCounts> limit_counts = {};  // absent: as it is
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("version", s.version, rule::required);
      v("limit", s.limit, rule::range(0, 525'600));
      v("limit_unit", s.limit_unit);
      v("limit_counts", s.limit_counts);
      v("overdue", s.overdue);
    }
  };
  using Response = Accepted;
};

using BatchLimitOperations = Operations<PreviewLimit, ChangeLimit>;

}  // namespace tw::api
