// What a person can do, as values. Views only push these; commands::Executor runs them after the frame. One variant per
// area. A command that sends something carries the form that waits for its outcome (0: none), where busy and refusal
// are shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/allocation.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/batch_limit.h"
#include "api/calendar.h"
#include "api/claim.h"
#include "api/customer.h"
#include "api/customer_timeline.h"
#include "api/import.h"
#include "api/item.h"
#include "api/notification.h"
#include "api/people.h"
#include "api/policy.h"
#include "api/session.h"
#include "api/settings.h"
#include "api/user_group.h"
#include "client/commands/dialogs.h"
#include "client/commands/route.h"

namespace tw::commands {

using FormId = std::uint32_t;

// Everything that can be done and has a name: the rows of the command table (descriptors.h), in the order in which the
// palette shows them.
enum class Id : std::uint8_t {
  undo,
  find_here,
  add_filter,
  show_all,
  choose_columns,
  customers_own,
  customers_department,
  customers_all,
  add_to_batch,
  edit_customer,
  save_note,
  batches_any,
  batches_managed,
  batches_executing,
  add_customers,
  confirm_items,
  return_items,
  designate_items,
  give_by_hand,
  take_out,
  keep_changed,
  reset_items,
  remove_items,
  reassign_items,
  open_customer,
  commit_plan,
  plan_again,
  plan_selected,
  plan_everybody,
  save_policy,
  save_terms,
  reset_terms,
  manage_policies,
  batch_items,
  batch_allocate,
  batch_confirm,
  batch_history,
  batch_details,
  batch_claim,
  edit_batch,
  change_limit,
  open_claiming,
  close_claiming,
  claim_items,
  claim_at_random,
  end_batch,
  terminate_batch,
  stop_operation,
  my_to_do,
  my_following,
  my_returned,
  my_completed,
  my_overdue,
  my_within_hour,
  my_transferred_in,
  my_transferred_out,
  my_completed_late,
  my_due_soon,
  complete_item,
  save_progress,
  abandon_item,
  transfer_item,
  quick_no_such_number,
  quick_no_answer,
  quick_powered_off,
  quick_suspended,
  quick_refused,
  quick_in_meeting,
  people_list,
  department_list,
  user_group_list,
  calendar_list,
  copy_invitation,
  edit_person,
  reset_password,
  disable_person,
  enable_person,
  check_import,
  write_import,
  discard_import,
  download_refusals,
  workbench,
  my_tasks,
  customers,
  batches,
  imports,
  people,
  new_customer,
  import_customers,
  new_batch,
  new_person,
  new_department,
  new_user_group,
  new_calendar,
  search,
  keyboard_map,
  theme_light,
  theme_dark,
  theme_contrast,
  theme_system,
  density_compact,
  density_comfortable,
  density_touch,
  density_system,
  mirror,
  chinese,
  english,
  company_settings,
  system_status,
  audit_log,
  change_zone,
  change_password,
  sign_out,
  count_
};

// --- the page --------------------------------------------------------------------------------------------------------
struct Go {
  std::string path{};
  bool replace = false;  // the same screen, shown differently: no new step in the history
};
struct Back {};
struct OpenDialog {
  Dialog dialog{};
};
struct CloseDialog {};
struct CloseToast {
  std::int64_t toast = 0;
};
struct Retry {};  // everything that failed on this screen
struct CopyText {
  std::string words{};
};
struct SetTheme {
  std::string theme{};  // "light", "dark", "contrast", "system"
};
struct SetDensity {
  std::string density{};  // "compact", "comfortable", "touch", "system"
};
struct ToggleMirror {};  // for screen readers; off, only text fields are elements of the page
struct KeepZone {
  std::string of{};  // "<device's> <account's>"
};
struct SetLanguage {
  std::string language{};
};
struct Search {
  std::string words{};
};
struct LookAtSystem {};  // again
struct MoreAudit {};     // the next page of what is shown
struct Invoke {          // a command that the page offers, chosen in the palette: its view does it in the next frame
  Id id{};
};
using PageCommand = std::variant<Go, Back, OpenDialog, CloseDialog, CloseToast, Retry, CopyText, SetTheme, SetDensity,
                                 ToggleMirror, SetLanguage, KeepZone, Search, LookAtSystem, MoreAudit, Invoke>;

// --- who -------------------------------------------------------------------------------------------------------------
struct SignIn {
  FormId form = 0;
  api::SignIn::Request request{};
};
struct SignOut {};
struct SetUp {
  FormId form = 0;
  api::SetUp::Request request{};
};
struct AcceptInvitation {
  FormId form = 0;
  api::AcceptInvitation::Request request{};
};
struct ChangePassword {
  FormId form = 0;
  api::ChangePassword::Request request{};
};
struct ChangeZone {
  FormId form = 0;
  std::string zone{};
};
using SessionCommand = std::variant<SignIn, SignOut, SetUp, AcceptInvitation, ChangePassword, ChangeZone>;

// --- people ----------------------------------------------------------------------------------------------------------
struct AddPerson {
  FormId form = 0;
  api::AddPerson::Request request{};
};
struct UpdatePerson {
  FormId form = 0;
  api::UpdatePerson::Request request{};
};
struct SetPersonActive {
  FormId form = 0;
  api::SetPersonActive::Request request{};
  std::string name{};
};
struct ResetPassword {
  FormId form = 0;
  PersonId person{};
};
struct AddDepartment {
  FormId form = 0;
  api::AddDepartment::Request request{};
};
struct UpdateDepartment {
  FormId form = 0;
  api::UpdateDepartment::Request request{};
};
struct AddUserGroup {
  FormId form = 0;
  api::AddUserGroup::Request request{};
};
struct UpdateUserGroup {
  FormId form = 0;
  api::UpdateUserGroup::Request request{};
};
struct DeleteUserGroup {
  FormId form = 0;
  api::DeleteUserGroup::Request request{};
  std::string name{};
};
struct SetMostUserGroups {
  FormId form = 0;
  api::SetMostUserGroups::Request request{};
};
struct UpdateSettings {
  FormId form = 0;
  api::UpdateSettings::Request request{};
};
// What saving it would do, kept under store::Store::key_of the request.
struct PreviewCalendar {
  FormId form = 0;
  api::PreviewCalendar::Request request{};
};
struct SaveCalendar {  // without an id: a new one
  FormId form = 0;
  api::UpdateCalendar::Request request{};
};
struct DeleteCalendar {
  FormId form = 0;
  api::DeleteCalendar::Request request{};
  std::string name{};
};
using PeopleCommand = std::variant<AddPerson, UpdatePerson, SetPersonActive, ResetPassword, AddDepartment,
                                   UpdateDepartment, AddUserGroup, UpdateUserGroup, DeleteUserGroup, SetMostUserGroups,
                                   UpdateSettings, PreviewCalendar, SaveCalendar, DeleteCalendar>;

// --- what a picker of people shows: asked for by its view, which alone knows what is typed ---------------------------
struct FindPeople {
  api::ListPeople::Request request{};
};
struct FindGroups {};  // and departments
struct NamePeople {
  std::vector<PersonId> people{};
};
struct PickPeople {  // everybody who is found
  api::PickPeople::Request request{};
  std::string key{};
};
struct ReadNotifications {  // none: all
  api::ReadNotifications::Request request{};
};
using PickerCommand = std::variant<FindPeople, FindGroups, NamePeople, PickPeople, ReadNotifications>;

// --- customers -------------------------------------------------------------------------------------------------------
struct AddCustomer {
  FormId form = 0;
  api::AddCustomer::Request request{};
};
struct UpdateCustomer {
  FormId form = 0;
  api::UpdateCustomer::Request request{};
};
struct AddNote {
  FormId form = 0;
  api::AddCustomerNote::Request request{};
};
struct MoreTimeline {
  CustomerId customer{};
};
using CustomerCommand = std::variant<AddCustomer, UpdateCustomer, AddNote, MoreTimeline>;

// --- imports ---------------------------------------------------------------------------------------------------------
struct CheckImport {
  FormId form = 0;
  api::CheckImport::Request request{};
};
struct WriteImport {
  FormId form = 0;
  api::WriteImport::Request request{};
};
struct DiscardImport {
  ImportId import{};
};
struct DownloadRefusals {
  ImportId import{};
};
using ImportCommand = std::variant<CheckImport, WriteImport, DiscardImport, DownloadRefusals>;

// --- batches ---------------------------------------------------------------------------------------------------------
struct CreateBatch {
  FormId form = 0;
  api::CreateBatch::Request request{};
  std::optional<AddToBatch> then_add{};  // made from a selection of customers: add them at once
};
struct UpdateBatch {
  FormId form = 0;
  api::UpdateBatch::Request request{};
  bool confirm_waiting = false;  // then everything that waits for confirmation
};
struct ChangeLimitNow {
  FormId form = 0;
  api::ChangeLimit::Request request{};
};
struct AddCustomersToBatch {
  FormId form = 0;
  api::AddCustomersToBatch::Request request{};
};
struct ConfirmItems {
  api::ConfirmItems::Request request{};
};
struct ReturnItemsNow {
  FormId form = 0;
  api::ReturnItems::Request request{};
};
struct ResetItemsNow {
  FormId form = 0;
  api::ResetItems::Request request{};
};
struct RemoveItemsNow {
  FormId form = 0;
  api::RemoveItems::Request request{};
};
struct DesignateItems {
  FormId form = 0;
  api::DesignateItems::Request request{};
};
struct ReassignItemsNow {
  FormId form = 0;
  api::ReassignItems::Request request{};
};
struct ChangeSelectedItems {
  FormId form = 0;
  api::ChangeSelectedItems::Request request{};
};
struct MakePlan {
  api::PlanAllocation::Request request{};
};
// Into the draft plan of the batch; nothing is sent but the question who `selection` means.
struct GiveByHand {
  FormId form = 0;
  BatchId batch{};
  PersonId person{};
  std::string name{};  // of the person
  bool override_soft = false;
  std::vector<api::ItemVersion> rows{};
  std::optional<api::ItemSelection> selection{};  // instead of rows
};
struct AllocateItems {
  FormId form = 0;
  api::AllocateItems::Request request{};
};
struct AddPolicy {
  FormId form = 0;
  api::AddPolicy::Request request{};
  BatchId batch{};  // which is allocated by it from then on
};
struct UpdatePolicy {
  FormId form = 0;
  api::UpdatePolicy::Request request{};
};
struct ArchivePolicy {
  FormId form = 0;
  api::ArchivePolicy::Request request{};
};
struct MoreOperationRows {
  OperationId operation{};
  bool changed = false;  // of those that it changed, else of those that it left
};
struct UndoAllocation {
  FormId form = 0;
  BatchId batch{};
  OperationId operation{};
};
struct EndBatchNow {
  FormId form = 0;
  api::EndBatch::Request request{};
};
struct TerminateBatchNow {
  FormId form = 0;
  api::TerminateBatch::Request request{};
};
struct CancelOperation {
  OperationId operation{};
};
struct RetryOperation {
  OperationId operation{};
};
struct MoreBatches {
  api::ListBatches::Request request{};
};
struct MoreBatchLog {
  BatchId batch{};
};
using BatchCommand =
    std::variant<CreateBatch, UpdateBatch, ChangeLimitNow, AddCustomersToBatch, ConfirmItems, ReturnItemsNow,
                 ResetItemsNow, RemoveItemsNow, DesignateItems, ReassignItemsNow, ChangeSelectedItems, MakePlan,
                 GiveByHand, AllocateItems, AddPolicy, UpdatePolicy, ArchivePolicy, UndoAllocation, EndBatchNow,
                 TerminateBatchNow, CancelOperation, RetryOperation, MoreBatches, MoreBatchLog, MoreOperationRows>;

// --- one's own items -------------------------------------------------------------------------------------------------
struct SaveProgress {
  FormId form = 0;
  api::SaveProgress::Request request{};
};
struct CompleteItem {
  FormId form = 0;
  api::CompleteItem::Request request{};
  BatchId batch{};  // of the item
  ItemId next{};    // opened when it is done; 0: the list
};
struct AbandonItemNow {
  FormId form = 0;
  api::AbandonItem::Request request{};
  BatchId batch{};  // of the item
};
struct SaveQuickResult {
  FormId form = 0;
  api::SaveQuickResult::Request request{};
  BatchId batch{};  // of the item
  ItemId next{};    // as in CompleteItem
};
struct TransferItemNow {
  FormId form = 0;
  api::TransferItem::Request request{};
  std::string name{};  // of the colleague
  BatchId batch{};
};
struct ClaimItems {
  api::ClaimItems::Request request{};
};
struct ClaimAtRandom {
  FormId form = 0;
  BatchId batch{};
};
struct MoreClaimable {
  BatchId batch{};
};
// What a toast offers after one's own action.
struct UndoItems {
  api::UndoItems::Request request{};
};
using ItemCommand = std::variant<SaveProgress, CompleteItem, AbandonItemNow, SaveQuickResult, TransferItemNow,
                                 ClaimItems, ClaimAtRandom, MoreClaimable, UndoItems>;

using Command = std::variant<PageCommand, SessionCommand, PeopleCommand, PickerCommand, CustomerCommand, ImportCommand,
                             BatchCommand, ItemCommand>;

// A command that can be called by name in this frame. Texts live until the frame ends.
struct Offer {
  Id id{};
  std::string_view label{};  // instead of the name in the table
  std::string_view about{};  // which one: the name of the row
  std::string_view why{};    // not now, and why
};

// What views pushed in a frame, in order; and what they offer to do when it is called by name.
class Queue {
 public:
  template <class C>
  void push(C command) {
    if constexpr (std::is_constructible_v<Command, std::in_place_type_t<C>, C>) {
      next() = Command(std::move(command));  // already wrapped in its area
    } else {
      put(command, static_cast<Command*>(nullptr));
    }
  }
  // Ends the frame: what was pushed, and nothing is offered any more.
  std::vector<Command> take() {
    offers_.clear();
    called_ = Id::count_;
    return std::exchange(waiting_, {});
  }
  const std::vector<Command>& waiting() const { return waiting_; }

  // True when somebody has called it: do it now. Said once a frame for each id; the first who offers it does it.
  bool offer(const Offer& offer);
  const std::vector<Offer>& offers() const { return offers_; }
  void call(Id id) { called_ = id; }  // for the next frame

  // Operations that do not exist where this page is (api::ViewCapabilities). What needs one of them is shown disabled,
  // with the reason: why_not_here in views/parts.h.
  void set_unavailable(const std::vector<std::string>& operations);
  bool lacks(std::string_view operation) const;

 private:
  Command& next();  // a new last one
  // Made where it stays: a command that is moved through two variants costs every call a copy of their code.
  template <class C, class... Areas>
  void put(C& command, std::variant<Areas...>*) {
    (put_into<Areas>(command), ...);
  }
  template <class Area, class C>
  void put_into(C& command) {
    if constexpr (std::is_constructible_v<Area, std::in_place_type_t<C>, C>)
      next().template emplace<Area>(std::in_place_type<C>, std::move(command));
  }

  std::vector<Command> waiting_;
  std::vector<Offer> offers_;
  Id called_ = Id::count_;
  std::vector<std::string> unavailable_;
};

// The command of type C in `command`, or null.
template <class C>
const C* get_command(const Command& command) {
  const C* found = nullptr;
  std::visit(
      [&found](const auto& area) {
        std::visit(
            [&found](const auto& one) {
              if constexpr (std::is_same_v<std::decay_t<decltype(one)>, C>) found = &one;
            },
            area);
      },
      command);
  return found;
}

}  // namespace tw::commands
