// One customer: facts, custom fields, the batches it is in, its timeline with a note field; and the form for a new or
// changed customer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/store/store.h"
#include "client/ui/ui.h"
#include "client/views/people_picker.h"

namespace tw::views {

struct CustomerState {
  CustomerId customer{};
  std::map<std::int64_t, std::string> notes{};  // being written, by customer
};

inline constexpr store::FormId note_form = 4;

void draw_customer(ui::Ui& ui, const store::Store& model, CustomerState& state);

// The draft of the dialog; filled once from what is known.
struct CustomerDraft {
  bool filled = false;
  Version version{};
  int kind = 0;
  std::string name{}, contact{}, phone{}, email{}, city{}, address{}, source{}, note{}, external_key{};
  std::optional<std::int64_t> score{};
  bool do_not_contact = false, number_error = false;
  PersonId owner{};          // 0: nobody
  bool picks_owner = false;  // its picker is open
  PickerState owner_picker{};
  std::vector<CustomerFieldId> fields{};  // the custom fields, in the store's order
  std::vector<std::string> values{};      // of each
};
void draw_customer_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, CustomerId customer,
                          CustomerDraft& draft);

// Facts of a customer as pairs; also beside an executor's record.
void draw_customer_facts(ui::Ui& ui, const store::Store& model, const api::CustomerDetail& detail);

}  // namespace tw::views
