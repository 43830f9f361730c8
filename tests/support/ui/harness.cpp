#include "support/ui/harness.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "imgui_internal.h"

namespace tw::test {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Harness::Harness(ui::Size viewport, std::string_view language) {
  auto& in = ui_.inside();
  ImGui::SetCurrentContext(in.context);
  in.context->TestEngineHookItems = true;
  ImGui::GetIO().UserData = this;
  in.use_glyphs(glyphs_);
  in.drawn_words = &drawn_;
  catalog_ = Catalog::read(language, read_file("assets/i18n/" + std::string(language) + ".json")).value();
  ui_.set_catalog(&catalog_);
  ui_.set_theme(*ui::read_theme(read_file("assets/theme/light.json")));
  info_.viewport = viewport;
  info_.now = {1'800'000'000'000};
}

Harness::~Harness() {
  ImGui::SetCurrentContext(ui_.inside().context);
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
}

void Harness::draw(std::function<void(ui::Ui&)> body) {
  body_ = std::move(body);
  frames(3);
}

void Harness::frame(double seconds) {
  seen_.clear();
  drawn_.clear();
  auto& in = ui_.inside();
  in.begin(ui_, info_, seconds);
  if (body_) body_(ui_);
  result_ = in.end(ui_);
  const ImDrawData* data = ImGui::GetDrawData();
  vertices_ = data->TotalVtxCount;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
      texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
}

const a11y::Node* Harness::find(a11y::Role role, std::string_view name) const {
  for (const a11y::Node& node : tree().nodes()) {
    if (node.role == role && node.name == name) return &node;
  }
  return nullptr;
}

const a11y::Node& Harness::get(a11y::Role role, std::string_view name) const {
  if (const a11y::Node* node = find(role, name)) return *node;
  std::string there = "nothing is called '" + std::string(name) + "'; there are:";
  for (const a11y::Node& node : tree().nodes()) {
    if (node.role == role) there += " '" + std::string(node.name) + "'";
  }
  throw std::runtime_error(there);
}

int Harness::count(a11y::Role role) const {
  int n = 0;
  for (const a11y::Node& node : tree().nodes()) n += node.role == role ? 1 : 0;
  return n;
}

bool Harness::shows(std::string_view words) const {
  for (const a11y::Node& node : tree().nodes()) {
    if (node.name == words || node.value == words || node.description == words || node.error == words) return true;
  }
  return false;
}

void Harness::move_to(ui::Point at) {
  inside().pointer_moved(at, false);
  frames(2);
}

void Harness::click(ui::Point at, int button) {
  move_to(at);
  inside().pointer_button(button, true, false);
  frame();
  inside().pointer_button(button, false, false);
  frames(3);
}

namespace {
ui::Point centre(const a11y::Node& node) { return {node.x + node.w / 2, node.y + node.h / 2}; }
}  // namespace

void Harness::click(a11y::Role role, std::string_view name) { click(centre(get(role, name))); }

void Harness::drag_over(const a11y::Node& from, const a11y::Node& to) {
  const ui::Point a = centre(from), b = centre(to);
  move_to(a);
  inside().pointer_button(0, true, false);
  frame();
  for (int step = 1; step <= 4; ++step) {
    const float share = static_cast<float>(step) / 4;
    move_to({a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share});
  }
}

void Harness::release() {
  inside().pointer_button(0, false, false);
  frames(3);
}

void Harness::drag(const a11y::Node& from, const a11y::Node& to) {
  drag_over(from, to);
  release();
}

void Harness::wheel(ui::Point at, float down) {
  move_to(at);
  inside().wheel(0, down);
  frames(2);
}

void Harness::key(ui::Key key, ui::Modifiers with) {
  inside().key_pressed({key, with});
  frame();
  inside().modifiers({});
  frames(2);
}

void Harness::finger_down(ui::Point at) {
  finger_ = at;
  inside().pointer_moved(at, true);
  inside().pointer_button(0, true, true);
  frame();
}

void Harness::finger_to(ui::Point at, int steps) {
  const ui::Point from = finger_;
  for (int step = 1; step <= steps; ++step) {
    const float share = static_cast<float>(step) / static_cast<float>(steps);
    finger_ = {from.x + (at.x - from.x) * share, from.y + (at.y - from.y) * share};
    inside().pointer_moved(finger_, true);
    frame();
  }
}

void Harness::finger_up() {
  inside().pointer_moved(finger_, true);
  inside().pointer_button(0, false, true);
  frames(2);
  inside().pointer_left();
  frames(2);
}

void Harness::wait(double seconds) { frames(static_cast<int>(seconds * 60) + 1); }

void Harness::type(std::string_view words) {
  inside().characters(words);
  frames(2);
}

void Harness::act(a11y::Action action) {
  inside().act(std::move(action));
  frames(3);
}

void Harness::activate(a11y::Role role, std::string_view name) {
  a11y::Action action;
  action.kind = a11y::Action::Kind::activate;
  action.target = get(role, name).id;
  act(action);
}

void Harness::focus(a11y::Role role, std::string_view name) {
  a11y::Action action;
  action.kind = a11y::Action::Kind::focus;
  action.target = get(role, name).id;
  act(action);
}

const a11y::Node* Harness::focused() const {
  const ui::WidgetId id = ui_.focused();
  return id ? tree().find(id) : nullptr;
}

std::string Harness::said() const {
  std::string words;
  for (const a11y::Node& node : tree().nodes()) {
    const a11y::Node* region = node.role == a11y::Role::text ? tree().find(node.parent) : nullptr;
    if (region && region->role == a11y::Role::status && region->parent == 0) words = node.name;
  }
  return words;
}

std::vector<ui::WidgetId> Harness::unannounced() const {
  std::vector<ui::WidgetId> silent;
  for (ui::WidgetId id : seen_) {
    if (!tree().find(id)) silent.push_back(id);
  }
  return silent;
}

void Harness::saw(ui::WidgetId id) { seen_.insert(id); }

int Harness::frames_until_rest(int most) {
  for (int n = 0; n < most; ++n) {
    if (!result_.again && !result_.in_ms) return n;
    frame(result_.again ? 1.0 / 60 : static_cast<double>(*result_.in_ms) / 1000);
  }
  return most;
}

}  // namespace tw::test

// The hooks that ImGui calls in test builds (IMGUI_ENABLE_TEST_ENGINE).
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect&, const ImGuiLastItemData* item) {
  auto* harness = static_cast<tw::test::Harness*>(context->IO.UserData);
  if (!harness || id == 0 || !item || context->CurrentWindow->IsFallbackWindow) return;
  if (item->ItemFlags & ImGuiItemFlags_NoNav) return;  // scroll bars: they only move what is announced
  for (const ImGuiWindow* window : context->Windows) {
    if (id == window->ID || id == window->MoveId || id == window->ChildId) return;
  }
  harness->saw(id);
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
