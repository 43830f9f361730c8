// Notifications: what happened to a person's work without them, as few lines as there were operations. Each names the
// batch and, when it is about one, the item; where it leads is the client's to say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/ids.h"
#include "core/time.h"
#include "domain/batch/notices.h"

namespace tw::api {

struct NotificationRow {
  NotificationId notification;
  domain::batch::NoticeKind kind = domain::batch::NoticeKind::received;
  BatchId batch;
  std::string subject;           // of the batch
  bool several_batches = false;  // about others, too: what the clock took back is told once a person
  ItemId item;                   // none: about several
  std::int64_t items = 0;
  std::string actor_name;  // empty: the system, or several people
  Instant at;
  bool read = false;
  OperationId operation;  // a failed one that can be tried again
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("notification", s.notification);
    v("kind", s.kind);
    v("batch", s.batch);
    v("subject", s.subject);
    v("several_batches", s.several_batches);
    v("item", s.item);
    v("items", s.items);
    v("actor_name", s.actor_name);
    v("at", s.at);
    v("read", s.read);
    v("operation", s.operation);
  }
};

// One's own, newest first; kept for ninety days.
struct ListNotifications {
  static constexpr Endpoint endpoint{.name = "notifications.list",
                                     .path = "/api/v1/notifications",
                                     .permission = domain::access::Permission::signed_in};
  struct Request {
    std::string after;  // cursor
    std::int64_t limit = 30;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("after", s.after, rule::text(0, 60));
      v("limit", s.limit, rule::range(1, 100));
    }
  };
  struct Response {
    std::vector<NotificationRow> rows;
    std::string next;         // cursor; empty: the end
    std::int64_t unread = 0;  // all of them, not only these
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
      v("unread", s.unread);
    }
  };
};

// One's own; others' and those that are gone are passed over. Without any: all that are unread.
struct ReadNotifications {
  static constexpr Endpoint endpoint{.name = "notifications.read",
                                     .method = Method::post,
                                     .path = "/api/v1/notifications/read",
                                     .permission = domain::access::Permission::signed_in,
                                     .effect = Effect::changes};
  struct Request {
    std::vector<NotificationId> notifications;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("notifications", s.notifications, rule::list(0, 100));
    }
  };
  struct Response {
    std::int64_t unread = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("unread", s.unread);
    }
  };
};

using NotificationOperations = Operations<ListNotifications, ReadNotifications>;

}  // namespace tw::api
