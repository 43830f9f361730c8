// What all fuzzers share: saying that a claim does not hold, and numbers that depend on nothing but the input, so that
// an input which was found once is enough to see the same again.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

namespace tw::fuzz {

// With everything that a terminal would not show as it is written as \xNN.
inline std::string shown(std::string_view bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f && byte != '\\')
      out += c;
    else
      out += std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
  }
  return out;
}
inline std::string shown(std::int64_t number) { return std::to_string(number); }
inline std::string shown(std::size_t number) { return std::to_string(number); }
inline std::string shown(int number) { return std::to_string(number); }
inline std::string shown(bool yes) { return yes ? "yes" : "no"; }
inline std::string shown(char c) { return shown(std::string_view(&c, 1)); }
inline std::string shown(const char* text) { return shown(std::string_view(text)); }
inline std::string shown(const std::string& text) { return shown(std::string_view(text)); }

// Ends the program where the claim does not hold; libFuzzer then keeps the input.
template <class... Values>
void must(bool holds, std::string_view claim, const Values&... values) {
  if (holds) return;
  std::cerr << "\nDOES NOT HOLD: " << claim << '\n';
  ((std::cerr << "  " << shown(values) << '\n'), ...);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Numbers out of the input itself.
class Drawn {
 public:
  explicit Drawn(std::string_view input) {
    for (const char c : input) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  // From 1 on.
  std::size_t up_to(std::size_t most) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return 1 + static_cast<std::size_t>(state_ >> 33) % most;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

}  // namespace tw::fuzz
