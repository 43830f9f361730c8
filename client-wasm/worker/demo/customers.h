// Customers as a file that somebody imports, and one by one as people add them. Names and towns in both languages;
// phones that never ring, each once; addresses of the domains that are kept for examples.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/customer.h"
#include "api/import.h"
#include "core/time.h"
#include "demo/dice.h"
#include "demo/lists.h"

namespace tw::demo {

// As the columns of the file stand, left to right; then the custom fields.
inline constexpr std::string_view file_columns[] = {"kind", "name",         "contact",       "phone", "email",
                                                    "city", "address",      "source",        "owner", "score",
                                                    "note", "external_key", "do_not_contact"};

inline constexpr std::size_t file_fields = 5;

// Every column where it belongs; `fields` are the company's, in the order of their making.
std::vector<api::ColumnMapping> mapping_of_file(std::span<const CustomerFieldId> fields);

struct MadeUpCustomer {
  domain::customer::Kind kind = domain::customer::Kind::person;
  std::string name;
  std::string contact;
  std::string phone;
  std::string email;
  std::string city;
  std::string address;
  std::string source;
  std::string score;
  std::string note;
  std::string external_key;
  bool do_not_contact = false;
  std::string level;
  std::string spending;
  std::string contract_until;
  std::string trade;
  std::string interest;
};

class CustomerMaker {
 public:
  // `today`: a day number; contracts end around it. `made`: by other makers, whose phones and keys are taken.
  CustomerMaker(const Lists& lists, std::string language, Dice& dice, std::int64_t today, std::int64_t made = 0);

  MadeUpCustomer make();
  // So many rows under a header; each belongs to one of `owners` (logins).
  std::string file(std::int64_t rows, const std::vector<std::string>& owners);

 private:
  void name_chinese(MadeUpCustomer& made);
  void name_english(MadeUpCustomer& made);
  void fill_fields(MadeUpCustomer& made);
  const std::string& word(const std::vector<Words>& words) { return dice_.pick(words).in(language_); }

  const Lists& lists_;
  std::string language_;
  Dice& dice_;
  std::int64_t today_;
  std::int64_t made_;
  std::int64_t made_english_;
};

}  // namespace tw::demo
