// The tables behind gb18030.cpp; tools/gb18030_tables.py writes them at build time. Nobody else includes this.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tw {

struct Gb18030Range {
  std::uint32_t first_number = 0;      // of the four bytes, counted linearly
  std::uint32_t first_code_point = 0;  // what that number means
  std::uint32_t count = 0;
};

inline constexpr std::size_t gb18030_leads = 126;   // 0x81..0xFE
inline constexpr std::size_t gb18030_trails = 190;  // 0x40..0xFE without 0x7F

inline constexpr std::size_t gb18030_pair_count = gb18030_leads * gb18030_trails;

extern const std::uint16_t gb18030_pair_steps[gb18030_pair_count];  // each from the place before, wrapping
extern const Gb18030Range gb18030_ranges[];                         // in the order of first_number
extern const std::size_t gb18030_range_count;

}  // namespace tw
