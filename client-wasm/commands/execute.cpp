#include "client/commands/execute.h"

#include <algorithm>

namespace tw::commands {

Command& Queue::next() { return waiting_.emplace_back(); }

bool Queue::offer(const Offer& offer) {
  const auto same = [&offer](const Offer& known) { return known.id == offer.id; };
  if (const auto known = std::find_if(offers_.begin(), offers_.end(), same); known != offers_.end())
    *known = offer;
  else
    offers_.push_back(offer);
  if (called_ != offer.id || !offer.why.empty()) return false;
  called_ = Id::count_;
  return true;
}

void Queue::set_unavailable(const std::vector<std::string>& operations) {
  if (unavailable_ != operations) unavailable_ = operations;
}

bool Queue::lacks(std::string_view operation) const {
  return std::find(unavailable_.begin(), unavailable_.end(), operation) != unavailable_.end();
}

void Executor::execute(const Command& command) {
  std::visit([this](const auto& area) { run(area); }, command);
}

void Executor::refused(FormId form, store::Problem problem) {
  if (problem.code == Code::conflict) store_.plan.mark_stale();  // what was shown is not true any more
  // Nobody is signed in any more: the form keeps its draft and can be sent again after signing in.
  if (form) {
    store::FormStatus& status = store_.forms[form];
    status.busy = false;
    if (!transport::says_session_ended(problem) || !store_.session) status.problem = std::move(problem);
    return;
  }
  if (transport::says_session_ended(problem) && store_.session) return;
  Notice notice;
  notice.outcome = Outcome::refused;
  notice.words = problem.message;
  notice.key = problem.unreached ? text_key("connection.not_sent") : title_of(problem.code);
  host_.notify(std::move(notice));
}

}  // namespace tw::commands
