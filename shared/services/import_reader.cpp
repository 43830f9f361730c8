#include "services/import_reader.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

// What a resumed step reads again, at most, before it goes on.
constexpr std::int64_t piece_bytes = 64 * 1024;

// Behind the last line break; npos when there is none. The low byte of every break is a line feed in all encodings, and
// no other character of UTF-8 or GB18030 contains that byte.
std::size_t after_last_line(std::string_view bytes, imports::Encoding encoding) {
  const bool wide = encoding == imports::Encoding::utf_16le || encoding == imports::Encoding::utf_16be;
  if (!wide) {
    const std::size_t at = bytes.rfind('\n');
    return at == std::string_view::npos ? at : at + 1;
  }
  const std::size_t low = encoding == imports::Encoding::utf_16le ? 0 : 1;
  for (std::size_t at = bytes.size() / 2 * 2; at >= 2; at -= 2)
    if (bytes[at - 2 + low] == '\n' && bytes[at - 1 - low] == '\0') return at;
  return std::string_view::npos;
}

}  // namespace

ImportReader::ImportReader(Spool& spool, SpoolId file, imports::Encoding encoding, char delimiter,
                           const ImportPosition& from)
    : spool_(spool), file_(file), encoding_(encoding), delimiter_(delimiter), position_(from), read_(from.byte) {
  start_piece();
  const std::int64_t known = position_.records;
  position_.records = 0;
  imports::CsvRecord skipped;
  while (position_.records < known && next(skipped) == Step::record) {}
}

void ImportReader::start_piece() {
  line_base_ = position_.line;
  decoder_ = std::make_unique<imports::Decoder>(encoding_);
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
  // A new piece is a new place to resume at, unless a quoted field or a lone CR goes across.
  if (csv_->between_records() && read_ > position_.byte) {
    position_ = {read_, line_base_ + csv_->line() - 1, 0};
    start_piece();
  }
  std::string bytes = spool_.read(file_, read_, piece_bytes);
  const bool last = static_cast<std::int64_t>(bytes.size()) < piece_bytes;
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
  const bool whole = decoder_->decode(bytes, text) && (!last || decoder_->finish());
  if (!whole) {
    fail(line_base_ + decoder_->fault_line() - 1, text_key("import.wrong_encoding"));
    return false;
  }
  csv_->feed(text);
  if (last) csv_->finish();
  return true;
}

ImportReader::Step ImportReader::fail(std::int64_t line, TextKey key, std::vector<Param> params) {
  failed_ = true;
  fault_ = {line, key, std::move(params)};
  return Step::fault;
}

}  // namespace tw::services
