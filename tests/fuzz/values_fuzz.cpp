// Values as people write them, in their one stored form: folding, trimming, phones, dates, numbers, masks, search
// words.
//
// Claims: a stored form is its own stored form; what a mask shows is never more than it may; the search index never
// loses a text in which what is searched for stands.
#include <algorithm>
#include <sstream>

#include "core/text.h"
#include "domain/customer/customer.h"
#include "domain/customer/search_terms.h"
#include "domain/imports/guess.h"
#include "domain/imports/values.h"
#include "fuzz/property.h"
#include "services/custom_value.h"

namespace tw::fuzz {
namespace {

namespace customer = domain::customer;
namespace imports = domain::imports;

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

void texts(std::string_view raw) {
  const std::string text = text::repair_utf8(raw);
  must(text::is_utf8(text), "a repaired text is UTF-8", raw, text);
  must(text::repair_utf8(text) == text, "a sound text needs no repair", text);
  must(text::is_utf8(raw) == (text == raw), "only a broken text is repaired", raw, text);
  const std::string lower = text::lower(text);
  must(text::is_utf8(lower), "a folded text is UTF-8", text, lower);
  must(text::lower(lower) == lower, "folding twice is folding once", text, lower, text::lower(lower));
  must(text::code_points(lower) == text::code_points(text), "folding keeps the number of characters", text, lower);
  const std::string_view trimmed = text::trim(text);
  must(text::trim(trimmed) == trimmed, "trimming twice is trimming once", text, trimmed);
  for (const std::size_t count : {0, 1, 3, 60}) {
    const std::string_view prefix = text::prefix(text, count);
    must(text::is_utf8(prefix), "a prefix cuts no character", text, prefix);
    must(text::code_points(prefix) == std::min(count, text::code_points(text)), "a prefix is as long as asked", text);
  }
}

void phones(std::string_view text) {
  const std::string key = customer::phone_key(text);
  must(key.empty() || (key.size() >= 3 && digits_in(key) == key.size()), "a phone key is digits", text, key);
  const std::string mask = customer::mask_phone(text);
  const std::size_t digits = digits_in(text::lower(text));
  must(digits_in(mask) <= 7, "a mask shows seven digits at most", text, mask);
  must(digits < 8 ? digits_in(mask) == 0 : digits_in(mask) < digits, "a mask hides something", text, mask);
  if (digits >= 8)
    must(mask.size() == digits && digits - digits_in(mask) >= 4, "a mask hides four digits of a number", text, mask);
  const std::string email = customer::mask_email(text);
  if (!text::trim(text).empty()) must(email.find("***") != std::string::npos, "an e-mail is masked", text, email);
  must(!text::is_utf8(text) || text::is_utf8(email), "a masked e-mail is UTF-8", text, email);
}

void dates_and_numbers(std::string_view text) {
  if (const auto date = imports::date(text)) {
    must(services::is_iso_date(*date), "a date that is read is a day that exists", text, *date);
    must(imports::date(*date) == date, "a stored date is read as itself", text, *date);
  }
  if (const auto number = imports::number(text)) {
    must(imports::number(*number) == number, "a stored number is read as itself", text, *number);
    if (const auto value = services::decimal_value(*number))
      must(services::decimal_text(*value) == *number, "a number comes back as it went in", text, *number,
           services::decimal_text(*value));
  }
  if (const auto value = services::decimal_value(text)) {
    const std::string canonical = services::decimal_text(*value);
    const auto again = services::decimal_value(canonical);
    must(again && *again == *value, "a decimal survives its text", text, canonical);
  }
  if (const auto number = text::to_integer(text))
    must(text::to_integer(std::to_string(*number)) == number, "an integer survives its text", text);
  must(!(imports::yes_or_no(text) && imports::kind(text)), "a text is a flag or a kind, not both", text);
}

// What verifies a hit finds it; then the words of the query must be among the words of the index.
void search(std::string_view field, std::string_view query) {
  must(customer::contains(field, ""), "nothing is in everything");
  must(customer::contains(field, field), "a text contains itself", field);
  if (!customer::contains(field, query)) return;
  std::istringstream words(customer::index_terms(field, "", "", ""));
  std::vector<std::string> index;
  for (std::string word; words >> word;) {
    must(std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }),
         "a word of the index is plain", field, word);
    index.push_back(std::move(word));
  }
  for (const std::string& term : customer::query_terms(query))
    must(std::find(index.begin(), index.end(), term) != index.end(), "the index knows what stands in the text", field,
         query, term);
}

void guesses(std::string_view text) {
  imports::ColumnGuesser guesser;
  for (const auto value : text::split(text, '\n')) guesser.see(value);
  const auto guess = guesser.guess();
  must(guess.type != customer::FieldType::choice || !guess.choices.empty(), "a choice has choices", text);
  must(guess.samples.size() <= 5 && guess.choices.size() <= 30, "a guess is bounded", text);
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw;
  using namespace tw::fuzz;
  const std::string_view raw = text_of(data, size);
  texts(raw);
  phones(raw);
  dates_and_numbers(raw);
  guesses(raw);
  // The text itself, and every cut of it, searched for in the whole.
  const std::string text = text::repair_utf8(raw);
  Drawn drawn(raw);
  const std::size_t from = drawn.up_to(text.size() + 1) - 1;
  search(text, std::string_view(text).substr(from, drawn.up_to(12)));
  search(text, text::lower(text));
  return 0;
}
