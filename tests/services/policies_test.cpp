// Saved policies through the door: what a batch begins with, what several share, who may change it; and the ledger that
// belongs to them.
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "services/policy_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using Kind = domain::allocation::Policy;

class Policies : public ::testing::Test {
 protected:
  Answer<api::PolicyView> add(const Caller& who, std::string name, api::PolicyTerms terms = {}) {
    return world.call<api::AddPolicy>(who, {std::move(name), std::move(terms)});
  }
  api::PolicyTerms terms(Kind kind, std::vector<api::PlanOverride> people = {}) {
    api::PolicyTerms terms;
    terms.kind = kind;
    terms.people = std::move(people);
    return terms;
  }
  BatchId batch_by(PolicyId policy) {
    api::CreateBatch::Request request;
    request.policy = policy;
    return world.create_batch(std::move(request));
  }
  api::BatchDetail detail(BatchId batch) { return *world.call<api::ViewBatch>(world.mia, {batch}); }
  Answer<api::BatchDetail> choose(BatchId batch, PolicyId policy) {
    api::UpdateBatch::Request request;
    request.batch = batch;
    request.version = detail(batch).summary.version;
    request.policy = policy;
    return world.call<api::UpdateBatch>(world.mia, request);
  }
  api::PlanWish wish_for(BatchId batch, std::vector<PersonId> executors = {}) {
    api::PlanWish wish;
    wish.batch = batch;
    wish.executors = std::move(executors);
    return wish;
  }
  OperationId allocated(BatchId batch, std::vector<PersonId> executors = {}) {
    const auto accepted = world.call<api::AllocateItems>(world.mia, wish_for(batch, std::move(executors)));
    EXPECT_TRUE(accepted) << accepted.reply.body;
    world.run_operations();
    return accepted ? accepted->operation : OperationId{};
  }
  // What the plan gives to each: Ann, Bob, Cid.
  std::vector<std::int64_t> gets(const api::PlanWish& wish) {
    std::vector<std::int64_t> all;
    const auto plan = world.call<api::PlanAllocation>(world.mia, wish);
    EXPECT_TRUE(plan) << plan.reply.body;
    if (plan)
      for (const auto& person : plan->people) all.push_back(person.gets);
    return all;
  }
  std::string ledger(PolicyId policy) {
    std::string all;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, policy))
        if (row.debt != 0 || row.last_item_at)
          all += std::to_string(row.person.value) + ":" + std::to_string(row.debt) + "," +
                 std::to_string(row.last_item_at ? row.last_item_at->ms : 0) + "\n";
    });
    return all;
  }
  std::int64_t debt(PolicyId policy, PersonId person) {
    std::int64_t debt = 0;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, policy))
        if (row.person == person) debt = row.debt;
    });
    return debt;
  }
  std::int64_t held(const Caller& who) {
    std::int64_t items = 0;
    world.runner.read([&](services::Work& work) { items = held_by(work, who.person); });
    return items;
  }
  // A new batch of one item, by this policy, allocated.
  void one_item(PolicyId policy, std::vector<PersonId> executors = {}) {
    const BatchId batch = batch_by(policy);
    world.fill(batch, 1);
    allocated(batch, std::move(executors));
    world.clock.advance(minutes(1));
  }
  void set_active(PersonId person, bool active) {
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE people SET active = :active WHERE id = :id")
          .bind(":active", active)
          .bind(":id", person)
          .run();
    });
  }

  BatchWorld world;
};

// --- a batch's policy ------------------------------------------------------------------------------------------------

TEST_F(Policies, a_batch_begins_with_one_of_its_own_that_only_its_managers_see) {
  const BatchId batch = world.create_batch(), other = world.create_batch();
  const auto own = detail(batch).policy;
  ASSERT_TRUE(own);
  EXPECT_EQ(own->name, "");
  EXPECT_EQ(own->batch, batch);
  EXPECT_EQ(own->terms.kind, Kind::even);
  EXPECT_TRUE(own->may_edit);
  EXPECT_NE(own->policy, detail(other).policy->policy);
  EXPECT_FALSE(world.call<api::ViewBatch>(world.ann, {batch})->policy) << "an executor";
  EXPECT_EQ(world.call<api::ViewPolicy>(world.ann, {own->policy}).status(), 404);
  EXPECT_EQ(world.call<api::ViewPolicy>(world.outsider, {own->policy}).status(), 404);
  EXPECT_TRUE(world.call<api::ListPolicies>(world.mia, {})->rows.empty()) << "nothing to share";
}

TEST_F(Policies, what_a_plan_leaves_open_is_as_the_batch_s_policy_says) {
  auto saved = terms(Kind::weighted, {{world.ann.person, 300, {}}, {world.cid.person, {}, 1}});
  saved.seed = 77;
  const BatchId batch = batch_by(add(world.mia, "Renewals", saved)->policy);
  world.fill(batch, 9);
  EXPECT_EQ(gets(wish_for(batch)), (std::vector<std::int64_t>{6, 2, 1}));
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, wish_for(batch))->seed, 77);
  api::PlanWish other = wish_for(batch);
  other.policy = Kind::even;
  other.people.emplace();
  EXPECT_EQ(gets(other), (std::vector<std::int64_t>{3, 3, 3}));
  allocated(batch);
  EXPECT_EQ(held(world.ann), 6) << "committing, too";
  EXPECT_EQ(held(world.cid), 1);
}

TEST_F(Policies, its_own_terms_can_be_saved_and_stay_when_another_one_was_chosen_meanwhile) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 4);
  const auto own = *detail(batch).policy;
  const auto saved = world.call<api::UpdatePolicy>(
      world.mia, {own.policy, own.version, {}, terms(Kind::even, {{world.ann.person, {}, 0}})});
  ASSERT_TRUE(saved) << saved.reply.body;
  EXPECT_EQ(gets(wish_for(batch)), (std::vector<std::int64_t>{0, 2, 2}));
  ASSERT_TRUE(choose(batch, add(world.mia, "Plain")->policy));
  EXPECT_EQ(gets(wish_for(batch)).at(0), 1);
  const auto back = choose(batch, {});
  ASSERT_TRUE(back) << back.reply.body;
  EXPECT_EQ(back->policy->policy, own.policy);
  EXPECT_EQ(gets(wish_for(batch)), (std::vector<std::int64_t>{0, 2, 2}));
  EXPECT_EQ(world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50})->entries.at(0).text, "policy");
}

TEST_F(Policies, a_plan_that_was_shown_is_old_once_the_policy_has_been_changed_or_replaced) {
  const auto policy = *add(world.mia, "Renewals");
  const BatchId batch = batch_by(policy.policy);
  world.fill(batch, 4);
  auto shown = wish_for(batch);
  shown.snapshot = world.call<api::PlanAllocation>(world.mia, shown)->snapshot;
  ASSERT_TRUE(world.call<api::UpdatePolicy>(world.mia, {policy.policy, policy.version, {}, terms(Kind::weighted)}));
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, shown).problem.key, "allocation.plan_is_old");
  shown.snapshot = world.call<api::PlanAllocation>(world.mia, shown)->snapshot;
  ASSERT_TRUE(choose(batch, {}));
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, shown).problem.key, "allocation.plan_is_old");
}

// --- who, and bad input ----------------------------------------------------------------------------------------------

TEST_F(Policies, with_a_name_are_seen_by_all_who_allocate_and_changed_by_who_made_them_and_administrators) {
  const auto policy = *add(world.mia, "Renewals");
  EXPECT_EQ(policy.creator_name, "Mia");
  const auto seen = world.call<api::ListPolicies>(world.outsider, {});
  ASSERT_EQ(seen->rows.size(), 1u);
  EXPECT_FALSE(seen->rows[0].may_edit);
  EXPECT_TRUE(world.call<api::ListPolicies>(world.ann, {})->rows.empty()) << "allocates nothing";
  EXPECT_EQ(world.call<api::ViewPolicy>(world.ann, {policy.policy}).status(), 404);
  EXPECT_EQ(add(world.ann, "Mine").status(), 403);
  api::CreateBatch::Request request;
  request.co_managers = {world.ann.person};
  world.create_batch(std::move(request));
  EXPECT_EQ(world.call<api::ListPolicies>(world.ann, {})->rows.size(), 1u) << "manages one now";
  for (const Caller* who : {&world.outsider, &world.ann}) {
    const auto renamed = world.call<api::UpdatePolicy>(*who, {policy.policy, policy.version, "Mine", {}});
    EXPECT_EQ(renamed.status(), 403);
    EXPECT_EQ(renamed.problem.key, "policies.only_creator");
    EXPECT_EQ(world.call<api::ArchivePolicy>(*who, {policy.policy, policy.version}).status(), 403);
  }
  const auto renamed =
      world.call<api::UpdatePolicy>(world.admin, {policy.policy, policy.version, "Renewals, east", {}});
  ASSERT_TRUE(renamed) << renamed.reply.body;
  EXPECT_EQ(renamed->name, "Renewals, east");
  EXPECT_EQ(renamed->creator_name, "Mia");
  EXPECT_NE(renamed->changer_name, "Mia");
}

TEST_F(Policies, a_stale_version_changes_nothing_and_is_told_by_whom) {
  const auto policy = *add(world.mia, "Renewals");
  ASSERT_TRUE(world.call<api::UpdatePolicy>(world.mia, {policy.policy, policy.version, "Other", {}}));
  const auto late =
      world.call<api::UpdatePolicy>(world.mia, {policy.policy, policy.version, {}, terms(Kind::by_owner)});
  EXPECT_EQ(late.status(), 409);
  EXPECT_EQ(late.problem.key, "policies.changed_by");
  EXPECT_EQ(world.call<api::ArchivePolicy>(world.mia, {policy.policy, policy.version}).status(), 409);
  const auto now = *world.call<api::ViewPolicy>(world.mia, {policy.policy});
  EXPECT_EQ(now.terms.kind, Kind::even);
  EXPECT_FALSE(now.archived);
}

TEST_F(Policies, nonsense_is_refused_by_field_and_nothing_is_saved) {
  ASSERT_TRUE(add(world.mia, "Renewals"));
  EXPECT_EQ(add(world.mia, "RENEWALS").status(), 409);
  EXPECT_EQ(add(world.mia, " spaces ").status(), 400);
  EXPECT_EQ(add(world.mia, "").status(), 400);
  const auto key_of = [&](api::PolicyTerms terms) {
    const auto answer = add(world.mia, "Other", std::move(terms));
    EXPECT_EQ(answer.status(), 400);
    return answer.problem.fields.empty() ? std::string() : answer.problem.fields.at(0).key;
  };
  auto both = terms(Kind::by_owner);
  both.rest = Kind::by_owner;
  EXPECT_EQ(key_of(both), "policies.rest_by_owner");
  EXPECT_EQ(key_of(terms(Kind::even, {{{9999}, 5, {}}})), "field.unknown_person");
  EXPECT_EQ(key_of(terms(Kind::even, {{world.ann.person, 5, {}}, {world.ann.person, {}, 5}})), "policies.person_twice");
  EXPECT_NE(key_of(terms(Kind::weighted, {{world.ann.person, 0, {}}})), "");
  EXPECT_EQ(world.call<api::ListPolicies>(world.mia, {})->rows.size(), 1u);
  const auto own = *detail(world.create_batch()).policy;
  EXPECT_EQ(world.call<api::UpdatePolicy>(world.mia, {own.policy, own.version, "Mine", {}}).status(), 400);
  EXPECT_EQ(world.call<api::ArchivePolicy>(world.mia, {own.policy, own.version}).status(), 409);
}

TEST_F(Policies, only_one_with_a_name_can_be_chosen_and_none_that_is_archived) {
  const BatchId batch = world.create_batch();
  const PolicyId another_s_own = detail(world.create_batch()).policy->policy;
  const auto key_of = [&](PolicyId policy) {
    const auto answer = choose(batch, policy);
    EXPECT_EQ(answer.status(), 400);
    return answer.problem.fields.empty() ? std::string() : answer.problem.fields.at(0).key;
  };
  EXPECT_EQ(key_of(another_s_own), "policies.unknown");
  EXPECT_EQ(key_of({9999}), "policies.unknown");
  const auto policy = *add(world.mia, "Renewals");
  ASSERT_TRUE(world.call<api::ArchivePolicy>(world.mia, {policy.policy, policy.version}));
  EXPECT_EQ(key_of(policy.policy), "policies.is_archived");
  api::CreateBatch::Request request;
  request.subject = "Another";
  request.policy = policy.policy;
  EXPECT_EQ(world.call<api::CreateBatch>(world.mia, request).status(), 400);
  EXPECT_TRUE(world.call<api::ListPolicies>(world.mia, {})->rows.empty());
  EXPECT_EQ(world.call<api::ListPolicies>(world.mia, {true})->rows.size(), 1u);
}

TEST_F(Policies, one_that_is_archived_still_serves_its_batches_and_can_come_back) {
  const auto policy = *add(world.mia, "Renewals", terms(Kind::even, {{world.ann.person, {}, 0}}));
  const BatchId batch = batch_by(policy.policy);
  world.fill(batch, 4);
  const auto archived = world.call<api::ArchivePolicy>(world.mia, {policy.policy, policy.version});
  ASSERT_TRUE(archived) << archived.reply.body;
  EXPECT_EQ(archived->batches, 1);
  EXPECT_EQ(gets(wish_for(batch)), (std::vector<std::int64_t>{0, 2, 2}));
  ASSERT_TRUE(choose(batch, policy.policy)) << "what it has already is no new choice";
  allocated(batch);
  EXPECT_EQ(held(world.ann), 0);
  const auto second = *add(world.mia, "Renewals");  // the name is free again
  EXPECT_EQ(world.call<api::ArchivePolicy>(world.mia, {policy.policy, archived->version, false}).status(), 409);
  ASSERT_TRUE(world.call<api::ArchivePolicy>(world.mia, {second.policy, second.version}));
  ASSERT_TRUE(world.call<api::ArchivePolicy>(world.mia, {policy.policy, archived->version, false}));
  EXPECT_EQ(world.call<api::ListPolicies>(world.mia, {})->rows.at(0).policy, policy.policy);
}

// --- the ledger ------------------------------------------------------------------------------------------------------

TEST_F(Policies, over_many_batches_of_one_item_that_share_one_nobody_falls_behind_by_more_than_1) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  for (int i = 1; i <= 24; ++i) {
    one_item(policy);
    const std::int64_t counts[] = {held(world.ann), held(world.bob), held(world.cid)};
    const auto [least, most] = std::minmax_element(std::begin(counts), std::end(counts));
    EXPECT_LE(*most - *least, 1) << "after " << i;
    const std::int64_t owed[] = {debt(policy, world.ann.person), debt(policy, world.bob.person),
                                 debt(policy, world.cid.person)};
    EXPECT_EQ(owed[0] + owed[1] + owed[2], 0) << "after " << i;
    for (const std::int64_t one : owed) {
      EXPECT_LT(std::abs(one), 1'000'000) << "after " << i;
      if (i % 3 != 0) {
        EXPECT_GT(std::abs(one), 300'000) << "after " << i << " somebody is ahead";
      }
    }
  }
  EXPECT_EQ(held(world.ann), 8);
  EXPECT_EQ(detail(batch_by(policy)).policy->batches, 25);
}

TEST_F(Policies, who_takes_no_part_is_entitled_to_nothing_and_does_not_catch_up) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  for (int i = 0; i < 10; ++i) one_item(policy, {world.ann.person, world.cid.person});
  EXPECT_EQ(debt(policy, world.bob.person), 0) << "not asked this time";
  const BatchId many = batch_by(policy);
  set_active(world.bob.person, false);
  for (int i = 0; i < 6; ++i) {
    world.fill(many, 1);
    allocated(many);
  }
  EXPECT_EQ(debt(policy, world.bob.person), 0) << "on leave";
  set_active(world.bob.person, true);
  for (int i = 0; i < 6; ++i) one_item(policy);
  EXPECT_EQ(held(world.bob), 2) << "a third of what came since";
}

TEST_F(Policies, undo_gives_back_the_shared_ledger_also_after_the_batch_has_chosen_another) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  const BatchId first = batch_by(policy), second = batch_by(policy);
  world.fill(first, 4);
  world.fill(second, 5);
  allocated(first);
  world.clock.advance(hours(1));
  const std::string before = ledger(policy);
  EXPECT_NE(before, "");
  const OperationId operation = allocated(second);
  EXPECT_NE(ledger(policy), before);
  const auto chosen = choose(second, {});
  ASSERT_TRUE(chosen);
  const auto undone = world.call<api::UndoAllocation>(world.mia, {operation});
  ASSERT_TRUE(undone) << undone.reply.body;
  world.run_operations();
  EXPECT_EQ(world.outcome(undone->operation, "reversed"), 5);
  EXPECT_EQ(ledger(policy), before);
  EXPECT_EQ(ledger(chosen->policy->policy), "") << "nothing happened under its own";
}

TEST_F(Policies, while_one_batch_is_being_allocated_another_that_shares_the_policy_waits) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  const BatchId first = batch_by(policy), second = batch_by(policy);
  world.fill(first, 4);
  world.fill(second, 4);
  auto shown = wish_for(second);
  shown.snapshot = world.call<api::PlanAllocation>(world.mia, shown)->snapshot;
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, wish_for(first)));
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, wish_for(second)).problem.key, "policies.busy");
  world.run_operations();
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, shown).problem.key, "allocation.plan_is_old")
      << "what people are owed is not what was shown";
  allocated(second);
  EXPECT_EQ(held(world.ann) + held(world.bob) + held(world.cid), 8);
}

TEST_F(Policies, an_allocation_that_is_stopped_leaves_nothing_owed_for_what_nobody_got) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  const BatchId batch = batch_by(policy);
  world.fill(batch, 10);
  const auto started = world.call<api::AllocateItems>(world.mia, wish_for(batch, {world.ann.person, world.bob.person}));
  ASSERT_TRUE(started);
  ASSERT_TRUE(world.call<api::CancelOperation>(world.mia, {started->operation}));
  world.run_operations();
  EXPECT_EQ(held(world.ann) + held(world.bob), 0);
  EXPECT_EQ(ledger(policy), "");
}

TEST_F(Policies, what_changed_before_its_turn_is_owed_to_nobody) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  const BatchId batch = batch_by(policy);
  const auto items = world.fill(batch, 10);
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, wish_for(batch, {world.ann.person, world.bob.person})));
  for (std::size_t i = 0; i < 4; ++i) world.designate(batch, world.cid.person, items[i].item);
  world.run_operations();
  EXPECT_EQ(held(world.ann) + held(world.bob), 6);
  EXPECT_EQ(debt(policy, world.ann.person) + debt(policy, world.bob.person), 0);
  EXPECT_LE(std::abs(debt(policy, world.ann.person)), 3'000'000);
}

TEST_F(Policies, stays_the_batch_s_until_the_allocation_that_runs_has_ended) {
  const PolicyId policy = add(world.mia, "Renewals")->policy;
  const BatchId batch = batch_by(policy);
  world.fill(batch, 4);
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, wish_for(batch)));
  EXPECT_EQ(choose(batch, {}).status(), 409);
  world.run_operations();
  EXPECT_TRUE(choose(batch, {}));
}

TEST_F(Policies, a_new_name_and_a_change_that_changes_nothing_make_no_plan_old) {
  const auto policy = *add(world.mia, "Renewals");
  const BatchId batch = batch_by(policy.policy);
  world.fill(batch, 4);
  auto shown = wish_for(batch);
  shown.snapshot = world.call<api::PlanAllocation>(world.mia, shown)->snapshot;
  const auto same = world.call<api::UpdatePolicy>(world.mia, {policy.policy, policy.version, "Renewals", policy.terms});
  ASSERT_TRUE(same) << same.reply.body;
  EXPECT_EQ(same->version, policy.version);
  ASSERT_TRUE(world.call<api::UpdatePolicy>(world.mia, {policy.policy, policy.version, "Spring", {}}));
  EXPECT_TRUE(world.call<api::AllocateItems>(world.mia, shown));
}

// What schema 12 began: it names no ledger, and everybody was owed their whole entitlement from the start.
TEST_F(Policies, an_allocation_from_before_them_is_paid_and_undone_in_the_ledger_of_the_batch_s_own) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 6);
  const PolicyId own = detail(batch).policy->policy;
  const auto started = world.call<api::AllocateItems>(world.mia, wish_for(batch, {world.ann.person, world.bob.person}));
  ASSERT_TRUE(started) << started.reply.body;
  world.change([&](services::Work& work) {
    work.db
        .prepare(R"sql(
      UPDATE operations
      SET input = json_set(input, '$.ledger', 0, '$.divided', 0, '$.inputs[0].entitled', 0,
                              '$.inputs[1].entitled', 0)
      WHERE id = :id)sql")
        .bind(":id", started->operation)
        .run();
    for (const Caller* who : {&world.ann, &world.bob}) add_to_debt(work, own, who->person, 3'000'000);
  });
  world.run_operations();
  EXPECT_EQ(held(world.ann), 3);
  EXPECT_EQ(debt(own, world.ann.person), 0) << "paid with each item";
  EXPECT_EQ(debt(own, world.bob.person), 0);
  const PolicyId chosen = add(world.mia, "Renewals")->policy;
  ASSERT_TRUE(choose(batch, chosen));
  const auto undone = world.call<api::UndoAllocation>(world.mia, {started->operation});
  ASSERT_TRUE(undone) << undone.reply.body;
  world.run_operations();
  EXPECT_EQ(world.outcome(undone->operation, "reversed"), 6);
  EXPECT_EQ(debt(own, world.ann.person), 0);
  EXPECT_EQ(debt(own, world.bob.person), 0);
  EXPECT_EQ(ledger(chosen), "") << "it has nothing to do with it";
}

TEST_F(Policies, are_listed_by_name_with_their_active_batches_without_people_and_the_archive_apart) {
  const auto spring = *add(world.mia, "spring", terms(Kind::weighted, {{world.ann.person, 300, {}}}));
  ASSERT_TRUE(add(world.mia, "Autumn"));
  const auto winter = *add(world.mia, "Winter");
  batch_by(spring.policy);
  batch_by(spring.policy);
  const BatchId ended = batch_by(spring.policy);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE batches SET state = 1 WHERE id = :id").bind(":id", ended).run();
  });
  ASSERT_TRUE(world.call<api::ArchivePolicy>(world.mia, {winter.policy, winter.version}));
  const auto rows = world.call<api::ListPolicies>(world.mia, {})->rows;
  ASSERT_EQ(rows.size(), 2u) << "without what is archived";
  EXPECT_EQ(rows[0].name, "Autumn");
  EXPECT_EQ(rows[0].batches, 0);
  EXPECT_EQ(rows[1].name, "spring") << "whatever its case";
  EXPECT_EQ(rows[1].batches, 2) << "what has ended is not counted";
  EXPECT_EQ(rows[1].terms.kind, Kind::weighted);
  EXPECT_TRUE(rows[1].terms.people.empty()) << "a list needs nobody's weights";
  EXPECT_TRUE(rows[1].may_edit);
  EXPECT_EQ(world.call<api::ViewPolicy>(world.mia, {spring.policy})->terms.people.size(), 1u);
  const auto archive = world.call<api::ListPolicies>(world.mia, {true})->rows;
  ASSERT_EQ(archive.size(), 1u);
  EXPECT_EQ(archive[0].name, "Winter");
}

TEST_F(Policies, the_own_one_of_a_batch_that_has_ended_is_only_looked_at) {
  const BatchId batch = world.create_batch();
  const auto own = *detail(batch).policy;
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE batches SET state = 1 WHERE id = :id").bind(":id", batch).run();
  });
  EXPECT_EQ(world.call<api::UpdatePolicy>(world.mia, {own.policy, own.version, {}, terms(Kind::weighted)}).problem.key,
            "batch.only_viewable");
}

}  // namespace
}  // namespace tw::test
