// A platform that stands still: for native tests. Requests are kept for the test to answer; nothing happens by itself.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "client/platform/platform.h"

namespace tw::platform {

class StillPlatform final : public Platform {
 public:
  std::vector<Event> take_events() override { return std::exchange(events, {}); }
  void wake() override { ++wakes; }

  RequestId send(HttpRequest request) override {
    sent.emplace_back(++last_request, std::move(request));
    return last_request;
  }
  void abort(RequestId request) override { aborted.push_back(request); }

  void pick_file(std::uint32_t target, std::string_view) override { picked.push_back(target); }
  void release_file(FileId file) override { released.push_back(file); }
  void download(std::string_view path) override { downloads.emplace_back(path); }
  void open_tab(std::string_view path) override { tabs.emplace_back(path); }
  void copy(std::string_view words) override { copied = words; }
  std::string asset_path(std::string_view name) const override { return "/" + std::string(name); }
  std::optional<std::string> preloaded(std::string_view name) const override {
    const auto found = assets.find(std::string(name));
    return found == assets.end() ? std::nullopt : std::optional(found->second);
  }
  std::uint64_t random_seed() override { return 42; }
  bool is_whole() const override { return whole; }
  void fetch_the_rest() override { ++asked_for_the_rest; }

  std::string origin() const override { return "http://tidewater.test"; }
  std::string path() const override { return history.back(); }
  Step step() const override { return steps.at(history.size() - 1); }
  void push_path(std::string_view path, Step step) override {
    history.emplace_back();
    replace_path(path, step);
  }
  void replace_path(std::string_view path, Step step) override {
    history.back() = path;
    steps.resize(history.size());
    steps.back() = step;
  }
  void go_back() override {
    if (history.size() < 2) return;
    history.pop_back();
    events.emplace_back(PathChanged{history.back(), step()});
  }
  void reload() override { ++reloads; }
  void listen(bool wanted) override { listens = wanted; }
  void set_title(std::string_view words) override { title = words; }
  void set_language(std::string_view words) override { language = words; }
  void set_colors(bool, std::string_view color) override { bar = color; }
  std::optional<std::string> preference(std::string_view name) const override {
    const auto found = preferences.find(std::string(name));
    return found == preferences.end() ? std::nullopt : std::optional(found->second);
  }
  void set_preference(std::string_view name, std::string_view value) override {
    preferences[std::string(name)] = value;
  }
  std::string unsent() const override { return kept; }
  void set_unsent(std::string_view words) override { kept = words; }
  std::string system_language() const override { return "en-GB"; }
  SystemLook system_look() const override { return look; }
  std::int64_t now_ms() const override { return now; }
  std::int32_t zone_minutes() const override { return 0; }
  std::string zone() const override { return device_zone; }
  bool is_touch() const override { return touch; }
  bool has_apple_keys() const override { return apple; }

  // What a test sets and reads.
  std::vector<Event> events;
  std::vector<std::pair<RequestId, HttpRequest>> sent;
  std::vector<RequestId> aborted;
  std::vector<std::uint32_t> picked;
  std::vector<FileId> released;
  std::vector<std::string> downloads, tabs;
  std::vector<std::string> history = {"/"};
  std::vector<Step> steps = {Step::screen};  // of the history, and beyond it what "forward" would reach
  std::map<std::string, std::string> preferences, assets;
  std::string title, language, copied, bar, kept, device_zone;
  SystemLook look;
  std::int64_t now = 1'800'000'000'000;
  RequestId last_request = 0;
  int wakes = 0, reloads = 0, asked_for_the_rest = 0;
  bool listens = false;
  bool touch = false, apple = false, whole = true;
};

}  // namespace tw::platform
