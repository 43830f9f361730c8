// Uploaded bytes on their way to rows: encoding, decoding, reading in pieces, going on after a stop.
//
// Claims: how the bytes are cut changes neither the encoding that is recognised, nor the text, nor where a fault is
// told; text is UTF-8; an import that goes on at any position reads the same rows in the same lines as one that never
// stopped, whatever the piece.
#include "core/text.h"
#include "domain/imports/encoding.h"
#include "fuzz/property.h"
#include "services/import_reader.h"
#include "services/import_sniff.h"
#include "support/fakes.h"

namespace tw::fuzz {
namespace {

using domain::imports::CsvRecord;
using domain::imports::Decoder;
using domain::imports::Encoding;
using domain::imports::EncodingDetector;
using services::ImportPosition;
using services::ImportReader;

template <class NextSize>
std::optional<Encoding> detected(std::string_view bytes, NextSize&& next_size) {
  EncodingDetector detector;
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, next_size());
    detector.feed(piece);
    bytes.remove_prefix(piece.size());
  }
  return detector.result();
}

struct Decoded {
  std::string text;
  bool good = true;
  std::int64_t byte = 0;
  std::int64_t line = 0;
};

template <class NextSize>
Decoded decoded(Encoding encoding, std::string_view bytes, NextSize&& next_size) {
  Decoded out;
  Decoder decoder(encoding);
  while (out.good && !bytes.empty()) {
    const auto piece = bytes.substr(0, next_size());
    out.good = decoder.decode(piece, out.text);
    bytes.remove_prefix(piece.size());
  }
  out.good = out.good && decoder.finish();
  out.byte = decoder.fault_byte();
  out.line = decoder.fault_line();
  return out;
}

void decoding_does_not_depend_on_pieces(std::string_view bytes, Drawn& drawn) {
  const auto whole_size = [&] { return bytes.size(); };
  const auto some = [&] { return drawn.up_to(5); };
  must(detected(bytes, whole_size) == detected(bytes, some), "in pieces the same encoding is recognised");
  for (const auto encoding :
       {Encoding::utf_8, Encoding::utf_8_bom, Encoding::utf_16le, Encoding::utf_16be, Encoding::gb18030}) {
    const Decoded whole = decoded(encoding, bytes, whole_size);
    const Decoded pieces = decoded(encoding, bytes, some);
    const auto name = domain::imports::name_of(encoding);
    must(text::is_utf8(whole.text), "what is decoded is UTF-8", name, whole.text);
    must(whole.good == pieces.good, "in pieces the same is broken", name, whole.good, pieces.good);
    must(whole.text == pieces.text, "in pieces the text is the same", name, whole.text, pieces.text);
    must(whole.byte == pieces.byte && whole.line == pieces.line, "in pieces the fault is in the same place", name,
         whole.byte, pieces.byte, whole.line, pieces.line);
  }
}

struct Row {
  std::string said;       // line and cells, or the fault
  ImportPosition behind;  // where a reader would go on
};

std::vector<Row> rows_of(Spool& spool, SpoolId file, Encoding encoding, char delimiter, const ImportPosition& from,
                         std::int64_t piece) {
  std::vector<Row> rows;
  ImportReader reader(spool, file, encoding, delimiter, from, piece);
  CsvRecord record;
  for (;;) {
    const auto step = reader.next(record);
    if (step == ImportReader::Step::end) return rows;
    std::string said;
    if (step == ImportReader::Step::fault) {
      said = "fault " + std::string(reader.fault().key.view()) + " in " + std::to_string(reader.fault().line);
    } else {
      said = std::to_string(reader.line_of(record));
      for (std::size_t i = 0; i < record.size(); ++i) said += " [" + std::string(record[i]) + "]";
    }
    rows.push_back({std::move(said), reader.position()});
    if (step == ImportReader::Step::fault) return rows;
  }
}

void same_from(const std::vector<Row>& whole, std::size_t begin, const std::vector<Row>& rest, std::string_view claim) {
  for (std::size_t i = 0; begin + i < whole.size() && i < rest.size(); ++i)
    must(whole[begin + i].said == rest[i].said, claim, whole[begin + i].said, rest[i].said);
  must(whole.size() - begin == rest.size(), claim, whole.size() - begin, rest.size());
}

void going_on_reads_the_same(std::string_view bytes, Encoding encoding, char delimiter, Drawn& drawn) {
  test::MemorySpool spool;
  const SpoolId file = spool.put(bytes);
  const auto all_at_once = static_cast<std::int64_t>(bytes.size()) + 1;
  const auto whole = rows_of(spool, file, encoding, delimiter, {}, all_at_once);
  const auto piece = static_cast<std::int64_t>(drawn.up_to(40));
  const auto pieces = rows_of(spool, file, encoding, delimiter, {}, piece);
  same_from(whole, 0, pieces, "a file read in pieces has the same rows");
  for (std::size_t stop = 0; stop + 1 < pieces.size(); stop += drawn.up_to(4)) {
    const auto rest = rows_of(spool, file, encoding, delimiter, pieces[stop].behind, piece);
    same_from(whole, stop + 1, rest, "who goes on after a stop reads the same rows");
  }
}

}  // namespace
}  // namespace tw::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw;
  using namespace tw::fuzz;
  const std::string_view bytes = text_of(data, size);
  Drawn drawn(bytes);
  decoding_does_not_depend_on_pieces(bytes, drawn);

  test::MemorySpool spool;
  const auto sniffed = services::sniff_import(spool, spool.put(bytes), {});
  if (!sniffed) {
    must(!sniffed.error().fields.empty(), "a refused file is refused with its field");
    return 0;
  }
  const auto encoding = domain::imports::encoding_named(sniffed->encoding);
  must(encoding.has_value(), "the encoding of an accepted file has a name", sniffed->encoding);
  must(!sniffed->columns.empty(), "an accepted file has columns");
  for (const auto& column : sniffed->columns) must(text::is_utf8(column.header), "a header is UTF-8", column.header);
  going_on_reads_the_same(bytes, *encoding, sniffed->delimiter[0], drawn);
  return 0;
}
