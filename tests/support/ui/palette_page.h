// A page with the frame around it, and the stack of dialogs as the app keeps it: for what the palette and shortcuts do.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/views/dialogs.h"
#include "client/views/frame.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::test {

struct PalettePage {
  CannedStore canned;
  std::vector<commands::Command> done;
  std::vector<views::DialogState> dialogs;
  Harness page{{1440, 900}};

  explicit PalettePage(domain::access::Role role, std::function<void(ui::Ui&, store::Store&)> content = {})
      : canned(role) {
    page.ui().set_commands(&canned.queue);
    page.draw([this, content](ui::Ui& ui) {
      for (commands::Command& one : canned.queue.take()) execute(std::move(one));
      views::draw_frame(ui, canned.store, {}, {}, [&] {
        if (content) content(ui, canned.store);
      });
      if (!dialogs.empty()) views::draw_dialog(ui, canned.store, dialogs.back());
    });
  }

  void execute(commands::Command command) {
    if (const auto* open = commands::get_command<commands::OpenDialog>(command))
      dialogs.push_back({.form = 200, .what = open->dialog, .draft = {}});
    if (const auto* go = commands::get_command<commands::Go>(command))  // a record over a list is an address
      if (commands::Dialog what = commands::dialog_of(commands::parse_route(go->path)); what.index())
        dialogs.push_back({.form = 200, .what = std::move(what), .draft = {}});
    if (commands::get_command<commands::CloseDialog>(command)) dialogs.pop_back();
    if (const auto* invoke = commands::get_command<commands::Invoke>(command)) canned.queue.call(invoke->id);
    if (const auto* search = commands::get_command<commands::Search>(command)) canned.store.search_for(search->words);
    done.push_back(std::move(command));
  }
  template <class C>
  std::vector<C> did() {
    std::vector<C> found;
    for (const commands::Command& one : done)
      if (const C* known = commands::get_command<C>(one)) found.push_back(*known);
    return found;
  }
  template <class D>
  bool shows_dialog() const {
    return !dialogs.empty() && std::holds_alternative<D>(dialogs.back().what);
  }

  void open() {
    page.key(ui::Key::k, {.control = true});
    page.frames(4);
  }
  void write(std::string_view words) {  // and pause
    page.type(words);
    page.info().now.ms += 300;
    page.frames(3);
  }
  std::vector<std::string> options() const {
    std::vector<std::string> names;
    for (const a11y::Node& node : page.tree().nodes())
      if (node.role == a11y::Role::option) names.emplace_back(node.name);
    return names;
  }
  const a11y::Node* current() const {
    for (const a11y::Node& node : page.tree().nodes())
      if (node.role == a11y::Role::option && node.selected == a11y::Tri::yes) return &node;
    return nullptr;
  }
};

}  // namespace tw::test
