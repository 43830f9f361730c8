// Adding customers to a batch: ticked ones, or every row of a query, as a long operation. Who is in the batch already
// is skipped; who must not be contacted or has a wrong number is left out; all are counted.
//
// The cursor is the id of the last customer looked at.
#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "services/batch_views.h"
#include "services/batches.h"
#include "services/customer_query.h"
#include "services/customer_store.h"
#include "services/item_store.h"
#include "services/long_operation.h"
#include "services/operation_rows_store.h"
#include "services/preview_addition.h"

namespace tw::services {

using domain::batch::BatchEvent;
using domain::batch::Standing;

namespace {

constexpr std::int64_t rows_a_step = 5000;
// Fetched at once: little enough that a step of a slow machine does not spend its time on rows that it leaves to the
// next one.
constexpr std::int64_t rows_at_once = 1000;
constexpr std::size_t rows_between_questions = 64;

// Frozen when the operation is created. Of ticked rows only those in the actor's scope are kept; the others are counted
// as not found, for that is what they are to this actor.
struct FrozenAddition {
  std::vector<CustomerId> customers;  // ascending
  std::string selection;              // CustomerSelection::freeze; empty: the customers above
  std::vector<CustomerId> except;     // of the selection, ascending
  std::int64_t not_found = 0;
  bool leave_out_if_in_other_batch = false;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("customers", s.customers, rule::list(0, 10'000));
    v("selection", s.selection, rule::text(0, INT64_MAX));
    v("except", s.except, rule::list(0, 10'000));
    v("not_found", s.not_found);
    v("leave_out_if_in_other_batch", s.leave_out_if_in_other_batch);
  }
};

struct Addition {
  FrozenAddition frozen;
  std::int64_t total = 0;
};

std::vector<CustomerId> each_once(std::vector<CustomerId> customers) {
  std::sort(customers.begin(), customers.end());
  customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
  return customers;
}

Addition ticked(Work& work, const Actor& actor, std::vector<CustomerId> customers) {
  Addition addition;
  for (const CustomerId customer : each_once(std::move(customers))) {
    if (in_scope(work, actor, customer))
      addition.frozen.customers.push_back(customer);
    else
      ++addition.frozen.not_found;
  }
  addition.total = static_cast<std::int64_t>(addition.frozen.customers.size());
  return addition;
}

Result<Addition> prepared(Work& work, const Actor& actor, const api::AddCustomersToBatch::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::may_add({actor.person, access->standing()}, access->batch.facts())) return *refused;
  if (auto refused = one_of_both(request.customers, request.query, request.except)) return *refused;
  Addition addition;
  if (request.query) {
    const auto selection = CustomerSelection::make(work, actor, *request.query);
    if (!selection) return selection.error();
    addition.frozen.selection = selection->freeze();
    addition.frozen.except = each_once(request.except);
    addition.total = selection->count(work);  // of the rows that are looked at: exceptions are counted as left out
  } else {
    addition = ticked(work, actor, request.customers);
  }
  addition.frozen.leave_out_if_in_other_batch = request.leave_out_if_in_other_batch;
  return addition;
}

Result<api::Accepted> start_addition(Work& work, const Actor& actor, BatchId batch, const Addition& addition) {
  const auto access = see_managed_batch(work, actor, batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::may_add({actor.person, access->standing()}, access->batch.facts())) return *refused;
  const auto operation = start_operation(work, actor, api::OperationKind::add_to_batch, batch, {},
                                         json::encode(addition.frozen), addition.total);
  if (!operation) return operation.error();
  insert_batch_log(work, actor, {batch, BatchEvent::added, {}, 0, *operation});
  touch_batch(work, batch);
  work.emit(EventKind::batch_changed, batch.value, {}, batch);
  return api::Accepted{*operation};
}

}  // namespace

Result<api::Accepted> add_customers_to_batch(Phases& phases, const Actor* actor,
                                             const api::AddCustomersToBatch::Request& request) {
  if (auto answer = answered_before<api::Accepted>(phases)) return *answer;
  std::optional<Result<Addition>> addition;
  phases.runner.read([&](Work& work) { addition.emplace(prepared(work, *actor, request)); });
  if (!*addition) return addition->error();
  return change_once<api::Accepted>(
      phases, [&](Work& work) { return start_addition(work, *actor, request.batch, **addition); });
}

// --- the steps -------------------------------------------------------------------------------------------------------

namespace {

// The next customers behind the cursor, whichever way they were named; `selection`: of the query, where there is one.
CustomerSelection::Slice next_slice(Work& work, const FrozenAddition& frozen,
                                    const std::optional<CustomerSelection>& selection, CustomerId after) {
  if (selection) return selection->slice_after(work, after, rows_at_once);
  CustomerSelection::Slice slice;
  const auto first = std::upper_bound(frozen.customers.begin(), frozen.customers.end(), after);
  const auto count = std::min<std::int64_t>(rows_at_once, frozen.customers.end() - first);
  slice.ids.assign(first, first + count);
  slice.finished = first + count == frozen.customers.end();
  slice.reached = slice.ids.empty() ? after : slice.ids.back();
  return slice;
}

// Unpredictable numbers, four bytes each, asked for in one go.
std::vector<std::uint32_t> draws(Env& env, std::size_t count) {
  std::vector<unsigned char> bytes(count * 4);
  env.random.fill(bytes);
  std::vector<std::uint32_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t byte = 0; byte < 4; ++byte) numbers[i] = numbers[i] << 8 | bytes[i * 4 + byte];
  return numbers;
}

class Adder {
 public:
  Adder(Work& work, const LongOperation& operation, bool leave_out_others)
      : work_(work), operation_(operation), leave_out_others_(leave_out_others), inserter_(work) {}

  // What became of one customer, as the word that the operation counts.
  std::string_view add(CustomerId customer, std::uint32_t draw) {
    const auto flags = inserter_.flags_of(customer);
    if (!flags) return "gone";
    if (flags->do_not_contact) return "do_not_contact";
    if (flags->number_error) return "number_error";
    if (leave_out_others_ && inserter_.in_other_active_batch(customer, operation_.batch)) return "in_other_batch";
    if (!inserter_.insert({operation_.batch, customer, draw, operation_.now})) return "already_in";
    ++added_;
    return "added";
  }

  std::int64_t finish() {
    if (added_ == 0) return 0;
    CountMoves counts;
    counts.add(operation_.batch, {}, added_);
    counts.write(work_);
    work_.emit(EventKind::batch_changed, operation_.batch.value, {}, operation_.batch);
    return added_;
  }

 private:
  Work& work_;
  const LongOperation& operation_;
  const bool leave_out_others_;
  ItemInserter inserter_;
  std::int64_t added_ = 0;
};

}  // namespace

Result<StepResult> step_add_to_batch(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenAddition>(operation.input);
  if (!frozen) return frozen.error();
  const auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  if (auto refused = domain::batch::may_add({operation.actor, Standing::creator_side}, batch->facts())) return *refused;
  if (operation.cursor.empty() && frozen->not_found > 0) operation.count("not_found", frozen->not_found);

  std::optional<CustomerSelection> selection;
  if (!frozen->selection.empty()) {
    auto thawed = CustomerSelection::thaw(work, frozen->selection);
    if (!thawed) return thawed.error();
    selection = std::move(thawed).value();
  }

  CustomerId cursor{text::to_integer(operation.cursor).value_or(0)};
  Adder adder(work, operation, frozen->leave_out_if_in_other_batch);
  RowKeeper keeper(work, operation.id);
  std::map<std::string_view, std::int64_t> outcomes;
  const auto in_time = [&work] { return !work.budget || !work.budget->used_up(); };
  std::int64_t looked_at = 0;
  bool finished = false;
  do {
    const auto slice = next_slice(work, *frozen, selection, cursor);
    std::vector<std::uint32_t> numbers;
    std::size_t at = 0;
    for (; at < slice.ids.size(); ++at) {
      const std::size_t place = at % rows_between_questions;
      if (at > 0 && place == 0 && !in_time()) break;
      if (place == 0) numbers = draws(work.env, std::min(rows_between_questions, slice.ids.size() - at));
      cursor = slice.ids[at];
      const bool excepted = std::binary_search(frozen->except.begin(), frozen->except.end(), cursor);
      const std::string_view outcome = excepted ? "excepted" : adder.add(cursor, numbers[place]);
      keeper.customer(cursor, outcome);
      ++outcomes[outcome];
    }
    looked_at += static_cast<std::int64_t>(at);
    if (at < slice.ids.size()) break;
    cursor = slice.reached;
    finished = slice.finished;
  } while (!finished && looked_at < rows_a_step && in_time());
  operation.cursor = std::to_string(cursor.value);
  operation.done += looked_at;
  for (const auto& [outcome, count] : outcomes) operation.count(outcome, count);
  add_to_batch_log(work, operation.batch, operation.id, adder.finish());
  return finished ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
