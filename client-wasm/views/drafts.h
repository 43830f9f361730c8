// What people have typed and not sent, as one text that the page keeps until it is sent or they sign out: the dialogs
// that are open, the notes about customers and items. Passwords are not among it, nor is a search.
//
// It is a flat list of strings and numbers in a fixed order, so that one function per draft both writes and reads it. A
// text of another version, of another person or with a piece missing is not read at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/views/customer.h"
#include "client/views/dialogs.h"
#include "client/views/my_tasks.h"

namespace tw::views {

struct Unsent {
  CustomerState& customer;
  MyTasksState& my_tasks;
  std::vector<DialogState>& dialogs;
};

// Empty when nothing is half written. A dialog counts from its first change; the first look at it notes how it began.
std::string write_drafts(PersonId person, const Unsent& unsent);

// False when there was nothing for this person. Dialogs are opened over those that are open, with forms numbered after
// `last_form`.
bool read_drafts(std::string_view words, PersonId person, const Unsent& unsent, store::FormId& last_form);

}  // namespace tw::views
