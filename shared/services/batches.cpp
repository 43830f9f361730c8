// See batches.h.
#include "services/batches.h"

#include <algorithm>

#include "core/text.h"
#include "services/audit.h"
#include "services/batch_blocks.h"
#include "services/batch_views.h"
#include "services/hand_over.h"
#include "services/notification_store.h"
#include "services/people_store.h"
#include "services/policies.h"

namespace tw::services {

using domain::access::Permission;
using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::BatchState;

namespace {

// "1767232800000:42", the place of the last row; an unreadable one is the caller's mistake.
Refusal read_cursor(const std::string& after, BatchListQuery& query) {
  if (after.empty()) return std::nullopt;
  const auto parts = text::split(after, ':');
  if (parts.size() == 2) {
    const auto changed = text::to_integer(parts[0]);
    const auto batch = text::to_integer(parts[1]);
    if (changed && batch) {
      query.before_changed = {*changed};
      query.before_batch = {*batch};
      return std::nullopt;
    }
  }
  return field_error("after", text_key("field.bad_cursor"));
}

// Batches where something waits: all of them are looked at, page by page only what is shown.
std::vector<BatchId> waiting_ids(Work& work, const Actor& actor, const BatchListQuery& query, api::Waiting what,
                                 std::int64_t limit, std::int64_t& total) {
  const std::string wanted = text::lower(text::trim(query.search));
  std::vector<BatchId> ids;
  const BatchBlocks blocks = blocks_of(work, actor);
  for (const auto& one : blocks.of(what)) {
    const auto batch = load_batch(work, one.batch);
    if (!batch || text::lower(batch->subject).find(wanted) == std::string::npos) continue;
    ++total;
    const bool behind = batch->changed < query.before_changed ||
                        (batch->changed == query.before_changed && batch->id < query.before_batch);
    if (behind && static_cast<std::int64_t>(ids.size()) < limit) ids.push_back(batch->id);
  }
  return ids;
}

std::string cursor_of(const api::BatchSummary& row) {
  return std::to_string(row.changed.ms) + ":" + std::to_string(row.batch.value);
}

// Each must be there and active.
Refusal check_people(Work& work, std::string_view field, const std::vector<PersonId>& people) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto person = load_person(work, people[i]);
    const std::string path = std::string(field) + "[" + std::to_string(i) + "]";
    if (!person) return field_error(path, text_key("field.unknown_person"));
    if (!person->active) return field_error(path, text_key("field.disabled_person"), {param("who", person->name)});
  }
  return std::nullopt;
}

Refusal check_subject(std::string_view subject) {
  if (text::trim(subject).empty()) return field_error("subject", text_key("field.missing"));
  return std::nullopt;
}

Refusal check_window(const api::ClaimWindow& window) {
  if (window.from && window.to && *window.to <= *window.from)
    return field_error("claim_to", text_key("field.must_be_later"));
  return std::nullopt;
}

// A threshold that nobody has set goes with the limit.
Millis due_soon_under(const Batch& batch, Millis limit) {
  const Millis usual = domain::batch::default_due_soon(domain::batch::length(batch.limit));
  return batch.due_soon == usual ? domain::batch::default_due_soon(limit) : batch.due_soon;
}

std::vector<PersonId> sorted(std::vector<PersonId> people) {
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

void audit_managers(Work& work, const Actor& actor, BatchId batch, const std::vector<PersonId>& managers) {
  audit(work, actor.person, api::AuditKind::batch_managers_changed,
        AuditFacts().id(api::AuditFact::batch, batch).ids(api::AuditFact::managers, managers));
}

Result<api::BatchDetail> shown(Work& work, const Actor& actor, BatchId batch) {
  const auto access = see_batch(work, actor, batch);
  if (!access) return access.error();
  return detail_of(work, actor, *access);
}

}  // namespace

Result<api::ListBatches::Response> list_batches(Work& work, const Actor& actor,
                                                const api::ListBatches::Request& request) {
  BatchListQuery query;
  query.relation = request.relation;
  query.state = request.state;
  query.search = request.search;
  query.every_batch = actor.holds(Permission::manage_every_batch);
  query.person = actor.person;
  api::ListBatches::Response response;
  if (auto refused = read_cursor(request.after, query)) return *refused;
  std::vector<BatchId> ids;
  if (request.waiting) {
    ids = waiting_ids(work, actor, query, *request.waiting, request.limit + 1, response.total.count);
  } else {
    response.total.count = count_batches(work, query);
    ids = list_batch_ids(work, query, request.limit + 1);
  }
  const bool more = static_cast<std::int64_t>(ids.size()) > request.limit;
  if (more) ids.pop_back();
  for (const BatchId id : ids) {
    const auto access = see_batch(work, actor, id);
    if (access) response.rows.push_back(summary_of(work, actor, *access));
  }
  if (more && !response.rows.empty()) response.next = cursor_of(response.rows.back());
  return response;
}

Result<api::BatchDetail> view_batch(Work& work, const Actor& actor, const api::ViewBatch::Request& request) {
  return shown(work, actor, request.batch);
}

Result<api::BatchDetail> create_batch(Work& work, const Actor& actor, const api::CreateBatch::Request& request) {
  if (auto refused = check_subject(request.subject)) return *refused;
  if (auto refused = check_people(work, "executors", request.executors)) return *refused;
  if (auto refused = check_people(work, "co_managers", request.co_managers)) return *refused;
  if (request.end_date && *request.end_date <= work.now)
    return field_error("end_date", text_key("field.must_be_later"));
  if (auto refused = check_window({request.claim_from, request.claim_to})) return *refused;
  if (request.policy)
    if (auto refused = check_chosen_policy(work, request.policy)) return *refused;
  Batch batch;
  batch.subject = std::string(text::trim(request.subject));
  batch.description = request.description;
  batch.creator = actor.person;
  batch.creator_name = actor.name;
  batch.limit = {request.limit, request.limit_unit};
  batch.limit_counts = request.limit_counts;
  batch.due_soon = request.due_soon_minutes ? minutes(*request.due_soon_minutes)
                                            : domain::batch::default_due_soon(domain::batch::length(batch.limit));
  batch.ends_at = request.end_date;
  batch.needs_confirmation = request.needs_confirmation;
  batch.allows_transfer = request.allows_transfer;
  batch.claim_open = request.claim_open;
  batch.claim_mode = request.claim_mode;
  batch.claim_count = request.claim_count;
  batch.claim_from = request.claim_from;
  batch.claim_to = request.claim_to;
  batch.policy = request.policy;
  batch.id = insert_batch(work, batch);
  set_people(work, batch.id, BatchRole::executor, request.executors);
  set_people(work, batch.id, BatchRole::co_manager, request.co_managers);
  if (!request.co_managers.empty()) audit_managers(work, actor, batch.id, sorted(request.co_managers));
  insert_batch_log(work, actor, {batch.id, BatchEvent::created, {}, 0, {}});
  if (batch.claim_open) insert_batch_log(work, actor, {batch.id, BatchEvent::claim_opened, {}, 0, {}});
  work.emit(EventKind::batch_changed, batch.id.value, {}, batch.id);
  return shown(work, actor, batch.id);
}

// --- editing ---------------------------------------------------------------------------------------------------------

namespace {

// The edits of one request: what the batch becomes, and the names of what really changes.
struct Edit {
  Batch batch;
  std::string changed;
  std::optional<std::vector<PersonId>> executors;
  std::optional<std::vector<PersonId>> co_managers;
  std::vector<PersonId> leaving;  // taken off the executors, with items in hand
  bool switched = false;          // claiming opened or closed: an entry of its own in the log

  bool empty() const { return changed.empty() && !switched; }
  void note(std::string_view field) {
    if (!changed.empty()) changed += ',';
    changed += field;
  }
  template <class T>
  void set(std::string_view field, T& stored, const std::optional<T>& wanted) {
    if (!wanted || *wanted == stored) return;
    stored = *wanted;
    note(field);
  }
};

Refusal edit_limit(Work& work, const api::UpdateBatch::Request& request, Edit& edit) {
  auto limit = edit.batch.limit;
  if (request.limit) limit.value = *request.limit;
  if (request.limit_unit) limit.unit = *request.limit_unit;
  const auto counts = request.limit_counts.value_or(edit.batch.limit_counts);
  if (domain::batch::length(limit) == domain::batch::length(edit.batch.limit) && limit.unit == edit.batch.limit.unit &&
      counts == edit.batch.limit_counts)
    return std::nullopt;
  const std::int64_t executing = counts_of(work, edit.batch.id).states.executing;
  if (executing > 0) return error(Code::conflict, text_key("batch.limit_is_running"), {param("count", executing)});
  edit.batch.due_soon = due_soon_under(edit.batch, domain::batch::length(limit));
  edit.batch.limit = limit;
  edit.batch.limit_counts = counts;
  edit.note("limit");
  return std::nullopt;
}

void edit_due_soon(const api::UpdateBatch::Request& request, Edit& edit) {
  std::optional<Millis> wanted;
  if (request.clear_due_soon) wanted = domain::batch::default_due_soon(domain::batch::length(edit.batch.limit));
  if (request.due_soon_minutes) wanted = minutes(*request.due_soon_minutes);
  edit.set("due_soon", edit.batch.due_soon, wanted);
}

// Who executes items and is taken away: whoever does it says what becomes of them.
Refusal edit_leaving(Work& work, const api::UpdateBatch::Request& request, const std::vector<PersonId>& before,
                     Edit& edit) {
  std::vector<PersonId>& after = *edit.executors;
  for (const PersonId person : before) {
    if (std::binary_search(after.begin(), after.end(), person)) continue;
    const std::int64_t executing = counts_of(work, edit.batch.id, person).states.executing;
    if (executing == 0) continue;
    if (!request.leaving)
      return error(Code::conflict, text_key("batch.executor_holds_items"),
                   {param("who", name_of(work, person)), param("count", executing)});
    edit.leaving.push_back(person);
  }
  if (edit.leaving.empty()) return std::nullopt;
  if (auto refused = check_leaving(work, "leaving", *request.leaving, edit.leaving)) return refused;
  if (request.leaving->choice == api::LeavingChoice::transfer)
    after.insert(after.end(), request.leaving->to.begin(), request.leaving->to.end());
  after = sorted(std::move(after));
  return std::nullopt;
}

// Who is listed already may stay although disabled meanwhile: only new ones are checked.
Refusal check_new_people(Work& work, std::string_view field, const std::vector<PersonId>& before,
                         const std::vector<PersonId>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (std::binary_search(before.begin(), before.end(), wanted[i])) continue;
    const auto person = load_person(work, wanted[i]);
    const std::string path = std::string(field) + "[" + std::to_string(i) + "]";
    if (!person) return field_error(path, text_key("field.unknown_person"));
    if (!person->active) return field_error(path, text_key("field.disabled_person"), {param("who", person->name)});
  }
  return std::nullopt;
}

Refusal edit_people(Work& work, const api::UpdateBatch::Request& request, Edit& edit) {
  if (request.executors) {
    const auto before = people_of(work, edit.batch.id, BatchRole::executor);
    if (auto refused = check_new_people(work, "executors", before, *request.executors)) return refused;
    edit.executors = sorted(*request.executors);
    if (auto refused = edit_leaving(work, request, before, edit)) return refused;
    if (before != *edit.executors)
      edit.note("executors");
    else
      edit.executors.reset();
  }
  if (request.co_managers) {
    const auto before = people_of(work, edit.batch.id, BatchRole::co_manager);
    const auto after = sorted(*request.co_managers);
    if (auto refused = check_new_people(work, "co_managers", before, *request.co_managers)) return refused;
    if (before != after) {
      edit.co_managers = after;
      edit.note("co_managers");
    }
  }
  return std::nullopt;
}

// It may be moved as often as one likes, also when it has passed; what it marks follows.
Refusal edit_end_date(Work& work, const api::UpdateBatch::Request& request, Edit& edit) {
  std::optional<Instant> end = edit.batch.ends_at;
  if (request.clear_end_date) end.reset();
  if (request.end_date) end = request.end_date;
  if (end == edit.batch.ends_at) return std::nullopt;
  if (end && *end <= work.now) return field_error("end_date", text_key("field.must_be_later"));
  edit.batch.ends_at = end;
  edit.note("end_date");
  return std::nullopt;
}

Refusal edit_claiming(const api::UpdateBatch::Request& request, Edit& edit) {
  if (request.claim_open && *request.claim_open != edit.batch.claim_open) {
    edit.batch.claim_open = *request.claim_open;
    edit.switched = true;
  }
  edit.set("claim_mode", edit.batch.claim_mode, request.claim_mode);
  edit.set("claim_count", edit.batch.claim_count, request.claim_count);
  if (!request.claim_window) return std::nullopt;
  const api::ClaimWindow& window = *request.claim_window;
  if (auto refused = check_window(window)) return refused;
  if (window.from == edit.batch.claim_from && window.to == edit.batch.claim_to) return std::nullopt;
  edit.batch.claim_from = window.from;
  edit.batch.claim_to = window.to;
  edit.note("claim_window");
  return std::nullopt;
}

// One that is archived meanwhile stays: only another one is checked.
Refusal edit_policy(Work& work, const api::UpdateBatch::Request& request, Edit& edit) {
  if (!request.policy) return std::nullopt;
  const PolicyId own = own_policy_of(work, edit.batch.id);
  const PolicyId wanted = *request.policy ? *request.policy : own;
  if (wanted != own && wanted != edit.batch.policy)
    if (auto refused = check_chosen_policy(work, wanted)) return refused;
  // The allocation that runs writes in the ledger of what the batch has.
  if (wanted != edit.batch.policy)
    if (auto refused = busy(work, edit.batch.id)) return refused;
  edit.set("policy", edit.batch.policy, std::optional(wanted));
  return std::nullopt;
}

Refusal not_editable(const Batch& batch) {
  if (batch.state == BatchState::active) return std::nullopt;
  return error(Code::conflict, text_key("batch.only_viewable"), {param("state", std::string(wire_name(batch.state)))});
}

}  // namespace

Result<api::BatchDetail> update_batch_fields(Work& work, const Actor& actor, const api::UpdateBatch::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = not_editable(access->batch)) return *refused;
  if (auto refused = stale(work, access->batch, request.version)) return *refused;
  if (request.subject)
    if (auto refused = check_subject(*request.subject)) return *refused;

  Edit edit;
  edit.batch = access->batch;
  edit.set("subject", edit.batch.subject, request.subject);
  edit.set("description", edit.batch.description, request.description);
  if (auto refused = edit_limit(work, request, edit)) return *refused;
  edit_due_soon(request, edit);
  edit.set("needs_confirmation", edit.batch.needs_confirmation, request.needs_confirmation);
  edit.set("allows_transfer", edit.batch.allows_transfer, request.allows_transfer);
  if (auto refused = edit_end_date(work, request, edit)) return *refused;
  if (auto refused = edit_claiming(request, edit)) return *refused;
  if (auto refused = edit_policy(work, request, edit)) return *refused;
  if (auto refused = edit_people(work, request, edit)) return *refused;
  if (edit.empty()) return detail_of(work, actor, *access);

  if (!update_batch(work, edit.batch)) return error(Code::conflict, text_key("error.conflict"));
  if (edit.executors) set_people(work, request.batch, BatchRole::executor, *edit.executors);
  if (edit.co_managers) {
    set_people(work, request.batch, BatchRole::co_manager, *edit.co_managers);
    audit_managers(work, actor, request.batch, *edit.co_managers);
  }
  if (!edit.leaving.empty())
    if (const auto started = hand_over(work, actor, request.batch, edit.leaving, *request.leaving); !started)
      return started.error();
  if (!edit.changed.empty()) insert_batch_log(work, actor, {request.batch, BatchEvent::edited, edit.changed, 0, {}});
  if (edit.switched)
    insert_batch_log(
        work, actor,
        {request.batch, edit.batch.claim_open ? BatchEvent::claim_opened : BatchEvent::claim_closed, {}, 0, {}});
  work.emit(EventKind::batch_changed, request.batch.value, {}, request.batch);
  // Who edits themselves out of the managers must still get an answer.
  const auto after = see_batch(work, actor, request.batch);
  if (after) return detail_of(work, actor, *after);
  BatchAccess last = *access;
  last.batch = edit.batch;
  return detail_of(work, actor, last);
}

// --- the irreversible end --------------------------------------------------------------------------------------------

Result<api::BatchDetail> terminate_batch(Work& work, const Actor& actor, const api::TerminateBatch::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), Action::terminate)) return *refused;
  if (auto refused = stale(work, access->batch, request.version)) return *refused;
  if (text::trim(request.subject) != access->batch.subject)
    return field_error("subject", text_key("batch.subject_differs"));
  if (text::trim(request.reason).empty()) return field_error("reason", text_key("field.missing"));
  if (auto refused = busy(work, request.batch)) return *refused;
  Batch batch = access->batch;
  batch.state = BatchState::terminated;
  batch.termination_reason = request.reason;
  if (!update_batch(work, batch)) return error(Code::conflict, text_key("error.conflict"));
  // Every item keeps its state and its last log row: the batch's own entry is the termination record of all of them.
  insert_batch_log(work, actor, {batch.id, BatchEvent::terminated, request.reason, 0, {}});
  audit(work, actor.person, api::AuditKind::batch_terminated, AuditFacts().id(api::AuditFact::batch, batch.id));
  for (const auto& [person, items] : executing_by_person(work, batch.id))
    if (person != actor.person)
      notify(work, {person, domain::batch::NoticeKind::terminated, batch.id, {}, {}, items, actor.name});
  work.emit(EventKind::batch_changed, batch.id.value, {}, batch.id);
  return shown(work, actor, batch.id);
}

Result<api::BatchLogPage> view_batch_log(Work& work, const Actor& actor, const api::ViewBatchLog::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  return batch_log(work, request.batch, request.before, request.limit);
}

}  // namespace tw::services
