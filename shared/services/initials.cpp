#include "services/initials.h"

#include "core/text.h"
#include "services/initials_table.h"

namespace tw::services {

namespace {

char initial_of_han(char32_t character) {
  const bool known = character >= first_han_initial && character <= last_han_initial;
  return known ? han_initials[character - first_han_initial] : ' ';
}

char initial_of_surname(char32_t character) {
  for (std::size_t i = 0; i < surname_initial_count; ++i)
    if (surname_initials[i].surname == character) return surname_initials[i].initial;
  return ' ';
}

// What stands between words. Beyond ASCII everything that is not Chinese belongs to one: letters of other scripts.
bool parts_words(char32_t character) {
  const bool letter = (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  return character < 0x80 && !letter;
}

}  // namespace

std::string initials_of(std::string_view name) {
  const std::string lower = text::lower(name);
  std::string initials;
  char surname = ' ';
  bool in_word = false;
  for (std::size_t at = 0; at < lower.size();) {
    const char32_t character = text::next_code_point(lower, at);
    if (const char initial = initial_of_han(character); initial != ' ') {
      if (initials.empty()) surname = initial_of_surname(character);
      initials += initial;
      in_word = false;
    } else if (parts_words(character)) {
      in_word = false;
    } else if (!in_word) {
      text::append_code_point(initials, character);
      in_word = true;
    }
  }
  return surname == ' ' ? initials : surname + initials.substr(1) + " " + initials;
}

bool may_be_initials(std::string_view words) {
  for (const char c : words)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
  return !words.empty();
}

}  // namespace tw::services
