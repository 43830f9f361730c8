// The browser as platform, and the loop that drives a Ui in it: events in, a frame, pixels and mirrored elements out.
// One per page. It is handed to the page's callbacks, so it lives until the page goes away.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "client/a11y/mirror_em.h"
#include "client/platform/glyphs_em.h"
#include "client/platform/platform.h"
#include "client/ui/inside.h"
#include "client/ui/ui.h"

namespace tw::platform {

// What runs in a frame, in this order; draw stands between the Ui's begin and end.
struct FrameSteps {
  std::function<bool()> pump;  // replies and events into the store; false: nothing that is shown changed
  std::function<void(ui::Ui&)> draw;
  std::function<void()> execute;                          // what the drawing asked for
  std::function<std::optional<std::int64_t>()> next_due;  // ms until something is due anyway
};

class Browser : public Platform {  // the storybook has one whose clock stands still
 public:
  explicit Browser(ui::Ui& ui);

  // Makes the GL context; false when the browser has no WebGL2. Then the first frame may be drawn.
  bool start(FrameSteps steps);

  std::vector<Event> take_events() override;
  void wake() override;
  RequestId send(HttpRequest request) override;
  void abort(RequestId request) override;
  void pick_file(std::uint32_t target, std::string_view accept) override;
  void release_file(FileId file) override;
  void download(std::string_view path) override;
  void open_tab(std::string_view path) override;
  void copy(std::string_view words) override;
  std::string asset_path(std::string_view name) const override;
  std::optional<std::string> preloaded(std::string_view name) const override;
  std::uint64_t random_seed() override;
  std::string origin() const override;
  std::string path() const override;
  Step step() const override;
  void push_path(std::string_view path, Step step) override;
  void replace_path(std::string_view path, Step step) override;
  void go_back() override;
  void reload() override;
  void listen(bool wanted) override;
  void set_title(std::string_view title) override;
  void set_language(std::string_view language) override;
  void set_colors(bool dark, std::string_view bar) override;
  std::optional<std::string> preference(std::string_view name) const override;
  void set_preference(std::string_view name, std::string_view value) override;
  std::string unsent() const override;
  void set_unsent(std::string_view words) override;
  std::string system_language() const override;
  SystemLook system_look() const override;
  std::int64_t now_ms() const override;
  std::int32_t zone_minutes() const override;
  std::string zone() const override;
  bool is_touch() const override;
  bool has_apple_keys() const override;
  bool is_whole() const override;
  void fetch_the_rest() override;

  // --- for the page's callbacks ---
  double frame(double seconds);  // ms until the next one; 0 at once, negative never
  bool drew() const { return drew_; }
  void happened(Event event) { events_.push_back(std::move(event)); }
  void resized(ui::Size viewport, float pixel_ratio);
  bool restored();  // false: not even that worked
  ui::Ui::Inside& inside() { return ui_.inside(); }
  // The drop zone under it, 0: none. `takes`: the page would take them there.
  std::uint32_t drag_files(ui::Point at, bool over, bool* takes = nullptr);

 private:
  void draw_frame();
  void render();
  bool wants_drawing(bool news) const;

  ui::Ui& ui_;
  BrowserGlyphs glyphs_;
  std::unique_ptr<a11y::PageMirror> mirror_;
  FrameSteps steps_;
  ui::FrameInfo info_;
  std::vector<Event> events_;
  std::vector<ui::DropZone> drop_zones_;
  RequestId last_request_ = 0;
  ui::Cursor cursor_ = ui::Cursor::normal;
  std::string link_;  // under the pointer, as the page knows it
  bool ready_told_ = false;
  bool again_ = true;     // the last drawn frame asked for another
  bool drew_ = false;     // in the last call of frame()
  double elapsed_ = 0;    // seconds since the start, whether drawn or not
  double drawn_at_ = 0;   // elapsed_ at the last drawn frame
  double draw_due_ = -1;  // elapsed_ at which something on the screen changes by itself; negative: nothing does
};

}  // namespace tw::platform
