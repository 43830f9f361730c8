// Who hears of a transition: the one it was done to, or the creator's side, never the one who did it (the caller leaves
// them out). One table in words, pure, so that a test can go through it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.h"
#include "domain/batch/state.h"

namespace tw::domain::batch {

// Stored as these numbers: append only. Of the executor, but for those that say otherwise.
enum class NoticeKind : std::uint8_t {
  received,  // allocated, designated, reassigned to them
  transferred_in,
  returned,
  taken_back,  // reset, reassigned away, an allocation undone
  recalled,    // was overdue
  ended,       // the batch, while they held items
  terminated,
  completed,  // from here on of the creator's side: to be confirmed
  abandoned,
  recalled_from,   // somebody's were overdue
  recount_failed,  // of whoever changed a limit, a calendar or who works by it: due times are not by the formula yet
};
inline constexpr WireName<NoticeKind> notice_kind_names[] = {{NoticeKind::received, "received"},
                                                             {NoticeKind::transferred_in, "transferred_in"},
                                                             {NoticeKind::returned, "returned"},
                                                             {NoticeKind::taken_back, "taken_back"},
                                                             {NoticeKind::recalled, "recalled"},
                                                             {NoticeKind::ended, "ended"},
                                                             {NoticeKind::terminated, "terminated"},
                                                             {NoticeKind::completed, "completed"},
                                                             {NoticeKind::abandoned, "abandoned"},
                                                             {NoticeKind::recalled_from, "recalled_from"},
                                                             {NoticeKind::recount_failed, "recount_failed"}};
constexpr std::span<const WireName<NoticeKind>> wire_names(NoticeKind) { return notice_kind_names; }

struct Notice {
  NoticeKind kind = NoticeKind::received;
  PersonId person;  // none: the creator's side
};

struct Moved {
  Action action = Action::save_progress;
  ItemState from = ItemState::unassigned, to = ItemState::unassigned;
  PersonId before, after;  // executors
};
std::vector<Notice> notices_of(const Moved& moved);

}  // namespace tw::domain::batch
