// The CSV reader against a second one that is written the plain way: the whole text at hand, one loop over places.
//
// Claims: both give the same rows, lines and fault; pieces of any size change nothing; what is written with quotes is
// read again as it was.
#include <optional>

#include "domain/imports/csv.h"
#include "fuzz/property.h"

namespace tw::fuzz {
namespace {

using domain::imports::CsvReader;
using domain::imports::CsvRecord;

struct Row {
  std::int64_t line = 0;
  std::vector<std::string> cells;
  bool operator==(const Row&) const = default;
};

struct Read {
  std::vector<Row> rows;
  std::int64_t fault_line = 0;  // 0: none
  std::string fault;
  bool operator==(const Read&) const = default;
};

template <class NextSize>
Read read(std::string_view text, char delimiter, NextSize&& next_size) {
  Read out;
  CsvReader reader(delimiter);
  CsvRecord record;
  for (;;) {
    switch (reader.next(record)) {
      case CsvReader::Step::record: {
        Row row{record.line(), {}};
        for (std::size_t i = 0; i < record.size(); ++i) row.cells.emplace_back(record[i]);
        out.rows.push_back(std::move(row));
        break;
      }
      case CsvReader::Step::wants_more: {
        if (text.empty()) {
          reader.finish();
          break;
        }
        const std::string_view piece = text.substr(0, next_size());
        reader.feed(piece);
        text.remove_prefix(piece.size());
        break;
      }
      case CsvReader::Step::end:
        return out;
      case CsvReader::Step::fault:
        out.fault_line = reader.fault().line;
        out.fault = reader.fault().key.view();
        return out;
    }
  }
}

// The second reader. Short inputs only: it knows no limit of columns and lengths.
class Plain {
 public:
  Plain(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  Read read() {
    while (at_ < text_.size() && out_.fault.empty()) {
      if (take_line_end()) continue;  // an empty line is no record
      Row row{line_, {}};
      do row.cells.push_back(cell());
      while (out_.fault.empty() && at_ < text_.size() && text_[at_] == delimiter_ && ++at_);
      if (out_.fault.empty()) {
        take_line_end();
        out_.rows.push_back(std::move(row));
      }
    }
    return std::move(out_);
  }

 private:
  bool take_line_end() {
    if (at_ == text_.size() || (text_[at_] != '\r' && text_[at_] != '\n')) return false;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
    return true;
  }
  bool ends_cell() const {
    return at_ == text_.size() || text_[at_] == delimiter_ || text_[at_] == '\r' || text_[at_] == '\n';
  }
  std::string cell() {
    std::string value;
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    for (; !ends_cell() && out_.fault.empty(); ++at_) {
      if (text_[at_] == '\0') fail(line_, "import.not_text");
      if (text_[at_] == '"') fail(line_, "import.quote_inside_field");
      value += text_[at_];
    }
    return value;
  }
  std::string quoted() {
    std::string value;
    const std::int64_t opened = line_;
    for (++at_;; ++at_) {
      if (at_ == text_.size()) return fail(opened, "import.quote_not_closed");
      if (text_[at_] == '\0') return fail(line_, "import.not_text");
      if (text_[at_] == '"' && (++at_ == text_.size() || text_[at_] != '"')) break;
      if (text_[at_] == '\n') ++line_;
      value += text_[at_];
    }
    if (ends_cell()) return value;
    return fail(line_, text_[at_] == '\0' ? "import.not_text" : "import.text_after_quote");
  }
  std::string fail(std::int64_t line, const char* fault) {
    if (out_.fault.empty()) {
      out_.fault_line = line;
      out_.fault = fault;
    }
    return {};
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  Read out_;
};

std::string in_words(const Read& read) {
  std::string out;
  for (const Row& row : read.rows) {
    out += std::to_string(row.line) + ":";
    for (const std::string& cell : row.cells) out += " [" + cell + "]";
    out += " ";
  }
  return out + (read.fault.empty() ? "" : read.fault + " in line " + std::to_string(read.fault_line));
}

void same(const Read& one, const Read& other, std::string_view claim) {
  if (!(one == other)) must(false, claim, in_words(one), in_words(other));
}

std::string written(const std::vector<Row>& rows, char delimiter) {
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out += i == 0 ? "\"" : std::string(1, delimiter) + "\"";
      for (const char c : row.cells[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw::fuzz;
  const std::string_view text = text_of(data, size);
  const char delimiter = tw::domain::imports::detect_delimiter(text);
  must(std::string_view(",;\t|").find(delimiter) != std::string_view::npos, "the delimiter is one of four", delimiter);

  const Read whole = read(text, delimiter, [&] { return text.size(); });
  same(whole, Plain(text, delimiter).read(), "two readers read the same");
  Drawn drawn(text);
  same(whole, read(text, delimiter, [] { return 1; }), "byte by byte it reads the same");
  same(whole, read(text, delimiter, [&] { return drawn.up_to(9); }), "in pieces it reads the same");

  const std::string again = written(whole.rows, delimiter);
  Read repeated = read(again, delimiter, [&] { return drawn.up_to(9); });
  must(repeated.fault.empty(), "what was written is read without a fault", again, repeated.fault);
  must(repeated.rows.size() == whole.rows.size(), "as many rows were written as read", again);
  for (std::size_t i = 0; i < whole.rows.size(); ++i)
    must(repeated.rows[i].cells == whole.rows[i].cells, "a row that was written is read as it was", again);
  return 0;
}
