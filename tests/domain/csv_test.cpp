#include "domain/imports/csv.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace tw::domain::imports {
namespace {

using support::for_seeds;
using support::Seeded;
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::int64_t> lines;
  bool failed = false;
  CsvFault fault;
};

// Fed in pieces of `piece` bytes.
Read read(std::string_view text, char delimiter = ',', std::size_t piece = 1'000'000'000) {
  Read out;
  CsvReader reader(delimiter);
  CsvRecord record;
  std::size_t at = 0;
  for (;;) {
    switch (reader.next(record)) {
      case CsvReader::Step::record: {
        std::vector<std::string> row;
        for (std::size_t c = 0; c < record.size(); ++c) row.emplace_back(record[c]);
        out.rows.push_back(std::move(row));
        out.lines.push_back(record.line());
        break;
      }
      case CsvReader::Step::wants_more:
        if (at >= text.size()) {
          reader.finish();
        } else {
          reader.feed(text.substr(at, piece));
          at += std::min(piece, text.size() - at);
        }
        break;
      case CsvReader::Step::end:
        return out;
      case CsvReader::Step::fault:
        out.failed = true;
        out.fault = reader.fault();
        return out;
    }
  }
}

TEST(Csv, reads_fields_and_empty_fields) {
  EXPECT_EQ(read("a,b\n,\n1,\n").rows, (Rows{{"a", "b"}, {"", ""}, {"1", ""}}));
}

TEST(Csv, the_last_line_needs_no_end) {
  EXPECT_EQ(read("a\nb").rows, (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(read("a\nb,").rows, (Rows{{"a"}, {"b", ""}}));
  EXPECT_EQ(read("a\n\"b\"").rows, (Rows{{"a"}, {"b"}}));
}

TEST(Csv, of_nothing_is_nothing) {
  EXPECT_TRUE(read("").rows.empty());
  EXPECT_TRUE(read("\n\r\n\r\r\n").rows.empty());
}

TEST(Csv, takes_every_end_of_line) {
  EXPECT_EQ(read("a,1\nb,2\r\nc,3\rd,4").rows, (Rows{{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}}));
}

TEST(Csv, quotes_hold_delimiters_line_ends_and_doubled_quotes) {
  EXPECT_EQ(read("\"a,b\",\"c\r\nd\",\"say \"\"hi\"\"\"\n\"\",x").rows,
            (Rows{{"a,b", "c\r\nd", "say \"hi\""}, {"", "x"}}));
}

TEST(Csv, lines_are_counted_through_quotes_and_empty_lines) {
  EXPECT_EQ(read("h\n\n\"a\nb\"\r\nc\n").lines, (std::vector<std::int64_t>{1, 3, 5}));
}

TEST(Csv, the_delimiter_can_be_another) {
  EXPECT_EQ(read("a;b,c\n", ';').rows, (Rows{{"a", "b,c"}}));
  EXPECT_EQ(read("a\tb\n", '\t').rows, (Rows{{"a", "b"}}));
}

TEST(Csv, pieces_of_any_size_give_the_same_records) {
  const std::string_view text = "名称,电话\r\n\"北京,\r\n\"\"甲\"\"\",138\r\n\r\n乙,\"\"\r\n丙,";
  const Read whole = read(text);
  ASSERT_FALSE(whole.failed);
  EXPECT_EQ(whole.rows.size(), 4u);
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    EXPECT_EQ(read(text, ',', piece).rows, whole.rows) << piece;
    EXPECT_EQ(read(text, ',', piece).lines, whole.lines) << piece;
  }
}

void expect_fault(std::string_view text, std::int64_t line, TextKey key) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, text.size()}) {
    const Read got = read(text, ',', piece);
    ASSERT_TRUE(got.failed) << text.substr(0, 60);
    EXPECT_EQ(got.fault.line, line) << text.substr(0, 60);
    EXPECT_EQ(got.fault.key.view(), key.view());
  }
}

TEST(Csv, a_broken_quote_is_told_with_its_line) {
  expect_fault("a\nb,\"c\nd\n", 2, text_key("import.quote_not_closed"));
  expect_fault("a\n\n\"b\" c\n", 3, text_key("import.text_after_quote"));
  expect_fault("a\n\"x\ny\"z\n", 3, text_key("import.text_after_quote"));
  expect_fault("a\nb,c\"d\n", 2, text_key("import.quote_inside_field"));
}

TEST(Csv, records_before_the_fault_are_still_read) {
  const Read got = read("a\nb\nc\"\n");
  EXPECT_TRUE(got.failed);
  EXPECT_EQ(got.rows, (Rows{{"a"}, {"b"}}));
}

TEST(Csv, a_thousand_columns_are_read_and_one_more_is_refused) {
  const std::string thousand(999, ',');
  EXPECT_EQ(read(thousand).rows.at(0).size(), 1000u);
  expect_fault("a\n" + thousand + ",\n", 2, text_key("import.too_many_columns"));
  expect_fault(std::string(1'000'000, ','), 1, text_key("import.too_many_columns"));
}

TEST(Csv, a_record_of_a_megabyte_is_read_and_a_longer_one_is_refused) {
  EXPECT_EQ(read(std::string(longest_record, 'x')).rows.at(0).at(0).size(), longest_record);
  const Read plain = read("a\n" + std::string(longest_record + 1, 'x'));
  EXPECT_EQ(plain.fault.key.view(), "import.record_too_long");
  EXPECT_EQ(plain.fault.line, 2);
  const Read fields = read(std::string(longest_record - 10, 'x') + ",12345,1234567\n");
  EXPECT_EQ(fields.fault.key.view(), "import.record_too_long");
}

TEST(Csv, a_quote_that_swallows_the_file_is_told_where_it_opens) {
  std::string text = "a\nb\n\"open\n";
  for (int i = 0; i < 200'000; ++i) text += "1,2,3,4\n";
  const Read got = read(text, ',', 65'536);
  EXPECT_EQ(got.fault.key.view(), "import.quote_not_closed");
  EXPECT_EQ(got.fault.line, 3);
}

TEST(Csv, a_zero_byte_is_no_text) {
  expect_fault(std::string_view("a\nb\0c", 5), 2, text_key("import.not_text"));
  expect_fault(std::string_view("a\nb,\0c", 6), 2, text_key("import.not_text"));
  expect_fault(std::string_view("a\n\"b\0", 5), 2, text_key("import.not_text"));
}

std::string written(const Rows& rows, char delimiter, Seeded& random) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += delimiter;
      const bool must = row[c].find_first_of(std::string("\"\r\n") + delimiter) != std::string::npos ||
                        (row.size() == 1 && row[c].empty());
      if (!must && !random.one_in(3)) {
        out += row[c];
        continue;
      }
      out += '"';
      for (const char letter : row[c]) out += letter == '"' ? std::string("\"\"") : std::string(1, letter);
      out += '"';
    }
    out += random.one_in(2) ? "\n" : "\r\n";
  }
  return out;
}

TEST(Csv, what_was_written_is_read_again) {
  for_seeds(500, [](Seeded random) {
    const char delimiter = ",;\t|"[random.between(0, 3)];
    Rows rows;
    for (std::int64_t r = random.between(0, 6); r > 0; --r) {
      std::vector<std::string> row;
      for (std::int64_t c = random.between(1, 5); c > 0; --c) {
        std::string field;
        for (std::int64_t n = random.between(0, 6); n > 0; --n) field += "ab\"\n\r,;\t| \xE4"[random.between(0, 10)];
        row.push_back(field);
      }
      rows.push_back(row);
    }
    const std::string text = written(rows, delimiter, random);
    const Read got = read(text, delimiter, static_cast<std::size_t>(random.between(1, 20)));
    EXPECT_FALSE(got.failed) << text;
    EXPECT_EQ(got.rows, rows) << text;
  });
}

TEST(Csv, any_bytes_end_in_records_or_a_fault) {
  for_seeds(500, [](Seeded random) {
    std::string text;
    for (std::int64_t n = random.between(0, 200); n > 0; --n)
      text += random.one_in(3) ? "\",\n\r;"[random.between(0, 4)] : static_cast<char>(random.between(0, 255));
    const Read got = read(text, ',', static_cast<std::size_t>(random.between(1, 20)));
    if (got.failed) {
      EXPECT_GE(got.fault.line, 1);
    }
  });
}

TEST(DetectDelimiter, takes_the_one_that_divides_evenly) {
  EXPECT_EQ(detect_delimiter("a,b,c\n1,2,3\n"), ',');
  EXPECT_EQ(detect_delimiter("a;b;c\n1,5;2;3\n2,5;1;1\n"), ';');
  EXPECT_EQ(detect_delimiter("name\tphone, home\nx\ty\n"), '\t');
  EXPECT_EQ(detect_delimiter("a|b\n1|2\n"), '|');
  EXPECT_EQ(detect_delimiter("name;\"a,b,c,d\"\nx;\"1,2,3,4\"\n"), ';');
}

TEST(DetectDelimiter, is_a_comma_when_there_is_one_column_or_nothing) {
  EXPECT_EQ(detect_delimiter("name\nLi\nWang\n"), ',');
  EXPECT_EQ(detect_delimiter(""), ',');
  EXPECT_EQ(detect_delimiter("only;a;header"), ';');
}

}  // namespace
}  // namespace tw::domain::imports
