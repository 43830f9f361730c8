#include "domain/imports/encoding.h"

#include <algorithm>

#include "core/gb18030.h"
#include "core/text.h"

namespace tw::domain::imports {

namespace {

struct EncodingName {
  Encoding encoding;
  std::string_view name;
};
constexpr EncodingName encoding_names[] = {{Encoding::utf_8, "UTF-8"},
                                           {Encoding::utf_8_bom, "UTF-8 BOM"},
                                           {Encoding::utf_16le, "UTF-16LE"},
                                           {Encoding::utf_16be, "UTF-16BE"},
                                           {Encoding::gb18030, "GB18030"}};

constexpr std::string_view utf_8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf_16le_mark = "\xFF\xFE";
constexpr std::string_view utf_16be_mark = "\xFE\xFF";

std::string_view mark_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf_8:
    case Encoding::utf_8_bom:
      return utf_8_mark;
    case Encoding::utf_16le:
      return utf_16le_mark;
    case Encoding::utf_16be:
      return utf_16be_mark;
    case Encoding::gb18030:
      return "\x84\x31\x95\x33";
  }
  return {};
}

bool starts_with(std::string_view bytes, std::string_view start) { return bytes.substr(0, start.size()) == start; }

// How many bytes of `bytes` are whole, valid characters.
std::size_t valid_utf8(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t before = at;
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    if (text::next_code_point(bytes, at) == 0xFFFD && at == before + 1) return before;
  }
  return at;
}

// Can `bytes` be the beginning of a valid character that is longer?
bool may_go_on(Encoding encoding, std::string_view bytes) {
  if (encoding == Encoding::utf_16le || encoding == Encoding::utf_16be) return bytes.size() < 4;
  if (encoding == Encoding::gb18030) return bytes.size() < 4;
  if (bytes.size() >= 4) return false;
  // Some continuation makes it valid, or none does: the first free byte decides for overlong forms and surrogates.
  for (const char first : {'\x80', '\x90', '\xA0', '\xBF'}) {
    std::string whole(bytes);
    whole += first;
    while (whole.size() < 4) {
      if (text::is_utf8(whole)) return true;
      whole += '\x80';
    }
    if (text::is_utf8(whole)) return true;
  }
  return false;
}

// Whole characters only; stops before a lonely surrogate.
std::size_t utf_16(std::string_view bytes, bool big_endian, std::string& utf8, bool& broken) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    const char32_t lead = unit(at);
    if (lead < 0xD800 || lead > 0xDFFF) {
      text::append_code_point(utf8, lead);
      at += 2;
      continue;
    }
    if (lead >= 0xDC00) return broken = true, at;
    if (at + 4 > bytes.size()) return at;
    const char32_t trail = unit(at + 2);
    if (trail < 0xDC00 || trail > 0xDFFF) return broken = true, at;
    text::append_code_point(utf8, 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
    at += 4;
  }
  return at;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  for (const auto& row : encoding_names)
    if (row.encoding == encoding) return row.name;
  return {};
}

std::optional<Encoding> encoding_named(std::string_view name) {
  for (const auto& row : encoding_names)
    if (row.name == name) return row.encoding;
  return {};
}

// --- recognising
// -------------------------------------------------------------------------------------------------------

void EncodingDetector::feed(std::string_view bytes) {
  if (head_.size() < 4) head_ += bytes.substr(0, 4 - head_.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) ++(position_ % 2 == 0 ? even_zeros_ : odd_zeros_);
    ++position_;
    if (byte >= 0x80 || utf8_missing_ > 0) watch_utf8(byte);
    if (byte >= 0x80 || gb_bytes_ > 0) watch_gb18030(byte);
  }
}

// Lengths only: enough to tell the encodings apart; the decoder judges exactly.
void EncodingDetector::watch_utf8(unsigned char byte) {
  if (utf8_missing_ > 0 && (byte & 0xC0) == 0x80) {
    if (--utf8_missing_ == 0) ++utf8_good_;
    return;
  }
  if (utf8_missing_ > 0) ++utf8_bad_;
  utf8_missing_ = 0;
  if (byte < 0x80) return;
  if (byte >= 0xC2 && byte <= 0xDF)
    utf8_missing_ = 1;
  else if (byte >= 0xE0 && byte <= 0xEF)
    utf8_missing_ = 2;
  else if (byte >= 0xF0 && byte <= 0xF4)
    utf8_missing_ = 3;
  else
    ++utf8_bad_;
}

void EncodingDetector::watch_gb18030(unsigned char byte) {
  if (gb_bytes_ == 0) {
    gb_bytes_ = 1;
    gb_bad_ = gb_bad_ || byte == 0x80 || byte == 0xFF;
  } else if (gb_bytes_ == 1 && byte >= 0x30 && byte <= 0x39) {
    gb_bytes_ = 2;
  } else if (gb_bytes_ == 1) {
    gb_bytes_ = 0;
    gb_bad_ = gb_bad_ || byte < 0x40 || byte == 0x7F || byte == 0xFF;
  } else if (gb_bytes_ == 2) {
    gb_bytes_ = 3;
    gb_bad_ = gb_bad_ || byte < 0x81 || byte == 0xFF;
  } else {
    gb_bytes_ = 0;
    gb_bad_ = gb_bad_ || byte < 0x30 || byte > 0x39;
  }
}

std::optional<Encoding> EncodingDetector::result() const {
  if (starts_with(head_, "PK\x03\x04") || starts_with(head_, "\xD0\xCF\x11\xE0") || starts_with(head_, "%PDF"))
    return {};  // a workbook or a document: its bytes may look like GB18030 for a while
  if (starts_with(head_, utf_8_mark)) return Encoding::utf_8_bom;
  if (starts_with(head_, utf_16le_mark)) return Encoding::utf_16le;
  if (starts_with(head_, utf_16be_mark)) return Encoding::utf_16be;
  if (even_zeros_ + odd_zeros_ > 0) {
    // ASCII signs (delimiters, digits, ends of lines) bring a zero in their high byte. In text that is much the most.
    if (odd_zeros_ > 4 * even_zeros_) return Encoding::utf_16le;
    if (even_zeros_ > 4 * odd_zeros_) return Encoding::utf_16be;
    return {};
  }
  // One broken character in a long UTF-8 text makes it a broken file, not a Chinese one.
  if (utf8_bad_ == 0 || utf8_good_ > 20 * utf8_bad_) return Encoding::utf_8;
  if (!gb_bad_) return Encoding::gb18030;
  return {};
}

// --- decoding
// ----------------------------------------------------------------------------------------------------------

bool Decoder::decode(std::string_view bytes, std::string& utf8) {
  if (broken_) return false;
  const std::size_t text_before = utf8.size();
  std::string joined;
  if (!waiting_.empty()) {
    joined = waiting_.append(bytes);
    waiting_.clear();
    bytes = joined;
  }
  const std::string_view mark = mark_of(encoding_);
  if (taken_ == 0 && mark_ == From::beginning) {
    // The mark may come in pieces as well.
    if (bytes.size() < mark.size() && starts_with(mark, bytes)) {
      waiting_ = bytes;
      return true;
    }
    if (starts_with(bytes, mark)) {
      bytes.remove_prefix(mark.size());
      taken_ += static_cast<std::int64_t>(mark.size());
    }
  }
  const std::size_t read = decode_some(bytes, utf8);
  taken_ += static_cast<std::int64_t>(read);
  line_ += std::count(utf8.begin() + static_cast<std::ptrdiff_t>(text_before), utf8.end(), '\n');
  const std::string_view rest = bytes.substr(read);
  if (!rest.empty() && !broken_) {
    if (may_go_on(encoding_, rest))
      waiting_ = rest;
    else
      broken_ = true;
  }
  return !broken_;
}

std::size_t Decoder::decode_some(std::string_view bytes, std::string& utf8) {
  switch (encoding_) {
    case Encoding::utf_8:
    case Encoding::utf_8_bom: {
      const std::size_t valid = valid_utf8(bytes);
      utf8 += bytes.substr(0, valid);
      return valid;
    }
    case Encoding::utf_16le:
    case Encoding::utf_16be:
      return utf_16(bytes, encoding_ == Encoding::utf_16be, utf8, broken_);
    case Encoding::gb18030: {
      const Gb18030Read read = gb18030_to_utf8(bytes, utf8);
      broken_ = broken_ || read.broken;
      return read.bytes;
    }
  }
  return 0;
}

bool Decoder::finish() {
  if (waiting_.empty()) return !broken_;
  broken_ = true;
  return false;
}

}  // namespace tw::domain::imports
