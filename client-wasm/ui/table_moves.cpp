// See table.h. Here: what scrolls, moves the keyboard's row and changes the selection.
#include <algorithm>
#include <utility>

#include "client/ui/table_inside.h"
#include "core/text.h"
#include "imgui_internal.h"

namespace tw::ui {

void Table::scroll_input() {
  const bool over = in_.pointer_in(g_.body);
  // A finger drags the rows themselves; a table that shows everything leaves it to the page.
  const bool scrolls = scroll_end() > 0 || g_.width > g_.whole.w;
  const Point moved = scrolls ? in_.finger_moves(id_, over) : Point{};
  state_.scroll = std::clamp(state_.scroll - static_cast<double>(moved.y), 0.0, scroll_end());
  state_.scroll_x = std::clamp(state_.scroll_x - moved.x, 0.0f, std::max(0.0f, g_.width - g_.whole.w));
  if (!over) return;
  ImGuiIO& io = ImGui::GetIO();
  constexpr float step = 100;  // pixels of one notch
  const bool can_scroll = scroll_end() > 0;
  if (can_scroll) ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, id_);
  if (can_scroll && io.MouseWheel != 0.0f) {
    state_.scroll = std::clamp(state_.scroll - static_cast<double>(io.MouseWheel * step), 0.0, scroll_end());
  }
  if (g_.width > g_.whole.w && io.MouseWheelH != 0.0f) {
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelX, id_);
    state_.scroll_x = std::clamp(state_.scroll_x - io.MouseWheelH * step, 0.0f, g_.width - g_.whole.w);
  }
}

void Table::scroll_bar() {
  if (scroll_end() <= 0) return;
  const Rect bar{g_.body.right() - 11, g_.body.y + 2, 10, g_.body.h - 4};
  ImS64 scroll = static_cast<ImS64>(state_.scroll);
  const ImS64 before = scroll;
  ImGui::ScrollbarEx(ImRect(low(bar), high(bar)), ui_.id("scroll-bar"), ImGuiAxis_Y, &scroll,
                     static_cast<ImS64>(g_.body.h), static_cast<ImS64>(content()));
  if (scroll != before) {
    state_.scroll = std::clamp(static_cast<double>(scroll), 0.0, scroll_end());
    ui_.request_frame();
  }
}

void Table::keyboard() {
  const std::int64_t page = std::max<std::int64_t>(1, static_cast<std::int64_t>(g_.body.h / g_.row) - 1);
  for (bool shift : {false, true}) {
    if (in_.take_key(Key::down, false, shift)) go_to(state_.current + 1, shift);
    if (in_.take_key(Key::up, false, shift)) go_to(state_.current - 1, shift);
    if (in_.take_key(Key::page_down, false, shift)) go_to(state_.current + page, shift);
    if (in_.take_key(Key::page_up, false, shift)) go_to(state_.current - page, shift);
    if (in_.take_key(Key::home, false, shift) || in_.take_key(Key::home, true, shift)) go_to(0, shift);
    if (in_.take_key(Key::end, false, shift) || in_.take_key(Key::end, true, shift)) go_to(model_.rows - 1, shift);
  }
  type_ahead();
  if (state_.current < 0 || state_.current >= model_.rows) return;
  if (in_.take_key(Key::c, true)) copy();
  const RowInfo info = model_.row(state_.current);
  if (!info.loaded) return;
  if (model_.activatable && in_.take_key(Key::enter)) events_.activated = state_.current;
  if (!info.path.empty() && in_.take_key(Key::enter, true)) in_.wanted_tab = info.path;
  if (in_.take_key(Key::space)) {
    if (model_.selectable) {
      toggle(info.key);
      state_.anchor = state_.current;
    } else if (model_.activatable) {
      events_.activated = state_.current;
    }
  }
  if (model_.selectable && in_.take_key(Key::space, false, true)) {
    select_range(state_.anchor < 0 ? state_.current : state_.anchor, state_.current);
  }
  if (model_.selectable && in_.take_key(Key::a, true)) {
    state_.selection.clear();
    state_.selection.all_of_query = true;
    events_.selection_changed = true;
  }
  if (model_.selectable && !state_.selection.empty() && in_.take_key(Key::escape)) {
    state_.selection.clear();
    events_.selection_changed = true;
  }
}

// Letters lead to the next row whose name begins with them; the same one again to the one after. Only rows that are
// here have names, and only so many are asked that a key stays quick.
void Table::type_ahead() {
  constexpr double pause = 1;  // seconds: then a new name begins
  constexpr std::int64_t most_asked = 20'000;
  if (in_.typed.empty() || model_.rows <= 0) return;
  if (in_.seconds - grid_->typed_at > pause) grid_->typed.clear();
  grid_->typed_at = in_.seconds;
  const std::string letters = text::lower(std::exchange(in_.typed, {}));
  in_.key_taken = true;
  const bool again = grid_->typed == letters;
  if (!again) grid_->typed += letters;
  const std::int64_t from = std::max<std::int64_t>(0, state_.current);
  for (std::int64_t step = again || grid_->typed == letters ? 1 : 0; step <= std::min(model_.rows, most_asked);
       ++step) {
    const std::int64_t row = (from + step) % model_.rows;
    const RowInfo info = model_.row(row);
    if (info.loaded && text::lower(info.name).rfind(grid_->typed, 0) == 0) return go_to(row, false);
  }
}

void Table::go_to(std::int64_t row, bool extend) {
  row = std::clamp<std::int64_t>(row, 0, model_.rows - 1);
  if (state_.anchor < 0) state_.anchor = std::max<std::int64_t>(0, state_.current);
  const std::int64_t before = std::exchange(state_.current, row);
  if (extend && model_.selectable) {
    // What the range no longer reaches is let go; what was ticked apart from it stays.
    if (before != state_.anchor && before >= 0) select_range(state_.anchor, before, false);
    select_range(state_.anchor, row);
  } else {
    state_.anchor = row;
  }
  const double top = static_cast<double>(row) * static_cast<double>(g_.row);
  state_.scroll = std::clamp(state_.scroll, top + static_cast<double>(g_.row) - static_cast<double>(g_.body.h), top);
  state_.scroll = std::clamp(state_.scroll, 0.0, scroll_end());
  ui_.request_frame();
}

// Rows between that are not loaded have no key yet and are left out; a range never replaces "all of the query".
void Table::select_range(std::int64_t from, std::int64_t to, bool on) {
  constexpr std::int64_t longest = 5000;
  if (from > to) std::swap(from, to);
  from = std::max(from, to - longest);
  for (std::int64_t row = from; row <= to; ++row) {
    const RowInfo info = model_.row(row);
    if (!info.loaded) continue;
    if (state_.selection.all_of_query == on) {
      state_.selection.keys.erase(info.key);
    } else {
      state_.selection.keys.insert(info.key);
    }
  }
  events_.selection_changed = true;
}

void Table::toggle(std::int64_t key) {
  auto& keys = state_.selection.keys;
  if (keys.erase(key) == 0) keys.insert(key);
  events_.selection_changed = true;
}

}  // namespace tw::ui
