// Plans and explanations of random cases, boiled down to a digest per thousand: the same program is built natively and
// as WebAssembly, and tools/run_tests.py compares what the two print, line by line.
//
// plan_digest [CASES]     "cases 1 to 1000: 0123456789abcdef" and so on; the case's number is its seed.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "domain/allocation/explain.h"
#include "support/snapshots.h"

namespace tw::domain::allocation {
namespace {

struct Digest {
  std::uint64_t word = 0xCBF29CE484222325;
  void add(std::uint64_t more) { word = (word ^ more) * 0x100000001B3; }
  void add(std::int64_t more) { add(static_cast<std::uint64_t>(more)); }
  void add(const Fairness& figures) {
    add(figures.jain);
    add(figures.spread);
    add(figures.value_spread);
  }
  void add(const Terms& terms) {
    for (const std::int64_t each : {terms.person.value, terms.got, terms.given, terms.start, terms.weight, terms.debt,
                                    terms.last_item_at ? terms.last_item_at->ms : -1, terms.room.value_or(-1)})
      add(each);
  }
};

void add_plan(Digest& digest, const Plan& made) {
  digest.add(made.snapshot_hash);
  for (std::size_t i = 0; i < made.assigned.size(); ++i) {
    digest.add(std::uint64_t{made.assigned[i]});
    digest.add(std::uint64_t{made.class_of[i]} << 32 | made.position[i]);
  }
  for (const ItemClass& one : made.basis.classes)
    for (const std::int64_t each : {std::int64_t{one.suppressed}, std::int64_t(one.tier), one.target.value,
                                    one.barred.value, one.items, one.placed})
      digest.add(each);
  for (const PersonShare& one : made.people)
    for (const std::int64_t each : {one.got, one.given, one.value, std::int64_t{one.capped}, one.entitled, one.debt})
      digest.add(each);
  for (const Unplaced& one : made.unplaced) digest.add(std::uint64_t{one.item} << 32 | one.reasons);
  digest.add(made.before);
  digest.add(made.after);
}

void add_explanation(Digest& digest, const Explanation& why) {
  digest.add(static_cast<std::int64_t>(why.tier));
  digest.add(static_cast<std::int64_t>(why.decisive));
  digest.add(std::uint64_t{why.suppressed});
  if (why.winner) digest.add(*why.winner);
  for (const Terms& terms : why.runners_up) digest.add(terms);
  for (const Excluded& one : why.excluded) digest.add(one.person.value ^ one.reasons);
}

void add_case(Digest& digest, std::uint64_t number) {
  support::Seeded random(number);
  const Snapshot snapshot = any_snapshot(random, number % 100 == 0 ? 800 : 40, number % 100 == 0 ? 40 : 6);
  const Settings settings = any_settings(random, snapshot);
  const Plan made = plan(snapshot, settings, random.word());
  add_plan(digest, made);
  if (snapshot.items.empty()) return;
  const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(snapshot.items.size()) - 1));
  add_explanation(digest, explain(made.basis, made.class_of[at], made.position[at]));
}

}  // namespace
}  // namespace tw::domain::allocation

int main(int argc, char** argv) {
  const std::uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000;
  for (std::uint64_t first = 1; first <= cases; first += 1000) {
    tw::domain::allocation::Digest digest;
    for (std::uint64_t number = first; number < first + 1000; ++number)
      tw::domain::allocation::add_case(digest, number);
    std::printf("cases %" PRIu64 " to %" PRIu64 ": %016" PRIx64 "\n", first, first + 999, digest.word);
  }
}
