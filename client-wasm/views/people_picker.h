// Choosing people, the same everywhere: type a name, a login or the initials of how it is read (the server searches,
// page by page), by department, or a whole group at once; who is chosen stands above as chips that can be taken out
// again. Pressing a group whose people are all chosen takes them out; which group somebody came from is not kept.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/store.h"
#include "client/ui/ui.h"

namespace tw::views {

struct PickerState {
  std::string search{}, asked{};
  std::int64_t typed_at_ms = 0;
  DepartmentId department{};
  int tab = 0;               // people, groups
  int current = 0;           // the row that Enter takes
  bool shows_all = false;    // chips
  bool takes_all = false;    // everybody who is found, as soon as the server has named them
  bool enter_waits = false;  // for the rows of what is typed
  std::string shown{};       // what the rows answer
};

// Who is offered: those who can be given something, or (for filters) whoever may still have something.
enum class Among { active, everybody };

// True when `chosen` changed.
bool person_picker(ui::Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                   std::vector<PersonId>& chosen, PickerState& state, Among among = Among::active);
// At most one, without groups.
bool person_select(ui::Ui& ui, std::string_view id, std::string_view label, const store::Store& model, PersonId& chosen,
                   PickerState& state, Among among = Among::active);

// At most one of those who are given here, and of them only who has nothing against it.
struct PickCandidate {
  PersonId person{};
  std::string_view name{}, initials{}, department_name{};
  DepartmentId department{};
  std::string_view why_not{};  // empty: may be picked
  std::string_view hint{};     // what is to be known of them; empty: their department
};
bool person_select_of(ui::Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                      std::span<const PickCandidate> candidates, PersonId& chosen, PickerState& state);
// "李莉、吴天明 等，另有 3 人": those who were chosen, where there is room for a line. Asks for names that nobody knows
// yet.
std::string_view people_words(ui::Ui& ui, const store::Store& model, std::span<const PersonId> people);

}  // namespace tw::views
