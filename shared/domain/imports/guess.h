// What a column seems to hold, from its header and its values; a proposal that the user sees and can change. Memory per
// column is bounded, whatever the file.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/customer/customer.h"

namespace tw::domain::imports {

struct ColumnGuess {
  customer::FieldType type = customer::FieldType::text;
  std::vector<std::string> samples;  // the first few distinct values
  std::vector<std::string> choices;  // in order, when the type is `choice`
  std::int64_t values = 0;           // that were not empty
  bool distinct_is_exact = true;     // false: more different values than we count
  std::int64_t distinct = 0;
};

class ColumnGuesser {
 public:
  void see(std::string_view value);
  ColumnGuess guess() const;

  // Which of the standard fields' values these look like.
  bool looks_like_phones() const { return mostly(phones_); }
  bool looks_like_emails() const { return mostly(emails_); }
  bool looks_like_scores() const { return values_ > 0 && scores_ == values_; }
  bool looks_like_kinds() const { return values_ > 0 && kinds_ == values_; }
  bool looks_like_yes_or_no() const { return values_ > 0 && yes_or_no_ == values_; }
  bool looks_like_names() const;  // texts that repeat little
  bool is_empty() const { return values_ == 0; }

 private:
  void count_kinds(std::string_view value);
  bool mostly(std::int64_t count) const { return values_ > 0 && count * 10 >= values_ * 6; }
  bool is_choice() const;

  std::int64_t values_ = 0;
  std::int64_t numbers_ = 0;
  std::int64_t codes_ = 0;  // digits that are no quantity: a leading zero, or longer than any amount
  std::int64_t dates_ = 0;
  std::int64_t phones_ = 0;
  std::int64_t emails_ = 0;
  std::int64_t scores_ = 0;
  std::int64_t kinds_ = 0;
  std::int64_t yes_or_no_ = 0;
  std::size_t longest_ = 0;
  std::set<std::string> distinct_;
  bool many_ = false;  // more than we keep
  std::vector<std::string> samples_;
};

}  // namespace tw::domain::imports
