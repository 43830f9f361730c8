// The inside of a Ui: what widgets need and views must not see. Only files of client-wasm/ui, a11y and app include it.
//
// A widget works in this order: take an id, place() a rectangle, item() for pointer and keyboard, draw into the list,
// announce into the tree. Focus is ours, not ImGui's: the page's Tab order is the order of the tree, so ImGui's own
// keyboard navigation stays off.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/a11y/actions.h"
#include "client/a11y/tree.h"
#include "client/ui/drag.h"
#include "client/ui/fonts.h"
#include "client/ui/keys.h"
#include "client/ui/layout.h"
#include "client/ui/text.h"
#include "client/ui/text_edit.h"
#include "client/ui/ui.h"
#include "imgui.h"

namespace tw::ui {

inline ImVec2 vec(Point p) { return {p.x, p.y}; }
inline ImVec2 low(const Rect& r) { return {r.x, r.y}; }
inline ImVec2 high(const Rect& r) { return {r.right(), r.bottom()}; }
inline ImU32 ink(Color c) { return IM_COL32(c.r(), c.g(), c.b(), c.a()); }

// One open container.
struct LayoutFrame {
  bool horizontal = false;
  Rect bounds;  // h may be unbounded
  float gap = space::s;
  float x = 0, y = 0;  // where the next thing goes
  float line = 0;      // height of the line of a row
  bool empty = true;   // nothing placed yet
  bool wrap = false;
  bool shrink = false;          // as wide as its content: stands in a row
  float right = 0, bottom = 0;  // extent of what was placed
  float spring = 0;             // width of one spring (rows)
  float overflow = 0;           // what texts of this row must give up
  float natural = 0;            // width that the row would like
  int springs = 0;
  int items = 0;  // placed so far
  WidgetId id = 0;
  float least_height = 0;  // cells of a grid row are as tall as the tallest
};

struct Memory {  // of a container between frames
  float natural = 0;
  int springs = 0;
  int items = 0;
  Size size;
  std::int64_t frame = 0;
  std::uint32_t heard = 0;  // of a field: number of the last edit from the page, also while nobody edits
};

inline constexpr float finger_slop = 8;  // pixels that a finger moves without meaning it

struct Item {
  WidgetId id = 0;
  Rect rect;
  bool hovered = false, held = false, pressed = false;
  bool double_clicked = false, context = false;  // right button, or the menu key
  bool focused = false, ring = false;            // ring: focused, and it should show
  bool disabled = false;
  bool visible = true;
};

struct ItemOptions {
  bool disabled = false;
  bool focus_on_press = true;
  bool press_on_down = false;
  bool keys = true;  // Enter and Space press it while focused
};

enum class Cursor : std::uint8_t { normal, hand, text, grab, grabbing, resize_across, not_allowed };

// A target as the keyboard's way sees it.
struct DropSpot {
  WidgetId id = 0;
  std::string name;
  Rect rect;
  DropVerdict verdict;
};

struct DragInFlight {
  DragPayload payload;
  WidgetId source = 0;
  Point began;
  bool active = false;   // has moved far enough
  bool by_keys = false;  // carried by the keyboard: arrows choose `target`
  bool drop = false;     // onto it, now
  bool reveal = false;   // it has just been chosen: scroll it into view
  WidgetId target = 0;
  bool over_target = false;  // in this frame
  bool accepted = false;
  std::string words;  // of the verdict
};

struct OpenPopup {
  WidgetId id = 0;
  Rect anchor;
  WidgetId return_focus = 0;
  std::int64_t opened = 0;  // frame
};

struct OpenModal {
  WidgetId id = 0;
  WidgetId return_focus = 0;
  std::int64_t seen = 0;     // frame
  WidgetId last_choice = 0;  // takes the first focus only when nothing else can: the x
};

// Where files may be dropped, and what asks for the file picker: the platform's business after the frame.
struct DropZone {
  WidgetId id = 0;
  Rect rect;
};
struct WantedPicker {
  WidgetId target = 0;
  std::string accept;
};

// A finger that stays where it went down lifts what it holds: moving on drags that, letting go in place opens its menu.
// Only what has a menu or can be dragged is lifted; anything else is pressed as ever, however long.
struct Hold {
  double since = -1;  // went down; negative: no finger, or it has moved
  Point at{};
  bool ripe = false;  // long enough
  WidgetId lifted = 0;
  WidgetId let_go = 0;  // in this frame, without having been moved
};

// What reacts to a press, as drawn in the last frame: for fingers, which do not hit exactly, and for tests.
struct Target {
  WidgetId id = 0;
  Rect rect{};       // the part that can be seen
  ImGuiID root = 0;  // window
};

struct Glide {  // of what a finger has pushed and let go
  WidgetId area = 0;
  Point speed{};  // pixels per second
};

struct GridFocus {                                       // of a table between frames
  WidgetId row = 0;                                      // that last had the focus
  std::vector<std::pair<WidgetId, std::int64_t>> drawn;  // rows of the last frame, with their positions
  std::string typed;                                     // the beginning of the name that is being typed
  double typed_at = 0;
  double scroll = 0;  // of the last frame
};

// One string that was drawn: tests compare it with what was announced. Nobody records in the product.
struct DrawnWords {
  std::string words;  // whole, also when an ellipsis cut it
  Rect rect;          // what is drawn of it; as high as the font
  Color color;
  bool semibold = false, disabled = false;
  const ImDrawList* list = nullptr;
  unsigned first_vertex = 0;  // of its glyphs, in the list
  Rect clip{};                // where the list let it be seen
  bool cut = false;           // an ellipsis stands for the rest
};

struct FrameResult {
  bool again = false;
  std::optional<std::int64_t> in_ms;
};

struct Ui::Inside {
  ImGuiContext* context = nullptr;
  Fonts fonts;
  FrameInfo info;
  Theme theme;
  Density density = Density::comfortable;
  bool mirrored = true;
  bool apple_keys = false;
  const Catalog* catalog = nullptr;
  WallClock clock;
  commands::Queue* queue = nullptr;
  a11y::Tree tree;
  std::int64_t frame_number = 0;
  double seconds = 0;  // since the Ui was made; the clock of delays and blinking
  Cursor cursor = Cursor::normal;

  std::deque<std::string> kept;  // texts of this frame
  std::vector<WidgetId> ids;
  std::vector<LayoutFrame> layout;
  std::unordered_map<WidgetId, Memory> memory;
  std::unordered_map<WidgetId, std::uint32_t> nth;  // unnamed containers of this frame, per parent
  int disabled_depth = 0;

  std::vector<KeyPress> keys;  // of this frame, taken by whoever has the focus
  std::string typed;           // characters of this frame, when no page element is the text agent
  bool key_taken = false;      // the last key or character meant something to us: the browser must not act on it too
  std::deque<a11y::Action> actions;
  WidgetId activated = 0;                            // by the mirror, in this frame
  std::unordered_map<WidgetId, a11y::Action> edits;  // text agents that changed before this frame

  WidgetId focus = 0, wanted_focus = 0;
  bool focus_visible = false;
  bool focus_drawn = false;  // the focused widget was drawn in this frame
  int focus_missing = 0;     // frames without it
  bool focus_from_page = false;
  bool press_taken = false;          // the press of this frame hit a widget
  std::optional<std::string> paste;  // of this frame
  std::string copied;                // what a field or table put on the clipboard in this frame

  WidgetId last_item = 0;  // for tooltips, menus and drag sources
  Rect last_rect;
  bool last_hovered = false, last_ring = false, last_held = false;
  WidgetId tip_owner = 0;
  double tip_since = 0;

  std::vector<OpenPopup> popups;
  std::vector<OpenModal> modals;
  std::unordered_map<WidgetId, TextEdit> text_edits;  // of fields that have, or had in the last frame, the focus
  std::unordered_map<WidgetId, std::string> drafts;   // of number fields
  std::optional<DragInFlight> drag;
  std::vector<DropSpot> drop_spots;  // targets of this frame for what the keyboard carries
  WidgetId picked_up = 0;            // a source that was asked by its menu to be carried
  std::string said;                  // see Ui::say
  double said_until = -1;
  std::int64_t said_count = 0;
  bool copying = false;  // cells are drawn for their words alone
  std::unordered_map<WidgetId, GridFocus> grids;
  Glide glide;
  WidgetId finger_area = 0, next_finger_area = 0;  // the innermost scrolling area under the pointer
  Hold hold;
  std::vector<Target> targets;
  Point pointer{}, finger_offset{};  // where the finger is, and from there to what it meant
  bool cell_end = false;             // the cell that is being drawn is right-aligned

  std::vector<DropZone> drop_zones;  // of this frame
  bool files_over = false;           // files are being dragged over the page
  bool page_takes_files = false;     // also beside the zones, see file_curtain
  std::optional<WantedPicker> wanted_picker;
  std::string wanted_tab;    // address to open beside this page
  std::string hovered_path;  // address of the link or row under the pointer

  int settle = 3;  // frames still to draw after input
  bool again = false;
  std::optional<std::int64_t> wake_in;

  const Body* page_bar = nullptr;  // phones: what stands right of the page's title, until a page has drawn it

  // --- frame ---
  void use_glyphs(GlyphSource& source);  // once, before the first frame; not owned
  void begin(Ui& ui, const FrameInfo& next, double seconds_passed);
  FrameResult end(Ui& ui);
  void take_actions();      // what the mirror asked for, checked against the tree of the last frame
  void settle_focus();      // Tab, dialogs that came or went, a focused widget that is gone
  void forget();            // what was not drawn for long
  void feel_hold();         // how long a finger has been down
  void steer_drag(Ui& ui);  // keys, for what the keyboard carries
  void draw_drag(Ui& ui);   // what is being dragged, at the pointer
  void draw_said(Ui& ui);

  // --- input (the platform and tests call these between frames) ---
  void pointer_moved(Point at, bool touch);
  void pointer_left();
  void pointer_button(int button, bool down, bool touch);
  void wheel(float across, float down);
  void modifiers(Modifiers now);
  void key_pressed(KeyPress press);
  void characters(std::string_view utf8);
  void window_focus(bool focused);
  void act(a11y::Action action);

  // --- for widgets ---
  Item item(WidgetId id, Rect rect, const ItemOptions& options = {});
  bool take_key(Key key, bool control = false, bool shift = false);
  // A pressed link: with Control or the middle button it opens beside this page and answers false here.
  bool follows(const Item& item, std::string_view path);
  bool is_disabled() const { return disabled_depth > 0; }
  LayoutFrame& top() { return layout.back(); }
  WidgetId nth_id(const char* what);
  ImDrawList& list() const;
  // Into the target that a finger at this place means: one is as large as a finger, however small it is drawn.
  Point finger_means(Point at) const;
  // How far a finger moves a scrolling area in this frame; let go, the area glides on and slows down.
  Point finger_moves(WidgetId area, bool over);
  // A finger has been held on this widget: true while it is lifted. Its release is then no press.
  bool lifts(Item& item);
  bool pointer_in(Rect rect) const;  // over this rectangle of the window that is being drawn, nothing above it

  void fill(Rect rect, Color color, float rounding = 0) const;
  void frame(Rect rect, Color color, float rounding = 0, float width = 1) const;
  void dashes(Rect rect, Color color, float rounding, float width) const;  // the same, dashed
  void line(Point a, Point b, Color color, float width = 1) const;
  void circle(Point centre, float radius, Color color) const;
  void ring(Rect rect, float rounding) const;  // the focus ring
  void shadow(Rect rect, float rounding) const;
  float pixel(float value) const;  // rounded to device pixels

  ImFont* font(Weight weight) const { return weight == Weight::semibold ? fonts.semibold : fonts.regular; }
  float width(std::string_view words, float size, Weight weight) const;
  std::string_view beginning(std::string_view words, float size, Weight weight, float room) const;
  // One line; `max_width` > 0 cuts it with an ellipsis and tells so.
  bool draw_words(Point at, std::string_view words, float size, float line_height, Weight weight, Color color,
                  float max_width = 0);
  // The only way for text into a draw list; one line, uncut. draw_words and the tooltip go through it.
  void put_words(ImDrawList& into, Point at, std::string_view words, float size, Weight weight, ImU32 color) const;
  std::vector<DrawnWords>* drawn_words = nullptr;  // of a test; not owned
  bool draw_words(Point at, std::string_view words, Style style, Weight weight, Color color, float max_width = 0) {
    return draw_words(at, words, font_size(style), line_height(style), weight, color, max_width);
  }
  void show_tip(WidgetId owner, Rect beside, std::string_view words, bool at_once);
  void draw_tip(Rect beside, std::string_view words);
};

// Opens a container in the innermost one and places it when closed.
LayoutFrame& open_layout(Ui& ui, const LayoutFrame& frame);
Size close_layout(Ui& ui);             // returns the extent of what was inside, and does not place it in the parent
Rect next_place(Ui& ui, float width);  // where something `width` wide would go, without taking it

// Child windows (scroll areas) with a layout of their own.
bool begin_child(Ui& ui, WidgetId id, Rect rect, bool scroll_y, bool scroll_x);
void scroll_sign(Ui& ui);  // how far it is scrolled, on phones
void end_child(Ui& ui);
void touch_scroll(Ui& ui);  // the window that is being drawn follows a finger

a11y::Node node_of(const Item& item, a11y::Role role, std::string_view name);
// "Ctrl K" or "⌘K" as it is drawn -> "Control+K" or "Meta+K" as aria-keyshortcuts wants it.
std::string_view spoken_shortcut(Ui& ui, std::string_view drawn);

}  // namespace tw::ui
