// What becomes of the items of somebody who is disabled or taken off a batch: one question, asked by both dialogs.
#pragma once

#include <cstdint>
#include <vector>

#include "api/leaving.h"
#include "client/store/store.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

struct LeavingDraft {
  int choice = -1;  // api::LeavingChoice; nothing is chosen before somebody has looked
  std::vector<PersonId> to{};
  PickerState picker{};
  bool over_limits = false;
};

// Keep, reset, or transfer to people who are picked.
void draw_leaving(ui::Ui& ui, const store::Store& model, const store::FormStatus& status, std::int64_t executing,
                  LeavingDraft& draft);
bool is_answered(const LeavingDraft& draft);
api::Leaving leaving_of(const LeavingDraft& draft);

struct DisableDraft {
  LeavingDraft leaving{};
  PersonId successor{};
  PickerState picker{};
};
void draw_disable_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, PersonId person,
                         DisableDraft& draft);

}  // namespace tw::views
