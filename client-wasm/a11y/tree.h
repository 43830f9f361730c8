// The accessibility tree of one frame: what is on the screen in words. Widgets add nodes while they draw; containers
// keep themselves on the parent stack meanwhile. The list is flat and in reading order (parents before children), so
// that order of focus, order of the mirrored elements and order of reading are one thing.
//
// What must stay true: ids are unique in a frame and stable between frames (duplicates are counted, tests fail on
// them); texts are copied, so callers may pass temporaries; positions are absolute here and made relative by the diff.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tw::a11y {

using NodeId = std::uint32_t;

enum class Role : std::uint8_t {
  group,
  region,
  main,
  navigation,
  banner,
  search,
  form,
  dialog,
  alert,
  status,
  heading,
  text,
  list,
  list_item,
  button,
  link,
  checkbox,
  radio,
  radio_group,
  tab_list,
  tab,
  text_box,
  search_box,
  combo_box,
  list_box,
  option,
  menu,
  menu_item,
  menu_item_checkbox,
  grid,
  row,
  column_header,
  row_header,
  cell,
  progress_bar,
  meter,
  slider,
  image,
  separator,
  count_
};

enum class Tri : std::uint8_t { none, no, yes, mixed };
enum class SortOrder : std::uint8_t { none, unsorted, ascending, descending };

// What a text field is, for the element that mirrors it and acts as its text agent. Offsets are bytes of UTF-8.
struct TextAgent {
  std::uint8_t kind = 0;      // tw::ui::FieldKind
  std::uint8_t autofill = 0;  // tw::ui::Autofill
  bool multiline = false;
  bool read_only = false;
  std::int32_t max_length = 0;
  std::int32_t selection_begin = 0, selection_end = 0;
  std::uint32_t heard = 0;  // number of the last edit from the page that `value` contains
  float font_size = 14, line_height = 20;
  float padding_left = 0, padding_top = 0;
};

struct Node {
  NodeId id = 0;
  NodeId parent = 0;  // 0: the root
  Role role = Role::group;
  std::string_view name{};
  std::string_view value{};        // of fields, bars and combo boxes
  std::string_view description{};  // hint, reason, tooltip
  std::string_view error{};        // makes it invalid
  std::string_view path{};         // address of a link, or of the words of a cell
  std::string_view shortcut{};     // "Control+K"
  std::string_view placeholder{};
  NodeId controls = 0;  // of a combo box that is written in: its list,
  NodeId active = 0;    // and the option that Enter takes
  Tri checked = Tri::none;
  Tri selected = Tri::none;
  Tri expanded = Tri::none;
  SortOrder sort = SortOrder::none;
  bool focusable = false;
  bool disabled = false;
  bool required = false;
  bool modal = false;
  bool busy = false;
  bool has_popup = false;
  bool current = false;            // the navigation item of this page
  std::int8_t level = 0;           // of a heading
  std::int64_t row_index = -1;     // from 0, of rows
  std::int32_t column_index = -1;  // from 0, of cells and headers
  std::int64_t row_count = -1;     // of grids, whatever is drawn
  std::int32_t column_count = -1;
  std::int64_t value_now = -1, value_max = -1;  // of bars and sliders
  std::int32_t text_agent = -1;                 // index into Tree::agents
  float x = 0, y = 0, w = 0, h = 0;             // CSS pixels of the page
};

class Tree {
 public:
  // Without words only what focus and text fields need is kept: nobody listens (Ui::is_mirrored).
  void begin_frame(bool words = true);

  // Adds under the innermost open parent and returns it for later changes in the same frame.
  Node& add(const Node& node);
  Node& add_text_field(const Node& node, const TextAgent& agent);
  void open(NodeId id) { parents_.push_back(id); }
  void close() { parents_.pop_back(); }
  NodeId parent() const { return parents_.empty() ? 0 : parents_.back(); }

  // Text that belongs to what is open: a cell takes it as its name; anything else gets a text node of its own.
  void add_text(std::string_view words, float x, float y, float w, float h);

  // From now on texts go into `words` and nothing is added, until called with null: what would be said, without saying
  // it.
  void overhear(std::string* words) { overheard_ = words; }

  Node* find(NodeId id);
  const Node* find(NodeId id) const;
  const std::vector<Node>& nodes() const { return nodes_; }
  const TextAgent& agent(const Node& node) const { return agents_[static_cast<std::size_t>(node.text_agent)]; }
  // Rows came and went because something scrolled in this frame, and will again in the next.
  void note_scrolling() { scrolled_ = true; }
  bool scrolled() const { return scrolled_; }
  int duplicates() const { return duplicates_; }
  NodeId top_modal() const { return top_modal_; }  // 0: none; the last modal node of the frame is the top one
  bool is_inside(const Node& node, NodeId ancestor) const;

 private:
  std::string_view keep(std::string_view text);

  std::vector<Node> nodes_;
  std::vector<TextAgent> agents_;
  std::vector<NodeId> parents_;
  std::unordered_map<NodeId, std::uint32_t> index_;
  std::vector<std::vector<char>> chunks_;  // texts of this frame; chunks never move
  std::size_t chunk_ = 0;
  std::unordered_map<NodeId, std::uint32_t> text_counts_;  // n-th text of a parent
  int duplicates_ = 0;
  bool words_ = true, scrolled_ = false;
  NodeId top_modal_ = 0;
  std::string* overheard_ = nullptr;
  Node unsaid_;
};

class Open {  // keeps a node on the parent stack for a block
 public:
  Open(Tree& tree, NodeId id) : tree_(tree) { tree_.open(id); }
  ~Open() { tree_.close(); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

 private:
  Tree& tree_;
};

}  // namespace tw::a11y
