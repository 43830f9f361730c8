// One batch as its managers see it: items, allocation, what waits for confirmation, history, details; and the dialogs
// that act on its items or end it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"
#include "client/views/draft_plan.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "domain/allocation/eligible.h"

namespace tw::views {

// As filters show them.
inline constexpr std::array<ItemState, 6> states_in_order = {ItemState::unassigned, ItemState::executing,
                                                             ItemState::completed,  ItemState::ended,
                                                             ItemState::reset,      ItemState::abandoned};
std::int64_t count_of(const api::StateCounts& counts, ItemState state);

inline constexpr store::FormId allocate_form = 6;
inline constexpr store::FormId claim_form = 8;

// What is being carried to somebody, looked at when it was picked up: every person judges it in every frame.
struct Carried {
  std::int64_t count = 0;
  std::int64_t blocked = 0;                  // of them: nobody may have them now
  std::map<PersonId, std::int64_t> given{};  // of them: by hand to this person already
  std::set<PersonId> barred{};               // who gave one of them up before
  std::int64_t unseen = 0;                   // of a whole query: not on a page that is here
};

// What the next plan is about, where that is not everybody who waits.
struct PlanScope {
  std::vector<ItemId> items{};
  std::optional<api::ItemSelection> selection{};  // instead of them
  std::int64_t count = 0;
};

struct BatchPageState {
  BatchId batch{};
  commands::BatchTab tab = commands::BatchTab::items;
  std::vector<ItemState> states{};    // filter of the items; empty: all
  std::vector<PersonId> executors{};  // filter of the items: who has them; empty: whoever
  std::vector<PersonId> executors_draft{};
  PickerState executors_picker{};
  std::string search{};
  std::string search_draft{};
  std::int64_t searched_at_ms = 0;
  bool due_soon = false, held_by_disabled = false;  // filters that blocks lead to
  ui::Sort sort{};
  ui::TableState items{}, confirm{}, claim{}, given{};
  std::int64_t first_visible = 0, last_visible = 50;
  std::vector<PersonId> left_out{};  // executors unticked for this allocation
  std::optional<PlanScope> only{};
  // By what the next plan divides: as the batch's policy is saved, until it is changed here (policies.h).
  api::PolicyTerms terms{};
  bool terms_changed = false;
  PolicyId policy{};  // whose terms they are, and as of when
  Version policy_version{};
  api::PolicyTerms saved_terms{};              // as of that, or what was sent to be saved
  bool choosing = false;                       // another policy was chosen here: its terms replace what was changed
  bool adjusting = false, plan_again = false;  // something of what the plan is asked for has changed
  std::uint32_t plan_awaited = 0;              // the number of the request that asks for it
  // Entries by hand, of every batch that was looked at; those of this one may be what the board lists.
  DraftPlans drafts{};
  bool by_hand = false;
  bool shows_waiting = false;  // on a phone, which shows one side of the board at a time
  PersonId by_hand_of{};       // 0: of everybody
  Carried carried{};

  DraftPlan& draft() { return drafts[batch.value]; }
  const DraftPlan& draft() const {
    static const DraftPlan none;
    const auto found = drafts.find(batch.value);
    return found == drafts.end() ? none : found->second;
  }
};

void read_route(const commands::Route& route, BatchPageState& state);
std::string address_of(const BatchPageState& state);
api::QueryItems::Request items_request(const BatchPageState& state);
api::PlanAllocation::Request plan_request(const store::Store& model, const BatchPageState& state);
// A plan for nobody in particular is one for everybody: while all are left out none is asked for.
bool nobody_takes_part(const api::BatchDetail& batch, const BatchPageState& state);
// What the board lets people get, where that is not as the policy is saved.
std::optional<std::vector<api::PlanOverride>> changed_terms(const BatchPageState& state);

void draw_batch(ui::Ui& ui, const store::Store& model, BatchPageState& state);
// Regions of it, each in a file of its own.
void draw_batch_items(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state);
// What hides rows of it (batch_filter.cpp).
bool is_filtered(const BatchPageState& state);
void draw_batch_filter(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state,
                       const store::Window<api::ItemRow>& rows);
void draw_batch_claim(ui::Ui& ui, const store::Store& model, BatchPageState& state);
void draw_batch_allocate(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state);

// Its two sides: who waits, or is given by hand; and the people.
void draw_batch_waiting(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state,
                        const api::PlanAllocation::Response* plan);
// Entries by hand in the order in which they are listed, and what a page of them asks for.
std::span<const ItemId> given_rows(const BatchPageState& state);
api::QueryItems::Request given_request(const BatchPageState& state, std::int64_t page);
// Everything that the list of those who wait finds, without what was unticked.
api::ItemSelection selection_of(const BatchPageState& state, const ui::Selection& selection);

// What the plan would do and how fair that is, the policy and its terms, commit.
void draw_plan_strip(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state,
                     const api::PlanAllocation::Response& plan);

// --- dialogs ---------------------------------------------------------------------------------------------------------
struct ReasonDraft {
  std::string reason{};
  std::string typed_subject{};
};
struct DesignateDraft {
  PersonId person{};
  PickerState picker{};
  bool filled = false;
};
struct SelectionDraft {
  std::string reason{};
  PersonId person{};
  PickerState picker{};
  domain::allocation::ObstacleMask overridden = 0;
};
struct OperationRowsDraft {
  bool changed = false;  // those that were changed, else those that were left
};
struct AddToBatchDraft {
  std::string search{};
  BatchId chosen{};
  bool leave_out_others = false;
  int view = 2;               // of the query that is made in the dialog
  std::string words{};        // of the query: what is asked
  std::string words_draft{};  // and what is being typed
  std::int64_t words_typed_at_ms = 0;
  std::vector<api::Condition> conditions{};
  api::Condition condition = {"city", api::Operator::contains, {}, {}};
  PickerState people{};  // of its picker
  bool editing = false;
};

void draw_return_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::ReturnItems& what,
                        SelectionDraft& draft);
// Who gets what is returned, where who completed it is gone.
void choose_other_executor(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, SelectionDraft& draft);
void draw_reset_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::ResetItems& what,
                       ReasonDraft& draft);
void draw_remove_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::RemoveItems& what);
void draw_designate_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::Designate& what,
                           DesignateDraft& draft);
void draw_unplaced_dialog(ui::Ui& ui, const store::Store& model, BatchId batch);
void draw_change_selection_dialog(ui::Ui& ui, const store::Store& model, store::FormId form,
                                  const commands::ChangeSelection& what, SelectionDraft& draft);
void draw_reassign_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::Reassign& what,
                          SelectionDraft& draft);
// An executor hands what they execute to a colleague (item_dialogs.cpp).
void draw_transfer_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, ItemId item,
                          SelectionDraft& draft);
// What reassigning asks the server first, once a person is chosen.
api::PreviewReassignment::Request preview_of(const commands::Reassign& what, PersonId person);
// What a manager's hand puts aside by giving `count` items to a person.
std::string_view override_words(ui::Ui& ui, domain::allocation::Obstacle obstacle, const api::BatchPerson& person,
                                std::int64_t count);
// The executors of a batch as cards, one of them chosen.
void choose_executor(ui::Ui& ui, const store::Store& model, const std::vector<api::BatchPerson>& people,
                     PersonId& chosen, PickerState& picker);
void draw_undo_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, const commands::UndoOperation& what);
// operation_rows.cpp
void draw_operation_rows_dialog(ui::Ui& ui, const store::Store& model, const commands::LookAtOperationRows& what,
                                OperationRowsDraft& draft);
void draw_end_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, BatchId batch, ReasonDraft& draft);
void draw_terminate_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, BatchId batch,
                           ReasonDraft& draft);
void draw_add_to_batch_dialog(ui::Ui& ui, const store::Store& model, store::FormId form,
                              const commands::AddToBatch& what, AddToBatchDraft& draft);
// What designating asks the plan first: these items, this person.
api::PlanAllocation::Request hand_request(const commands::Designate& what, PersonId person);
// The query that the dialog is about, when it makes one itself.
api::CustomerQuery query_of(const commands::AddToBatch& what, const AddToBatchDraft& draft);
std::int64_t key_of(const api::CustomerQuery& query);
// What it asks the server to look at, once the batch is chosen; the request that adds them is made of it.
std::optional<api::PreviewAddition::Request> preview_of(const commands::AddToBatch& what, const AddToBatchDraft& draft);

}  // namespace tw::views
