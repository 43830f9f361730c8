// One's own notifications; whose they are is never asked for, so nobody can ask for another's.
#include "services/notifications.h"

#include "core/text.h"
#include "services/notification_store.h"

namespace tw::services {

namespace {

// "1763798400000:12": time and id of the row before.
std::optional<NotificationCursor> read_cursor(std::string_view words) {
  const auto parts = text::split(words, ':');
  if (parts.size() != 2) return {};
  const auto at = text::to_integer(parts[0]), id = text::to_integer(parts[1]);
  if (!at || !id) return {};
  return NotificationCursor{{*at}, {*id}};
}

}  // namespace

Result<api::ListNotifications::Response> list_notifications(Work& work, const Actor& actor,
                                                            const api::ListNotifications::Request& request) {
  const auto after = read_cursor(request.after);
  if (!request.after.empty() && !after) return field_error("after", text_key("field.bad_cursor"));
  api::ListNotifications::Response answer;
  answer.unread = unread_of(work, actor.person);
  answer.rows = list_notifications(work, actor.person, after, request.limit + 1);
  if (static_cast<std::int64_t>(answer.rows.size()) > request.limit) {
    answer.rows.pop_back();
    const api::NotificationRow& last = answer.rows.back();
    answer.next = std::to_string(last.at.ms) + ":" + std::to_string(last.notification.value);
  }
  return answer;
}

Result<api::ReadNotifications::Response> read_notifications(Work& work, const Actor& actor,
                                                            const api::ReadNotifications::Request& request) {
  std::int64_t rows = 0;
  if (request.notifications.empty()) rows = read_all_notifications(work, actor.person);
  for (const NotificationId notification : request.notifications)
    rows += read_notification(work, actor.person, notification) ? 1 : 0;
  // Their other pages.
  if (rows > 0) work.emit(EventKind::notification_changed, 0, actor.person);
  return api::ReadNotifications::Response{unread_of(work, actor.person)};
}

}  // namespace tw::services
