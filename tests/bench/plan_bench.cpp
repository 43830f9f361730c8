// Plans of 100,000 items for 500 people with 200 signatures, under every policy; and the division alone with classes
// that allow arbitrary halves of the people, which is harder than anything a batch asks for today. Built natively and,
// for Node, as WebAssembly (tools/dev bench runs both): `--goal MS` is the most that a plan may take.
#include <cstdlib>
#include <string>

#include "domain/allocation/explain.h"
#include "support/bench.h"
#include "support/snapshots.h"

namespace tw::bench {
namespace {

using namespace domain::allocation;
using support::Seeded;

// 199 people are barred from some items each; the 200th signature is that of all other items.
Snapshot large(Seeded& random) {
  Snapshot snapshot = simple(100'000, 500);
  for (auto& item : snapshot.items) {
    item.barred = {random.between(0, 199)};
    item.score = static_cast<std::int32_t>(random.between(0, 100));
    item.owner = {random.between(0, 600)};
  }
  for (auto& person : snapshot.people) {
    person.load = person.candidate.held = random.between(0, 400);
    person.weight = random.between(1, 40) * 10;
    person.debt = random.between(-3, 3) * 333'333;
    if (random.one_in(3)) person.candidate.holding_cap = person.candidate.held + random.between(0, 400);
    if (random.one_in(5)) person.candidate.daily_inflow_cap = random.between(0, 400);
  }
  return snapshot;
}

FillInput arbitrary(Seeded& random, Eligibility& eligibility) {
  FillInput input;
  input.unit = whole_item;
  for (std::size_t c = 0; c < 200; ++c) {
    input.supply.push_back(random.between(1, 1000));
    const std::int64_t among = random.between(1, 8);
    for (std::size_t p = 0; p < 500; ++p)
      if (random.one_in(among)) eligibility.allow(c, p);
  }
  for (std::uint32_t p = 0; p < 500; ++p) {
    input.room.push_back(random.one_in(3) ? std::optional<std::int64_t>(random.between(0, 400)) : std::nullopt);
    input.start.push_back(random.between(-400, 400) * 333'333);
    input.weight.push_back(random.between(1, 40) * 10);
    input.first_served.push_back(p);
  }
  return input;
}

void bench(double goal, Table& table) {
  Seeded random(2026);
  const Snapshot snapshot = large(random);
  for (const Policy policy : every_policy) {
    Settings settings;
    settings.policy = policy;
    Plan made;
    const double seconds = seconds_of([&] { made = plan(snapshot, settings, 1); });
    table.milliseconds(std::string(wire_name(policy)) + ", " + std::to_string(made.placed) + " placed", seconds, 0,
                       goal);
    const double why = seconds_of([&] { explain(made.basis, made.class_of[70'000], made.position[70'000]); });
    table.plain("  one explanation", why);
  }
  Eligibility eligibility(200, 500);
  const FillInput input = arbitrary(random, eligibility);
  table.milliseconds("division of 200 arbitrary signatures", seconds_of([&] { fill(input, eligibility); }), 0, goal);
}

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  double goal = 2000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--goal") goal = std::atof(argv[i + 1]);
  tw::bench::Table table("A plan of 100,000 items for 500 people, 200 signatures");
  tw::bench::bench(goal, table);
}
