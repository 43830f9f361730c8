// The tree as elements of the page, over the canvas and invisible: what screen readers, password managers, input
// methods and browser tests see. This side turns changes into one JSON message a frame; mirror.js keeps the elements
// and sends what people do back as actions. Switched off, only text fields and their forms are elements: the browser's
// input methods and password managers work in them. While something scrolls the page is told ten times a second.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "client/a11y/diff.h"

namespace tw::a11y {

class Mirror {
 public:
  // `tell` hands a message to the page; in tests it is any function.
  explicit Mirror(std::function<void(std::string_view json)> tell) : tell_(std::move(tell)) {}

  // After a frame. `focus` is the widget that has the keyboard, 0 for none. Returns true when something was held back
  // and a later call should bring it.
  bool update(const Tree& tree, NodeId focus, double seconds, bool on = true);
  void forget();

 private:
  std::function<void(std::string_view)> tell_;
  Diff diff_;
  NodeId focus_ = 0;
  NodeId modal_ = 0;
  double geometry_told_ = -1;
  double scrolled_at_ = -1;
  bool first_ = true;
  bool on_ = true;
};

}  // namespace tw::a11y
