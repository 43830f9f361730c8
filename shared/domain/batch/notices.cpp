#include "domain/batch/notices.h"

namespace tw::domain::batch {

std::vector<Notice> notices_of(const Moved& moved) {
  std::vector<Notice> all;
  switch (moved.action) {
    case Action::complete:
      if (moved.to == ItemState::completed) all.push_back({NoticeKind::completed, {}});
      return all;
    case Action::abandon:
      all.push_back({NoticeKind::abandoned, {}});
      return all;
    case Action::send_back:
      all.push_back({NoticeKind::returned, moved.after});
      return all;
    case Action::recall:
      all.push_back({NoticeKind::recalled, moved.before});
      all.push_back({NoticeKind::recalled_from, {}});
      return all;
    case Action::end_all:
      if (moved.from == ItemState::executing) all.push_back({NoticeKind::ended, moved.before});
      return all;
    default:
      break;
  }
  if (moved.before == moved.after) return all;
  if (moved.before && moved.action != Action::transfer) all.push_back({NoticeKind::taken_back, moved.before});
  if (moved.after)
    all.push_back({moved.action == Action::transfer ? NoticeKind::transferred_in : NoticeKind::received, moved.after});
  return all;
}

}  // namespace tw::domain::batch
