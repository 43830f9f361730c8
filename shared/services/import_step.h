// What the two long operations of an import share: where they stand, who acts, how rows come.
#pragma once

#include <string>

#include "domain/access/access.h"
#include "services/import_reader.h"
#include "services/import_store.h"
#include "services/long_operation.h"

namespace tw::services {

// A long operation's own cursor. `phase` counts up; what each one does is in import_check.cpp and import_write.cpp.
struct ImportCursor {
  std::int64_t phase = 0;
  ImportPosition at;
  std::int64_t row = 0;    // of data, that were read
  std::int64_t bytes = 0;  // of the refusals file, that were written
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("phase", s.phase);
    v("at", s.at);
    v("row", s.row);
    v("bytes", s.bytes);
  }
};
ImportCursor read_cursor(const LongOperation& operation);
void save_cursor(LongOperation& operation, const ImportCursor& cursor);

// Whose reach counts: the person as they are now, not as they were at the upload.
domain::access::Actor actor_of(Work& work, const Import& import);

// At the cursor; at the beginning of the file the header is passed.
ImportReader open_rows(Work& work, const Import& import, const ImportCursor& cursor);

// Asked once per row: has the step done enough? Looks at the budget now and then.
class Pause {
 public:
  explicit Pause(Work& work) : work_(work) {}
  bool due() { return ++rows_ % 64 == 0 && work_.budget && work_.budget->used_up(); }

 private:
  Work& work_;
  std::int64_t rows_ = 0;
};

// Tells those who look at the import.
void tell(Work& work, const Import& import);

}  // namespace tw::services
