// Ui: the small context that every drawing function takes. It holds what the frame needs to know (theme, texts, now,
// size), the id stack, the layout stack, keyboard focus, and the accessibility tree that widgets announce into. One Ui
// per page; one thread; alive for the whole session. Strings that it returns live until the end of the frame.
//
// Rules for callers: widgets take an id first, which is stable across languages; rows open an id scope with the
// entity's id, never an index; nothing is stored in statics; nothing is drawn outside begin_frame/end_frame.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/body.h"
#include "client/ui/geometry.h"
#include "client/ui/icons.h"
#include "client/ui/theme.h"
#include "core/error.h"
#include "core/time.h"
#include "core/wall_clock.h"

namespace tw {
class Catalog;
}
namespace tw::a11y {
class Tree;
struct Node;
}  // namespace tw::a11y
namespace tw::commands {
class Queue;  // defined by client-wasm/commands; ui only carries it
}

namespace tw::ui {

using WidgetId = std::uint32_t;

struct FrameInfo {
  Size viewport{};        // CSS pixels
  float pixel_ratio = 1;  // device pixels per CSS pixel
  Instant now{};          // for relative times
  bool reduced_motion = false;
  std::string device_zone{};       // of the device: an IANA name, or empty
  std::int32_t device_offset = 0;  // what its clock shows now: seconds, east positive
};

class Ui {
 public:
  Ui();
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // --- the frame ---------------------------------------------------------------------------------------------------
  const FrameInfo& frame() const;
  Instant now() const { return frame().now; }
  Size viewport() const { return frame().viewport; }
  bool is_phone() const { return viewport().w < phone_below; }
  bool is_flat() const { return viewport().h < flat_below; }  // a page at 400 %, a phone on its side, over its keyboard
  bool has_bottom_bar() const { return is_phone() && !is_flat(); }
  float top_bar_height() const { return is_phone() && is_flat() ? 44.0f : 56.0f; }
  void request_frame();                    // something moves: draw again at once
  void request_frame_in(std::int64_t ms);  // something changes then: a relative time, a tooltip

  // --- what things look like and are called ------------------------------------------------------------------------
  const Theme& theme() const;
  Color color(Token token) const { return theme().color(token); }
  Density density() const;
  void set_theme(const Theme& theme);
  void set_density(Density density);
  bool is_mirrored() const;  // in elements of the page, for screen readers; else only the field that is typed in is
  void mirror(bool on);
  void set_apple_keys(bool apple);  // what the keys are called: ⌘, ⌥ and ⇧ instead of Ctrl, Alt and Shift
  void set_catalog(const Catalog* catalog);  // not owned; switching it changes no id and no layout
  std::string_view language() const;         // "zh-CN", "en"
  void set_clock(WallClock clock);           // of the person who reads; until then UTC
  const WallClock& clock() const;

  std::string_view tr(TextKey key);
  std::string_view tr(TextKey key, const std::vector<Param>& params);
  std::string_view tr(const char* literal) { return tr(text_key(literal)); }
  std::string_view tr(const char* literal, const std::vector<Param>& params) { return tr(text_key(literal), params); }
  std::string_view said(std::string_view key, const std::vector<Param>& params);  // of a text that the server named
  std::string_view keep(std::string text);  // holds a composed text until the frame ends

  // --- commands ----------------------------------------------------------------------------------------------------
  commands::Queue& commands();
  void set_commands(commands::Queue* queue);  // not owned

  // --- identity ----------------------------------------------------------------------------------------------------
  WidgetId id(std::string_view name) const;  // within the innermost scope
  WidgetId id(std::int64_t entity) const;

  // --- keyboard focus ----------------------------------------------------------------------------------------------
  WidgetId focused() const;
  bool focus_is_visible() const;  // the last move came from the keyboard or a screen reader
  void focus(WidgetId widget);    // takes effect when that widget is next drawn

  // Says what just happened, where nothing else on the screen does: shown for a moment and read out politely.
  void say(std::string words);

  // --- layout (ui/layout.h is what views use) ----------------------------------------------------------------------
  float available_width() const;
  bool files_over() const;         // files are being dragged across the page
  float available_height() const;  // to the bottom of the innermost bounded area
  Rect place(Size wanted);         // takes the next place in the innermost container

  a11y::Tree& tree();

  struct Inside;  // what only the ui layer sees (ui/inside.h)
  Inside& inside() { return *inside_; }
  const Inside& inside() const { return *inside_; }

 private:
  std::unique_ptr<Inside> inside_;
};

// Everything named inside stands under this id: `IdScope row(ui, customer.id.value);`
class IdScope {
 public:
  IdScope(Ui& ui, std::string_view name);
  IdScope(Ui& ui, std::int64_t entity);
  ~IdScope();
  IdScope(const IdScope&) = delete;
  IdScope& operator=(const IdScope&) = delete;

 private:
  Ui& ui_;
};

// Everything inside is drawn dim and takes no input, and says so to screen readers.
class DisabledScope {
 public:
  DisabledScope(Ui& ui, bool disabled);
  ~DisabledScope();
  DisabledScope(const DisabledScope&) = delete;
  DisabledScope& operator=(const DisabledScope&) = delete;

 private:
  Ui& ui_;
  bool disabled_;
};

}  // namespace tw::ui
