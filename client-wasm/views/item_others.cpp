// The other active batches that an item's customer is in: whoever is about to call sees that a colleague may be, too.
// Part of an item's record; nothing where there are none.
#include "client/views/my_tasks.h"
#include "client/views/parts.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using commands::Page;

namespace {

// One's own opens as work, another's over the list of its batch.
std::string path_of(const store::Store& model, const api::OtherBatch& other) {
  const bool held = other.state == ItemState::executing || other.state == ItemState::completed;
  if (held && other.executor && other.executor == model.me())
    return commands::path_to(Page::my_tasks, other.item.value);
  return commands::path_with(commands::path_to(Page::batch, other.batch.value), "item",
                             std::to_string(other.item.value));
}

void draw_other(Ui& ui, const store::Store& model, const api::OtherBatch& other) {
  IdScope scope(ui, other.item.value);
  row(ui, {.height = 32, .wrap = true}, [&] {
    if (!other.may_open) {
      strong(ui, other.subject);
    } else {
      const std::string path = path_of(model, other);
      if (link(ui, "batch", other.subject, {.path = path, .max_width = ui.available_width()})) go(ui, path);
    }
    state_chip(ui, other.state);
    if (!other.executor_name.empty()) caption(ui, other.executor_name);
  });
}

}  // namespace

void draw_others(Ui& ui, const store::Store& model, const api::ItemDetail& detail) {
  if (detail.others.empty()) return;
  card(ui, "others", {.title = ui.tr("items.in_other_batches"), .gap = space::xs}, [&] {
    for (const api::OtherBatch& other : detail.others) draw_other(ui, model, other);
  });
}

}  // namespace tw::views
