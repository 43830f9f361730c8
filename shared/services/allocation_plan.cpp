// See allocation_plan.h.
#include "services/allocation_plan.h"

#include <algorithm>
#include <optional>

namespace tw::services {

namespace {

void put(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  out += static_cast<char>(number);
}

std::optional<std::uint64_t> take(std::string_view bytes, std::size_t& at) {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

}  // namespace

namespace {
// Begins a chunk with places. A chunk without begins with the distance to its first item, which is never 0.
constexpr char with_places_mark = 0;
}  // namespace

std::string pack(const PlanRow* rows, std::size_t count, RowKind kind) {
  const bool places = kind == RowKind::with_places;
  std::string bytes;
  bytes.reserve(count * (places ? 8 : 4));
  if (places) bytes += with_places_mark;
  std::int64_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    put(bytes, static_cast<std::uint64_t>(rows[i].item.value - before));
    put(bytes, static_cast<std::uint64_t>(rows[i].version.value));
    put(bytes, rows[i].person);
    if (places) {
      put(bytes, rows[i].item_class);
      put(bytes, rows[i].position);
    }
    before = rows[i].item.value;
  }
  return bytes;
}

std::vector<std::string> packed(const std::vector<PlanRow>& rows, RowKind kind) {
  std::vector<std::string> chunks;
  for (std::size_t at = 0; at < rows.size(); at += plan_rows_a_chunk)
    chunks.push_back(pack(rows.data() + at, std::min(plan_rows_a_chunk, rows.size() - at), kind));
  return chunks;
}

ItemId first_item(std::string_view bytes) {
  std::size_t at = !bytes.empty() && bytes.front() == with_places_mark ? 1 : 0;
  const auto first = take(bytes, at);
  return {first ? static_cast<std::int64_t>(*first) : 0};
}

std::vector<PlanRow> unpack(std::string_view bytes) {
  std::vector<PlanRow> rows;
  rows.reserve(plan_rows_a_chunk);
  std::int64_t before = 0;
  const bool places = !bytes.empty() && bytes.front() == with_places_mark;
  for (std::size_t at = places ? 1 : 0; at < bytes.size();) {
    const auto distance = take(bytes, at);
    const auto version = take(bytes, at);
    const auto person = take(bytes, at);
    const auto item_class = places ? take(bytes, at) : 0;
    const auto position = places ? take(bytes, at) : 0;
    if (!distance || !version || !person || !item_class || !position) return {};
    before += static_cast<std::int64_t>(*distance);
    rows.push_back({{before},
                    {static_cast<std::int64_t>(*version)},
                    static_cast<std::uint16_t>(*person),
                    static_cast<std::uint16_t>(*item_class),
                    static_cast<std::uint32_t>(*position)});
  }
  return rows;
}

}  // namespace tw::services
