// The audit log, for those who manage settings: newest first, narrowed by kind, person and time, as the address says.
#pragma once

#include <string>

#include "client/commands/route.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"
#include "client/views/day_field.h"
#include "client/views/people_picker.h"
#include "client/views/typed_moment.h"

namespace tw::views {

struct AuditState {
  std::optional<api::AuditKind> kind{};
  PersonId person{};
  int period = 0;         // an index of the periods; 0: since the beginning
  DayDraft from{}, to{};  // both included; of the last period, the chosen days
  ui::TableState table{};
  PickerState picker{};
  std::int64_t opened = 0;  // the number of the entry whose whole account is read; 0: none
};
void read_route(const commands::Route& route, AuditState& state);
std::string address_of(const AuditState& state);
// What its address shows, as of now; days are those of the reader's clock.
api::ListAudit::Request request_of(const AuditState& state, const LocalClock& clock);
void draw_audit(ui::Ui& ui, const store::Store& model, AuditState& state);

}  // namespace tw::views
