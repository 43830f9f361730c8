// Saved policies of allocation: the choice on the board of a batch, and the dialogs that save, rename and archive them.
#pragma once

#include <string>

#include "client/views/batch.h"

namespace tw::views {

// The board begins with the terms of the batch's policy, and again when the batch gets another one or somebody saves
// other terms; what was changed here and is not saved yet stays.
void follow_policy(const api::BatchDetail& batch, BatchPageState& state);
// The batch's own one or one that is shared; chosen, the batch has it.
void choose_saved_policy(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state);
void policy_menu(ui::Ui& ui, const store::Store& model, const api::BatchDetail& batch, BatchPageState& state,
                 std::int64_t seed);

struct PolicyDraft {
  bool filled = false;
  Version version{};
  std::string name{};
  bool same_draw = false;
};
void draw_save_policy_dialog(ui::Ui& ui, const store::Store& model, store::FormId form,
                             const commands::SavePolicy& what, PolicyDraft& draft);
void draw_rename_policy_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, PolicyId policy,
                               PolicyDraft& draft);
struct PoliciesDraft {
  bool archive = false;  // is shown, too
};
void draw_policies_dialog(ui::Ui& ui, const store::Store& model, PoliciesDraft& draft);

}  // namespace tw::views
