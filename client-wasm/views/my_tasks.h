// The executor's screen: tabs with counts, the list on the left and the record on the right; on a phone one customer a
// screen. What is typed is a draft of its own per item until it is saved.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "client/commands/route.h"
#include "client/store/store.h"
#include "client/ui/table.h"
#include "client/ui/ui.h"

namespace tw::views {

inline constexpr store::FormId item_form = 7;

// What is being written about an item. The follow-up is as typed; empty optional: the planned one stands in the field.
struct ItemDraft {
  std::string text{};
  std::optional<std::string> follow_up{};
};

struct MyTasksState {
  api::QueryMyItems::Request request{};
  ItemId item{};
  ui::TableState table{};
  std::int64_t first_visible = 0, last_visible = 50;
  std::map<std::int64_t, ItemDraft> drafts{};  // by item
};
void read_route(const commands::Route& route, MyTasksState& state);
std::string address_of(const MyTasksState& state);
void draw_my_tasks(ui::Ui& ui, const store::Store& model, MyTasksState& state);
// The item that is open, beside or instead of the list it comes from (my_task_record.cpp).
void draw_record(ui::Ui& ui, const store::Store& model, MyTasksState& state, const store::Window<api::ItemRow>& rows);

// item_dialogs.cpp: a manager looks at an item, and the reason for giving one up.
// Why the executor has the item; nothing while that is not known. Loaded with the item.
void draw_why(ui::Ui& ui, const store::Store& model, ItemId item);
// In which other active batches its customer is (item_others.cpp); nothing where there are none.
void draw_others(ui::Ui& ui, const store::Store& model, const api::ItemDetail& detail);
void draw_item_dialog(ui::Ui& ui, const store::Store& model, ItemId item);
void draw_abandon_dialog(ui::Ui& ui, const store::Store& model, store::FormId form, ItemId item, std::string& reason);

}  // namespace tw::views
