// Which encoding a file has, and its bytes as UTF-8, both in pieces of any size.
//
// A file is recognised by its byte order mark; without one by its zero bytes (UTF-16), by being valid UTF-8, or by
// being valid GB18030. What is none of these is no text that we read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tw::domain::imports {

enum class Encoding : std::uint8_t { utf_8, utf_8_bom, utf_16le, utf_16be, gb18030 };

std::string_view name_of(Encoding encoding);  // "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "GB18030"
std::optional<Encoding> encoding_named(std::string_view name);

// The more of a file it sees, the surer it is: a beginning in plain ASCII says UTF-8, and only a later Chinese
// character tells GB18030 apart. Feed the whole file where that is affordable.
class EncodingDetector {
 public:
  void feed(std::string_view bytes);
  // None: not text, or none of the encodings that we know.
  std::optional<Encoding> result() const;

 private:
  void watch_utf8(unsigned char byte);
  void watch_gb18030(unsigned char byte);

  std::string head_;  // the first bytes: mark and magic numbers
  std::int64_t position_ = 0;
  std::int64_t even_zeros_ = 0;
  std::int64_t odd_zeros_ = 0;
  int utf8_missing_ = 0;  // bytes that the sequence still needs
  std::int64_t utf8_good_ = 0;
  std::int64_t utf8_bad_ = 0;
  int gb_bytes_ = 0;  // of the character that is being read
  bool gb_bad_ = false;
};

// Turns one file into UTF-8, without its byte order mark. After the first broken character it takes nothing more.
class Decoder {
 public:
  // Whoever goes on in the middle of a file has no mark to drop: what looks like one there is a character.
  enum class From { beginning, middle };
  explicit Decoder(Encoding encoding, From from = From::beginning) : encoding_(encoding), mark_(from) {}

  // Appends the text of all whole characters; a character that is cut off waits for the next piece. False: broken.
  bool decode(std::string_view bytes, std::string& utf8);
  // The end of the file; false when it cuts a character off.
  bool finish();

  // All that came is text by now: another decoder may go on from here.
  bool between_characters() const { return waiting_.empty() && !broken_; }

  // Where the fault is: the byte in the file from 0, the line from 1.
  std::int64_t fault_byte() const { return taken_; }
  std::int64_t fault_line() const { return line_; }

 private:
  std::size_t decode_some(std::string_view bytes, std::string& utf8);

  Encoding encoding_;
  From mark_;
  std::string waiting_;  // the beginning of a character
  std::int64_t taken_ = 0;
  std::int64_t line_ = 1;
  bool broken_ = false;
};

}  // namespace tw::domain::imports
