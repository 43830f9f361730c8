// Copying and filling of memory for the worker, in place of the C library's: built for size, that goes byte by byte,
// and SQLite copies a page wherever a savepoint might want it back. The engine has instructions for both, which cost a
// call, so what is short is copied by words.
#include <cstddef>
#include <cstdint>

#define TW_ENGINE __attribute__((target("bulk-memory"), no_builtin("memcpy", "memmove", "memset")))

extern "C" {

TW_ENGINE void* memcpy(void* __restrict to, const void* __restrict from, std::size_t count) {
  if (count > 48) return __builtin_memcpy(to, from, count);
  auto* into = static_cast<unsigned char*>(to);
  const auto* out_of = static_cast<const unsigned char*>(from);
  for (; count >= 8; count -= 8, into += 8, out_of += 8) {
    std::uint64_t word;
    __builtin_memcpy(&word, out_of, 8);
    __builtin_memcpy(into, &word, 8);
  }
  while (count-- > 0) *into++ = *out_of++;
  return to;
}

TW_ENGINE void* memmove(void* to, const void* from, std::size_t count) { return __builtin_memmove(to, from, count); }
TW_ENGINE void* memset(void* to, int byte, std::size_t count) { return __builtin_memset(to, byte, count); }

}  // extern "C"
