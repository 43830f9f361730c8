// See allocation_plan.h.
#include "services/allocation_plan.h"

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

std::string pack(const PlanRow* rows, std::size_t count) {
  std::string bytes;
  bytes.reserve(count * 4);
  std::int64_t before = 0;
  for (std::size_t i = 0; i < count; ++i) {
    put(bytes, static_cast<std::uint64_t>(rows[i].item.value - before));
    put(bytes, static_cast<std::uint64_t>(rows[i].version.value));
    put(bytes, rows[i].person);
    before = rows[i].item.value;
  }
  return bytes;
}

std::vector<PlanRow> unpack(std::string_view bytes) {
  std::vector<PlanRow> rows;
  rows.reserve(plan_rows_a_chunk);
  std::int64_t before = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto distance = take(bytes, at);
    const auto version = take(bytes, at);
    const auto person = take(bytes, at);
    if (!distance || !version || !person) return {};
    before += static_cast<std::int64_t>(*distance);
    rows.push_back({{before}, {static_cast<std::int64_t>(*version)}, static_cast<std::uint16_t>(*person)});
  }
  return rows;
}

}  // namespace tw::services
