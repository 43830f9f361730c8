// Rows of `notifications` and the kept count of unread ones. Services that change items collect with Notices (below)
// and write once, at the end of their Work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/notification.h"
#include "services/batch_store.h"
#include "services/work.h"

namespace tw::services {

struct Told {
  PersonId person;
  domain::batch::NoticeKind kind = domain::batch::NoticeKind::received;
  BatchId batch;
  OperationId operation;  // a long one: its steps count on in one row
  ItemId item;
  std::int64_t items = 0;
  std::string actor_name;
};
// One person about one thing. What continues goes on counting in the same row: the steps of an operation, and what
// happens again within the hour while nobody has read it. The disabled are told nothing.
void notify(Work& work, const Told& told);

// What one Work tells whom about one batch, summed up.
class Notices {
 public:
  Notices(const Batch& batch, PersonId actor) : batch_(batch), actor_(actor) {}
  void note(const domain::batch::Moved& moved, ItemId item);
  void write(Work& work, std::string_view actor_name, OperationId operation) const;

 private:
  struct Sum {
    std::int64_t items = 0;
    ItemId item;  // the last one
  };
  const Batch& batch_;
  const PersonId actor_;
  std::map<std::pair<PersonId, domain::batch::NoticeKind>, Sum> sums_;  // person 0: the creator's side
};
// The people who manage a batch by name: its creator and co-managers, each once.
std::vector<PersonId> creator_side_of(Work& work, const Batch& batch);

struct NotificationCursor {
  Instant at;
  NotificationId notification;
};
std::vector<api::NotificationRow> list_notifications(Work& work, PersonId person,
                                                     const std::optional<NotificationCursor>& after,
                                                     std::int64_t limit);
std::int64_t unread_of(Work& work, PersonId person);
// How many became read. All of them: how many rows at most at once is bounded by the retention.
std::int64_t read_all_notifications(Work& work, PersonId person);
bool read_notification(Work& work, PersonId person, NotificationId notification);

// A failed operation is tried again: what told of its failure is read and names it no more, so that the next failure is
// told anew.
void answer_notices_of(Work& work, OperationId operation);

// Deletes rows of before `before`, the oldest first. Answers how many.
std::int64_t forget_notifications(Work& work, Instant before, std::int64_t limit);

}  // namespace tw::services
