// See browser_em.h. Strings cross as NUL-terminated UTF-8, numbers as double or int: no 64-bit integer crosses.
#include "client/platform/browser_em.h"

#include <algorithm>
#include <cstdlib>

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>

#include "backends/imgui_impl_opengl3.h"
#include "core/json.h"

extern "C" {
void tw_page_start(void* self);
void tw_page_wake();
void tw_page_send(std::uint32_t id, const char* method, const char* path, const char* headers, const char* body,
                  int length, std::uint32_t file);
void tw_page_abort(std::uint32_t id);
void tw_page_pick(std::uint32_t target, const char* accept);
void tw_page_release(std::uint32_t file);
void tw_page_download(const char* path);
void tw_page_open_tab(const char* path);
void tw_page_copy(const char* words);
char* tw_page_ask(int what, const char* name);
void tw_page_tell(int what, const char* name, const char* value);
int tw_page_look();
double tw_page_clock();
int tw_page_whole();
int tw_page_zone();
std::uint32_t tw_page_random();
}

namespace tw::platform {

namespace {

enum Ask {
  ask_path,
  ask_language,
  ask_preference,
  ask_asset,
  ask_preloaded,
  ask_origin,
  ask_unsent,
  ask_step,
  ask_zone
};
enum Tell {
  tell_push,
  tell_replace,
  tell_title,
  tell_language,
  tell_preference,
  tell_cursor,
  tell_colors,
  tell_ready,
  tell_unsent,
  tell_link,
  tell_back,
  tell_reload,
  tell_rest,
  tell_listen,
  tell_deaf
};

std::optional<std::string> ask(Ask what, std::string_view name = {}) {
  char* answer = tw_page_ask(what, std::string(name).c_str());
  if (!answer) return std::nullopt;
  std::string words = answer;
  std::free(answer);
  return words;
}

void tell(Tell what, std::string_view value, std::string_view name = {}) {
  tw_page_tell(what, std::string(name).c_str(), std::string(value).c_str());
}

// What the page keeps as history.state.
constexpr std::string_view step_names[] = {"", "over", "record"};
std::string_view name_of(Step step) { return step_names[static_cast<int>(step)]; }
Step step_of(std::string_view name) {
  for (const Step step : {Step::over, Step::record})
    if (name == name_of(step)) return step;
  return Step::screen;
}

const char* css_of(ui::Cursor cursor) {
  switch (cursor) {
    case ui::Cursor::normal:
      return "default";
    case ui::Cursor::hand:
      return "pointer";
    case ui::Cursor::text:
      return "text";
    case ui::Cursor::grab:
      return "grab";
    case ui::Cursor::grabbing:
      return "grabbing";
    case ui::Cursor::resize_across:
      return "ew-resize";
    case ui::Cursor::not_allowed:
      return "not-allowed";
  }
  return "default";
}

}  // namespace

Browser::Browser(ui::Ui& ui) : ui_(ui) { ui_.inside().use_glyphs(glyphs_); }

bool Browser::start(FrameSteps steps) {
  steps_ = std::move(steps);
  EmscriptenWebGLContextAttributes wanted;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = 2;  // boot.js has asked the same canvas before, and its wishes are the ones that count
  wanted.alpha = wanted.depth = wanted.stencil = wanted.antialias = false;
  const auto context = emscripten_webgl_create_context("#canvas", &wanted);
  if (context <= 0) return false;
  emscripten_webgl_make_context_current(context);
  if (!ImGui_ImplOpenGL3_Init("#version 300 es")) return false;
  mirror_ = std::make_unique<a11y::PageMirror>([this](a11y::Action action) {
    inside().act(std::move(action));
    wake();
  });
  tw_page_start(this);
  return true;
}

double Browser::frame(double seconds) {
  elapsed_ += seconds;
  // A reply that changes nothing on the screen (most polls) costs no drawing.
  const bool news = !steps_.pump || steps_.pump();
  drew_ = wants_drawing(news);
  if (drew_) draw_frame();
  if (drew_ && (again_ || !events_.empty())) return 0;
  double next = draw_due_ < 0 ? -1 : std::max(1.0, (draw_due_ - elapsed_) * 1000);
  if (const auto due = steps_.next_due ? steps_.next_due() : std::nullopt; due && (next < 0 || *due < next))
    next = static_cast<double>(std::max<std::int64_t>(1, *due));
  return next;
}

bool Browser::wants_drawing(bool news) const {
  const auto& in = ui_.inside();
  return news || again_ || in.again || in.settle > 0 || !in.actions.empty() || !ready_told_ ||
         (draw_due_ >= 0 && elapsed_ >= draw_due_);
}

void Browser::draw_frame() {
  const SystemLook look = system_look();
  info_.now = {now_ms()};
  info_.reduced_motion = look.reduced_motion;
  if (info_.device_zone.empty()) info_.device_zone = zone();
  info_.device_offset = zone_minutes() * 60;

  auto& in = inside();
  in.begin(ui_, info_, elapsed_ - drawn_at_);
  drawn_at_ = elapsed_;
  if (steps_.draw) steps_.draw(ui_);
  const ui::FrameResult result = in.end(ui_);
  drop_zones_ = in.drop_zones;
  if (in.cursor != cursor_) {
    cursor_ = in.cursor;
    tell(tell_cursor, css_of(cursor_));
  }
  if (in.hovered_path != link_) tell(tell_link, link_ = in.hovered_path);
  const bool waits = mirror_->mirror().update(ui_.tree(), in.focus, in.seconds, in.mirrored);
  render();
  if (in.wanted_picker) pick_file(in.wanted_picker->target, in.wanted_picker->accept);
  if (!in.copied.empty()) copy(in.copied);
  if (!in.wanted_tab.empty()) open_tab(in.wanted_tab);
  if (steps_.execute) steps_.execute();
  if (!ready_told_) {
    ready_told_ = true;
    tell(tell_ready, "true");
  }

  again_ = result.again || in.again;
  std::optional<std::int64_t> due = result.in_ms;
  if (waits && (!due || *due > 100)) due = 100;
  draw_due_ = due ? elapsed_ + static_cast<double>(*due) / 1000 : -1;
}

void Browser::render() {
  ImGui_ImplOpenGL3_NewFrame();
  const ImDrawData* data = ImGui::GetDrawData();
  glViewport(0, 0, static_cast<int>(data->DisplaySize.x * data->FramebufferScale.x),
             static_cast<int>(data->DisplaySize.y * data->FramebufferScale.y));
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Browser::resized(ui::Size viewport, float pixel_ratio) {
  info_.viewport = viewport;
  info_.pixel_ratio = pixel_ratio;
  inside().settle = 3;
}

// A lost context took textures and programs with it: make them again from what ImGui still has.
bool Browser::restored() {
  ImGui_ImplOpenGL3_Shutdown();
  if (!ImGui_ImplOpenGL3_Init("#version 300 es") || !ImGui_ImplOpenGL3_CreateDeviceObjects()) return false;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_WantCreate);
  }
  inside().settle = 3;
  return true;
}

std::uint32_t Browser::drag_files(ui::Point at, bool over, bool* takes) {
  auto& in = inside();
  in.files_over = over;
  if (over) in.pointer_moved(at, false);
  in.settle = 3;
  std::uint32_t target = 0;
  for (const ui::DropZone& zone : drop_zones_)
    if (zone.rect.contains(at)) target = zone.id;
  if (takes) *takes = target != 0 || in.page_takes_files;
  return target;
}

std::vector<Event> Browser::take_events() { return std::exchange(events_, {}); }
void Browser::wake() { tw_page_wake(); }

RequestId Browser::send(HttpRequest request) {
  json::Writer headers;
  headers.begin_array();
  for (const auto& [name, value] : request.headers) {
    headers.begin_array();
    headers.string(name);
    headers.string(value);
    headers.end_array();
  }
  headers.end_array();
  const RequestId id = ++last_request_;
  tw_page_send(id, request.method.c_str(), request.path.c_str(), headers.take().c_str(), request.body.data(),
               static_cast<int>(request.body.size()), request.file);
  return id;
}

void Browser::abort(RequestId request) { tw_page_abort(request); }
void Browser::pick_file(std::uint32_t target, std::string_view accept) {
  tw_page_pick(target, std::string(accept).c_str());
}
void Browser::release_file(FileId file) { tw_page_release(file); }
void Browser::download(std::string_view path) { tw_page_download(std::string(path).c_str()); }
void Browser::open_tab(std::string_view path) { tw_page_open_tab(std::string(path).c_str()); }
void Browser::copy(std::string_view words) { tw_page_copy(std::string(words).c_str()); }
std::string Browser::asset_path(std::string_view name) const { return ask(ask_asset, name).value_or(std::string()); }
std::optional<std::string> Browser::preloaded(std::string_view name) const { return ask(ask_preloaded, name); }
std::uint64_t Browser::random_seed() { return std::uint64_t{tw_page_random()} << 32 | tw_page_random(); }
std::string Browser::origin() const { return ask(ask_origin).value_or(std::string()); }
std::string Browser::path() const { return ask(ask_path).value_or("/"); }
Step Browser::step() const { return step_of(ask(ask_step).value_or(std::string())); }
void Browser::push_path(std::string_view path, Step step) { tell(tell_push, path, name_of(step)); }
void Browser::replace_path(std::string_view path, Step step) { tell(tell_replace, path, name_of(step)); }
void Browser::go_back() { tell(tell_back, {}); }
void Browser::reload() { tell(tell_reload, {}); }
void Browser::listen(bool wanted) { tell(wanted ? tell_listen : tell_deaf, {}); }
void Browser::set_title(std::string_view title) { tell(tell_title, title); }
void Browser::set_language(std::string_view language) { tell(tell_language, language); }
void Browser::set_colors(bool dark, std::string_view bar) { tell(tell_colors, bar, dark ? "dark" : "light"); }
std::string Browser::unsent() const { return ask(ask_unsent).value_or(std::string()); }
void Browser::set_unsent(std::string_view words) { tell(tell_unsent, words); }
std::optional<std::string> Browser::preference(std::string_view name) const { return ask(ask_preference, name); }
void Browser::set_preference(std::string_view name, std::string_view value) { tell(tell_preference, value, name); }
std::string Browser::system_language() const { return ask(ask_language).value_or("en"); }
SystemLook Browser::system_look() const {
  const int bits = tw_page_look();
  return {(bits & 1) != 0, (bits & 2) != 0, (bits & 8) != 0};
}
std::int64_t Browser::now_ms() const { return static_cast<std::int64_t>(tw_page_clock()); }
std::int32_t Browser::zone_minutes() const { return tw_page_zone(); }
std::string Browser::zone() const { return ask(ask_zone).value_or(std::string()); }
bool Browser::is_touch() const { return (tw_page_look() & 4) != 0; }
bool Browser::has_apple_keys() const { return (tw_page_look() & 16) != 0; }
bool Browser::is_whole() const { return tw_page_whole() != 0; }
void Browser::fetch_the_rest() { tell(tell_rest, {}); }

}  // namespace tw::platform

// --- what the page calls (page.js) ---------------------------------------------------------------------------------
using tw::platform::Browser;

namespace {

std::vector<std::pair<std::string, std::string>> read_headers(std::string_view lines) {
  std::vector<std::pair<std::string, std::string>> headers;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find("\r\n"), lines.size());
    const std::string_view line = lines.substr(0, end);
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      std::string_view value = line.substr(colon + 1);
      while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
      headers.emplace_back(std::string(line.substr(0, colon)), std::string(value));
    }
    lines.remove_prefix(std::min(lines.size(), end + 2));
  }
  return headers;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE double tw_page_frame(Browser* page, double seconds) { return page->frame(seconds); }

EMSCRIPTEN_KEEPALIVE int tw_page_drew(Browser* page) { return page->drew() ? 1 : 0; }

EMSCRIPTEN_KEEPALIVE void tw_page_resized(Browser* page, double width, double height, double ratio) {
  page->resized({static_cast<float>(width), static_cast<float>(height)}, static_cast<float>(ratio));
}

// kind: 0 moved, 1 down, 2 up, 3 left, 4 cancelled
EMSCRIPTEN_KEEPALIVE void tw_page_pointer(Browser* page, int kind, double x, double y, int button, int touch) {
  auto& in = page->inside();
  constexpr int imgui_button[] = {0, 2, 1};  // the page counts the middle one second
  const int which = button >= 0 && button <= 2 ? imgui_button[button] : 0;
  if (kind <= 2) in.pointer_moved({static_cast<float>(x), static_cast<float>(y)}, touch != 0);
  if (kind == 1) in.pointer_button(which, true, touch != 0);
  if (kind == 2) in.pointer_button(which, false, touch != 0);
  if (kind == 4) {
    for (int each = 0; each < 3; ++each) in.pointer_button(each, false, touch != 0);
  }
  if (kind >= 3) in.pointer_left();
}

EMSCRIPTEN_KEEPALIVE void tw_page_wheel(Browser* page, double across, double down) {
  page->inside().wheel(static_cast<float>(across), static_cast<float>(down));
}

EMSCRIPTEN_KEEPALIVE void tw_page_modifiers(Browser* page, int control, int shift, int alt) {
  page->inside().modifiers({control != 0, shift != 0, alt != 0});
}

// key 0: only that the keyboard is being used
EMSCRIPTEN_KEEPALIVE void tw_page_key(Browser* page, int key, int control, int shift, int alt) {
  if (key == 0) {
    page->inside().focus_visible = true;
    return;
  }
  page->inside().key_pressed({static_cast<tw::ui::Key>(key), {control != 0, shift != 0, alt != 0}});
}

// What is typed outside text fields.
EMSCRIPTEN_KEEPALIVE void tw_page_characters(Browser* page, const char* words) { page->inside().characters(words); }

EMSCRIPTEN_KEEPALIVE int tw_page_took(Browser* page) { return page->inside().key_taken ? 1 : 0; }

EMSCRIPTEN_KEEPALIVE void tw_page_focus(Browser* page, int focused) { page->inside().window_focus(focused != 0); }
EMSCRIPTEN_KEEPALIVE int tw_page_restored(Browser* page) { return page->restored() ? 1 : 0; }

EMSCRIPTEN_KEEPALIVE void tw_page_looked(Browser* page) { page->happened(page->system_look()); }
EMSCRIPTEN_KEEPALIVE void tw_page_went(Browser* page, const char* path) {
  page->happened(tw::platform::PathChanged{path, page->step()});
}
EMSCRIPTEN_KEEPALIVE void tw_page_online(Browser* page, int online) {
  page->happened(tw::platform::Online{online != 0});
}
EMSCRIPTEN_KEEPALIVE void tw_page_rang(Browser* page, double newest) {
  page->happened(tw::platform::Doorbell{static_cast<std::int64_t>(newest)});
}
EMSCRIPTEN_KEEPALIVE void tw_page_signed_in(Browser* page, const char* session) {
  page->happened(tw::platform::SignedInElsewhere{session});
}
// While they hover: whether they would be taken. When they are dropped: the drop zone.
EMSCRIPTEN_KEEPALIVE std::uint32_t tw_page_drag_files(Browser* page, double x, double y, int over) {
  bool takes = false;
  const auto zone = page->drag_files({static_cast<float>(x), static_cast<float>(y)}, over != 0, &takes);
  return over ? takes : zone;
}
EMSCRIPTEN_KEEPALIVE void tw_page_file(Browser* page, std::uint32_t target, std::uint32_t file, const char* name,
                                       double size) {
  page->happened(tw::platform::FileEvent{target, file, name, static_cast<std::int64_t>(size)});
}
EMSCRIPTEN_KEEPALIVE void tw_page_uploaded(Browser* page, std::uint32_t request, double sent, double total) {
  page->happened(
      tw::platform::UploadProgress{request, static_cast<std::int64_t>(sent), static_cast<std::int64_t>(total)});
}
EMSCRIPTEN_KEEPALIVE void tw_page_reply(Browser* page, std::uint32_t request, int status, const char* headers,
                                        const char* body, int length) {
  tw::platform::HttpReply reply;
  reply.request = request;
  reply.status = status;
  reply.headers = read_headers(headers);
  reply.body.assign(body, static_cast<std::size_t>(length));
  page->happened(std::move(reply));
}

}  // extern "C"
