// A plan as a running allocation keeps it: which item, as of which version, to which of the plan's people, and where it
// stood in the plan (its class and its position there). Packed into chunks of one step each, in order of id, about
// eight bytes an item (at most 16); kept after the operation, for explanation and undo. A selection needs no places:
// its rows are packed without, about four bytes an item.
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
  std::uint16_t item_class = 0;
  std::uint32_t position = 0;  // in its class
};

enum class RowKind : std::uint8_t { short_rows, with_places };

inline constexpr std::size_t plan_rows_a_chunk = 5000;

// Ids ascending. Numbers as base-128 bytes, low first; ids as the distance from the one before.
std::string pack(const PlanRow* rows, std::size_t count, RowKind kind = RowKind::short_rows);
// The same in chunks of plan_rows_a_chunk.
std::vector<std::string> packed(const std::vector<PlanRow>& rows, RowKind kind);
// Empty when the bytes are not what pack() wrote.
std::vector<PlanRow> unpack(std::string_view bytes);

// Of the first row; none: the bytes are not what pack() wrote. A few of them, from the front, are enough.
ItemId first_item(std::string_view bytes);
inline constexpr int first_item_bytes = 16;

}  // namespace tw::services
