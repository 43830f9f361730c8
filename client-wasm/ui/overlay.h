// What floats: menus, dialogs, toasts, tooltips. Menus and popovers are opened and remembered by the Ui (they close by
// themselves); dialogs are data of the app: as long as the app draws a dialog it is open, and the dialog only says that
// it wants to close. Everything outside the top dialog is inert for pointer, keyboard and screen reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/controls.h"
#include "client/ui/ui.h"

namespace tw::ui {

// --- menus -----------------------------------------------------------------------------------------------------------
// `open_menu` in the frame in which the button was pressed; `menu` every frame, after the button: draws if open,
// anchored to the widget that was drawn last.
void open_menu(Ui& ui, std::string_view id);
bool menu(Ui& ui, std::string_view id, std::string_view name, Body items);  // true while open

struct MenuItemOptions {
  Icon icon = Icon::none;
  std::string_view shortcut{};
  std::string_view hint{};
  bool checked = false;
  bool checkable = false;
  bool danger = false;
  bool disabled = false;
  std::string_view why_disabled{};
};
bool menu_item(Ui& ui, std::string_view id, std::string_view label, const MenuItemOptions& options = {});
void menu_separator(Ui& ui);
void menu_heading(Ui& ui, std::string_view label);

// A small free panel, anchored likewise.
void open_popover(Ui& ui, std::string_view id);
bool popover(Ui& ui, std::string_view id, std::string_view name, float width, Body body);
void close_popover(Ui& ui);

// --- dialogs ---------------------------------------------------------------------------------------------------------
struct DialogOptions {
  std::string_view title{};
  std::string_view subtitle{};
  float width = 520;              // a phone uses the whole width
  std::string_view close_name{};  // accessible name of the x
  bool closable = true;           // Esc, the x, a click outside
  // Only its body, in the upper part of the page: what grows below moves nothing. Not on a phone, which needs the x.
  bool bare = false;
  Body footer{};  // buttons, right-aligned: the primary one last
};
struct DialogResult {
  bool close = false;   // the person wants out
  bool submit = false;  // Enter outside a multi-line field, or Ctrl+Enter
};
DialogResult dialog(Ui& ui, std::string_view id, const DialogOptions& options, Body body);

// A sheet at the right edge (details beside a list); not modal on a desktop, whole page on a phone.
struct SheetOptions {
  std::string_view title{};
  std::string_view subtitle{};
  std::string_view close_name{};
  float width = 420;
  Body footer{};
};
bool sheet(Ui& ui, std::string_view id, const SheetOptions& options, Body body);  // true: close it

// --- toasts ----------------------------------------------------------------------------------------------------------
struct Toast {
  std::int64_t id = 0;
  std::string words{};
  std::string action{};  // "Undo"; empty: none
  Tone tone = Tone::neutral;
};
struct ToastEvent {
  std::int64_t id = 0;  // 0: nothing happened
  bool action = false;  // else it was closed
};
// Draws the app's toasts at the bottom; announced politely (danger: at once).
ToastEvent toasts(Ui& ui, std::string_view close_name, const std::vector<Toast>& toasts);

// Shown when the widget drawn last is hovered or has visible focus.
void tooltip(Ui& ui, std::string_view words);

}  // namespace tw::ui
