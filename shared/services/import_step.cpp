#include "services/import_step.h"

#include "core/json.h"
#include "services/people_store.h"

namespace tw::services {

ImportCursor read_cursor(const LongOperation& operation) {
  if (operation.cursor.empty()) return {};
  auto cursor = json::decode<ImportCursor>(operation.cursor);
  return cursor ? *cursor : ImportCursor{};
}

void save_cursor(LongOperation& operation, const ImportCursor& cursor) { operation.cursor = json::encode(cursor); }

domain::access::Actor actor_of(Work& work, const Import& import) {
  if (!import.actor) return local_operator();
  const auto person = load_person(work, import.actor);
  if (person && person->active) return actor_for(work, *person);
  // Disabled meanwhile: reaches nothing, so nothing is found and nothing is overwritten.
  domain::access::Actor nobody;
  nobody.name = import.actor_name;
  return nobody;
}

ImportReader open_rows(Work& work, const Import& import, const ImportCursor& cursor) {
  const auto encoding = domain::imports::encoding_named(import.encoding);
  ImportReader reader(work.env.spool, import.file, encoding.value_or(domain::imports::Encoding::utf_8),
                      import.delimiter.empty() ? ',' : import.delimiter[0], cursor.at);
  if (cursor.at.byte == 0 && cursor.at.records == 0) {
    domain::imports::CsvRecord header;
    (void)reader.next(header);  // a fault in it comes again with the first row
  }
  return reader;
}

void tell(Work& work, const Import& import) { work.emit(EventKind::import_changed, import.id.value, import.actor); }

}  // namespace tw::services
