// The read model: what the client knows of the server's truth, by area. Views read it (const); commands and the app ask
// it to fetch. It never holds what a person is typing: drafts belong to views.
//
// Sections: session · people · customers · imports · batches · items · operations · search · forms · connection.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/addition.h"
#include "api/allocation.h"
#include "api/allocation_undo.h"
#include "api/audit.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/batch_limit.h"
#include "api/calendar.h"
#include "api/claim.h"
#include "api/customer.h"
#include "api/customer_field.h"
#include "api/customer_timeline.h"
#include "api/import.h"
#include "api/item.h"
#include "api/leaving.h"
#include "api/notification.h"
#include "api/operation.h"
#include "api/operation_rows.h"
#include "api/people.h"
#include "api/policy.h"
#include "api/reassignment.h"
#include "api/session.h"
#include "api/settings.h"
#include "api/system.h"
#include "api/user_group.h"
#include "api/workbench.h"
#include "client/store/details.h"
#include "client/store/remote.h"
#include "client/store/window.h"
#include "client/transport/transport.h"
#include "core/events.h"

namespace tw::store {

using FormId = std::uint32_t;  // an open dialog or form; 0: nobody waits for the outcome

// Of a form that was sent: busy, refused with a problem, or gone (succeeded).
struct FormStatus {
  bool busy = false;
  std::optional<Problem> problem{};
};

struct Timeline {
  std::vector<api::TimelineEntry> entries{};
  std::string next{};
};

struct BatchList {
  std::vector<api::BatchSummary> rows{};
  std::string next{};
  api::Total total{};
};

struct BatchLog {
  std::vector<api::BatchLogEntry> entries{};
  bool more = false;
};

// Those a picker finds, as far as they have been shown.
struct FoundPeople {
  std::vector<api::PersonRow> rows{};
  std::string next{};
  api::Total total{};
};

struct Upload {
  bool running = false;
  std::string file_name{};
  std::int64_t sent = 0, total = 0;
  std::optional<Problem> problem{};
  ImportId finished{};  // set for one update: the app goes there
};

struct SearchResults {
  std::string asked{};
  Remote<std::vector<api::CustomerRow>> customers{};
  Remote<std::vector<api::ItemRow>> items{};
  Remote<std::vector<api::BatchSummary>> batches{};
  Remote<std::vector<api::PersonRow>> people{};
  bool loading() const { return customers.loading() || items.loading() || batches.loading() || people.loading(); }
};

enum class Connection : std::uint8_t { fine, lost };

class Store {
 public:
  explicit Store(transport::Transport& transport) : transport_(transport) {}

  // --- session -------------------------------------------------------------------------------------------------------
  Remote<api::ViewCapabilities::Response> capabilities{};
  std::optional<api::SessionPerson> session{};
  bool session_ended = false;  // the server says nobody is signed in any more: sign in again over the work
  Remote<api::ViewInvitation::Response> invitation{};
  bool may(domain::access::Permission permission) const;
  PersonId me() const { return session ? session->person : PersonId{}; }
  void load_capabilities();
  void load_invitation(const std::string& token);
  void signed_in(api::SessionPerson person);
  void signed_out();  // forgets everything that was read

  // --- people --------------------------------------------------------------------------------------------------------
  Remote<std::vector<api::PersonRow>> people{};
  Remote<std::vector<api::DepartmentRow>> departments{};
  Remote<api::ListUserGroups::Response> user_groups{};
  Details<api::ViewHeld::Response> held{};  // by person: what they would leave behind
  Remote<api::CompanySettings> settings{};
  void load_held(PersonId id);
  void load_settings();
  Remote<api::ViewSystem::Response> system{};
  void load_system();
  // The audit log as one address shows it; pages that were asked for hang on behind.
  Remote<api::ListAudit::Response> audit{};
  bool shows_audit_of(const std::string& address) const { return audit_address_ == address; }
  void load_audit(const std::string& address, const api::ListAudit::Request& request);
  void load_more_audit();
  const api::PersonRow* person(PersonId id) const;
  void load_people();
  void load_departments();
  void load_user_groups();
  Remote<api::ListCalendars::Response> calendars{};  // of working time
  Details<api::ViewCalendar::Response> calendar{};
  Details<api::StatutoryDays::Response> statutory{};           // by year
  Details<api::PreviewCalendar::Response> calendar_preview{};  // by key_of what was asked
  Remote<api::ReadICalendar::Response> icalendar{};            // the file that was read last
  static std::int64_t key_of(const api::PreviewCalendar::Request& request);
  void load_calendars();
  void load_calendar(CalendarId id);
  void load_statutory(int year);
  void read_icalendar(std::uint32_t file);
  // --- pickers: who is found, by key_of what was asked, and what those are called whom somebody chose
  std::map<std::string, Remote<FoundPeople>> found_people{};
  Remote<api::PickPeople::Response> picked{};  // everybody whom `picked_key` finds
  std::string picked_key{};
  static std::string key_of(const api::ListPeople::Request& request);
  const Remote<FoundPeople>& found(const std::string& key) const;
  const api::PersonName* named(PersonId id) const;
  void load_found(const api::ListPeople::Request& request);  // with `after`: what follows, put behind it
  void load_picked(const api::PickPeople::Request& request, const std::string& key);
  void load_names(const std::vector<PersonId>& wanted);  // of those whom nobody has named yet
  void learn(api::PersonName person) { names_[person.person.value] = std::move(person); }

  // --- customers -----------------------------------------------------------------------------------------------------
  Windows<api::CustomerRow> customers{};
  std::array<Remote<api::Total>, 3> customer_totals{};  // by view, without filter
  Remote<std::vector<api::CustomerField>> fields{};
  Details<api::CustomerDetail> customer{};
  Details<Timeline> timeline{};
  std::set<std::int64_t> changed_customers{};  // as changed_items
  static std::string key_of(const api::QueryCustomers::Request& request);
  const api::CustomerField* field(CustomerFieldId id) const;
  void load_customers(const api::QueryCustomers::Request& request, std::int64_t first, std::int64_t last);
  void load_customer_total(api::CustomerView view);
  void load_fields();
  void load_customer(CustomerId id);
  void load_timeline(CustomerId id);
  void load_more_timeline(CustomerId id);
  Details<api::Total> query_totals{};  // of a query whose customers are to be added to a batch, by a hash of it
  void load_query_total(std::int64_t key, const api::CustomerQuery& query);
  Details<api::PreviewAddition::Response> addition_preview{};  // by key_of what was asked
  static std::int64_t key_of(const api::PreviewAddition::Request& request);
  void load_addition_preview(const api::PreviewAddition::Request& request);

  // --- imports -------------------------------------------------------------------------------------------------------
  Remote<std::vector<api::ImportView>> imports{};
  Details<api::ImportView> import{};
  Upload upload{};
  void load_imports();
  void load_import(ImportId id);
  void start_upload(std::uint32_t file, const std::string& file_name);

  // --- batches -------------------------------------------------------------------------------------------------------
  std::map<std::string, Remote<BatchList>> batch_lists{};
  Details<api::BatchDetail> batch{};
  Windows<api::ItemRow> items{};
  Details<api::ExplainItem::Response> why{};       // of an item: why its executor has it; failed: nobody has it
  Details<api::PlanAllocation::Response> plan{};   // of a batch; of items given by hand under key_of what was asked
  Remote<api::ListPolicies::Response> policies{};  // with a name, that can be chosen
  Remote<api::ListPolicies::Response> archived_policies{};
  Details<BatchLog> batch_log{};
  Details<api::ViewAllocationUndo::Response> allocation_undo{};  // by operation: what undoing it would do now
  static std::string key_of(const api::ListBatches::Request& request);
  static std::string key_of(const api::QueryItems::Request& request);
  const Remote<BatchList>& batch_list(const std::string& key) const;
  void load_batches(const api::ListBatches::Request& request);
  void load_more_batches(const api::ListBatches::Request& request);
  void load_batch(BatchId id);
  void load_items(const api::QueryItems::Request& request, std::int64_t first, std::int64_t last);
  static std::int64_t key_of(const api::PlanAllocation::Request& request);
  void load_plan(const api::PlanAllocation::Request& request);  // without items: the plan of the whole batch
  Details<api::PreviewLimit::Response> limit_preview{};         // by key_of what was asked
  static std::int64_t key_of(const api::PreviewLimit::Request& request);
  void load_limit_preview(const api::PreviewLimit::Request& request);
  Details<api::PreviewReassignment::Response> reassignment_preview{};  // by key_of what was asked
  static std::int64_t key_of(const api::PreviewReassignment::Request& request);
  void load_reassignment_preview(const api::PreviewReassignment::Request& request);
  void load_policies(bool archived);
  void load_batch_log(BatchId id);
  void load_allocation_undo(OperationId id);
  void load_more_batch_log(BatchId id);
  // What became of an operation's rows: those that it changed, or left; pages that were asked for hang on behind.
  Details<api::ListOperationRows::Response> operation_rows{};
  static std::int64_t key_of(OperationId of, bool changed) { return of.value * 2 + (changed ? 1 : 0); }
  void load_operation_rows(OperationId of, bool changed);
  void load_more_operation_rows(OperationId of, bool changed);

  // --- items ---------------------------------------------------------------------------------------------------------
  Windows<api::ItemRow> my_items{};
  Remote<api::TabCounts> my_counts{};
  Details<api::ItemDetail> item{};
  Remote<api::ViewWorkbench::Response> workbench{};
  Remote<api::ListNotifications::Response> notifications{};  // the latest
  std::set<std::int64_t> pending_items{};                    // a write is on its way: drawn dim until it is answered
  std::set<std::int64_t> changed_items{};  // lately, by anybody: may have left the list in which they were seen
  static std::string key_of(const api::QueryMyItems::Request& request);
  void load_my_items(const api::QueryMyItems::Request& request, std::int64_t first, std::int64_t last);
  void load_item(ItemId id);
  void load_why(ItemId id);
  Details<api::ListTransferTargets::Response> transfer_targets{};  // by item
  void load_transfer_targets(ItemId id);
  void load_workbench();
  void load_notifications();
  Details<api::QueryClaimable::Response> claimable{};  // by batch; pages that were asked for hang on behind
  void load_claimable(BatchId batch);
  void load_more_claimable(BatchId batch);

  // --- operations ----------------------------------------------------------------------------------------------------
  Details<api::OperationView> operation{};
  void load_operation(OperationId id);
  // Those that somebody watches: asked for again every second until they end.
  std::set<std::int64_t> watched{};
  void watch(OperationId id);
  // One's own on batches that ended since the last look, each once: who asked is told what became of the rows.
  std::set<std::int64_t> take_ended() { return std::exchange(ended_, {}); }

  // --- search --------------------------------------------------------------------------------------------------------
  SearchResults search{};
  void search_for(const std::string& words);

  // --- forms ---------------------------------------------------------------------------------------------------------
  std::map<FormId, FormStatus> forms{};
  const FormStatus& form(FormId id) const;

  // --- connection ----------------------------------------------------------------------------------------------------
  Connection connection = Connection::fine;
  // Asks what changed, when it is time. True when something that may be on the screen changed.
  bool poll(Instant now);  // called only while the page is visible: a hidden one gets no frames
  std::optional<Instant> next_poll() const { return next_poll_; }
  void poll_soon();                // after one's own write
  void rang(std::int64_t newest);  // the doorbell; below 0: it is gone
  void happened(EventKind kind, std::int64_t entity);
  void mark_all_stale();
  // Every answer tells what it says about the connection and the session.
  void heard(const Problem* problem);
  void heard_of_network(bool online);  // as the browser says
  bool take_changed();                 // true once after any answer was taken
  void touch() { changed_ = true; }

  transport::Transport& transport() { return transport_; }

 private:
  void mark_items_of_customers_stale();
  // Asks O and puts what `take` makes of the reply into the Remote that `find` returns (null: gone meanwhile).
  template <class O, class Find, class Take>
  void read(const typename O::Request& request, Find find, Take take) {
    const std::uint32_t question = find()->ask();
    transport::call<O>(transport_, request, [this, find, take, question](auto answer) {
      heard(answer ? nullptr : &answer.problem);
      auto* remote = find();
      if (!remote) return;
      if (answer) {
        remote->answer(question, take(std::move(*answer.value)));
      } else {
        remote->fail(question, std::move(answer.problem));
      }
    });
  }
  void load_people_from(const std::string& cursor, std::uint32_t question, std::vector<api::PersonRow> so_far);
  void load_exact_total(const std::string& key, const api::CustomerQuery& query);

  transport::Transport& transport_;
  std::string audit_address_{};
  api::ListAudit::Request audit_request_{};
  bool changed_ = true;
  std::int64_t newest_event_ = -1;
  bool polling_ = false;
  int poll_failures_ = 0;
  bool bell_ = false;
  std::optional<Instant> next_poll_{Instant{0}};
  std::map<std::int64_t, api::PersonName> names_{};  // of everybody whose name came by
  std::set<std::int64_t> names_asked_{};             // once: whom nobody knows is not asked for again
  std::set<std::int64_t> ended_{}, told_{};  // a batch that was asked before its operation ended may name it again
  std::uint32_t epoch_ = 0;                  // of the session: answers of an earlier one are dropped
};

}  // namespace tw::store
