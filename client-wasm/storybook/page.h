// The page of one story: draws it over the whole viewport, in the look that its address asks for, and answers to a
// changed address. The side list and the switches are plain HTML around it (storybook/index.html), so that they stay
// usable while a dialog is open and are never part of what a pixel test sees.
//
//   story.html#story=table-empty&theme=dark&lang=en&density=compact
//
// With &letters=boxes at its first load it draws boxes instead of letters, of the same size whatever fonts a machine
// has: what pixel tests compare. Its clock stands still always.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/platform/platform.h"
#include "client/storybook/story.h"
#include "client/ui/theme.h"
#include "core/catalog.h"

namespace tw::storybook {

// What an address asks for; what it does not name, or names wrongly, is as in the product's first start.
struct Address {
  std::string story{};
  std::string theme = "light";  // a file of assets/theme
  std::string language = "zh-CN";
  ui::Density density = ui::Density::comfortable;
  bool boxes = false;
};
Address parse_address(std::string_view path);

class StoryPage {
 public:
  StoryPage(platform::Platform& platform, ui::Ui& ui);

  bool update();  // true when there is something new to draw
  void draw();

  // Lines of "group key", for the side list.
  const std::string& list() const { return list_; }

 private:
  void arrive();
  void load_catalog();
  void use_catalog(std::string_view json);

  platform::Platform& platform_;
  ui::Ui& ui_;
  std::vector<Story> stories_ = all_stories();
  std::string list_;
  Address shown_;
  Drawing drawing_;
  std::int64_t opened_ = 0;  // how often a story was opened
  Catalog catalog_;
  platform::RequestId asked_ = 0;  // for the catalogue
  bool changed_ = true;
};

}  // namespace tw::storybook
