#include "services/import_sniff.h"

#include <algorithm>

#include "core/text.h"
#include "domain/imports/guess.h"
#include "domain/imports/mapping.h"
#include "services/import_reader.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

// A beginning in plain ASCII may go on in Chinese: the more is seen, the surer the encoding.
constexpr std::int64_t bytes_for_encoding = 64 * 1024 * 1024;
constexpr std::int64_t bytes_at_a_time = 1024 * 1024;
constexpr std::int64_t bytes_for_delimiter = 64 * 1024;
constexpr int rows_for_guesses = 1'000;
constexpr std::size_t longest_field_name = 60;

std::optional<imports::Encoding> detect(Spool& spool, SpoolId file) {
  imports::EncodingDetector detector;
  for (std::int64_t at = 0; at < bytes_for_encoding; at += bytes_at_a_time) {
    const std::string bytes = spool.read(file, at, bytes_at_a_time);
    detector.feed(bytes);
    if (static_cast<std::int64_t>(bytes.size()) < bytes_at_a_time) break;
  }
  return detector.result();
}

Error refused(const domain::imports::CsvFault& fault) {
  Error refusal = field_error("file", fault.key, fault.params);
  refusal.fields[0].params.push_back(param("line", fault.line));
  refusal.key = text_key("import.cannot_be_read");
  refusal.params = {param("line", fault.line)};
  return refusal;
}

api::ColumnMapping suggest(std::int64_t place, const std::string& header, std::string_view standard,
                           const imports::ColumnGuesser& seen, domain::customer::FieldType type,
                           std::span<const CustomerFieldRow> fields, std::vector<std::string>& new_names) {
  api::ColumnMapping mapping;
  mapping.column = place;
  if (!standard.empty()) {
    mapping.to = api::MapTo::standard;
    mapping.standard = standard;
    return mapping;
  }
  const std::string name(text::trim(text::prefix(text::trim(header), longest_field_name)));
  const std::string key = text::lower(name);
  if (name.empty() || seen.is_empty() || std::find(new_names.begin(), new_names.end(), key) != new_names.end())
    return mapping;
  new_names.push_back(key);
  for (const CustomerFieldRow& field : fields) {
    if (text::lower(field.name) != key) continue;
    mapping.to = api::MapTo::custom;
    mapping.custom = field.field;
    return mapping;
  }
  mapping.to = api::MapTo::new_custom;
  mapping.new_name = name;
  mapping.new_type = type;
  return mapping;
}

}  // namespace

Result<SniffedFile> sniff_import(Spool& spool, SpoolId file, std::span<const CustomerFieldRow> fields) {
  const auto encoding = detect(spool, file);
  if (!encoding) return refused({1, text_key("import.not_text"), {}});
  std::string head;
  imports::Decoder decoder(*encoding);
  (void)decoder.decode(spool.read(file, 0, bytes_for_delimiter), head);
  if (text::trim(head).empty()) return refused({1, text_key("import.empty_file"), {}});

  SniffedFile sniffed;
  sniffed.encoding = name_of(*encoding);
  const char delimiter = imports::detect_delimiter(head);
  sniffed.delimiter = std::string(1, delimiter);
  ImportReader reader(spool, file, *encoding, delimiter, {});
  imports::CsvRecord record;
  auto step = reader.next(record);
  if (step == ImportReader::Step::fault) return refused(reader.fault());
  std::vector<imports::ColumnSeen> seen(record.size());
  for (std::size_t i = 0; i < record.size(); ++i) seen[i].header = text::trim(record[i]);
  std::vector<imports::ColumnGuesser> guessers(seen.size());
  for (int row = 0; row < rows_for_guesses && (step = reader.next(record)) == ImportReader::Step::record; ++row)
    for (std::size_t i = 0; i < std::min(record.size(), guessers.size()); ++i) guessers[i].see(record[i]);
  if (step == ImportReader::Step::fault) return refused(reader.fault());

  for (std::size_t i = 0; i < seen.size(); ++i) seen[i].values = &guessers[i];
  const auto standard = imports::suggest_fields(seen);
  std::vector<std::string> new_names;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto place = static_cast<std::int64_t>(i);
    auto guess = guessers[i].guess();
    api::ImportColumn column{place, seen[i].header, guess.type, std::move(guess.samples), {}};
    column.suggestion = suggest(place, seen[i].header, standard[i], guessers[i], guess.type, fields, new_names);
    sniffed.columns.push_back(std::move(column));
  }
  return sniffed;
}

}  // namespace tw::services
