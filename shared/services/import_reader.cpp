#include "services/import_reader.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

bool is_wide(imports::Encoding encoding) {
  return encoding == imports::Encoding::utf_16le || encoding == imports::Encoding::utf_16be;
}

std::size_t width_of(imports::Encoding encoding) { return is_wide(encoding) ? 2 : 1; }

// Does the ASCII sign stand at `at`? In UTF-16 it has a zero beside it; in UTF-8 and GB18030 no other character
// contains its byte.
bool is_sign(std::string_view bytes, std::size_t at, char sign, imports::Encoding encoding) {
  if (!is_wide(encoding)) return at < bytes.size() && bytes[at] == sign;
  const std::size_t low = encoding == imports::Encoding::utf_16le ? 0 : 1;
  return at + 1 < bytes.size() && bytes[at + low] == sign && bytes[at + 1 - low] == '\0';
}

// Behind the last line feed, or where there is none (old files of one kind of computer) the last carriage return; npos
// when there is no line break at all.
std::size_t after_last_line(std::string_view bytes, imports::Encoding encoding) {
  const std::size_t width = width_of(encoding);
  for (const char sign : {'\n', '\r'})
    for (std::size_t end = bytes.size() / width * width; end >= width; end -= width)
      if (is_sign(bytes, end - width, sign, encoding)) return end;
  return std::string_view::npos;
}

}  // namespace

ImportReader::ImportReader(Spool& spool, SpoolId file, imports::Encoding encoding, char delimiter,
                           const ImportPosition& from, std::int64_t piece_bytes)
    : spool_(spool),
      file_(file),
      encoding_(encoding),
      delimiter_(delimiter),
      piece_bytes_(piece_bytes),
      position_(from),
      read_(from.byte) {
  start_piece();
  const std::int64_t known = position_.records;
  position_.records = 0;
  imports::CsvRecord skipped;
  while (position_.records < known && next(skipped) == Step::record) {}
}

void ImportReader::start_piece() {
  line_base_ = position_.line;
  using From = imports::Decoder::From;
  decoder_ = std::make_unique<imports::Decoder>(encoding_, read_ == 0 ? From::beginning : From::middle);
  csv_ = std::make_unique<imports::CsvReader>(delimiter_);
}

ImportReader::Step ImportReader::next(imports::CsvRecord& record) {
  for (;;) {
    if (failed_) return Step::fault;
    switch (csv_->next(record)) {
      case imports::CsvReader::Step::record:
        ++position_.records;
        return Step::record;
      case imports::CsvReader::Step::fault: {
        const imports::CsvFault& fault = csv_->fault();
        return fail(line_base_ + fault.line - 1, fault.key, fault.params);
      }
      case imports::CsvReader::Step::end:
        return Step::end;
      case imports::CsvReader::Step::wants_more:
        if (!feed_piece()) return Step::fault;
    }
  }
}

bool ImportReader::feed_piece() {
  if (undecodable_) {
    fail(line_base_ + csv_->line() - 1, text_key("import.wrong_encoding"));
    return false;
  }
  std::string bytes = spool_.read(file_, read_, piece_bytes_);
  // A new piece is a new place to resume at, unless a quoted field, a character or a CRLF goes across, or so little is
  // there that one cannot see whether a CRLF does.
  if (read_ > position_.byte && csv_->between_records() && decoder_->between_characters() &&
      bytes.size() >= width_of(encoding_) && !is_sign(bytes, 0, '\n', encoding_)) {
    position_ = {read_, line_base_ + csv_->line() - 1, 0};
    start_piece();
  }
  const bool last = static_cast<std::int64_t>(bytes.size()) < piece_bytes_;
  if (read_ == 0 && bytes.empty() && !spool_.size(file_)) {
    fail(1, text_key("import.file_is_gone"));
    return false;
  }
  if (!last) {
    const std::size_t cut = after_last_line(bytes, encoding_);
    if (cut != std::string::npos) bytes.resize(cut);
  }
  read_ += static_cast<std::int64_t>(bytes.size());
  std::string text;
  // The text before a broken character is read first: what is told of the file then depends on no piece.
  undecodable_ = !decoder_->decode(bytes, text) || (last && !decoder_->finish());
  csv_->feed(text);
  if (last && !undecodable_) csv_->finish();
  return true;
}

ImportReader::Step ImportReader::fail(std::int64_t line, TextKey key, std::vector<Param> params) {
  failed_ = true;
  fault_ = {line, key, std::move(params)};
  return Step::fault;
}

}  // namespace tw::services
