// Results that are saved in one press: what an executor says about a call when there is nothing more to write.
#pragma once

#include <cstdint>
#include <span>

#include "core/describe.h"
#include "core/error.h"
#include "core/time.h"
#include "domain/batch/state.h"

namespace tw::domain::batch {

enum class QuickResult : std::uint8_t { no_such_number, no_answer, powered_off, suspended, refused, in_meeting };
inline constexpr WireName<QuickResult> quick_result_names[] = {{QuickResult::no_such_number, "no_such_number"},
                                                               {QuickResult::no_answer, "no_answer"},
                                                               {QuickResult::powered_off, "powered_off"},
                                                               {QuickResult::suspended, "suspended"},
                                                               {QuickResult::refused, "refused"},
                                                               {QuickResult::in_meeting, "in_meeting"}};
constexpr std::span<const WireName<QuickResult>> wire_names(QuickResult) { return quick_result_names; }

constexpr TextKey label(QuickResult result) {
  switch (result) {
    case QuickResult::no_such_number:
      return text_key("quick_result.no_such_number");
    case QuickResult::no_answer:
      return text_key("quick_result.no_answer");
    case QuickResult::powered_off:
      return text_key("quick_result.powered_off");
    case QuickResult::suspended:
      return text_key("quick_result.suspended");
    case QuickResult::refused:
      return text_key("quick_result.refused");
    case QuickResult::in_meeting:
      return text_key("quick_result.in_meeting");
  }
  return {};
}

// A number that does not exist settles the item; after every other result one tries again, a day later.
constexpr Action action_of(QuickResult result) {
  return result == QuickResult::no_such_number ? Action::complete : Action::save_progress;
}
inline constexpr Millis try_again_after = days(1);

}  // namespace tw::domain::batch
