// The people of the board of allocation, one lane each (batch_lanes.cpp).
#pragma once

#include "client/views/batch.h"

namespace tw::views {

// `plan`: null before there is one. `rows`: who waits, as far as the page knows them, for what is dropped here.
void draw_batch_lanes(ui::Ui& ui, const api::BatchDetail& batch, BatchPageState& state,
                      const api::PlanAllocation::Response* plan, const store::Window<api::ItemRow>& rows);

}  // namespace tw::views
