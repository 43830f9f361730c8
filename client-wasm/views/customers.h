// The customer list: views with totals, quick search, a simple filter said as a sentence, sort, chosen columns, and
// what can be done with ticked rows or with every row of the query. Everything that decides the rows stands in the
// address.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/commands/route.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

inline const ui::Sort shipped_order{.key = "changed", .descending = true};

struct CustomersState {
  api::CustomerQuery query{};
  ui::Sort sort = shipped_order;
  ui::Sort usual_order = shipped_order;  // this person's: where the address names none
  ui::TableState table{};
  std::int64_t first_visible = 0, last_visible = 50;
  std::string search_draft{};
  std::int64_t searched_at_ms = 0;
  std::vector<std::string> hidden{};                                 // columns switched off
  std::vector<std::int64_t> shown_fields{};                          // custom fields switched on
  bool fields_chosen = false;                                        // else the first few are shown
  api::Condition draft = {"city", api::Operator::contains, {}, {}};  // of the filter editor
  int draft_at = -1;     // the condition that is being changed, -1: a new one
  PickerState people{};  // of its picker
};

// The address holds the query; the state follows it.
void read_route(const commands::Route& route, CustomersState& state);
std::string address_of(const CustomersState& state);
// How this person likes the list, as words that a browser keeps: columns and order. Words that make no sense leave the
// shipped look.
std::string look_of(const CustomersState& state);
void read_look(std::string_view words, CustomersState& state);
// What the store must fetch for this state.
api::QueryCustomers::Request request_of(const store::Store& model, const CustomersState& state);

void draw_customers(ui::Ui& ui, const store::Store& model, CustomersState& state);

// "City contains Shanghai", for filters and for the dialogs that speak of a query.
std::string_view sentence_of(ui::Ui& ui, const store::Store& model, const api::Condition& condition);
std::string_view sentence_of(ui::Ui& ui, const store::Store& model, const api::CustomerQuery& query);

// The filter editor: one condition. Returns true when it is to be applied.
bool draw_condition_editor(ui::Ui& ui, const store::Store& model, api::Condition& draft, PickerState& people);

}  // namespace tw::views
