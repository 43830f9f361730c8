#include "client/views/dialogs.h"

#include "client/views/my_tasks.h"

namespace tw::views {

namespace {

template <class D>
D& draft_of(DialogState& state) {
  if (!std::holds_alternative<D>(state.draft)) state.draft.emplace<D>();
  return *std::get_if<D>(&state.draft);
}

struct Draw {
  ui::Ui& ui;
  const store::Store& model;
  DialogState& state;

  void operator()(std::monostate) const {}
  void operator()(const commands::NewCustomer&) const {
    draw_customer_dialog(ui, model, state.form, {}, draft_of<CustomerDraft>(state));
  }
  void operator()(const commands::EditCustomer& what) const {
    draw_customer_dialog(ui, model, state.form, what.customer, draft_of<CustomerDraft>(state));
  }
  void operator()(const commands::NewBatch& what) const {
    draw_batch_dialog(ui, model, state.form, {}, what.then_add, draft_of<BatchDraft>(state));
  }
  void operator()(const commands::EditBatch& what) const {
    draw_batch_dialog(ui, model, state.form, what.batch, {}, draft_of<BatchDraft>(state));
  }
  void operator()(const commands::ChangeLimit& what) const {
    draw_limit_dialog(ui, model, state.form, what.batch, draft_of<LimitDraft>(state));
  }
  void operator()(const commands::AddToBatch& what) const {
    draw_add_to_batch_dialog(ui, model, state.form, what, draft_of<AddToBatchDraft>(state));
  }
  void operator()(const commands::ReturnItems& what) const {
    draw_return_dialog(ui, model, state.form, what, draft_of<SelectionDraft>(state));
  }
  void operator()(const commands::ResetItems& what) const {
    draw_reset_dialog(ui, model, state.form, what, draft_of<ReasonDraft>(state));
  }
  void operator()(const commands::RemoveItems& what) const { draw_remove_dialog(ui, model, state.form, what); }
  void operator()(const commands::Designate& what) const {
    draw_designate_dialog(ui, model, state.form, what, draft_of<DesignateDraft>(state));
  }
  void operator()(const commands::LookAtUnplaced& what) const { draw_unplaced_dialog(ui, model, what.batch); }
  void operator()(const commands::Reassign& what) const {
    draw_reassign_dialog(ui, model, state.form, what, draft_of<SelectionDraft>(state));
  }
  void operator()(const commands::TransferItem& what) const {
    draw_transfer_dialog(ui, model, state.form, what.item, draft_of<SelectionDraft>(state));
  }
  void operator()(const commands::ChangeSelection& what) const {
    draw_change_selection_dialog(ui, model, state.form, what, draft_of<SelectionDraft>(state));
  }
  void operator()(const commands::UndoOperation& what) const { draw_undo_dialog(ui, model, state.form, what); }
  void operator()(const commands::LookAtOperationRows& what) const {
    draw_operation_rows_dialog(ui, model, what, draft_of<OperationRowsDraft>(state));
  }
  void operator()(const commands::EndBatch& what) const {
    draw_end_dialog(ui, model, state.form, what.batch, draft_of<ReasonDraft>(state));
  }
  void operator()(const commands::TerminateBatch& what) const {
    draw_terminate_dialog(ui, model, state.form, what.batch, draft_of<ReasonDraft>(state));
  }
  void operator()(const commands::AbandonItem& what) const {
    draw_abandon_dialog(ui, model, state.form, what.item, draft_of<ReasonDraft>(state).reason);
  }
  void operator()(const commands::LookAtItem& what) const { draw_item_dialog(ui, model, what.item); }
  void operator()(const commands::NewPerson&) const {
    draw_person_dialog(ui, model, state.form, {}, draft_of<PersonDraft>(state));
  }
  void operator()(const commands::EditPerson& what) const {
    draw_person_dialog(ui, model, state.form, what.person, draft_of<PersonDraft>(state));
  }
  void operator()(const commands::NewDepartment& what) const {
    DepartmentDraft& draft = draft_of<DepartmentDraft>(state);
    if (!draft.filled) draft.parent = what.parent;
    draw_department_dialog(ui, model, state.form, {}, draft);
  }
  void operator()(const commands::EditDepartment& what) const {
    draw_department_dialog(ui, model, state.form, what.department, draft_of<DepartmentDraft>(state));
  }
  void operator()(const commands::ShowInvitation& what) const { draw_invitation_dialog(ui, what); }
  void operator()(const commands::DisablePerson& what) const {
    draw_disable_dialog(ui, model, state.form, what.person, draft_of<DisableDraft>(state));
  }
  void operator()(const commands::CompanySettings&) const {
    draw_settings_dialog(ui, model, state.form, draft_of<SettingsDraft>(state));
  }
  void operator()(const commands::ChangeZoneDialog&) const {
    draw_zone_dialog(ui, model, state.form, draft_of<ZoneDraft>(state));
  }
  void operator()(const commands::ChangePasswordDialog&) const {
    draw_password_dialog(ui, model, state.form, draft_of<PasswordDraft>(state));
  }
  void operator()(const commands::QuickSearch&) const {
    draw_quick_search(ui, model, draft_of<QuickSearchState>(state));
  }
  void operator()(const commands::KeyboardMap&) const { draw_keyboard_map(ui); }
  void operator()(const commands::NewUserGroup&) const {
    draw_user_group_dialog(ui, model, state.form, {}, draft_of<UserGroupDraft>(state));
  }
  void operator()(const commands::EditUserGroup& what) const {
    draw_user_group_dialog(ui, model, state.form, what.group, draft_of<UserGroupDraft>(state));
  }
  void operator()(const commands::RemoveUserGroup& what) const {
    draw_remove_user_group_dialog(ui, model, state.form, what.group);
  }
  void operator()(const commands::EditCalendar& what) const {
    draw_calendar_dialog(ui, model, state.form, what.calendar, draft_of<CalendarDraft>(state));
  }
  void operator()(const commands::RemoveCalendar& what) const {
    draw_remove_calendar_dialog(ui, model, state.form, what.calendar);
  }
  void operator()(const commands::SavePolicy& what) const {
    draw_save_policy_dialog(ui, model, state.form, what, draft_of<PolicyDraft>(state));
  }
  void operator()(const commands::RenamePolicy& what) const {
    draw_rename_policy_dialog(ui, model, state.form, what.policy, draft_of<PolicyDraft>(state));
  }
  void operator()(const commands::ManagePolicies&) const {
    draw_policies_dialog(ui, model, draft_of<PoliciesDraft>(state));
  }
  void operator()(const commands::UserGroupLimit&) const {
    draw_user_group_limit_dialog(ui, model, state.form, draft_of<UserGroupDraft>(state));
  }
};

}  // namespace

void draw_dialog(ui::Ui& ui, const store::Store& model, DialogState& state) {
  const commands::Dialog what = state.what;
  std::visit(Draw{ui, model, state}, what);
}

}  // namespace tw::views
