// What must hold for any allocation, with companies, caps, terms and histories that nobody thought of: what is
// committed is what the plan showed when nothing changed in between, and an undo leaves no trace but of what was worked
// on.
#include <map>

#include <gtest/gtest.h>

#include "domain/allocation/basis.h"
#include "services/policy_store.h"
#include "support/batch_world.h"
#include "support/random.h"

namespace tw::test {
namespace {

using domain::batch::ItemState;
using support::for_seeds;
using support::Seeded;

constexpr std::int64_t whole = domain::allocation::whole_item;

// A company with a random past: caps, owners, flags, scores, and items that came back.
class Company {
 public:
  explicit Company(Seeded& random) : draw(random) {
    people = {world.ann.person, world.bob.person, world.cid.person};
    for (std::int64_t more = draw.between(0, 3); more > 0; --more)
      people.push_back(world.add_person("Person " + std::to_string(more), Role::member, world.north));
  }

  BatchId add_batch(PolicyId policy = {}) {
    api::CreateBatch::Request request;
    request.executors = people;
    request.limit = draw.between(0, 48);
    request.limit_unit = domain::batch::LimitUnit::hours;
    request.policy = policy;
    return world.create_batch(std::move(request));
  }
  PolicyId add_policy() {
    const auto policy = world.call<api::AddPolicy>(world.mia, {"Shared", terms()});
    EXPECT_TRUE(policy) << policy.reply.body;
    return policy->policy;
  }
  api::PolicyTerms terms() {
    api::PolicyTerms terms;
    terms.kind = policy();
    terms.rest = without_owner(policy());
    terms.seed = draw.between(0, 3);
    for (const PersonId person : people)
      if (draw.one_in(3)) terms.people.push_back(override_of(person));
    return terms;
  }
  void fill(BatchId batch, std::int64_t count) {
    const auto customers = world.add_customers(static_cast<int>(count));
    world.change([&](services::Work& work) {
      for (const CustomerId customer : customers)
        work.db.prepare("UPDATE customers SET owner = :owner, score = :score WHERE id = :id")
            .bind(":owner", draw.one_in(2) ? std::optional(draw.pick(people)) : std::nullopt)
            .bind(":score", draw.between(0, 100))
            .bind(":id", customer)
            .run();
    });
    world.add(batch, customers);
    world.change([&](services::Work& work) {  // flagged since
      for (const CustomerId customer : customers)
        if (draw.one_in(12))
          work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", customer).run();
    });
  }
  // Some were held before: given up, with a bar, or taken back.
  void give_some_a_past(BatchId batch) {
    for (const auto& row : world.items_of(batch)) {
      if (!draw.one_in(6)) continue;
      api::DesignateItems::Request give;
      give.batch = batch;
      give.executor = world.bob.person;
      give.rows = {{row.item, row.version}};
      if (world.call<api::DesignateItems>(world.mia, give)->outcomes.at(0).result != api::RowResult::done) continue;
      if (draw.one_in(2)) {
        EXPECT_TRUE(world.call<api::AbandonItem>(world.bob, {row.item, world.item(row.item).version, "no time"}));
      } else {
        EXPECT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(row.item)}, ""}));
      }
    }
  }
  void set_caps() {
    world.change([&](services::Work& work) {
      for (const PersonId person : people) {
        auto statement = work.db.prepare(
            "UPDATE people SET holding_cap = :holding, daily_inflow_cap = :inflow, weight = :weight WHERE id = :id");
        statement.bind(":holding", draw.one_in(3) ? std::optional(draw.between(0, 12)) : std::nullopt);
        statement.bind(":inflow", draw.one_in(4) ? std::optional(draw.between(0, 15)) : std::nullopt);
        statement.bind(":weight", 50 * draw.between(1, 6)).bind(":id", person).run();
      }
    });
  }
  // What a manager may ask for on the board.
  api::PlanWish wish(BatchId batch) {
    api::PlanWish wish;
    wish.batch = batch;
    if (draw.one_in(2)) wish.policy = policy();
    if (draw.one_in(2)) wish.rest = without_owner(policy());
    if (draw.one_in(2)) wish.seed = draw.between(1, 1000);
    if (draw.one_in(3)) {
      wish.people.emplace();
      for (const PersonId person : people)
        if (draw.one_in(2)) wish.people->push_back(override_of(person));
    }
    if (draw.one_in(4))
      for (const PersonId person : people)
        if (wish.executors.empty() || draw.one_in(2)) wish.executors.push_back(person);
    std::map<std::pair<PersonId, bool>, std::vector<api::ItemVersion>> by_hand;
    const auto& receivers = wish.executors.empty() ? people : wish.executors;
    const bool only_some = draw.one_in(4);
    for (const auto& row : world.items_of(batch)) {
      if (row.state == ItemState::executing) continue;
      if (only_some && draw.one_in(3)) continue;
      if (only_some) wish.items.push_back(row.item);
      if (draw.one_in(8)) by_hand[{draw.pick(receivers), draw.one_in(2)}].push_back({row.item, row.version});
    }
    for (auto& [whose, items] : by_hand) wish.fixed.push_back({whose.first, whose.second, std::move(items)});
    return wish;
  }
  // In steps of any size, as when people write meanwhile.
  void run() {
    for (bool more = true; more;) {
      services::OperationRunner operations(world.runner, world.env);
      CountedBudget budget(static_cast<int>(draw.between(0, 3)));
      more = operations.run_one_step(budget);
    }
  }

  BatchWorld world;
  std::vector<PersonId> people;

 private:
  domain::allocation::Policy policy() {
    const auto count = static_cast<std::int64_t>(std::size(domain::allocation::policy_names));
    return domain::allocation::policy_names[draw.between(0, count - 1)].value;
  }
  static domain::allocation::Policy without_owner(domain::allocation::Policy policy) {
    return policy == domain::allocation::Policy::by_owner ? domain::allocation::Policy::even : policy;
  }
  api::PlanOverride override_of(PersonId person) {
    return {person, draw.one_in(2) ? std::optional(draw.between(1, 500)) : std::nullopt,
            draw.one_in(3) ? std::optional(draw.between(0, 9)) : std::nullopt};
  }

 protected:
  Seeded& draw;
};

TEST(AnyAllocation, commits_what_the_plan_showed_when_nothing_changed_in_between) {
  for_seeds(16, [](Seeded random) {
    Company company(random);
    BatchWorld& world = company.world;
    const BatchId batch = company.add_batch();
    company.fill(batch, random.between(1, 50));
    company.give_some_a_past(batch);
    company.set_caps();
    api::PlanWish wish = company.wish(batch);
    const auto plan = world.call<api::PlanAllocation>(world.mia, wish);
    ASSERT_TRUE(plan) << plan.reply.body;
    ASSERT_TRUE(plan->changed.empty());
    std::map<ItemId, api::ItemRow> before;
    for (const auto& row : world.items_of(batch)) before[row.item] = row;

    wish.seed = plan->seed;
    wish.snapshot = plan->snapshot;
    const auto accepted = world.call<api::AllocateItems>(world.mia, wish);
    ASSERT_TRUE(accepted) << accepted.reply.body;
    company.run();

    std::map<PersonId, std::int64_t> got, value;
    std::int64_t placed = 0;
    std::map<ItemId, PersonId> now;
    for (const auto& row : world.items_of(batch)) {
      const api::ItemRow& was = before.at(row.item);
      now[row.item] = row.executor;
      if (row.version == was.version) continue;
      EXPECT_EQ(row.state, ItemState::executing);
      ++placed;
      ++got[row.executor];
      value[row.executor] += row.score.value_or(0);
    }
    EXPECT_EQ(placed, plan->placed);
    for (const auto& person : plan->people) {
      EXPECT_EQ(got[person.person], person.gets) << person.name;
      EXPECT_EQ(value[person.person], person.value) << person.name;
    }
    EXPECT_EQ(world.outcome(accepted->operation, "assigned"), plan->placed);
    std::map<std::string_view, std::int64_t> left_out;
    std::int64_t all = plan->placed;
    for (const auto& left : plan->left_out) {
      EXPECT_EQ(world.outcome(accepted->operation, wire_name(left.obstacle)), left.items);
      all += left.items;
    }
    EXPECT_EQ(all, plan->items) << "each item is placed or left out, once";
    EXPECT_EQ(world.outcome(accepted->operation, "conflict") + world.outcome(accepted->operation, "gone"), 0);
    std::map<ItemId, bool> unplaced;
    for (const auto& item : plan->unplaced) {
      unplaced[item.item] = true;
      EXPECT_EQ(world.item(item.item).version, before.at(item.item).version) << item.customer_name;
    }
    for (const auto& entries : wish.fixed)
      for (const auto& item : entries.items)
        if (!unplaced.count(item.item)) {
          EXPECT_EQ(now[item.item], entries.person) << "what is given by hand goes there";
        }
    EXPECT_EQ(world.wrong_counters(), "");
  });
}

// --- undo ------------------------------------------------------------------------------------------------------------

class Undoing : public Company {
 public:
  using Company::Company;
  using Ledger = std::map<PersonId, std::pair<std::int64_t, std::int64_t>>;  // owed, and when they got the last one

  // Everything that an item is, but for the version and the time of the last change, which only grow; with the clock.
  std::map<ItemId, std::string> items(BatchId batch) {
    std::map<ItemId, std::string> all;
    world.runner.read([&](services::Work& work) {
      auto statement = work.db.prepare(R"sql(
        SELECT id, state || ',' || progress || ',' || COALESCE(executor, '-') || ',' || ever_allocated || ',' ||
               COALESCE(barred, '-') || ',' || used || ',' || COALESCE(resumed_at, '-') || ',' ||
               COALESCE(due_at, '-') || ',' || rounds || ',' || COALESCE(next_follow_up, '-') || ',' || last_text
        FROM batch_items WHERE batch = :batch)sql");
      statement.bind(":batch", batch).each([&](db::Row row) { all[{row.integer(0)}] = row.string(1); });
    });
    return all;
  }
  Ledger ledger(PolicyId policy) {
    Ledger all;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, policy))
        if (row.debt != 0 || row.last_item_at)
          all[row.person] = {row.debt, row.last_item_at ? row.last_item_at->ms : 0};
    });
    return all;
  }
  std::map<PersonId, std::int64_t> received() {
    std::map<PersonId, std::int64_t> all;
    world.runner.read([&](services::Work& work) {
      for (const PersonId person : people) all[person] = person_today(work, person).received;
    });
    return all;
  }
  OperationId allocate(BatchId batch) {
    const auto accepted = world.call<api::AllocateItems>(world.mia, wish(batch));
    EXPECT_TRUE(accepted) << accepted.reply.body;
    run();
    return accepted ? accepted->operation : OperationId{};
  }
  OperationId undo(OperationId operation) {
    const auto accepted = world.call<api::UndoAllocation>(world.mia, {operation});
    EXPECT_TRUE(accepted) << accepted.reply.body;
    run();
    return accepted ? accepted->operation : OperationId{};
  }
};

TEST(AnyAllocation, that_is_undone_leaves_owners_states_clocks_and_the_ledger_as_they_were) {
  for_seeds(12, [](Seeded random) {
    Undoing company(random);
    BatchWorld& world = company.world;
    const PolicyId shared = company.add_policy();
    const std::vector<BatchId> batches = {company.add_batch(shared), company.add_batch(shared)};
    for (const BatchId batch : batches) {
      company.fill(batch, random.between(1, 25));
      company.give_some_a_past(batch);
    }
    company.set_caps();
    if (random.one_in(2)) company.allocate(batches[0]);  // somebody is owed something already
    // One after the other by the same policy, and back again, the last one first.
    struct Before {
      std::map<ItemId, std::string> items;
      Undoing::Ledger ledger;
      std::map<PersonId, std::int64_t> received;
      OperationId operation;
    };
    std::vector<Before> before;
    for (const BatchId batch : batches) {
      world.clock.advance(minutes(random.between(1, 60)));
      company.fill(batch, random.between(1, 25));
      Before one{company.items(batch), company.ledger(shared), company.received(), {}};
      one.operation = company.allocate(batch);
      before.push_back(one);
    }
    for (std::size_t i = batches.size(); i-- > 0;) {
      world.clock.advance(minutes(random.between(1, 60)));
      const auto given = world.outcome(before[i].operation, "assigned");
      const OperationId undo = company.undo(before[i].operation);
      EXPECT_EQ(world.outcome(undo, "reversed"), given);
      EXPECT_EQ(company.items(batches[i]), before[i].items);
      EXPECT_EQ(company.ledger(shared), before[i].ledger);
      EXPECT_EQ(company.received(), before[i].received);
    }
    EXPECT_EQ(world.wrong_counters(), "");
  });
}

TEST(AnyAllocation, that_is_undone_after_some_was_worked_on_keeps_that_and_owes_only_for_it) {
  for_seeds(12, [](Seeded random) {
    Undoing company(random);
    BatchWorld& world = company.world;
    const PolicyId shared = company.add_policy();
    const BatchId batch = company.add_batch(shared), other = company.add_batch(shared);
    company.fill(batch, random.between(5, 40));
    company.fill(other, random.between(1, 10));
    company.give_some_a_past(batch);
    const auto items = company.items(batch);
    auto owed = company.ledger(shared);
    const OperationId operation = company.allocate(batch);
    const std::int64_t placed = world.outcome(operation, "assigned");
    const auto ledger = company.ledger(shared);
    // Only what the policy divided counts: whoever gets an item as its owner or by hand is entitled to it.
    std::map<PersonId, std::int64_t> got, kept;
    std::int64_t divided = 0, divided_stays = 0;
    std::map<ItemId, bool> worked_on;
    for (const auto& row : world.items_of(batch)) {
      if (company.items(batch)[row.item] == items.at(row.item)) continue;
      const auto why = world.call<api::ExplainItem>(world.mia, {row.item});
      EXPECT_TRUE(why && why->plan) << why.reply.body;
      const bool by_policy = why->plan->tier == domain::allocation::Tier::policy;
      divided += by_policy;
      got[row.executor] += by_policy;
      for (const Caller* who : {&world.ann, &world.bob, &world.cid}) {
        if (who->person != row.executor || !random.one_in(3)) continue;
        const bool done = random.one_in(2)
                              ? world.call<api::SaveProgress>(*who, {row.item, row.version, "called", {}}).ok()
                              : world.call<api::CompleteItem>(*who, {row.item, row.version, "sold"}).ok();
        EXPECT_TRUE(done);
        worked_on[row.item] = true;
        divided_stays += by_policy;
        kept[row.executor] += by_policy;
      }
    }
    world.clock.advance(minutes(30));
    const bool another = random.one_in(2);  // and another batch by the same policy meanwhile
    const auto before_it = company.ledger(shared);
    if (another) company.allocate(other);
    const auto after_it = company.ledger(shared);
    const auto worked = company.items(batch);
    const auto elsewhere = company.items(other);

    const OperationId undo = company.undo(operation);
    const auto stays = static_cast<std::int64_t>(worked_on.size());
    EXPECT_EQ(world.outcome(undo, "kept"), stays);
    EXPECT_EQ(world.outcome(undo, "reversed"), placed - stays);
    for (const auto& [item, now] : company.items(batch))
      EXPECT_EQ(now, worked_on.count(item) ? worked.at(item) : items.at(item)) << item.value;
    EXPECT_EQ(company.items(other), elsewhere);
    auto now = company.ledger(shared);
    for (const PersonId person : company.people) {
      const auto debt = [&](const Undoing::Ledger& from) {
        const auto found = from.find(person);
        return found == from.end() ? 0 : found->second.first;
      };
      // Their entitlement counts for the part of the operation that stays, and what they keep pays it back.
      const std::int64_t entitled = debt(ledger) - debt(owed) + got[person] * whole;
      const std::int64_t part = divided == 0 ? 0 : entitled * divided_stays / divided;
      EXPECT_NEAR(static_cast<double>(debt(now) - (debt(after_it) - debt(before_it))),
                  static_cast<double>(debt(owed) + part - kept[person] * whole), 100)
          << person.value << ", in millionths of an item";
    }
    EXPECT_EQ(world.wrong_counters(), "");
  });
}

}  // namespace
}  // namespace tw::test
