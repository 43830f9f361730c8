// The SQL behind looking at customers before they are added to a batch.
#pragma once

#include <optional>

#include "services/work.h"

namespace tw::services {

struct Addable {
  bool do_not_contact = false;
  bool number_error = false;
  bool in_batch = false;
  bool in_other_active_batch = false;
};

// One customer after the other, with the statement prepared once.
class AdditionReader {
 public:
  AdditionReader(Work& work, BatchId batch);
  std::optional<Addable> look_at(CustomerId customer);  // empty: no such customer

 private:
  db::Statement statement_;
};

}  // namespace tw::services
