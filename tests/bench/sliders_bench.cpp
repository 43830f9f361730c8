// What a slider of the board waits for: the whole of batch.plan-allocation, from the bytes of its request to the bytes
// of its answer, again and again with other weights, on a file that has been read before. Up to 10,000 items the plan
// follows the hand: 300 ms; a larger batch is a figure without a goal. The page has one plan on its way and then asks
// for the newest wish: at worst a wish waits for two of these.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "api/allocation.h"
#include "core/catalogs.h"
#include "core/json.h"
#include "db/migrations.h"
#include "services/dispatcher.h"
#include "support/bench.h"
#include "support/bench_batch.h"

namespace tw::bench {
namespace {

constexpr double goal_ms = 300;
constexpr int moves = 40;  // of a slider, one after the other

struct Asked {
  std::vector<double> seconds;
  std::int64_t placed = 0;
};

// Each time somebody else's weight is another one: no answer can be the one before.
Asked ask(services::Dispatcher& dispatcher, BatchId batch, std::int64_t people, domain::allocation::Policy policy) {
  Asked asked;
  for (int move = 0; move <= moves; ++move) {
    api::PlanAllocation::Request request;
    request.batch = batch;
    request.policy = policy;
    request.seed = 7;
    request.people.emplace();
    for (std::int64_t person = 1; person <= people; ++person)
      request.people->push_back({{person}, 50 + (person * 37 + move * 11) % 151, std::nullopt});
    services::Call call;
    call.method = "POST";
    call.path = "/api/v1/batches/" + std::to_string(batch.value) + "/plan";
    call.body = json::encode(request);
    call.local_operator = true;
    services::Reply reply;
    const double took = seconds_of([&] { reply = dispatcher.handle(call); });
    const auto answer = json::decode<api::PlanAllocation::Response>(reply.body);
    if (reply.status != 200 || !answer) {
      std::printf("refused: %s\n", reply.body.c_str());
      std::exit(1);
    }
    asked.placed = answer->placed;
    if (move > 0) asked.seconds.push_back(took);  // the first one reads the file
  }
  return asked;
}

void bench(std::int64_t items, std::int64_t people, bool has_goal, Table& table) {
  ScratchFolder folder;
  Ports ports;
  BatchId batch;
  const auto database = db::Database::open(folder.file("full.db"), db::OpenMode::read_write);
  db::migrate(*database);
  services::DirectRunner runner(*database, ports.env);
  runner.change(services::Lane::jobs, [&](services::Work& work) {
    batch = fill_batch(work, items, people);
    return true;
  });
  const Catalogs catalogs;
  services::Dispatcher dispatcher(runner, ports.env, catalogs);
  services::register_all(dispatcher);
  using domain::allocation::Policy;
  for (const Policy policy : {Policy::weighted, Policy::score_first}) {
    const Asked asked = ask(dispatcher, batch, people, policy);
    const std::string what = std::string(wire_name(policy)) + ", " + std::to_string(asked.placed) + " items, " +
                             std::to_string(people) + " people";
    const double middle = percentile(asked.seconds, 0.5), worst = percentile(asked.seconds, 1);
    if (has_goal) {
      table.milliseconds(what + ", p50", middle, 0, goal_ms);
      table.milliseconds(what + ", the two slowest together", 2 * worst, 0, goal_ms);
    } else {
      table.plain(what + ", p50", middle);
      table.plain(what + ", at worst", worst);
    }
  }
}

}  // namespace
}  // namespace tw::bench

int main() {
  tw::bench::Table table("A slider of the board: one plan, request to answer");
  tw::bench::bench(10'000, 200, true, table);
  tw::bench::bench(100'000, 200, false, table);
}
