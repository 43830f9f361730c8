#include "services/addition_store.h"

namespace tw::services {

AdditionReader::AdditionReader(Work& work, BatchId batch)
    : statement_(work.db.prepare(R"sql(
    SELECT c.do_not_contact, c.number_error,
           EXISTS (SELECT 1 FROM batch_items i WHERE i.customer = c.id AND i.batch = :batch),
           EXISTS (SELECT 1
                   FROM batch_items i
                   JOIN batches b ON b.id = i.batch
                   WHERE i.customer = c.id AND i.batch <> :batch AND b.state = 0)
    FROM customers c
    WHERE c.id = :customer)sql")) {  // by primary keys and batch_items_of_customer
  statement_.bind(":batch", batch);
}

std::optional<Addable> AdditionReader::look_at(CustomerId customer) {
  statement_.again();
  return statement_.bind(":customer", customer).one([](db::Row row) {
    return Addable{row.boolean(0), row.boolean(1), row.boolean(2), row.boolean(3)};
  });
}

}  // namespace tw::services
