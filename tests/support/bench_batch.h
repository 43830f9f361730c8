// What the benches of allocation begin with: a company, its customers, and one batch with all of them that nobody has
// been given anything of. Written by SQL straight into the tables: how fast customers come in is another bench's
// question.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/env.h"
#include "services/batch_store.h"
#include "services/people_store.h"
#include "services/work.h"
#include "support/fakes.h"

namespace tw::bench {

struct Ports {
  test::FakeClock clock;
  test::SeededRandom random;
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  Env env{clock, random, passwords, digest, spool, log};
};

inline BatchId fill_batch(services::Work& work, std::int64_t items, std::int64_t people) {
  services::Person person;
  person.role = domain::access::Role::member;
  person.zone = "Asia/Shanghai";
  person.language = "zh-CN";
  std::vector<PersonId> executors;
  for (std::int64_t i = 0; i < people; ++i) {
    person.login = "person" + std::to_string(i);
    person.name = "Person " + std::to_string(i);
    executors.push_back(services::insert_person(work, person));
  }
  work.db
      .prepare(R"sql(
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items)
        INSERT INTO customers (id, kind, score, do_not_contact, number_error, last_follow_up, created, changed, name,
                               name_key, contact, phone, phone_key, email, city, source, external_key, address, note)
        SELECT i, 0, i % 101, 0, 0, 0, :now, :now, 'Customer ' || i, 'customer ' || i, '', '', '', '', 'Hangzhou', '',
               '', 'Some street of some length ' || i, ''
        FROM n)sql")
      .bind(":items", items)
      .bind(":now", work.now)
      .run();
  services::Batch batch;
  batch.subject = "Bench";
  batch.limit = {3, domain::batch::LimitUnit::days};
  batch.id = services::insert_batch(work, batch);
  services::set_people(work, batch.id, services::BatchRole::executor, executors);
  work.db
      .prepare(R"sql(
        INSERT INTO batch_items (batch, customer, version, state, progress, ever_allocated, used, rounds, last_text,
                                 draw, added, changed)
        SELECT :batch, id, 1, 0, 0, 0, 0, 0, '', id, :now, :now FROM customers ORDER BY id)sql")
      .bind(":batch", batch.id)
      .bind(":now", work.now)
      .run();
  services::CountMoves counts;
  counts.add(batch.id, {}, items);
  counts.write(work);
  return batch.id;
}

}  // namespace tw::bench
