// Runs the ui layer without a window: frames by hand, things found by the role and name that they announce, pointer and
// keys as a person would use them. Fixed glyphs, fixed clock, no GPU.
//
//   Harness page;
//   page.draw([&](Ui& ui) { if (button(ui, "save", "Save")) ++saved; });
//   page.click(Role::button, "Save");
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/a11y/tree.h"
#include "client/ui/inside.h"
#include "client/ui/ui.h"
#include "core/catalog.h"

namespace tw::test {

class Harness {
 public:
  explicit Harness(ui::Size viewport = {1280, 800}, std::string_view language = "en");
  ~Harness();
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;

  // What every frame draws, and three frames of it, so that layout has settled.
  void draw(std::function<void(ui::Ui&)> body);
  void frame(double seconds = 1.0 / 60);
  void frames(int count) {
    for (int i = 0; i < count; ++i) frame();
  }

  const a11y::Node& get(a11y::Role role, std::string_view name) const;  // throws when it is not there
  const a11y::Node* find(a11y::Role role, std::string_view name) const;
  int count(a11y::Role role) const;
  bool shows(std::string_view words) const;  // some node says exactly this

  void move_to(ui::Point at);
  void click(ui::Point at, int button = 0);
  void click(a11y::Role role, std::string_view name);
  void drag(const a11y::Node& from, const a11y::Node& to);
  void drag_over(const a11y::Node& from, const a11y::Node& to);  // without letting go
  void release();
  void wheel(ui::Point at, float down);
  void key(ui::Key key, ui::Modifiers with = {});
  // A finger: goes down, moves in small steps, and leaves the page when it is lifted.
  void finger_down(ui::Point at);
  void finger_to(ui::Point at, int steps = 4);
  void finger_up();
  void wait(double seconds);  // in frames
  void type(std::string_view words);
  void act(a11y::Action action);  // as the mirror would
  void activate(a11y::Role role, std::string_view name);
  void focus(a11y::Role role, std::string_view name);

  ui::Ui& ui() { return ui_; }
  const ui::Ui& ui() const { return ui_; }
  ui::Ui::Inside& inside() { return ui_.inside(); }
  const ui::Ui::Inside& inside() const { return ui_.inside(); }
  ui::FrameInfo& info() { return info_; }
  const a11y::Tree& tree() const { return const_cast<ui::Ui&>(ui_).tree(); }
  const ui::FrameResult& result() const { return result_; }
  int vertices() const { return vertices_; }
  const a11y::Node* focused() const;
  std::string said() const;  // in the page's live region (Ui::say)

  // Every string that reached a draw list in this frame, where it can be seen.
  const std::vector<ui::DrawnWords>& drawn() const { return drawn_; }

  // What reacts to a press in this frame.
  const std::vector<ui::Target>& targets() const { return inside().targets; }

  // Ids that ImGui saw and nobody announced: a widget without a voice.
  std::vector<ui::WidgetId> unannounced() const;
  void saw(ui::WidgetId id);  // for the hooks

  // How long the page goes on drawing when nobody touches it, in frames; at most `most`.
  int frames_until_rest(int most = 1000);

 private:
  ui::FixedGlyphs glyphs_;
  ui::Ui ui_;
  Catalog catalog_;
  ui::FrameInfo info_;
  ui::FrameResult result_;
  std::function<void(ui::Ui&)> body_;
  std::set<ui::WidgetId> seen_;
  std::vector<ui::DrawnWords> drawn_;
  int vertices_ = 0;
  ui::Point finger_{};
};

std::string read_file(const std::string& path);  // of the repository

}  // namespace tw::test
