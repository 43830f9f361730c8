// The list of batch tasks, and the form of a new or changed one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/batch_limit.h"
#include "client/commands/commands.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"
#include "client/views/leaving.h"
#include "client/views/parts.h"

namespace tw::views {

struct BatchesState {
  api::ListBatches::Request request{};
  std::string search_draft{};
  std::int64_t searched_at_ms = 0;
  ui::TableState table{};
};
void read_route(const commands::Route& route, BatchesState& state);
std::string address_of(const BatchesState& state);
void draw_batches(ui::Ui& ui, const store::Store& model, BatchesState& state);

struct BatchDraft {
  bool filled = false;
  Version version{};
  std::string subject{}, description{};
  std::vector<PersonId> executors{}, co_managers{};
  PickerState executor_picker{}, manager_picker{};
  std::optional<std::int64_t> limit{3};
  bool limit_is_running = false;           // somebody works against it
  int limit_unit = 2;                      // days
  int limit_counts = 0;                    // domain::batch::LimitCounts
  std::optional<std::int64_t> due_soon{};  // before the due time; none: as usual
  int due_soon_unit = 1;                   // hours
  int from_template = 0;                   // of a new one: plain, customer pool
  bool confirm_waiting = false;            // all of it, once confirmation is off
  LeavingDraft leaving{};                  // of executors who are taken off
  bool needs_confirmation = true;
  bool allows_transfer = false;
  std::string end_date{};  // as typed
  bool claim_open = false;
  int claim_mode = 0;  // pick
  std::optional<std::int64_t> claim_count{api::usual_claim};
  std::string claim_from{}, claim_to{};  // as typed
  bool shows_managers = false;
};
void draw_batch_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, BatchId batch,
                       const std::optional<commands::AddToBatch>& then_add, BatchDraft& draft);

// A number and its unit.
void draw_duration(ui::Ui& ui, std::string_view id, const ui::FieldOptions& field, std::optional<std::int64_t>& value,
                   int& unit);
void draw_limit_fields(ui::Ui& ui, const store::FormStatus& status, std::optional<std::int64_t>& limit, int& unit,
                       int& counts);

// limit_dialog.cpp: the limit of a batch that people are working on, with what another one would do.
struct LimitDraft {
  bool filled = false;
  std::optional<std::int64_t> limit{};
  int limit_unit = 2;    // days
  int limit_counts = 0;  // domain::batch::LimitCounts
  int overdue = 0;       // api::OverdueChoice
};
void draw_limit_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, BatchId batch, LimitDraft& draft);
// What a change would do to due times, and what becomes of what is overdue at once (api::OverdueChoice).
void draw_due_preview(ui::Ui& ui, const api::PreviewLimit::Response& what, int& overdue);
api::PreviewLimit::Request preview_of(BatchId batch, const LimitDraft& draft);

}  // namespace tw::views
