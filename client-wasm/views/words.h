// Values in words: names of states, roles, fields and reasons, in the person's language, and the tone that belongs to
// them. Every view says the same thing the same way.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "api/batch.h"
#include "api/batch_items.h"
#include "api/customer.h"
#include "api/customer_timeline.h"
#include "api/import.h"
#include "client/store/store.h"
#include "client/ui/controls.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::views {

using domain::batch::BatchState;
using domain::batch::ItemState;

ui::Tone tone_of(ItemState state);
ui::Tone tone_of(BatchState state);
ui::Tone tone_of(domain::batch::Action action);
std::string_view words_of(ui::Ui& ui, ItemState state);
std::string_view words_of(ui::Ui& ui, BatchState state);
std::string_view words_of(ui::Ui& ui, domain::batch::Action action);
std::string_view words_of(ui::Ui& ui, domain::access::Role role);
std::string_view words_of(ui::Ui& ui, domain::customer::Kind kind);
std::string_view words_of(ui::Ui& ui, domain::customer::FieldType type);
std::string_view words_of(ui::Ui& ui, domain::allocation::Obstacle obstacle);
std::string_view words_of(ui::Ui& ui, api::TimelineKind kind);
std::string_view words_of(ui::Ui& ui, api::Operator op);
std::string_view words_of(ui::Ui& ui, api::ImportState state);
std::string_view words_of(ui::Ui& ui, api::OperationKind kind);
std::string_view label_of(ui::Ui& ui, ItemState state);  // as words_of, but standing alone: "In progress"
void state_chip(ui::Ui& ui, ItemState state);
void batch_chip(ui::Ui& ui, BatchState state);

// The name of a customer column: "name", "phone", ..., or "field_12" of a custom field.
std::string_view column_name(ui::Ui& ui, const store::Store& model, std::string_view column);

// A customer without a name is called by the external key, else by the number.
std::string_view customer_name(ui::Ui& ui, const api::CustomerRow& row);
std::string_view customer_name(ui::Ui& ui, const api::ItemRow& row);
// "Overdue" of what is open after the batch's end date, "completed late" of what was completed after it; else nothing.
void late_chip(ui::Ui& ui, const api::ItemRow& row);

// Whom not to call, and where no call arrives.
void reach_chips(ui::Ui& ui, const api::CustomerRow& row);
void reach_chips(ui::Ui& ui, const api::ItemRow& row);

// "1,234", or "10,000+" while the exact count is not known.
std::string_view total_words(ui::Ui& ui, const api::Total& total);

// "45,210 selected (1 left out)"
std::string_view selected_words(ui::Ui& ui, const ui::Selection& selection, const api::Total& total);

// What went wrong, in words a person can act on.
std::string_view problem_words(ui::Ui& ui, const store::Problem& problem);

// "3 days", "none"
std::string_view limit_words(ui::Ui& ui, std::int64_t limit, domain::batch::LimitUnit unit,
                             domain::batch::LimitCounts counts = domain::batch::LimitCounts::natural);

// 7,200,000 as 2 hours: the largest unit that divides it.
std::pair<std::int64_t, domain::batch::LimitUnit> in_largest_unit(std::int64_t ms);

// "12", "-": for optional figures.
std::string_view or_dash(ui::Ui& ui, std::string_view words);

// A fairness index in millionths as "0.97", rounded.
std::string_view index_words(ui::Ui& ui, std::int64_t millionths);

std::int64_t all_of(const api::StateCounts& counts);
std::int64_t needing_executor(const api::StateCounts& counts);

}  // namespace tw::views
