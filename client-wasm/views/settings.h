// What the company decides for all of its batches: one small dialog, for those who manage settings.
#pragma once

#include "client/store/store.h"
#include "client/ui/ui.h"

namespace tw::views {

struct SettingsDraft {
  bool filled = false;
  bool forbids_own_confirmation = false;
  std::optional<std::int64_t> return_minimum_hours{}, allocation_undo_hours{};
};
void draw_settings_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, SettingsDraft& draft);

}  // namespace tw::views
