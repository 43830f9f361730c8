// The transition table against an oracle: the specification "Batch customer tasks", its table and its clock, said again
// as plainly as possible. The oracle knows no table, no sets and none of the engine's helpers; it keeps an item's whole
// past and goes through what may be done sentence by sentence. Both walk the same random histories.
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "domain/batch/transitions.h"
#include "support/item_attempt.h"
#include "support/random.h"

namespace tw::domain::batch {
namespace {

using support::for_seeds;
using support::Seeded;

constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
constexpr std::int64_t nobody = 0, creator = 1, ann_the_executor = 2, bo_the_executor = 3, outsider = 4, recall_job = 5;

// --- the oracle ------------------------------------------------------------------------------------------------------

struct Item {
  std::string state = "unassigned";
  std::int64_t holder = nobody;
  std::int64_t used = 0;    // ms, of the stretches that are over
  std::int64_t since = -1;  // when the stretch that runs began; -1: none runs
  bool once_allocated = false, returned = false;
  std::int64_t returns = 0;  // since it was last given to somebody
  std::int64_t barred = nobody;
  std::int64_t version = 1;
  bool gone = false;
};

struct Batch {
  std::string state = "active";
  std::int64_t limit = 0;    // ms; 0: none
  std::int64_t least = day;  // what a return leaves
  bool confirms = true, transfers = false, claims = false, forbids_own = false;
  std::int64_t claims_from = -1, claims_to = -1, end_date = -1;  // -1: empty
};

struct Deed {  // something that was done, and what it was done to
  std::string action;
  std::int64_t who = nobody, at = 0;
  Item before;
  std::int64_t version_after = 0;
};

struct Try {
  std::string action;
  std::int64_t who = nobody, now = 0, target = nobody;
  bool receives = true;  // whoever would get it back may still receive
  const Deed* undone = nullptr;
};

bool is_executor(std::int64_t who) { return who == ann_the_executor || who == bo_the_executor; }
bool needs_an_executor(const Item& item) {
  return item.state == "unassigned" || item.state == "reset" || item.state == "abandoned";
}
bool is_over(const Batch& batch, std::int64_t now) { return batch.end_date >= 0 && now >= batch.end_date; }
std::int64_t due(const Item& item, const Batch& batch) {
  if (item.since < 0 || batch.limit == 0) return -1;
  return item.since + (batch.limit - item.used);
}

// "yes", "forbidden" (somebody else could) or "conflict" (nobody can, as things stand).
std::string verdict(const Item& item, const Batch& batch, const Try& t) {
  if (batch.state != "active") return "conflict";
  if (t.action == "remove") {
    if (item.state != "unassigned") return "conflict";
    if (t.who != creator) return "forbidden";
    return item.once_allocated ? "conflict" : "yes";
  }
  if (t.action == "allocate" || t.action == "designate") {
    if (!needs_an_executor(item)) return "conflict";
    if (t.who != creator) return "forbidden";
    if (is_over(batch, t.now) || t.target == nobody) return "conflict";
    return "yes";
  }
  if (t.action == "claim") {
    if (!needs_an_executor(item)) return "conflict";
    if (!is_executor(t.who)) return "forbidden";
    if (!batch.claims || is_over(batch, t.now)) return "conflict";
    if (batch.claims_from >= 0 && t.now < batch.claims_from) return "conflict";
    if (batch.claims_to >= 0 && t.now >= batch.claims_to) return "conflict";
    return "yes";
  }
  if (t.action == "save_progress" || t.action == "complete" || t.action == "abandon") {
    if (item.state != "executing") return "conflict";
    return t.who == item.holder ? "yes" : "forbidden";
  }
  if (t.action == "confirm") {
    if (item.state != "completed") return "conflict";
    if (t.who != creator) return "forbidden";
    return batch.forbids_own && item.holder == creator ? "forbidden" : "yes";
  }
  if (t.action == "return") {
    if (item.state != "completed") return "conflict";
    if (t.who != creator) return "forbidden";
    return t.receives ? "yes" : "conflict";
  }
  if (t.action == "reset") {
    if (item.state != "executing" && item.state != "completed") return "conflict";
    return t.who == creator ? "yes" : "forbidden";
  }
  if (t.action == "recall") {
    if (item.state != "executing") return "conflict";
    if (t.who != recall_job) return "forbidden";
    return due(item, batch) >= 0 && t.now >= due(item, batch) ? "yes" : "conflict";
  }
  if (t.action == "transfer") {
    if (item.state != "executing") return "conflict";
    if (t.who != item.holder) return "forbidden";
    if (!batch.transfers || t.target == nobody || t.target == item.holder) return "conflict";
    return "yes";
  }
  if (t.action == "end_all" || t.action == "terminate") return t.who == creator ? "yes" : "forbidden";
  if (t.action == "reassign") {
    if (item.state != "executing") return "conflict";
    if (t.who != creator) return "forbidden";
    if (is_over(batch, t.now) || t.target == nobody || t.target == item.holder) return "conflict";
    return "yes";
  }
  if (t.action == "undo_allocation") {
    if (item.state != "executing") return "conflict";
    if (t.who != creator && !(t.undone && t.undone->who == t.who)) return "forbidden";
    if (!t.undone || item.version != t.undone->version_after || t.now > t.undone->at + 72 * hour) return "conflict";
    if (t.undone->before.state == "executing" && !t.receives) return "conflict";
    for (const char* given : {"allocate", "designate", "claim", "transfer", "reassign"})
      if (t.undone->action == given) return "yes";
    return "conflict";
  }
  if (t.action == "undo_own") {
    if (item.state == "unassigned") return "conflict";
    if (!(t.undone && t.undone->who == t.who)) return "forbidden";
    if (item.version != t.undone->version_after || t.now > t.undone->at + 10 * minute) return "conflict";
    if (t.undone->before.state == "executing" && !t.receives) return "conflict";
    for (const char* own : {"complete", "abandon", "confirm", "return", "reset"})
      if (t.undone->action == own) return "yes";
    return "conflict";
  }
  return "no such action";
}

void stop_and_count(Item& item, std::int64_t now) {
  if (item.since >= 0) item.used += now - item.since;
  item.since = -1;
}
void stop_and_forget(Item& item) {
  item.used = 0;
  item.since = -1;
  item.holder = nobody;
  item.returned = false;
}
void begin_with(Item& item, std::int64_t who, std::int64_t now) {
  item.state = "executing";
  item.holder = who;
  item.used = 0;
  item.since = now;
  item.once_allocated = true;
  item.returned = false;
  item.returns = 0;
  item.barred = nobody;
}

Item done(Item item, const Batch& batch, const Try& t) {
  const std::int64_t version = item.version + 1;
  if (t.action == "remove") {
    item.gone = true;
  } else if (t.action == "allocate" || t.action == "designate" || t.action == "reassign") {
    begin_with(item, t.target, t.now);
  } else if (t.action == "claim") {
    begin_with(item, t.who, t.now);
  } else if (t.action == "complete") {
    stop_and_count(item, t.now);
    item.state = batch.confirms ? "completed" : "ended";
    item.returned = false;
  } else if (t.action == "abandon") {
    item.barred = item.holder;
    stop_and_forget(item);
    item.state = "abandoned";
  } else if (t.action == "confirm") {
    item.state = "ended";
  } else if (t.action == "return") {
    item.state = "executing";
    item.returned = true;
    ++item.returns;
    item.since = t.now;
    if (batch.limit > 0) {
      const std::int64_t least = batch.limit < batch.least ? batch.limit : batch.least;
      if (item.used > batch.limit - least) item.used = batch.limit - least;
    }
  } else if (t.action == "reset" || t.action == "recall") {
    stop_and_forget(item);
    item.state = "reset";
  } else if (t.action == "transfer") {
    item.holder = t.target;
    item.barred = nobody;
  } else if (t.action == "end_all") {
    stop_and_count(item, t.now);
    item.state = "ended";
    item.returned = false;
  } else if (t.action == "terminate") {
    stop_and_count(item, t.now);
  } else if (t.action == "undo_allocation") {
    item = t.undone->before;
  } else if (t.action == "undo_own") {
    item = t.undone->before;
    if (item.since >= 0) {  // the time since the slip does not count
      item.used += t.undone->at - item.since;
      item.since = t.now;
    }
  }
  item.version = version;
  return item;
}

// --- the walk --------------------------------------------------------------------------------------------------------

BatchFacts facts_of(const Batch& batch) {
  const auto instant = [](std::int64_t at) { return at < 0 ? std::optional<Instant>{} : Instant{at}; };
  BatchFacts facts;
  facts.state = batch.state == "active" ? BatchState::active : BatchState::ended;
  facts.limit = {batch.limit / minute, LimitUnit::minutes};
  facts.needs_confirmation = batch.confirms;
  facts.allows_transfer = batch.transfers;
  facts.claim_open = batch.claims;
  facts.claim_from = instant(batch.claims_from);
  facts.claim_to = instant(batch.claims_to);
  facts.ends_at = instant(batch.end_date);
  facts.forbids_own_confirmation = batch.forbids_own;
  facts.return_minimum = {batch.least};
  return facts;
}

std::string words_of(const Item& item, const Batch& batch) {
  return item.state + " with " + std::to_string(item.holder) + ", used " + std::to_string(item.used) + " since " +
         std::to_string(item.since) + " due " + std::to_string(due(item, batch)) +
         (item.once_allocated ? ", once" : "") + (item.returned ? ", returned" : "") + ", returns " +
         std::to_string(item.returns) + ", barred " + std::to_string(item.barred) + ", version " +
         std::to_string(item.version);
}
std::string words_of(const ItemFacts& item) {
  const auto ms = [](const std::optional<Instant>& at) { return std::to_string(at ? at->ms : -1); };
  return std::string(wire_name(item.state)) + " with " + std::to_string(item.executor.value) + ", used " +
         std::to_string(item.clock.used.value) + " since " + ms(item.clock.resumed_at) + " due " +
         ms(item.clock.due_at) + (item.ever_allocated ? ", once" : "") + (item.returned ? ", returned" : "") +
         ", returns " + std::to_string(item.rounds) + ", barred " + std::to_string(item.barred.value) + ", version " +
         std::to_string(item.version.value);
}

Standing standing_of(const Item& item, const Try& t) {
  Standing standing = Standing::none;
  if (t.who == creator) standing = standing | Standing::creator_side;
  if (t.who != nobody && t.who == item.holder) standing = standing | Standing::its_executor;
  if (is_executor(t.who)) standing = standing | Standing::batch_executor;
  if (t.who == recall_job) standing = standing | Standing::system;
  if (t.undone && t.undone->who == t.who) standing = standing | Standing::who_did_it;
  return standing;
}

void change_at_random(Seeded& random, Batch& batch, std::int64_t now) {
  const auto moment = [&] {
    return random.one_in(2) ? -1 : random.one_in(4) ? now : now + random.between(-2 * hour, 6 * hour);
  };
  batch.confirms = !random.one_in(4);
  batch.transfers = random.one_in(2);
  batch.claims = random.one_in(2);
  batch.forbids_own = random.one_in(4);
  batch.claims_from = moment();
  batch.claims_to = moment();
  batch.end_date = random.one_in(4) ? moment() : -1;
  batch.state = random.one_in(40) ? "ended" : "active";
}

struct Counts {
  std::int64_t yes = 0, forbidden = 0, conflict = 0;
  std::vector<std::int64_t> done = std::vector<std::int64_t>(action_count, 0);
};

// One item from its adding on; what is refused is refused by both, what is done ends the same with both.
void walk(Seeded random, Counts& counts) {
  Batch batch;
  batch.limit = random.pick<std::int64_t>({0, 30 * minute, 8 * hour, day, 3 * day});
  batch.least = random.pick<std::int64_t>({hour, day, 2 * day});
  Item item;
  ItemFacts facts;
  facts.version = {1};
  std::int64_t now = 1'700'000'000'000;
  std::vector<Deed> past;
  std::vector<ItemFacts> facts_before;  // of each deed
  for (int steps = 0; steps < 60 && !item.gone; ++steps) {
    now += random.one_in(3) ? random.between(0, 2 * day) : random.between(0, 20 * minute);
    if (random.one_in(3)) change_at_random(random, batch, now);
    const auto action = static_cast<Action>(random.between(1, action_count - 1));
    if ((action == Action::end_all || action == Action::terminate || action == Action::remove) && !random.one_in(8))
      continue;  // else few walks get far
    Try t;
    t.action = wire_name(action);
    t.who = random.pick<std::int64_t>({creator, ann_the_executor, bo_the_executor, outsider, recall_job});
    if (item.holder && random.one_in(3)) t.who = item.holder;
    t.now = now;
    t.target = random.pick<std::int64_t>({nobody, creator, ann_the_executor, bo_the_executor});
    t.receives = !random.one_in(5);
    std::size_t undone = 0;
    if (!past.empty() && !random.one_in(10)) {
      undone = random.one_in(6)
                   ? static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(past.size()) - 1))
                   : past.size() - 1;
      t.undone = &past[undone];
      if (random.one_in(2)) t.who = t.undone->who;
    }
    SCOPED_TRACE("step " + std::to_string(steps) + ": " + t.action + " by " + std::to_string(t.who) + " to " +
                 std::to_string(t.target) + " at " + std::to_string(now) + " when " + words_of(item, batch));

    Undone undoing;
    if (t.undone) {
      for (const auto& name : action_names)
        if (name.name == t.undone->action) undoing.action = name.value;
      undoing.done_at = {t.undone->at};
      undoing.version_after = {t.undone->version_after};
      undoing.before = facts_before[undone];
    }
    const ActorStanding actor{{t.who == recall_job ? nobody : t.who}, standing_of(item, t)};
    Details details;
    details.target = {t.target};
    details.executor_receives = t.receives;
    details.undone = t.undone ? &undoing : nullptr;
    const Refusal refusal = may(facts, action, actor, facts_of(batch), {now}, details);
    const std::string said = !refusal ? "yes" : refusal->code == Code::forbidden ? "forbidden" : "conflict";
    const std::string right = verdict(item, batch, t);
    ASSERT_EQ(said, right) << (refusal ? refusal->key.view() : std::string_view());
    ++(right == "yes" ? counts.yes : right == "forbidden" ? counts.forbidden : counts.conflict);
    if (right != "yes") continue;

    ++counts.done[static_cast<std::size_t>(action)];
    const Outcome outcome = apply(facts, action, actor, facts_of(batch), {now}, details);
    Deed deed{t.action, t.who, now, item, item.version + 1};
    const bool late = action == Action::complete && is_over(batch, now);
    const bool own = action == Action::confirm && item.holder == t.who;
    item = done(item, batch, t);
    ASSERT_EQ(outcome.removed, item.gone);
    ASSERT_EQ(words_of(outcome.item), words_of(item, batch));
    ASSERT_EQ(outcome.completed_late, late);
    ASSERT_EQ(outcome.own_confirmation, own);
    past.push_back(deed);
    facts_before.push_back(facts);
    facts = outcome.item;
  }
}

TEST(Oracle, says_the_same_as_the_transition_table_along_random_histories) {
  Counts counts;
  for_seeds(4'000, [&](Seeded random) { walk(random, counts); });
  // The walk must get everywhere, else agreement says little.
  EXPECT_GT(counts.yes, 4'000);
  EXPECT_GT(counts.forbidden, 4'000);
  EXPECT_GT(counts.conflict, 4'000);
  for (int action = 1; action < action_count; ++action)
    EXPECT_GT(counts.done[static_cast<std::size_t>(action)], 20) << wire_name(static_cast<Action>(action));
}

}  // namespace
}  // namespace tw::domain::batch
