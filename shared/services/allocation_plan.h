// A plan as a running allocation keeps it: which item, as of which version, to which of the plan's people. Packed into
// chunks of one step each, in order of id, about four bytes an item; kept after the operation, for explanation and
// undo.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"

namespace tw::services {

struct PlanRow {
  ItemId item;
  Version version;
  std::uint16_t person = 0;  // index in the plan's people
};

inline constexpr std::size_t plan_rows_a_chunk = 5000;

// Ids ascending. Numbers as base-128 bytes, low first; ids as the distance from the one before.
std::string pack(const PlanRow* rows, std::size_t count);
// Empty when the bytes are not what pack() wrote.
std::vector<PlanRow> unpack(std::string_view bytes);

}  // namespace tw::services
