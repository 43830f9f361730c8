#include "domain/customer/search_terms.h"

#include <cstddef>
#include <cstdint>

#include "core/text.h"
#include "domain/customer/customer.h"

namespace tw::domain::customer {

namespace {

using Characters = std::vector<char32_t>;

Characters folded(std::string_view s) {
  const std::string lower = text::lower(s);
  Characters characters;
  characters.reserve(lower.size());
  for (std::size_t at = 0; at < lower.size();) characters.push_back(text::next_code_point(lower, at));
  return characters;
}

bool is_plain(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_short_han(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

void append_base_32(std::string& out, std::uint32_t value, int digits) {
  for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5)
    out += "0123456789abcdefghijklmnopqrstuv"[value >> shift & 31];
}

// The alphabets differ in length, so that pieces of different kinds never read the same: 2 or 3 letters or digits stand
// for themselves; two Han characters take 6, anything else 4 each.
void append_piece(std::string& out, const char32_t* characters, std::size_t count) {
  bool plain = true;
  bool han = count == 2;
  for (std::size_t i = 0; i < count; ++i) {
    plain = plain && is_plain(characters[i]);
    han = han && is_short_han(characters[i]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto code_point = static_cast<std::uint32_t>(characters[i]);
    if (plain)
      out += static_cast<char>(code_point);
    else if (han)
      append_base_32(out, code_point - 0x3400, 3);
    else
      append_base_32(out, code_point & 0xFFFFF, 4);
  }
}

// Three characters of which none is Han begin at `at`.
bool has_triple(const Characters& characters, std::size_t at) {
  if (at + 3 > characters.size()) return false;
  for (std::size_t i = at; i < at + 3; ++i)
    if (text::is_han(characters[i])) return false;
  return true;
}

void append_word(std::string& out, const char32_t* characters, std::size_t count) {
  if (!out.empty()) out += ' ';
  append_piece(out, characters, count);
}

void append_field(std::string& out, std::string_view field) {
  const Characters characters = folded(field);
  for (std::size_t at = 0; at + 2 <= characters.size(); ++at) {
    append_word(out, &characters[at], 2);
    if (has_triple(characters, at)) append_word(out, &characters[at], 3);
  }
}

}  // namespace

std::string index_terms(std::string_view name, std::string_view contact, std::string_view phone_key,
                        std::string_view external_key) {
  std::string words;
  words.reserve(4 * (name.size() + contact.size()) + 8 * (phone_key.size() + external_key.size()));
  for (const std::string_view field : {name, contact, phone_key, external_key}) append_field(words, field);
  return words;
}

// Triples where there are some, pairs only where no triple covers them: the fewer and the rarer, the faster.
std::vector<std::string> query_terms(std::string_view query) {
  const Characters characters = folded(query);
  std::vector<std::string> terms;
  const auto add = [&](std::size_t at, std::size_t count) {
    std::string piece;
    append_piece(piece, &characters[at], count);
    for (const std::string& known : terms)
      if (known == piece) return;
    terms.push_back(std::move(piece));
  };
  for (std::size_t at = 0; at + 2 <= characters.size(); ++at) {
    if (has_triple(characters, at))
      add(at, 3);
    else if (at == 0 || !has_triple(characters, at - 1))
      add(at, 2);
  }
  return terms;
}

bool contains(std::string_view field, std::string_view query) {
  return text::lower(field).find(text::lower(query)) != std::string::npos;
}

std::string phone_in_query(std::string_view query) {
  bool other_signs = false;
  for (const char c : text::lower(text::trim(query))) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && std::string_view(" +-().").find(c) == std::string_view::npos) return {};
    other_signs = other_signs || !digit;
  }
  const std::string key = phone_key(query);
  return other_signs || key != text::lower(text::trim(query)) ? key : std::string();
}

}  // namespace tw::domain::customer
