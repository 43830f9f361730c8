#include "services/notification_store.h"

#include <algorithm>

#include "services/leaving_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::batch::NoticeKind;

namespace {

constexpr Millis one_story = hours(1);  // unread, and as recent as that: the same thing goes on

void add_unread(Work& work, PersonId person) {
  // By the primary key.
  work.db
      .prepare(
          "INSERT INTO notification_counts (person, unread) VALUES (:person, 1) "
          "ON CONFLICT (person) DO UPDATE SET unread = unread + 1")
      .bind(":person", person)
      .run();
}

void take_unread(Work& work, PersonId person, std::int64_t count) {
  // By the primary key.
  work.db.prepare("UPDATE notification_counts SET unread = unread - :count WHERE person = :person")
      .bind(":count", count)
      .bind(":person", person)
      .run();
}

struct Going {
  NotificationId notification;
  bool read = false;
};

std::optional<Going> of_operation(Work& work, const Told& told) {
  // By notifications_of_operation.
  return work.db
      .prepare(
          "SELECT id, read_at IS NOT NULL FROM notifications WHERE operation = :operation AND person = :person "
          "AND kind = :kind AND operation IS NOT NULL")
      .bind(":operation", told.operation)
      .bind(":person", told.person)
      .bind(":kind", static_cast<int>(told.kind))
      .one([](db::Row row) {
        return Going{row.id<NotificationId>(0), row.boolean(1)};
      });
}

// What the clock takes back is one story, whichever batches it is of: after a night off a person wants one line.
bool over_batches(NoticeKind kind) { return kind == NoticeKind::recalled || kind == NoticeKind::recalled_from; }

std::optional<Going> unread_of_kind(Work& work, const Told& told) {
  // Along the person's part of notifications_unread, which is as long as they leave it unread.
  return work.db
      .prepare(
          "SELECT id FROM notifications WHERE person = :person AND kind = :kind "
          "AND read_at IS NULL AND operation IS NULL AND at > :since ORDER BY id DESC LIMIT 1")
      .bind(":person", told.person)
      .bind(":kind", static_cast<int>(told.kind))
      .bind(":since", work.now - one_story)
      .one([](db::Row row) {
        return Going{row.id<NotificationId>(0), false};
      });
}

std::optional<Going> unread_about(Work& work, const Told& told) {
  // By notifications_unread.
  return work.db
      .prepare(
          "SELECT id FROM notifications WHERE person = :person AND batch = :batch AND kind = :kind "
          "AND read_at IS NULL AND operation IS NULL AND at > :since ORDER BY id DESC LIMIT 1")
      .bind(":person", told.person)
      .bind(":batch", told.batch)
      .bind(":kind", static_cast<int>(told.kind))
      .bind(":since", work.now - one_story)
      .one([](db::Row row) {
        return Going{row.id<NotificationId>(0), false};
      });
}

void count_on(Work& work, const Told& told, NotificationId notification) {
  // By the primary key.
  work.db
      .prepare(
          "UPDATE notifications SET items = items + :items, item = NULL, at = :now, "
          "several_batches = several_batches OR batch <> :batch, "
          "actor_name = CASE WHEN actor_name = :actor THEN actor_name ELSE '' END WHERE id = :id")
      .bind(":items", told.items)
      .bind(":now", work.now)
      .bind(":batch", told.batch)
      .bind(":actor", told.actor_name)
      .bind(":id", notification)
      .run();
}

void insert_notification(Work& work, const Told& told) {
  const auto id = work.db
                      .prepare(
                          "INSERT INTO notifications (person, kind, batch, operation, item, items, actor_name, at) "
                          "VALUES (:person, :kind, :batch, :operation, :item, :items, :actor, :now) RETURNING id")
                      .bind(":person", told.person)
                      .bind(":kind", static_cast<int>(told.kind))
                      .bind(":batch", told.batch)
                      .bind_or_null(":operation", told.operation)
                      .bind_or_null(":item", told.items == 1 ? told.item : ItemId{})
                      .bind(":items", told.items)
                      .bind(":actor", told.actor_name)
                      .bind(":now", work.now)
                      .one([](db::Row row) { return row.id<NotificationId>(0); })
                      .value_or(NotificationId{});
  add_unread(work, told.person);
  work.emit(EventKind::notification_changed, id.value, told.person);
}

}  // namespace

void notify(Work& work, const Told& told) {
  const auto person = load_person(work, told.person);
  if (!person || !person->active) return;
  const auto going = told.operation            ? of_operation(work, told)
                     : over_batches(told.kind) ? unread_of_kind(work, told)
                                               : unread_about(work, told);
  if (!going) return insert_notification(work, told);
  count_on(work, told, going->notification);
  // The next step of an operation is no news by itself: its batch changes too, and that is told once a step.
  if (!told.operation) work.emit(EventKind::notification_changed, going->notification.value, told.person);
}

void Notices::note(const domain::batch::Moved& moved, ItemId item) {
  for (const domain::batch::Notice& notice : domain::batch::notices_of(moved)) {
    if (notice.person && notice.person == actor_) continue;
    Sum& sum = sums_[{notice.person, notice.kind}];
    ++sum.items;
    sum.item = item;
  }
}

void Notices::write(Work& work, std::string_view actor_name, OperationId operation) const {
  std::vector<PersonId> creators;
  for (const auto& entry : sums_) {
    Told told{entry.first.first,  entry.first.second,     batch_.id, operation, entry.second.item,
              entry.second.items, std::string(actor_name)};
    if (told.person) {
      notify(work, told);
      continue;
    }
    if (creators.empty()) creators = creator_side_of(work, batch_);
    for (const PersonId creator : creators) {
      told.person = creator;
      if (creator != actor_) notify(work, told);
    }
  }
}

std::vector<PersonId> creator_side_of(Work& work, const Batch& batch) {
  std::vector<PersonId> people = people_of(work, batch.id, BatchRole::co_manager);
  if (batch.creator && std::find(people.begin(), people.end(), batch.creator) == people.end())
    people.push_back(batch.creator);
  people.erase(std::remove_if(people.begin(), people.end(),
                              [&work](PersonId one) {
                                const auto person = load_person(work, one);
                                return !person || !person->active;
                              }),
               people.end());
  return people.empty() ? managers_of_every_batch(work) : people;
}

std::vector<api::NotificationRow> list_notifications(Work& work, PersonId person,
                                                     const std::optional<NotificationCursor>& after,
                                                     std::int64_t limit) {
  const NotificationCursor from = after.value_or(NotificationCursor{{INT64_MAX}, {INT64_MAX}});
  // Along notifications_of_person; batches by their primary key.
  return work.db
      .prepare(
          "SELECT n.id, n.kind, n.batch, b.subject, n.item, n.items, n.actor_name, n.at, n.read_at IS NOT NULL, "
          "n.several_batches, n.operation "
          "FROM notifications AS n JOIN batches AS b ON b.id = n.batch WHERE n.person = :person "
          "AND (n.at < :at OR (n.at = :at AND n.id < :id)) ORDER BY n.at DESC, n.id DESC LIMIT :limit")
      .bind(":person", person)
      .bind(":at", from.at)
      .bind(":id", from.notification)
      .bind(":limit", limit)
      .all([](db::Row row) {
        api::NotificationRow notification;
        notification.notification = row.id<NotificationId>(0);
        notification.kind = static_cast<NoticeKind>(row.integer(1));
        notification.batch = row.id<BatchId>(2);
        notification.subject = row.string(3);
        notification.item = row.id<ItemId>(4);
        notification.items = row.integer(5);
        notification.actor_name = row.string(6);
        notification.at = row.instant(7);
        notification.read = row.boolean(8);
        notification.several_batches = row.boolean(9);
        if (notification.kind == NoticeKind::recount_failed) notification.operation = row.id<OperationId>(10);
        return notification;
      });
}

std::int64_t unread_of(Work& work, PersonId person) {
  // By the primary key.
  return work.db.prepare("SELECT unread FROM notification_counts WHERE person = :person")
      .bind(":person", person)
      .integer_or(0);
}

std::int64_t read_all_notifications(Work& work, PersonId person) {
  // By notifications_unread.
  const auto rows =
      work.db.prepare("UPDATE notifications SET read_at = :now WHERE person = :person AND read_at IS NULL")
          .bind(":now", work.now)
          .bind(":person", person)
          .run_changes();
  if (rows > 0) take_unread(work, person, rows);
  return rows;
}

bool read_notification(Work& work, PersonId person, NotificationId notification) {
  // By the primary key.
  const bool became_read =
      work.db.prepare("UPDATE notifications SET read_at = :now WHERE id = :id AND person = :person AND read_at IS NULL")
          .bind(":now", work.now)
          .bind(":id", notification)
          .bind(":person", person)
          .run_changes() == 1;
  if (became_read) take_unread(work, person, 1);
  return became_read;
}

void answer_notices_of(Work& work, OperationId operation) {
  // By notifications_of_operation.
  const auto told = work.db
                        .prepare(
                            "SELECT id, person FROM notifications WHERE operation = :operation AND kind = :kind "
                            "AND operation IS NOT NULL")
                        .bind(":operation", operation)
                        .bind(":kind", static_cast<int>(NoticeKind::recount_failed))
                        .all([](db::Row row) { return std::pair(row.id<NotificationId>(0), row.id<PersonId>(1)); });
  for (const auto& [notification, person] : told) {
    read_notification(work, person, notification);
    // By the primary key.
    work.db.prepare("UPDATE notifications SET operation = NULL WHERE id = :id").bind(":id", notification).run();
    work.emit(EventKind::notification_changed, notification.value, person);
  }
}

std::int64_t forget_notifications(Work& work, Instant before, std::int64_t limit) {
  // By notifications_by_time.
  const auto old = work.db
                       .prepare(
                           "SELECT id, person, read_at IS NULL FROM notifications WHERE at < :before ORDER BY at "
                           "LIMIT :limit")
                       .bind(":before", before)
                       .bind(":limit", limit)
                       .all([](db::Row row) {
                         return std::pair(row.id<NotificationId>(0), row.boolean(2) ? row.id<PersonId>(1) : PersonId{});
                       });
  for (const auto& [notification, unread_by] : old) {
    // By the primary key.
    work.db.prepare("DELETE FROM notifications WHERE id = :id").bind(":id", notification).run();
    if (unread_by) take_unread(work, unread_by, 1);
  }
  return static_cast<std::int64_t>(old.size());
}

}  // namespace tw::services
