// Pointer, keys, focus and what the mirror asks for. One rule for all widgets: item() says whether something was
// pressed, by mouse, finger, keyboard or screen reader alike.
#include <algorithm>

#include "client/ui/inside.h"
#include "imgui_internal.h"

namespace tw::ui {

void Ui::Inside::pointer_moved(Point at, bool touch) {
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  pointer = at;
  io.AddMousePosEvent(at.x + finger_offset.x, at.y + finger_offset.y);
  settle = 3;
}

Point Ui::Inside::finger_means(Point at) const {
  constexpr float finger = 44;
  ImGuiWindow *window = nullptr, *below = nullptr;
  ImGui::FindHoveredWindowEx(vec(at), true, &window, &below);
  if (!window) return at;
  const auto within = [](const Rect& a, const Rect& b) {
    return a.x >= b.x && a.y >= b.y && a.right() <= b.right() && a.bottom() <= b.bottom();
  };
  const Target* meant = nullptr;
  float nearest = 0;
  for (const Target& one : targets) {
    if (one.root != window->RootWindow->ID) continue;
    const Rect& r = one.rect;
    if (!r.inset(std::min(0.0f, (r.w - finger) / 2), std::min(0.0f, (r.h - finger) / 2)).contains(at)) continue;
    const float away = std::max({r.x - at.x, at.x - r.right(), 0.0f}) + std::max({r.y - at.y, at.y - r.bottom(), 0.0f});
    // What stands in another (the tick in its row) comes before it.
    if (!meant || within(r, meant->rect) || (away < nearest && !within(meant->rect, r))) meant = &one, nearest = away;
  }
  if (!meant || nearest == 0) return at;
  const Rect& r = meant->rect;
  return {std::clamp(at.x, r.x + 1, std::max(r.x + 1, r.right() - 1)),
          std::clamp(at.y, r.y + 1, std::max(r.y + 1, r.bottom() - 1))};
}

void Ui::Inside::pointer_left() {
  ImGui::SetCurrentContext(context);
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  finger_offset = {};
  settle = 3;
}

void Ui::Inside::pointer_button(int button, bool down, bool touch) {
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  if (touch && down) {
    const Point meant = finger_means(pointer);
    finger_offset = {meant.x - pointer.x, meant.y - pointer.y};
    io.AddMousePosEvent(meant.x, meant.y);
  }
  io.AddMouseButtonEvent(button, down);
  if (!down) finger_offset = {};
  if (down) focus_visible = false;
  settle = 3;
}

void Ui::Inside::wheel(float across, float down) {
  ImGui::SetCurrentContext(context);
  ImGui::GetIO().AddMouseWheelEvent(across, down);
  settle = 3;
}

void Ui::Inside::modifiers(Modifiers now) {
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, now.control);
  io.AddKeyEvent(ImGuiMod_Shift, now.shift);
  io.AddKeyEvent(ImGuiMod_Alt, now.alt);
}

void Ui::Inside::key_pressed(KeyPress press) {
  modifiers(press.with);
  keys.push_back(press);
  key_taken = false;
  focus_visible = true;
  settle = 3;
}

void Ui::Inside::characters(std::string_view utf8) {
  typed += utf8;
  key_taken = false;
  focus_visible = true;
  settle = 3;
}

void Ui::Inside::window_focus(bool has_focus) {
  ImGui::SetCurrentContext(context);
  ImGui::GetIO().AddFocusEvent(has_focus);
  settle = 3;
}

void Ui::Inside::act(a11y::Action action) {
  actions.push_back(std::move(action));
  settle = 3;
}

// A toast stands beside a dialog and is heard over it: what it offers can be pressed there too.
static bool is_in_toasts(const a11y::Tree& tree, const a11y::Node& node) {
  const a11y::Node* at = &node;
  while (const a11y::Node* above = at->parent ? tree.find(at->parent) : nullptr) at = above;
  return at->role == a11y::Role::status;
}

void Ui::Inside::take_actions() {
  while (!actions.empty()) {
    const a11y::Action& next = actions.front();
    const a11y::Node* node = tree.find(next.target);
    // The tree is still that of the last frame: what the person saw when they asked.
    const bool reached = node && (tree.is_inside(*node, tree.top_modal()) ||
                                  (next.kind == a11y::Action::Kind::activate && is_in_toasts(tree, *node)));
    const bool allowed = reached && !node->disabled;
    if (next.kind == a11y::Action::Kind::blur) {
      if (focus == next.target) focus = 0;
    } else if (allowed) {
      switch (next.kind) {
        case a11y::Action::Kind::focus:
          if (focus != next.target) focus_visible = true;
          focus = wanted_focus = next.target;
          focus_from_page = true;
          focus_missing = 0;
          break;
        case a11y::Action::Kind::activate:
          if (activated) return;  // one a frame: the rest stays queued
          activated = next.target;
          break;
        case a11y::Action::Kind::set_value:
        case a11y::Action::Kind::select: {
          // A selection after an edit must not hide the edit.
          const auto earlier = edits.find(next.target);
          if (next.kind == a11y::Action::Kind::select && earlier != edits.end() &&
              earlier->second.kind == a11y::Action::Kind::set_value) {
            earlier->second.selection_begin = next.selection_begin;
            earlier->second.selection_end = next.selection_end;
          } else {
            edits[next.target] = next;
          }
          break;
        }
        case a11y::Action::Kind::blur:
          break;
      }
    }
    actions.pop_front();
  }
}

Item Ui::Inside::item(WidgetId id, Rect rect, const ItemOptions& options) {
  Item item;
  item.id = id;
  item.rect = rect;
  item.disabled = options.disabled || is_disabled();

  const ImRect box(low(rect), high(rect));
  item.visible = ImGui::ItemAdd(box, id);
  if (item.disabled) {
    item.hovered = pointer_in(rect);
    if (focus == id) focus = 0;
  } else {
    if (item.visible) {
      const ImRect seen(ImMax(box.Min, ImGui::GetCurrentWindow()->ClipRect.Min),
                        ImMin(box.Max, ImGui::GetCurrentWindow()->ClipRect.Max));
      targets.push_back(
          {id, {seen.Min.x, seen.Min.y, seen.GetWidth(), seen.GetHeight()}, ImGui::GetCurrentWindow()->RootWindow->ID});
      const ImGuiButtonFlags flags =
          ImGuiButtonFlags_NoNavFocus | (options.press_on_down ? ImGuiButtonFlags_PressedOnClick : 0);
      item.pressed = ImGui::ButtonBehavior(box, id, &item.hovered, &item.held, flags);
      if (item.hovered) {
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) press_taken = true;
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && options.focus_on_press) {
          focus = wanted_focus = id;
          focus_visible = false;
        }
        item.double_clicked = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
        item.context = ImGui::IsMouseReleased(ImGuiMouseButton_Right);
      }
    }
    if (wanted_focus == id) {
      focus = id;
      wanted_focus = 0;
      ImGui::ScrollToRectEx(ImGui::GetCurrentWindow(), box,
                            ImGuiScrollFlags_KeepVisibleEdgeX | ImGuiScrollFlags_KeepVisibleEdgeY);
      if (!item.visible) again = true;
    }
    if (focus == id) {
      item.focused = true;
      item.ring = focus_visible;
      focus_drawn = true;
      if (options.keys && (take_key(Key::enter) || take_key(Key::space))) item.pressed = true;
      if (take_key(Key::menu)) item.context = true;
    }
    if (activated == id) {
      item.pressed = true;
      activated = 0;
    }
  }
  last_item = id;
  last_rect = rect;
  last_hovered = item.hovered;
  last_ring = item.ring;
  last_held = item.held;
  return item;
}

void Ui::Inside::feel_hold() {
  constexpr double long_enough = 0.45;
  hold.let_go = 0;
  const ImGuiIO& io = ImGui::GetIO();
  const bool down = io.MouseSource == ImGuiMouseSource_TouchScreen && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (!down) {
    if (!drag) hold.let_go = hold.lifted;
    hold.since = -1;
    hold.lifted = 0;
    hold.ripe = false;
    return;
  }
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) hold.since = seconds;
  if (ImGui::IsMouseDragging(ImGuiMouseButton_Left, finger_slop)) hold.since = -1;
  hold.ripe = hold.since >= 0 && seconds - hold.since >= long_enough;
}

bool Ui::Inside::lifts(Item& item) {
  if (hold.let_go == item.id) {
    item.pressed = false;
    item.context = true;
  }
  if (hold.ripe && item.held) hold.lifted = item.id;
  return hold.lifted == item.id;
}

bool Ui::Inside::take_key(Key key, bool control, bool shift) {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const KeyPress& press) {
    return press.key == key && press.with.control == control && press.with.shift == shift;
  });
  if (found == keys.end()) return false;
  keys.erase(found);
  key_taken = true;
  return true;
}

bool Ui::Inside::follows(const Item& item, std::string_view path) {
  if (item.hovered) hovered_path = path;
  const bool middle = item.hovered && !item.disabled && ImGui::IsMouseReleased(ImGuiMouseButton_Middle);
  const bool beside = item.focused && take_key(Key::enter, true);
  if (!path.empty() && (middle || beside || (item.pressed && ImGui::GetIO().KeyCtrl))) {
    wanted_tab = path;
    return false;
  }
  return item.pressed;
}

bool Ui::Inside::pointer_in(Rect rect) const {
  return ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
         ImGui::IsMouseHoveringRect(low(rect), high(rect));
}

// Runs at the end of a frame, when the tree is whole: its order is the Tab order.
void Ui::Inside::settle_focus() {
  // Dialogs that are gone give the focus back; one that came takes it.
  while (!modals.empty() && modals.back().seen != frame_number) {
    wanted_focus = modals.back().return_focus;
    for (int level = 0; level < context->OpenPopupStack.Size; ++level) {
      if (context->OpenPopupStack[level].PopupId != modals.back().id) continue;
      ImGui::ClosePopupToLevel(level, true);
      break;
    }
    modals.pop_back();
    again = true;
  }
  const WidgetId modal = tree.top_modal();
  auto can_take = [&](const a11y::Node& node) {
    return node.focusable && !node.disabled && tree.is_inside(node, modal);
  };
  // A press on nothing leaves the field; inside a dialog the focus stays where it was.
  if (!modal && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !press_taken && popups.empty())
    focus = wanted_focus = 0;
  const a11y::Node* holder = focus ? tree.find(focus) : nullptr;

  const bool forward = take_key(Key::tab), backward = take_key(Key::tab, false, true);
  if (forward || backward) {
    const auto& nodes = tree.nodes();
    const std::size_t count = nodes.size();
    std::size_t at = holder ? static_cast<std::size_t>(holder - nodes.data()) : (forward ? count - 1 : 0);
    for (std::size_t step = 0; step < count; ++step) {
      at = forward ? (at + 1) % count : (at + count - 1) % count;
      if (can_take(nodes[at])) {
        wanted_focus = focus = nodes[at].id;
        focus_visible = true;
        again = true;
        break;
      }
    }
    holder = focus ? tree.find(focus) : nullptr;
  }

  if (focus && (!holder || (modal && !tree.is_inside(*holder, modal)))) {
    ++focus_missing;
    again = true;
    if (focus_missing > 3) {
      focus = 0;
      wanted_focus = 0;
    }
  } else {
    focus_missing = 0;
  }
  if (modal && !focus) {
    const WidgetId last_choice = modals.empty() ? 0 : modals.back().last_choice;
    WidgetId first = 0;
    for (const a11y::Node& node : tree.nodes()) {
      if (!can_take(node)) continue;
      first = node.id;
      if (first != last_choice) break;
    }
    if (first) {
      wanted_focus = focus = first;
      again = true;
    }
  }
}

bool pressed(Ui& ui, const KeyPress& shortcut) {
  auto& in = ui.inside();
  if (shortcut.key == Key::none || !in.modals.empty() || !in.popups.empty()) return false;
  return in.take_key(shortcut.key, shortcut.with.control, shortcut.with.shift);
}

bool take_key(Ui& ui, Key key) { return ui.inside().take_key(key); }

std::string_view shortcut_words(Ui& ui, const KeyPress& shortcut) {
  constexpr std::pair<Key, std::string_view> words[] = {
      {Key::k, "K"}, {Key::x, "X"}, {Key::z, "Z"}, {Key::slash, "/"}, {Key::question, "?"}};
  for (const auto& [key, word] : words)
    if (key == shortcut.key) return shortcut.with.control ? key_words(ui, ui.keep("Ctrl " + std::string(word))) : word;
  return {};
}

std::string_view key_words(Ui& ui, std::string_view keys) {
  if (!ui.inside().apple_keys) return keys;
  std::string words(keys);
  for (const auto& [name, sign] : {std::pair{"Ctrl ", "⌘"}, {"Shift ", "⇧"}, {"Shift+", "⇧"}, {"Alt ", "⌥"}}) {
    for (auto at = words.find(name); at != std::string::npos; at = words.find(name))
      words.replace(at, std::string_view(name).size(), sign);
  }
  return ui.keep(std::move(words));
}

std::string_view spoken_shortcut(Ui& ui, std::string_view drawn) {
  for (const auto& [sign, name] : {std::pair{"Ctrl", "Control+"}, {"⌘", "Meta+"}}) {
    if (drawn.rfind(sign, 0) != 0) continue;
    drawn.remove_prefix(std::string_view(sign).size());
    if (!drawn.empty() && (drawn[0] == ' ' || drawn[0] == '+')) drawn.remove_prefix(1);
    return ui.keep(name + std::string(drawn));
  }
  return drawn;
}

a11y::Node node_of(const Item& item, a11y::Role role, std::string_view name) {
  a11y::Node node;
  node.id = item.id;
  node.role = role;
  node.name = name;
  node.focusable = true;
  node.disabled = item.disabled;
  node.x = item.rect.x, node.y = item.rect.y, node.w = item.rect.w, node.h = item.rect.h;
  return node;
}

}  // namespace tw::ui
