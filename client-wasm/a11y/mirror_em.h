// The mirror of this page. One per page; it must outlive every event of the page, so it is never destroyed there.
#pragma once

#include <functional>
#include <utility>

#include "client/a11y/actions.h"
#include "client/a11y/mirror.h"

namespace tw::a11y {

class PageMirror {
 public:
  explicit PageMirror(std::function<void(Action)> act);
  PageMirror(const PageMirror&) = delete;
  PageMirror& operator=(const PageMirror&) = delete;

  Mirror& mirror() { return mirror_; }
  void act(Action action) { act_(std::move(action)); }

 private:
  std::function<void(Action)> act_;
  Mirror mirror_;
};

}  // namespace tw::a11y
