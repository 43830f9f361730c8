// Somebody leaves: they are disabled, or taken off a batch. What becomes of the items that they execute is chosen by
// whoever does it, with the numbers before their eyes; everything else that they did stays in the logs under their
// name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "domain/allocation/policy.h"

namespace tw::api {

// keep: the clock runs on, and recall takes back what is overdue. Who was taken off a batch may finish what they hold;
// who is disabled cannot act.
enum class LeavingChoice : std::uint8_t { keep, reset, transfer };
inline constexpr WireName<LeavingChoice> leaving_choice_names[] = {
    {LeavingChoice::keep, "keep"}, {LeavingChoice::reset, "reset"}, {LeavingChoice::transfer, "transfer"}};
constexpr std::span<const WireName<LeavingChoice>> wire_names(LeavingChoice) { return leaving_choice_names; }

// `to` shares the items: the next one goes to whoever holds least. Who is no executor of the batch yet becomes one.
// What none of them can take stays. `confirmed` as in batch.designate-items.
struct Leaving {
  LeavingChoice choice = LeavingChoice::keep;
  std::vector<PersonId> to;
  std::vector<domain::allocation::Obstacle> confirmed;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("choice", s.choice);
    v("to", s.to, rule::list(0, 100));
    v("confirmed", s.confirmed, rule::list(0, 10));
  }
};

// What somebody would leave behind, in active batches: asked before they are disabled.
struct ViewHeld {
  static constexpr Endpoint endpoint{.name = "people.held",
                                     .path = "/api/v1/people/{person}/held",
                                     .permission = domain::access::Permission::manage_people};
  struct Request {
    PersonId person;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("person", s.person, rule::required);
    }
  };
  struct Held {
    BatchId batch;
    std::string subject;
    std::int64_t executing = 0;
    std::int64_t completed = 0;  // wait for confirmation: they stay as they are
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch);
      v("subject", s.subject);
      v("executing", s.executing);
      v("completed", s.completed);
    }
  };
  // A batch of theirs, as creator, without another active manager of its own.
  struct Left {
    BatchId batch;
    std::string subject;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch);
      v("subject", s.subject);
    }
  };
  struct Response {
    std::vector<Held> held;  // most executing first, at most 100
    std::int64_t executing = 0, completed = 0, batches = 0;
    std::vector<Left> left;        // at most 100
    bool needs_successor = false;  // of these: nobody else manages every batch
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("held", s.held);
      v("executing", s.executing);
      v("completed", s.completed);
      v("batches", s.batches);
      v("left", s.left);
      v("needs_successor", s.needs_successor);
    }
  };
};

using LeavingOperations = Operations<ViewHeld>;

}  // namespace tw::api
