// How an import's file is cut into pieces changes no row and no line number, and neither does a stop between any two
// rows: for every encoding, every kind of line end and every piece from one byte on.
#include "services/import_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/fakes.h"

namespace tw::services {
namespace {

using domain::imports::CsvRecord;
using domain::imports::Encoding;

// Characters of the plane that two bytes of UTF-16 hold and both other encodings know.
std::string in_encoding(std::u16string_view text, Encoding encoding) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xff);
    if (encoding == Encoding::utf_16le) {
      bytes += {low, high};
    } else if (encoding == Encoding::utf_16be) {
      bytes += {high, low};
    } else if (unit < 0x80) {
      bytes += low;
    } else if (encoding == Encoding::gb18030) {
      bytes += unit == u'客' ? "\xbf\xcd" : "\xbb\xa7";  // 客 or 户
    } else {
      bytes += unit == u'客' ? "\xe5\xae\xa2" : "\xe6\x88\xb7";
    }
  }
  return bytes;
}

struct Read {
  std::vector<std::string> rows;          // line and cells
  std::vector<ImportPosition> positions;  // behind each
};

Read read_from(Spool& spool, SpoolId file, Encoding encoding, const ImportPosition& from, std::int64_t piece) {
  Read out;
  ImportReader reader(spool, file, encoding, ',', from, piece);
  CsvRecord record;
  while (reader.next(record) == ImportReader::Step::record) {
    std::string row = std::to_string(reader.line_of(record));
    for (std::size_t i = 0; i < record.size(); ++i) row += " [" + std::string(record[i]) + "]";
    out.rows.push_back(row);
    out.positions.push_back(reader.position());
  }
  return out;
}

struct Layout {
  const char* name;
  std::u16string text;
  std::vector<std::string> rows;
};

const std::vector<Layout>& layouts() {
  static const std::vector<Layout> all = {
      {"LF", u"客,b\n1,户\n\n2,客\n", {"1 [客] [b]", "2 [1] [户]", "4 [2] [客]"}},
      {"CRLF", u"客,b\r\n1,户\r\n\r\n2,客\r\n", {"1 [客] [b]", "2 [1] [户]", "4 [2] [客]"}},
      {"CR", u"客,b\r1,户\r\r2,客\r", {"1 [客] [b]", "2 [1] [户]", "4 [2] [客]"}},
      {"no end of the last line", u"客,b\r\n1,户", {"1 [客] [b]", "2 [1] [户]"}},
      {"only empty lines first", u"\r\n\r\n客\r\n户", {"3 [客]", "4 [户]"}},
      {"a field of two lines", u"客,\"a\nb\"\r\n户,c\r\n", {"1 [客] [a\nb]", "3 [户] [c]"}},
  };
  return all;
}

const std::vector<Encoding>& encodings() {
  static const std::vector<Encoding> all = {Encoding::utf_8, Encoding::utf_16le, Encoding::utf_16be, Encoding::gb18030};
  return all;
}

TEST(ImportReader, a_file_read_in_pieces_of_any_size_has_the_same_rows_in_the_same_lines) {
  for (const Layout& layout : layouts()) {
    for (const Encoding encoding : encodings()) {
      test::MemorySpool spool;
      const std::string bytes = in_encoding(layout.text, encoding);
      const SpoolId file = spool.put(bytes);
      for (std::int64_t piece = 1; piece <= static_cast<std::int64_t>(bytes.size()) + 1; ++piece) {
        const Read read = read_from(spool, file, encoding, {}, piece);
        EXPECT_EQ(read.rows, layout.rows) << layout.name << ", " << name_of(encoding) << ", pieces of " << piece;
      }
    }
  }
}

TEST(ImportReader, who_goes_on_behind_any_row_reads_the_rows_that_follow_it) {
  for (const Layout& layout : layouts()) {
    for (const Encoding encoding : encodings()) {
      test::MemorySpool spool;
      const std::string bytes = in_encoding(layout.text, encoding);
      const SpoolId file = spool.put(bytes);
      for (std::int64_t piece = 1; piece <= static_cast<std::int64_t>(bytes.size()) + 1; ++piece) {
        const Read whole = read_from(spool, file, encoding, {}, piece);
        for (std::size_t stop = 0; stop < whole.positions.size(); ++stop) {
          const Read rest = read_from(spool, file, encoding, whole.positions[stop], piece);
          const std::vector<std::string> left(layout.rows.begin() + static_cast<std::ptrdiff_t>(stop) + 1,
                                              layout.rows.end());
          EXPECT_EQ(rest.rows, left) << layout.name << ", " << name_of(encoding) << ", pieces of " << piece
                                     << ", behind row " << stop;
        }
      }
    }
  }
}

// A stop early in a file of one long record per line must not read from the beginning each time: bounded work.
TEST(ImportReader, a_place_to_go_on_from_moves_forward_with_the_file_whatever_ends_its_lines) {
  for (const char16_t* end : {u"\n", u"\r\n", u"\r"}) {
    std::u16string text;
    for (int i = 0; i < 200; ++i) text += std::u16string(u"客,户") + end;
    for (const Encoding encoding : encodings()) {
      test::MemorySpool spool;
      const std::string bytes = in_encoding(text, encoding);
      const Read read = read_from(spool, spool.put(bytes), encoding, {}, 64);
      ASSERT_EQ(read.rows.size(), 200u);
      EXPECT_GT(read.positions.back().byte, static_cast<std::int64_t>(bytes.size()) - 3 * 64) << name_of(encoding);
      EXPECT_LE(read.positions.back().records, 3 * 64 / 6) << name_of(encoding);
    }
  }
}

}  // namespace
}  // namespace tw::services
