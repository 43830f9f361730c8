// Reads CSV in pieces: feed() what has arrived, take records with next() until it wants more. Memory stays bounded by
// one record and one piece, whatever the file.
//
// Strict where guessing would lose data: a quote is only at the start of a field, a doubled quote stands for one, after
// the closing quote comes a delimiter or the end of the line. The first fault ends the reading and is told with its
// line. Lines end with LF, CRLF or CR; empty lines are no records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace tw::domain::imports {

inline constexpr std::size_t most_columns = 1'000;
inline constexpr std::size_t longest_record = 1'000'000;  // bytes

// One line of the table. The views live until the record is changed.
class CsvRecord {
 public:
  std::int64_t line() const { return line_; }  // of the file, from 1; where the record begins
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t column) const {
    const std::size_t begin = column == 0 ? 0 : ends_[column - 1];
    return std::string_view(bytes_).substr(begin, ends_[column] - begin);
  }

 private:
  friend class CsvReader;
  std::int64_t line_ = 0;
  std::string bytes_;                // the fields, one behind the other
  std::vector<std::uint32_t> ends_;  // where each ends
};

struct CsvFault {
  std::int64_t line = 0;
  TextKey key;
  std::vector<Param> params;
};

class CsvReader {
 public:
  explicit CsvReader(char delimiter) : delimiter_(delimiter) {}

  // UTF-8 without byte order mark. May be called again only when next() said `wants_more`.
  void feed(std::string_view utf8);
  void finish() { finished_ = true; }  // nothing more will be fed

  enum class Step { record, wants_more, end, fault };
  // Fills `record` when it answers `record`; its memory is reused.
  Step next(CsvRecord& record);

  const CsvFault& fault() const { return fault_; }

  // All that was fed is taken and the next byte begins a record: another reader may go on from here.
  bool between_records() const { return !failed_ && at_ == piece_.size() && state_ == At::line_start; }
  std::int64_t line() const { return line_; }  // where it reads, from 1

 private:
  enum class At { line_start, field_start, plain, quoted, quote_in_quoted };
  bool take(char c);  // true when a record is complete
  bool end_field();
  bool end_record();
  bool room_for(std::size_t bytes);
  void fail(std::int64_t line, TextKey key, std::vector<Param> params = {});

  char delimiter_;
  std::string piece_;
  std::size_t at_ = 0;
  bool finished_ = false;
  bool failed_ = false;
  bool after_cr_ = false;  // a LF that follows belongs to it
  At state_ = At::line_start;
  std::int64_t line_ = 1;
  std::int64_t quote_line_ = 0;  // where the open quote stands
  CsvRecord record_;
  CsvFault fault_;
};

// The delimiter, among , ; tab and |, that divides the beginning of a file most evenly; a comma when none divides it.
char detect_delimiter(std::string_view utf8_head);

}  // namespace tw::domain::imports
