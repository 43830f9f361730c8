// See gb18030.h. One byte is ASCII; two bytes look up a place in a table; four bytes count linearly and are found in a
// list of ranges.
#include "core/gb18030.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/gb18030_tables.h"
#include "core/text.h"

namespace tw {

namespace {

bool between(unsigned char byte, unsigned char first, unsigned char last) { return first <= byte && byte <= last; }

// What each pair means, 0 for nothing: the differences added up, when the first pair is read.
const std::array<std::uint16_t, gb18030_pair_count>& meanings() {
  static const auto table = [] {
    std::array<std::uint16_t, gb18030_pair_count> sums{};
    std::uint16_t sum = 0;
    for (std::size_t at = 0; at < sums.size(); ++at)
      sums[at] = sum = static_cast<std::uint16_t>(sum + gb18030_pair_steps[at]);
    return sums;
  }();
  return table;
}

char32_t pair(unsigned char lead, unsigned char trail) {
  if (!between(trail, 0x40, 0xFE) || trail == 0x7F) return 0;
  const std::size_t column = trail - 0x40u - (trail > 0x7F ? 1u : 0u);
  return meanings()[(lead - 0x81u) * gb18030_trails + column];
}

char32_t four(const unsigned char* b) {
  if (!between(b[2], 0x81, 0xFE) || !between(b[3], 0x30, 0x39)) return 0;
  const std::uint32_t number = ((b[0] - 0x81u) * 10 + (b[1] - 0x30u)) * 1260 + (b[2] - 0x81u) * 10 + (b[3] - 0x30u);
  const Gb18030Range* const end = gb18030_ranges + gb18030_range_count;
  const Gb18030Range* after =
      std::upper_bound(gb18030_ranges, end, number,
                       [](std::uint32_t wanted, const Gb18030Range& range) { return wanted < range.first_number; });
  if (after == gb18030_ranges) return 0;
  const Gb18030Range& range = *(after - 1);
  const std::uint32_t offset = number - range.first_number;
  return offset < range.count ? range.first_code_point + offset : 0;
}

}  // namespace

Gb18030Read gb18030_to_utf8(std::string_view bytes, std::string& utf8) {
  const auto* const b = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t left = bytes.size() - at;
    if (b[at] < 0x80) {
      utf8 += bytes[at++];
      continue;
    }
    if (!between(b[at], 0x81, 0xFE)) return {at, true};
    if (left < 2) return {at, false};
    const bool is_four = between(b[at + 1], 0x30, 0x39);
    if (is_four && left < 4) return {at, false};
    const char32_t code_point = is_four ? four(b + at) : pair(b[at], b[at + 1]);
    if (code_point == 0) return {at, true};
    text::append_code_point(utf8, code_point);
    at += is_four ? 4 : 2;
  }
  return {at, false};
}

}  // namespace tw
