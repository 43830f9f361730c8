// Session, people and departments in the read model.
#include <algorithm>

#include "client/store/store.h"

namespace tw::store {

bool Store::may(domain::access::Permission permission) const {
  if (!session) return false;
  const auto& permissions = session->permissions;
  return std::find(permissions.begin(), permissions.end(), permission) != permissions.end();
}

void Store::load_capabilities() {
  read<api::ViewCapabilities>(
      {}, [this] { return &capabilities; },
      [this](api::ViewCapabilities::Response reply) {
        if (reply.session) signed_in(*reply.session);
        return reply;
      });
}

void Store::load_invitation(const std::string& token) {
  read<api::ViewInvitation>(
      {token}, [this] { return &invitation; }, [](api::ViewInvitation::Response reply) { return reply; });
}

void Store::signed_in(api::SessionPerson person) {
  const bool same = session && session->person == person.person;
  if (session && !same) signed_out();
  transport_.set_csrf(person.csrf);
  session = std::move(person);
  session_ended = false;
  if (capabilities.ready()) capabilities.value->needs_setup = false;
  mark_all_stale();
  poll_soon();
}

void Store::signed_out() {
  transport_.set_csrf({});
  session.reset();
  session_ended = false;
  polling_ = bell_ = false;
  // The transport has dropped what was asked for: these two outlive a session and must not wait for an answer.
  if (capabilities.loading()) capabilities.retry();
  if (invitation.loading()) invitation.retry();
  people.forget();
  departments.forget();
  user_groups.forget();
  calendars.forget();
  system.forget();
  audit.forget();
  policies.forget();
  archived_policies.forget();
  calendar.clear();
  statutory.clear();
  calendar_preview.clear();
  icalendar.forget();
  found_people.clear();
  picked.forget();
  picked_key.clear();
  names_.clear();
  names_asked_.clear();
  customers = {};
  for (auto& total : customer_totals) total.forget();
  fields.forget();
  customer.clear();
  timeline.clear();
  query_totals.clear();
  addition_preview.clear();
  imports.forget();
  import.clear();
  upload = {};
  batch_lists.clear();
  batch.clear();
  claimable.clear();
  operation_rows.clear();
  reassignment_preview.clear();
  limit_preview.clear();
  transfer_targets.clear();
  items = {};
  plan.clear();
  why.clear();
  batch_log.clear();
  allocation_undo.clear();
  my_items = {};
  my_counts.forget();
  item.clear();
  workbench.forget();
  notifications.forget();
  pending_items.clear();
  changed_items.clear();
  changed_customers.clear();
  operation.clear();
  watched.clear();
  search = {};
  forms.clear();
  newest_event_ = -1;
  ++epoch_;
  touch();
}

const api::PersonRow* Store::person(PersonId id) const {
  if (!people.ready()) return nullptr;
  for (const api::PersonRow& row : *people)
    if (row.person == id) return &row;
  return nullptr;
}

void Store::load_people() { load_people_from({}, people.ask(), {}); }

// Everybody, in as many pages as it takes: pickers and the list filter them here. Bounded at 5,000.
void Store::load_people_from(const std::string& cursor, std::uint32_t question, std::vector<api::PersonRow> so_far) {
  api::ListPeople::Request request;
  request.after = cursor;
  request.limit = 500;
  transport::call<api::ListPeople>(transport_, request,
                                   [this, question, so_far = std::move(so_far), epoch = epoch_](auto answer) mutable {
                                     heard(answer ? nullptr : &answer.problem);
                                     if (epoch != epoch_) return;
                                     if (!answer) return people.fail(question, std::move(answer.problem));
                                     so_far.insert(so_far.end(), answer->rows.begin(), answer->rows.end());
                                     if (!answer->next.empty() && so_far.size() < 5000)
                                       return load_people_from(answer->next, question, std::move(so_far));
                                     people.answer(question, std::move(so_far));
                                   });
}

void Store::load_departments() {
  read<api::ListDepartments>(
      {}, [this] { return &departments; }, [](api::ListDepartments::Response reply) { return std::move(reply.rows); });
}

const FormStatus& Store::form(FormId id) const {
  static const FormStatus untouched{};
  const auto found = forms.find(id);
  return found == forms.end() ? untouched : found->second;
}

}  // namespace tw::store
