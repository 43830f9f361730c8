#include "domain/imports/encoding.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "support/random.h"

namespace tw::domain::imports {
namespace {

using support::for_seeds;
using support::Seeded;

std::optional<Encoding> detected(std::string_view bytes) {
  EncodingDetector detector;
  detector.feed(bytes);
  return detector.result();
}

std::string in_utf_16(std::string_view utf8, bool big_endian, bool with_mark) {
  std::string out;
  const auto unit = [&](std::uint32_t value) {
    const char high = static_cast<char>(value >> 8);
    const char low = static_cast<char>(value & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  };
  if (with_mark) unit(0xFEFF);
  for (std::size_t at = 0; at < utf8.size();) {
    const std::uint32_t c = text::next_code_point(utf8, at);
    if (c < 0x10000) {
      unit(c);
    } else {
      unit(0xD800 + ((c - 0x10000) >> 10));
      unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

struct Decoded {
  std::string text;
  bool good = true;
  std::int64_t byte = 0;
  std::int64_t line = 0;
};

Decoded decoded(Encoding encoding, std::string_view bytes, std::size_t piece = 1'000'000) {
  Decoded out;
  Decoder decoder(encoding);
  for (std::size_t at = 0; out.good && at < bytes.size(); at += piece)
    out.good = decoder.decode(bytes.substr(at, piece), out.text);
  out.good = out.good && decoder.finish();
  out.byte = decoder.fault_byte();
  out.line = decoder.fault_line();
  return out;
}

constexpr std::string_view sample = "名称,电话\n吖吖宝贝,138\nMüller 😀,1\n";
constexpr std::string_view sample_gb18030 =
    "\xC3\xFB\xB3\xC6,\xB5\xE7\xBB\xB0\n\xDF\xB9\xDF\xB9\xB1\xA6\xB1\xB4,138\nM\xA8\xB9ller "
    "\x94\x39\xFC\x36,1\n";

TEST(Encoding, is_recognised_by_its_mark) {
  EXPECT_EQ(detected("\xEF\xBB\xBFname"), Encoding::utf_8_bom);
  EXPECT_EQ(detected(in_utf_16(sample, false, true)), Encoding::utf_16le);
  EXPECT_EQ(detected(in_utf_16(sample, true, true)), Encoding::utf_16be);
}

TEST(Encoding, is_recognised_without_a_mark) {
  EXPECT_EQ(detected("name,phone\n"), Encoding::utf_8);
  EXPECT_EQ(detected(sample), Encoding::utf_8);
  EXPECT_EQ(detected(sample_gb18030), Encoding::gb18030);
  EXPECT_EQ(detected(in_utf_16(sample, false, false)), Encoding::utf_16le);
  EXPECT_EQ(detected(in_utf_16(sample, true, false)), Encoding::utf_16be);
  EXPECT_EQ(detected(""), Encoding::utf_8);
}

TEST(Encoding, is_recognised_in_pieces_too) {
  for (const std::string_view bytes : {sample, sample_gb18030}) {
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
      EncodingDetector detector;
      detector.feed(bytes.substr(0, cut));
      detector.feed(bytes.substr(cut));
      EXPECT_EQ(detector.result(), detected(bytes)) << cut;
    }
  }
}

TEST(Encoding, one_broken_character_does_not_make_a_file_chinese) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "吖吖宝贝,138\n";
  text += "\xE5\x90,1\n";
  EXPECT_EQ(detected(text), Encoding::utf_8);
}

TEST(Encoding, of_what_is_no_text_is_none) {
  EXPECT_EQ(detected("PK\x03\x04\x14"), std::nullopt);
  EXPECT_EQ(detected("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), std::nullopt);
  EXPECT_EQ(detected(std::string_view("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24)), std::nullopt);
  EXPECT_EQ(detected("\xFF\xFF\xFF\x80"), std::nullopt);
}

TEST(Encoding, has_a_name_on_the_wire) {
  for (const auto encoding :
       {Encoding::utf_8, Encoding::utf_8_bom, Encoding::utf_16le, Encoding::utf_16be, Encoding::gb18030})
    EXPECT_EQ(encoding_named(name_of(encoding)), encoding);
  EXPECT_EQ(encoding_named("Latin-1"), std::nullopt);
}

TEST(Decoder, every_encoding_gives_the_same_text_in_pieces_of_any_size) {
  const std::pair<Encoding, std::string> files[] = {
      {Encoding::utf_8, std::string(sample)},
      {Encoding::utf_8_bom, "\xEF\xBB\xBF" + std::string(sample)},
      {Encoding::utf_16le, in_utf_16(sample, false, true)},
      {Encoding::utf_16le, in_utf_16(sample, false, false)},
      {Encoding::utf_16be, in_utf_16(sample, true, true)},
      {Encoding::utf_16be, in_utf_16(sample, true, false)},
      {Encoding::gb18030, std::string(sample_gb18030)},
  };
  for (const auto& file : files)
    for (std::size_t piece = 1; piece <= file.second.size(); ++piece) {
      const Decoded got = decoded(file.first, file.second, piece);
      EXPECT_TRUE(got.good) << name_of(file.first) << ' ' << piece;
      EXPECT_EQ(got.text, sample) << name_of(file.first) << ' ' << piece;
    }
}

TEST(Decoder, a_broken_character_is_told_with_its_byte_and_line) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{100}}) {
    const auto fault = [&](Encoding encoding, std::string_view bytes, std::int64_t byte, std::int64_t line) {
      const Decoded got = decoded(encoding, bytes, piece);
      EXPECT_FALSE(got.good) << name_of(encoding) << ' ' << piece;
      EXPECT_EQ(got.byte, byte) << name_of(encoding) << ' ' << piece;
      EXPECT_EQ(got.line, line) << name_of(encoding) << ' ' << piece;
    };
    fault(Encoding::utf_8, "ab\ncd\xFF", 5, 2);
    fault(Encoding::utf_8, "ab\ncd\xC0\x80", 5, 2);      // overlong
    fault(Encoding::utf_8, "a\n\n\xED\xA0\x80x", 3, 3);  // a surrogate
    fault(Encoding::utf_8, "a\xE5\x90", 1, 1);           // cut off at the end of the file
    fault(Encoding::utf_8_bom, "\xEF\xBB\xBF\na\x80", 5, 2);
    fault(Encoding::gb18030, "a\n\xBF\xCD\x81\x20", 4, 2);
    fault(Encoding::gb18030, "a\n\xBF", 2, 2);
    fault(Encoding::utf_16le, std::string_view("a\0\n\0\x00\xDC", 6), 4, 2);  // a lonely trail
    fault(Encoding::utf_16be, std::string_view("\0a\0\n\xD8\x00\0b", 8), 4, 2);
    fault(Encoding::utf_16le, std::string_view("a\0b", 3), 2, 1);
  }
}

TEST(Decoder, a_fault_is_told_at_once_and_not_kept_until_the_end_of_the_file) {
  const std::pair<Encoding, std::string_view> files[] = {
      {Encoding::utf_8, "a\xFFmore"},
      {Encoding::utf_8, "a\xE0\x80"},
      {Encoding::gb18030, "a\x81\x20more"},
      {Encoding::utf_16le, std::string_view("\x00\xDC"
                                            "m\0",
                                            4)},
  };
  for (const auto& file : files) {
    std::string out;
    Decoder decoder(file.first);
    EXPECT_FALSE(decoder.decode(file.second, out)) << name_of(file.first);
    EXPECT_FALSE(decoder.decode("more", out)) << "nothing is taken after a fault";
  }
}

TEST(Decoder, any_bytes_become_valid_utf_8_or_a_fault) {
  for_seeds(500, [](Seeded random) {
    std::string bytes;
    for (std::int64_t n = random.between(0, 60); n > 0; --n)
      bytes += random.one_in(2) ? static_cast<char>(random.between(0, 255)) : 'a';
    for (const auto encoding :
         {Encoding::utf_8, Encoding::utf_8_bom, Encoding::utf_16le, Encoding::utf_16be, Encoding::gb18030}) {
      const Decoded whole = decoded(encoding, bytes);
      const Decoded pieces = decoded(encoding, bytes, static_cast<std::size_t>(random.between(1, 7)));
      EXPECT_TRUE(text::is_utf8(whole.text));
      EXPECT_EQ(whole.good, pieces.good) << name_of(encoding);
      EXPECT_EQ(whole.text, pieces.text) << name_of(encoding);
      EXPECT_EQ(whole.byte, pieces.byte) << name_of(encoding);
    }
  });
}

}  // namespace
}  // namespace tw::domain::imports
