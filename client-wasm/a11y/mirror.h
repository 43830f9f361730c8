// The tree as elements of the page, over the canvas and invisible: what screen readers, password managers, input
// methods and browser tests see. This side turns changes into one JSON message a frame; mirror.js keeps the elements
// and sends what people do back as actions. Off, it costs nothing.
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

  // After a frame. `focus` is the widget that has the keyboard, 0 for none. Returns true when positions were held back
  // and a later call should bring them.
  bool update(const Tree& tree, NodeId focus, double seconds);
  void forget();

 private:
  std::function<void(std::string_view)> tell_;
  Diff diff_;
  NodeId focus_ = 0;
  NodeId modal_ = 0;
  double geometry_told_ = -1;
  bool first_ = true;
};

}  // namespace tw::a11y
