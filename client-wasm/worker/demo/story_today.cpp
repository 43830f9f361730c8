// The batches that are still active, and what happened today.
#include "demo/story.h"

namespace tw::demo {

// Its end date was two working days ago; some of it is still open, and some was completed late.
void Story::tell_overdue() {
  scene(on(26, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::executor, 5);
    request.end_date = on(2, 18);
    request.policy = company_.by_weight;
    batches_.create(Subject::overdue, who::east, request);
    batches_.add_some(Subject::overdue, 80);
    batches_.allocate(Subject::overdue);
  });
  for (const int day : {25, 21, 16, 9, 3})
    work_days(Subject::overdue, day, day, 10, {.items = 3, .complete = 35, .abandon = 2}, {});
  work_days(Subject::overdue, 1, 1, 10, {.items = 1, .complete = 90, .abandon = 0}, {.confirm = 40, .send_back = 0});
}

// What nobody touches for seven days is taken back by the product itself, and allocated again.
void Story::tell_under_way() {
  constexpr Subject subject = Subject::under_way;
  scene(on(20, 9, 30), 12, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::executor, 5);
    request.executors.push_back({who::claimer.value + 6});
    request.co_managers = {who::co_manager};
    request.limit = 7;
    request.due_soon_minutes = 4 * 24 * 60;
    request.allows_transfer = true;
    request.policy = company_.by_weight;
    batches_.create(subject, who::east, request);
    batches_.add_some(subject, 150);
    // To three of them by mistake, taken back at once, then to everybody.
    const auto mistake = batches_.allocate(subject, people_from(who::executor, 3));
    office_.clock.advance(minutes(4));
    if (mistake) batches_.undo(subject, *mistake);
    office_.clock.advance(minutes(2));
    batches_.allocate(subject);
  });
  const Effort usual{.items = 3, .complete = 28, .quick = 18, .abandon = 4, .transfer = 5};
  for (const int day : {19, 16, 13, 9, 5}) work_days(subject, day, day, 14, usual, {});
  for (const int day : {12, 8}) {
    scene(on(day, 9, 20), 6, [this] {
      batches_.reset_some(subject, 3);
      batches_.reassign_some(subject, 2, {who::executor.value + 1});
      batches_.allocate(subject);
    });
  }
  scene(on(3, 9, 20), 6, [this] {
    batches_.designate_some(subject, 4, who::executor);
    batches_.allocate(subject);
  });
  work_days(subject, 2, 2, 14, {.items = 3, .complete = 35, .quick = 10, .abandon = 8, .transfer = 8},
            {.confirm = 40, .send_back = 20});
  scene(before_now(170), 60, [this] {
    batches_.work_all(subject, {.items = 4, .complete = 55, .quick = 10, .abandon = 5, .transfer = 10});
    batches_.review(subject, {.confirm = 20, .send_back = 40});
    batches_.reset_some(subject, 3);
  });
  scene(before_now(60), 8, [this] {
    batches_.work(subject, who::executor, {.items = 3, .complete = 0, .quick = 0, .abandon = 0, .soon = true});
  });
}

// Somebody left three days ago, and what they held waits for a decision.
void Story::tell_held_by_leaver() {
  constexpr Subject subject = Subject::held_by_leaver;
  scene(on(12, 11), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from({who::claimer.value + 6}, 4);
    request.executors.push_back(who::leaver);
    request.limit = 40;
    batches_.create(subject, who::north, request);
    batches_.add_some(subject, 80);
    batches_.allocate(subject);
  });
  for (const int day : {10, 6, 4}) work_days(subject, day, day, 15, {.items = 2, .complete = 35}, {});
}

void Story::tell_claiming() {
  scene(on(8, 10, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::claimer, 6);
    request.limit = 30;
    request.claim_open = true;
    request.claim_from = on(8, 11);
    request.claim_to = now_ + days(6);
    batches_.create(Subject::claiming_open, who::south, request);
    batches_.add_some(Subject::claiming_open, 120);
  });
  for (const int day : {7, 4, 1})
    scene(on(day, 11, 30), 50, [this] {
      for (const PersonId person : people_from(who::claimer, 6)) {
        batches_.claim(Subject::claiming_open, person, office_.dice.between(1, 4));
        batches_.work(Subject::claiming_open, person, {.items = 2, .complete = 30});
      }
      batches_.review(Subject::claiming_open, {.confirm = 60});
    });
  scene(before_now(110), 12, [this] {
    for (const PersonId person : people_from(who::claimer, 3)) batches_.claim(Subject::claiming_open, person, 2);
  });

  scene(on(5, 9, 30), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::caller, 8);
    request.limit = 30;
    request.claim_open = true;
    request.claim_mode = domain::batch::ClaimMode::random;
    request.claim_count = 15;
    batches_.create(Subject::claiming_random, who::telesales, request);
    batches_.add_some(Subject::claiming_random, 100);
  });
  scene(on(4, 10, 30), 10, [this] {
    for (const PersonId person : people_from(who::caller, 5))
      batches_.claim_at_random(Subject::claiming_random, person);
  });
  for (const int day : {4, 2})
    work_days(Subject::claiming_random, day, day, 15, {.items = 4, .complete = 40}, {.confirm = 70});

  scene(on(1, 15), 6, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::claimer, 6);
    request.claim_open = true;
    request.claim_from = now_ + days(1);
    request.claim_to = now_ + days(8);
    batches_.create(Subject::opens_tomorrow, who::south, request);
    batches_.add_some(Subject::opens_tomorrow, 60);
  });
}

void Story::tell_working_time() {
  constexpr Subject subject = Subject::working_time;
  scene(on(4, 9, 30), 4, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from(who::caller, 8);
    request.limit = 4;
    request.limit_counts = domain::batch::LimitCounts::working;
    batches_.create(subject, who::telesales, request);
    batches_.add_some(subject, 100);
  });
  scene(on(2, 10, 10), 4, [this] { batches_.allocate(subject); });
  work_days(subject, 1, 1, 16, {.items = 3, .complete = 35, .quick = 25}, {.confirm = 30});
  scene(before_now(85), 40, [this] { batches_.work_all(subject, {.items = 2, .complete = 40, .quick = 20}); });
}

// The customers are chosen; whoever looks at it next allocates them.
void Story::tell_waiting() {
  scene(on(1, 14), 5, [this] {
    api::CreateBatch::Request request;
    request.executors = people_from({who::claimer.value + 10}, 4);
    request.executors.push_back({who::claimer.value + 6});
    request.executors.push_back({who::claimer.value + 7});
    request.limit = 14;
    request.policy = company_.owners_first;
    batches_.create(Subject::waiting, who::key_accounts, request);
    batches_.add_by_score(Subject::waiting, 12);
  });
}

}  // namespace tw::demo
