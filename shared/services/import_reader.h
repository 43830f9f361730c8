// Reads the rows of a spooled import, from its beginning or from where an earlier step stopped. Memory is bounded by
// one piece of the file and one record.
//
// A position is the byte where a piece begins, between two records, and how many records of that piece are read. Pieces
// end behind a line break where they have one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/env.h"
#include "domain/imports/csv.h"
#include "domain/imports/encoding.h"

namespace tw::services {

struct ImportPosition {
  std::int64_t byte = 0;     // of the file, where the piece begins
  std::int64_t line = 1;     // there
  std::int64_t records = 0;  // read since, the header included
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("byte", s.byte);
    v("line", s.line);
    v("records", s.records);
  }
};

class ImportReader {
 public:
  // A resumed reader reads again at most what a piece has: it must be given the same size as before.
  static constexpr std::int64_t usual_piece = 64 * 1024;

  ImportReader(Spool& spool, SpoolId file, domain::imports::Encoding encoding, char delimiter,
               const ImportPosition& from, std::int64_t piece_bytes = usual_piece);

  enum class Step { record, end, fault };
  Step next(domain::imports::CsvRecord& record);

  std::int64_t line_of(const domain::imports::CsvRecord& record) const { return line_base_ + record.line() - 1; }
  // Behind the last record that was answered.
  const ImportPosition& position() const { return position_; }
  // After `fault`; its line is the file's.
  const domain::imports::CsvFault& fault() const { return fault_; }

 private:
  bool feed_piece();  // false: a fault
  void start_piece();
  Step fail(std::int64_t line, TextKey key, std::vector<Param> params = {});

  Spool& spool_;
  SpoolId file_;
  domain::imports::Encoding encoding_;
  char delimiter_;
  std::int64_t piece_bytes_;
  ImportPosition position_;
  std::int64_t read_ = 0;  // bytes of the file that were fed
  std::int64_t line_base_ = 1;
  std::unique_ptr<domain::imports::Decoder> decoder_;
  std::unique_ptr<domain::imports::CsvReader> csv_;
  bool undecodable_ = false;  // behind the text that was fed
  bool failed_ = false;
  domain::imports::CsvFault fault_;
};

}  // namespace tw::services
