// The tables behind initials.cpp; tools/pinyin_table.py writes them at build time. Nobody else includes this.
#pragma once

#include <cstddef>

namespace tw::services {

inline constexpr char32_t first_han_initial = 0x3400, last_han_initial = 0x9fff;
extern const char han_initials[last_han_initial - first_han_initial + 2];  // ' ': not known

struct SurnameInitial {
  char32_t surname = 0;
  char initial = ' ';
};
extern const SurnameInitial surname_initials[];  // in no order that counts
extern const std::size_t surname_initial_count;

}  // namespace tw::services
