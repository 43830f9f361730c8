// The stack of open dialogs: what each is about, and the draft that is being written in it. Only the top one is drawn
// over the page; those below keep their drafts.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "client/commands/dialogs.h"
#include "client/views/batch.h"
#include "client/views/batches.h"
#include "client/views/calendars.h"
#include "client/views/customer.h"
#include "client/views/leaving.h"
#include "client/views/palette.h"
#include "client/views/people.h"
#include "client/views/policies.h"
#include "client/views/settings.h"

namespace tw::views {

struct DialogState {
  store::FormId form = 0;
  commands::Dialog what{};
  std::variant<std::monostate, CustomerDraft, BatchDraft, LimitDraft, AddToBatchDraft, ReasonDraft, DesignateDraft,
               SelectionDraft, PersonDraft, DepartmentDraft, ZoneDraft, PasswordDraft, QuickSearchState, UserGroupDraft,
               DisableDraft, SettingsDraft, CalendarDraft, PolicyDraft, PoliciesDraft, OperationRowsDraft>
      draft{};
  bool in_address = false;             // the address names it: it is open as long as that does
  std::optional<std::string> began{};  // the draft before anybody typed, as views/drafts.h writes it
};

void draw_dialog(ui::Ui& ui, const store::Store& model, DialogState& state);

}  // namespace tw::views
