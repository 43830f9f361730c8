// The context itself: its life, the frame, texts, identity. Input and focus are in input.cpp, layout in layout.cpp.
#include "client/ui/ui.h"

#include <utility>

#include "client/ui/inside.h"
#include "core/catalog.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

constexpr WidgetId root_id = 0x7ee71de5;

WidgetId hash(WidgetId seed, const void* bytes, std::size_t count) {
  const WidgetId id = ImHashData(bytes, count, seed);
  return id == 0 ? 1 : id;
}

// ImGui's own colours and metrics: only what our widgets leave to it (scroll bars, the dimming behind dialogs).
void apply_style(const Theme& theme) {
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
  style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = 0;
  style.WindowRounding = style.ChildRounding = style.PopupRounding = 0;
  style.WindowMinSize = {1, 1};
  style.ScrollbarSize = 10;
  style.ScrollbarRounding = 5;
  style.GrabMinSize = 28;
  style.DisabledAlpha = 1;
  style.CircleTessellationMaxError = 0.1f;
  style.CurveTessellationTol = 0.5f;
  auto set = [&](ImGuiCol which, Color color) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(ink(color)); };
  const Color clear{0};
  set(ImGuiCol_WindowBg, clear);
  set(ImGuiCol_ChildBg, clear);
  set(ImGuiCol_PopupBg, clear);
  set(ImGuiCol_ScrollbarBg, clear);
  set(ImGuiCol_ScrollbarGrab, faded(theme.color(Token::control_line), 0.45f));
  set(ImGuiCol_ScrollbarGrabHovered, faded(theme.color(Token::control_line), 0.8f));
  set(ImGuiCol_ScrollbarGrabActive, theme.color(Token::control_line));
  set(ImGuiCol_ModalWindowDimBg, theme.color(Token::scrim));
  set(ImGuiCol_Text, theme.color(Token::text));
}

}  // namespace

Ui::Ui() : inside_(std::make_unique<Inside>()) {
  inside_->context = ImGui::CreateContext();
  ImGui::SetCurrentContext(inside_->context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.ConfigMacOSXBehaviors = false;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.MouseDoubleClickTime = 0.4f;
}

Ui::~Ui() { ImGui::DestroyContext(inside_->context); }

const FrameInfo& Ui::frame() const { return inside_->info; }
void Ui::request_frame() { inside_->again = true; }

void Ui::request_frame_in(std::int64_t ms) {
  if (!inside_->wake_in || *inside_->wake_in > ms) inside_->wake_in = ms;
}

const Theme& Ui::theme() const { return inside_->theme; }
Density Ui::density() const { return inside_->density; }

void Ui::set_theme(const Theme& theme) {
  inside_->theme = theme;
  ImGui::SetCurrentContext(inside_->context);
  apply_style(theme);
}

void Ui::set_density(Density density) { inside_->density = density; }
bool Ui::is_mirrored() const { return inside_->mirrored; }
void Ui::mirror(bool on) { inside_->mirrored = on; }
void Ui::set_apple_keys(bool apple) { inside_->apple_keys = apple; }
void Ui::set_catalog(const Catalog* catalog) { inside_->catalog = catalog; }

std::string_view Ui::language() const {
  return inside_->catalog ? std::string_view(inside_->catalog->language()) : std::string_view("en");
}

std::string_view Ui::tr(TextKey key) {
  if (!inside_->catalog) return key.view();
  return inside_->catalog->raw(key.view());
}

std::string_view Ui::tr(TextKey key, const std::vector<Param>& params) {
  if (!inside_->catalog) return key.view();
  return keep(inside_->catalog->format(key.view(), params, inside_->clock));
}

void Ui::set_clock(WallClock clock) { inside_->clock = std::move(clock); }
const WallClock& Ui::clock() const { return inside_->clock; }

std::string_view Ui::said(std::string_view key, const std::vector<Param>& params) {
  if (!inside_->catalog) return key;
  return keep(inside_->catalog->format(key, params, inside_->clock));
}

std::string_view Ui::keep(std::string text) { return inside_->kept.emplace_back(std::move(text)); }

commands::Queue& Ui::commands() {
  IM_ASSERT(inside_->queue != nullptr);
  return *inside_->queue;
}
void Ui::set_commands(commands::Queue* queue) { inside_->queue = queue; }

WidgetId Ui::id(std::string_view name) const { return hash(inside_->ids.back(), name.data(), name.size()); }
WidgetId Ui::id(std::int64_t entity) const { return hash(inside_->ids.back() ^ 0x5bd1e995u, &entity, sizeof entity); }

WidgetId Ui::focused() const { return inside_->focus; }
bool Ui::focus_is_visible() const { return inside_->focus_visible; }

void Ui::focus(WidgetId widget) {
  inside_->wanted_focus = widget;
  request_frame();
}

float Ui::available_width() const {
  const LayoutFrame& top = inside_->layout.back();
  const float from = top.horizontal && !top.empty ? top.x + top.gap : top.x;
  return std::max(0.0f, top.bounds.right() - from);
}

float Ui::available_height() const {
  const LayoutFrame& top = inside_->layout.back();
  const float from = !top.horizontal && !top.empty ? top.y + top.gap : top.y;
  return std::max(0.0f, top.bounds.bottom() - from);
}

bool Ui::files_over() const { return inside_->files_over; }

a11y::Tree& Ui::tree() { return inside_->tree; }

void Ui::Inside::use_glyphs(GlyphSource& source) {
  ImGui::SetCurrentContext(context);
  fonts = add_fonts(*ImGui::GetIO().Fonts, source);
}

void Ui::Inside::begin(Ui& ui, const FrameInfo& next, double seconds_passed) {
  ImGui::SetCurrentContext(context);
  info = next;
  ++frame_number;
  seconds += seconds_passed;
  again = false;
  wake_in.reset();
  kept.clear();
  nth.clear();
  cursor = Cursor::normal;
  copied.clear();
  drop_zones.clear();
  wanted_picker.reset();
  wanted_tab.clear();
  hovered_path.clear();
  page_takes_files = false;
  focus_drawn = press_taken = false;
  targets.clear();
  finger_area = std::exchange(next_finger_area, 0);
  last_item = 0;
  if (drag) drag->over_target = false;

  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {next.viewport.w, next.viewport.h};
  io.DisplayFramebufferScale = {next.pixel_ratio, next.pixel_ratio};
  io.DeltaTime = std::max(1e-4f, static_cast<float>(seconds_passed));
  ImGui::GetDrawListSharedData()->InitialFringeScale = 1.0f / next.pixel_ratio;
  take_actions();
  ImGui::NewFrame();
  feel_hold();

  tree.begin_frame(mirrored);
  ids.assign(1, root_id);
  const Rect all{0, 0, next.viewport.w, next.viewport.h};
  ImGui::SetNextWindowPos(low(all));
  ImGui::SetNextWindowSize({all.w, all.h});
  ImGui::Begin("##page", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoScrollWithMouse);
  fill(all, theme.color(Token::background));
  LayoutFrame page;
  page.bounds = all;
  page.gap = 0;
  open_layout(ui, page);
  if (!drag) return;
  if (drag->by_keys) return steer_drag(ui);
  // Before any target is drawn: what is let go in the same frame is not dropped.
  if (!take_key(Key::escape)) return;
  drag.reset();
  ImGui::ClearActiveID();
}

FrameResult Ui::Inside::end(Ui& ui) {
  close_layout(ui);
  ImGui::End();
  draw_drag(ui);
  draw_said(ui);
  settle_focus();
  forget();
  ImGui::SetMouseCursor(cursor == Cursor::hand   ? ImGuiMouseCursor_Hand
                        : cursor == Cursor::text ? ImGuiMouseCursor_TextInput
                                                 : ImGuiMouseCursor_Arrow);
  keys.clear();
  typed.clear();
  paste.reset();
  edits.clear();
  activated = 0;
  ImGui::Render();

  if (settle > 0) --settle;
  const ImGuiContext& g = *context;
  const bool moving = settle > 0 || !g.InputEventsQueue.empty() || !actions.empty() || ImGui::IsMouseDown(0) ||
                      (g.DimBgRatio > 0.0f && g.DimBgRatio < 1.0f);
  return {again || moving, wake_in};
}

void Ui::Inside::forget() {
  constexpr std::int64_t frames_kept = 240;
  if (frame_number % 120 != 0) return;
  std::erase_if(memory, [&](const auto& entry) { return entry.second.frame + frames_kept < frame_number; });
  std::erase_if(text_edits, [&](const auto& entry) { return entry.second.frame + frames_kept < frame_number; });
}

IdScope::IdScope(Ui& ui, std::string_view name) : ui_(ui) { ui.inside().ids.push_back(ui.id(name)); }
IdScope::IdScope(Ui& ui, std::int64_t entity) : ui_(ui) { ui.inside().ids.push_back(ui.id(entity)); }
IdScope::~IdScope() { ui_.inside().ids.pop_back(); }

DisabledScope::DisabledScope(Ui& ui, bool disabled) : ui_(ui), disabled_(disabled) {
  if (disabled_) ++ui_.inside().disabled_depth;
}
DisabledScope::~DisabledScope() {
  if (disabled_) --ui_.inside().disabled_depth;
}

}  // namespace tw::ui
