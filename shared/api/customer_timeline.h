// What happened to a customer, and the notes people add. A timeline repeats no batch's log: it reads the items' own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "api/page.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/batch/state.h"

namespace tw::api {

using domain::access::Permission;

// What happened to a customer, newest first: changes, imports, batch actions, execution notes.
enum class TimelineKind : std::uint8_t {
  created,
  changed,
  imported,
  note,
  execution_note,
  item_added,
  item_allocated,
  item_completed,
  item_ended,
  item_returned,
  item_reset,
  item_undone,
  item_recalled,
  item_abandoned,
  item_removed,
};
inline constexpr WireName<TimelineKind> timeline_kind_names[] = {
    {TimelineKind::created, "created"},
    {TimelineKind::changed, "changed"},
    {TimelineKind::imported, "imported"},
    {TimelineKind::note, "note"},
    {TimelineKind::execution_note, "execution_note"},
    {TimelineKind::item_added, "item_added"},
    {TimelineKind::item_allocated, "item_allocated"},
    {TimelineKind::item_completed, "item_completed"},
    {TimelineKind::item_ended, "item_ended"},
    {TimelineKind::item_returned, "item_returned"},
    {TimelineKind::item_reset, "item_reset"},
    {TimelineKind::item_undone, "item_undone"},
    {TimelineKind::item_recalled, "item_recalled"},
    {TimelineKind::item_abandoned, "item_abandoned"},
    {TimelineKind::item_removed, "item_removed"},
};
constexpr std::span<const WireName<TimelineKind>> wire_names(TimelineKind) { return timeline_kind_names; }

struct TimelineEntry {
  TimelineKind kind = TimelineKind::note;
  Instant at;
  PersonId actor;
  std::string actor_name;  // as it was then
  BatchId batch;
  std::string subject;  // of the batch
  std::string text;     // notes: what was written; changes: the names of the changed fields, comma-separated
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("kind", s.kind);
    v("at", s.at);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("batch", s.batch);
    v("subject", s.subject);
    v("text", s.text);
  }
};

struct CustomerTimeline {
  static constexpr Endpoint endpoint{.name = "customers.timeline",
                                     .path = "/api/v1/customers/{customer}/timeline",
                                     .permission = Permission::view_customers};
  struct Request {
    CustomerId customer;
    std::string after;  // cursor; empty: from the newest
    std::int64_t limit = 50;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
      v("after", s.after, rule::text(0, 100));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  struct Response {
    std::vector<TimelineEntry> entries;
    std::string next;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("entries", s.entries);
      v("next", s.next);
    }
  };
};

// A note that a person writes into the timeline; counts as a follow-up.
struct AddCustomerNote {
  static constexpr Endpoint endpoint{.name = "customers.add-note",
                                     .method = Method::post,
                                     .path = "/api/v1/customers/{customer}/notes",
                                     .permission = Permission::edit_customers,
                                     .effect = Effect::changes};
  struct Request {
    CustomerId customer;
    std::string text;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("customer", s.customer, rule::required);
      v("text", s.text, rule::text(1, 4000));
    }
  };
  using Response = Done;
};

using CustomerTimelineOperations = Operations<CustomerTimeline, AddCustomerNote>;

}  // namespace tw::api
