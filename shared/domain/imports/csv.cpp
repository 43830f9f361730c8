#include "domain/imports/csv.h"

#include <utility>

namespace tw::domain::imports {

void CsvReader::feed(std::string_view utf8) {
  piece_.assign(utf8);
  at_ = 0;
}

CsvReader::Step CsvReader::next(CsvRecord& record) {
  while (!failed_ && at_ < piece_.size()) {
    if (take(piece_[at_++])) {
      std::swap(record, record_);
      return Step::record;
    }
  }
  if (failed_) return Step::fault;
  if (!finished_) return Step::wants_more;
  if (state_ == At::quoted) {
    fail(quote_line_, text_key("import.quote_not_closed"));
    return Step::fault;
  }
  if (state_ == At::line_start) return Step::end;
  if (!end_record()) return Step::fault;
  std::swap(record, record_);
  return Step::record;
}

bool CsvReader::take(char c) {
  if (std::exchange(after_cr_, false) && c == '\n') return false;
  if (c == '\0') {
    fail(line_, text_key("import.not_text"));
    return false;
  }
  if (state_ == At::quoted) {
    if (c == '"') {
      state_ = At::quote_in_quoted;
      return false;
    }
    if (c == '\n') ++line_;
    if (room_for(1)) record_.bytes_ += c;
    return false;
  }
  if (state_ == At::quote_in_quoted && c == '"') {
    state_ = At::quoted;
    if (room_for(1)) record_.bytes_ += c;
    return false;
  }
  if (c == '\n' || c == '\r') {
    after_cr_ = c == '\r';
    const bool something = state_ != At::line_start;
    const bool complete = something && end_record();
    ++line_;
    return complete;
  }
  if (state_ == At::line_start) {
    record_.line_ = line_;
    record_.bytes_.clear();
    record_.ends_.clear();
    state_ = At::field_start;
  }
  if (c == delimiter_) {
    end_field();
    return false;
  }
  if (state_ == At::quote_in_quoted) {
    fail(line_, text_key("import.text_after_quote"));
  } else if (c == '"' && state_ == At::field_start) {
    state_ = At::quoted;
    quote_line_ = line_;
  } else if (c == '"') {
    fail(line_, text_key("import.quote_inside_field"));
  } else if (room_for(1)) {
    state_ = At::plain;
    record_.bytes_ += c;
    // The rest of a plain run at once: most bytes of most files are here.
    std::size_t end = at_;
    while (end < piece_.size()) {
      const char next = piece_[end];
      if (next == delimiter_ || next == '\n' || next == '\r' || next == '"' || next == '\0') break;
      ++end;
    }
    if (room_for(end - at_)) record_.bytes_.append(piece_, at_, end - at_);
    at_ = end;
  }
  return false;
}

bool CsvReader::end_field() {
  if (record_.ends_.size() == most_columns) {
    fail(record_.line_, text_key("import.too_many_columns"), {param("maximum", std::int64_t{most_columns})});
    return false;
  }
  record_.ends_.push_back(static_cast<std::uint32_t>(record_.bytes_.size()));
  state_ = At::field_start;
  return true;
}

bool CsvReader::end_record() {
  if (!end_field()) return false;
  state_ = At::line_start;
  return true;
}

bool CsvReader::room_for(std::size_t bytes) {
  if (failed_) return false;
  if (record_.bytes_.size() + bytes <= longest_record) return true;
  // A record of a megabyte is nearly always a quote that was never closed.
  if (state_ == At::quoted)
    fail(quote_line_, text_key("import.quote_not_closed"));
  else
    fail(record_.line_, text_key("import.record_too_long"), {param("maximum", std::int64_t{longest_record})});
  return false;
}

void CsvReader::fail(std::int64_t line, TextKey key, std::vector<Param> params) {
  failed_ = true;
  fault_ = {line, key, std::move(params)};
}

namespace {
// How well a delimiter divides the text: records that have as many fields as the first, which has more than one.
std::size_t evenness(std::string_view text, char delimiter, std::size_t& columns) {
  constexpr std::size_t enough = 50;
  CsvReader reader(delimiter);
  reader.feed(text);
  CsvRecord record;
  std::size_t alike = 0;
  columns = 0;
  for (std::size_t i = 0; i < enough && reader.next(record) == CsvReader::Step::record; ++i) {
    if (i == 0) columns = record.size();
    if (record.size() == columns) ++alike;
  }
  return columns > 1 ? alike : 0;
}
}  // namespace

char detect_delimiter(std::string_view utf8_head) {
  std::string text(utf8_head);
  if (text.find_first_of("\r\n") == std::string::npos) text += '\n';  // a header alone
  char best = ',';
  std::size_t best_alike = 0;
  std::size_t best_columns = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    std::size_t columns = 0;
    const std::size_t alike = evenness(text, candidate, columns);
    if (alike > best_alike || (alike == best_alike && alike > 0 && columns > best_columns)) {
      best = candidate;
      best_alike = alike;
      best_columns = columns;
    }
  }
  return best;
}

}  // namespace tw::domain::imports
