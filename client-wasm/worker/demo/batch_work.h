// What people do with batches: set them up, allocate, work on items, review what is completed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/allocation.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/item.h"
#include "demo/cast.h"
#include "demo/lists.h"
#include "demo/office.h"

namespace tw::demo {

// One person's hour with one batch: so many new items, half as many of those begun; what becomes of each, in percent.
// The rest is progress.
struct Effort {
  std::int64_t items = 4;
  std::int64_t complete = 30;
  std::int64_t quick = 15;
  std::int64_t abandon = 3;
  std::int64_t transfer = 0;
  bool soon = false;  // next follow-ups within the hour instead of within days
};

// What a manager does with what is completed, in percent; the rest goes on waiting.
struct Review {
  std::int64_t confirm = 85;
  std::int64_t send_back = 5;
};

class BatchWork {
 public:
  BatchWork(Office& office, const Lists& lists, std::string language)
      : office_(office), lists_(lists), language_(std::move(language)) {}

  // The request comes without subject and description: they are the list's.
  void create(Subject subject, PersonId manager, api::CreateBatch::Request request);
  void add_some(Subject subject, std::int64_t customers);     // of the manager's reach
  void add_by_score(Subject subject, std::int64_t at_least);  // everybody whose score is that
  std::optional<OperationId> allocate(Subject subject, std::vector<PersonId> executors = {});
  void undo(Subject subject, OperationId allocation);
  void open_claiming(Subject subject, bool open);
  void claim(Subject subject, PersonId person, std::int64_t most);
  void claim_at_random(Subject subject, PersonId person);
  void work(Subject subject, PersonId person, const Effort& effort);
  void work_all(Subject subject, const Effort& effort);  // each executor for themselves
  void review(Subject subject, const Review& review);
  void reset_some(Subject subject, std::int64_t items);
  void reassign_some(Subject subject, std::int64_t items, PersonId to);
  void designate_some(Subject subject, std::int64_t items, PersonId to);  // of what was taken back
  void end(Subject subject);
  void terminate(Subject subject, const Words& reason);

 private:
  struct Made {
    PersonId manager;
    std::vector<PersonId> executors;
    bool transfers = false;
    bool sent_back = false;  // something of it, some day: only then executors look for it
  };
  const Made& made(Subject subject) { return made_[batch_of(subject).value]; }
  std::optional<api::BatchDetail> view(Subject subject);
  std::vector<api::ItemRow> mine(Subject subject, PersonId person, api::MyItemsTab tab, std::int64_t limit);
  std::vector<api::ItemVersion> some_of(Subject subject, std::vector<domain::batch::ItemState> states,
                                        std::int64_t limit);
  void act(PersonId person, const api::ItemRow& row, const Effort& effort, bool transfers);
  void save_progress(PersonId person, const api::ItemRow& row, bool soon);
  void complete(PersonId person, const api::ItemRow& row);
  void quick(PersonId person, const api::ItemRow& row);
  bool transfer(PersonId person, const api::ItemRow& row);
  std::string word(const std::vector<Words>& words) { return office_.dice.pick(words).in(language_); }
  void breathe() { office_.clock.advance(seconds(office_.dice.between(6, 22))); }

  Office& office_;
  const Lists& lists_;
  std::string language_;
  std::map<std::int64_t, Made> made_;
  std::int64_t customers_taken_ = 0;
};

}  // namespace tw::demo
