// Dialogs as data: what is asked, about which things. The app keeps them on one stack; the view of each keeps its
// draft.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/allocation.h"
#include "api/batch_items.h"
#include "api/customer.h"
#include "client/commands/route.h"
#include "core/ids.h"

namespace tw::commands {

struct NewCustomer {};
struct EditCustomer {
  CustomerId customer{};
};
// From the customer list (a batch is chosen) or from a batch (the query is chosen).
struct AddToBatch {
  BatchId batch{};  // 0: to be chosen
  std::vector<CustomerId> customers{};
  std::optional<api::CustomerQuery> query{};
  std::int64_t count = 0;            // how many, as the list knew
  std::vector<CustomerId> except{};  // of the query
};
struct NewBatch {
  std::optional<AddToBatch> then_add{};  // made for a selection of customers: they follow it
};
struct EditBatch {
  BatchId batch{};
};
struct ChangeLimit {
  BatchId batch{};
};
struct ReturnItems {
  BatchId batch{};
  std::vector<api::ItemVersion> rows{};
  bool asks_executor = false;  // of at least one, who completed it receives no more
};
struct ResetItems {
  BatchId batch{};
  std::vector<api::ItemVersion> rows{};
};
struct RemoveItems {
  BatchId batch{};
  std::vector<api::ItemVersion> rows{};
};
struct Designate {
  BatchId batch{};
  std::vector<api::ItemVersion> rows{};
  PersonId person{};                                      // chosen already
  bool in_plan = false;                                   // put into the draft plan of the batch; else done at once
  std::vector<api::PlanEntries> given{};                  // what that plan holds already
  std::optional<std::vector<api::PlanOverride>> terms{};  // and what it lets people get, where that is not as saved
  std::optional<api::ItemSelection> all{};                // instead of rows: what a query finds
  std::int64_t count = 0;                                 // how many that is
};
// Who the plan gives to nobody, and why.
struct LookAtUnplaced {
  BatchId batch{};
};
// To somebody else than who executes them now.
struct Reassign {
  BatchId batch{};
  std::vector<api::ItemVersion> rows{};
};
// One action on everything that a batch's list finds, on all its pages, without what was unticked.
struct ChangeSelection {
  api::ChangeSelectedItems::Request request{};  // selects only states that allow the action
  std::int64_t count = 0;
  bool at_most = false;  // not more than `count`; how many is known when they are looked at
};
// An allocation is to be taken back.
struct UndoOperation {
  BatchId batch{};
  OperationId operation{};
};
// What became of each customer of a long operation.
struct LookAtOperationRows {
  BatchId batch{};
  OperationId operation{};
};
struct EndBatch {
  BatchId batch{};
};
struct TerminateBatch {
  BatchId batch{};
};
struct AbandonItem {
  ItemId item{};
};
struct TransferItem {
  ItemId item{};
};
// A manager looks at the record of an item.
struct LookAtItem {
  ItemId item{};
};
struct NewPerson {};
struct EditPerson {
  PersonId person{};
};
struct NewDepartment {
  DepartmentId parent{};
};
struct EditDepartment {
  DepartmentId department{};
};
// The one-time address of a new or reset person; shown once.
struct ShowInvitation {
  PersonId person{};
  std::string name{};
  std::string address{};
};
struct DisablePerson {
  PersonId person{};
};
struct NewUserGroup {};
struct EditUserGroup {
  UserGroupId group{};
};
struct RemoveUserGroup {
  UserGroupId group{};
};
struct UserGroupLimit {};
struct CompanySettings {};
struct EditCalendar {  // of working time; 0: a new one
  CalendarId calendar{};
};
struct RemoveCalendar {
  CalendarId calendar{};
};
// The terms on the board of a batch get a name, and the batch that policy.
struct SavePolicy {
  BatchId batch{};
  api::PolicyTerms terms{};
  std::int64_t seed = 0;  // of the plan that is shown
};
struct RenamePolicy {
  PolicyId policy{};
};
struct ManagePolicies {};
struct ChangeZoneDialog {};
struct ChangePasswordDialog {};
struct QuickSearch {};  // the palette: commands and records by name
struct KeyboardMap {};

using Dialog =
    std::variant<std::monostate, NewCustomer, EditCustomer, NewBatch, EditBatch, ChangeLimit, AddToBatch, ReturnItems,
                 ResetItems, RemoveItems, Designate, LookAtUnplaced, Reassign, ChangeSelection, UndoOperation, EndBatch,
                 TerminateBatch, AbandonItem, TransferItem, LookAtItem, NewPerson, EditPerson, NewDepartment,
                 EditDepartment, ShowInvitation, DisablePerson, ChangeZoneDialog, ChangePasswordDialog, QuickSearch,
                 KeyboardMap, NewUserGroup, EditUserGroup, RemoveUserGroup, UserGroupLimit, CompanySettings,
                 EditCalendar, RemoveCalendar, SavePolicy, RenamePolicy, ManagePolicies, LookAtOperationRows>;

// Records that open over a list have an address too: "/batches/7?item=31", "/people?person=5". Empty: the address names
// none.
Dialog dialog_of(const Route& route);
// The address without it.
Route without_dialog(Route route);

}  // namespace tw::commands
