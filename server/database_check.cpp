#include "server/database_check.h"

#include "services/counter_check.h"
#include "services/recount.h"

namespace tw::server {
namespace {

using services::WrongCount;

constexpr int most_problems = 20;  // of a kind: the first ones tell where to look

Message count_message(const WrongCount& wrong) {
  const auto of = [&wrong](Message message) {
    message.params.push_back(param("kept", wrong.kept));
    message.params.push_back(param("counted", wrong.counted));
    return message;
  };
  switch (wrong.of) {
    case WrongCount::Of::customers:
      return of(said("check.wrong_customers", {param("owner", wrong.owner), param("department", wrong.department)}));
    case WrongCount::Of::search_entries:
      return of(said("check.wrong_search_entries"));
    case WrongCount::Of::items:
      return of(said("check.wrong_items", {param("batch", wrong.batch), param("executor", wrong.executor),
                                           param("state", wrong.state), param("progress", wrong.progress)}));
    case WrongCount::Of::own_confirmed:
      return of(said("check.wrong_own_confirmed", {param("batch", wrong.batch)}));
  }
  return {};
}

// `topic` is a text with {found}; `all_well` stands there where nothing is wrong.
template <class Problem>
bool report(Checked& checked, TextKey topic, const std::vector<Problem>& problems, Message (*words)(const Problem&),
            Message all_well) {
  for (const Problem& problem : problems) checked.lines.push_back(message_of(topic).with("found", words(problem)));
  if (problems.empty()) checked.lines.push_back(message_of(topic).with("found", std::move(all_well)));
  return problems.empty();
}

}  // namespace

Message integrity_message(const db::IntegrityProblem& problem) {
  if (!problem.words.empty()) return verbatim(problem.words);
  return said("check.missing_row", {param("table", problem.table), param("missing_in", problem.missing_in)});
}

Checked check_database(services::Work& work) {
  Checked checked;
  checked.whole = report(checked, said_key("check.database"), db::integrity_problems(work.db, most_problems),
                         integrity_message, said("check.database_whole"));
  const bool customers = report(checked, said_key("check.customers"), services::check_customers(work), count_message,
                                said("check.customers_agree"));
  const bool batches = report(checked, said_key("check.batches"), services::check_batches(work), count_message,
                              said("check.batches_agree"));
  checked.counts_agree = customers && batches;
  return checked;
}

void recount_database(services::Work& work) {
  services::recount_customers(work);
  services::recount_batches(work);
}

Message recount_advice(const std::filesystem::path& data) {
  return said("check.recount_advice", {param("data", data.string())});
}

void refuse_newer_schema(const std::vector<std::string>& run) {
  if (!db::is_known_schema(run)) throw Refused(said("check.newer_schema", {param("schema", run.back())}));
}

std::string lines_of(const std::vector<Message>& messages, const Words& words) {
  std::string text;
  for (const auto& message : messages) text += words(message) + "\n";
  return text;
}

}  // namespace tw::server
