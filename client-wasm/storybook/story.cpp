#include "client/storybook/story.h"

namespace tw::storybook {

std::vector<Story> all_stories() {
  std::vector<Story> stories;
  add_foundations(stories);
  add_controls(stories);
  add_fields(stories);
  add_tables(stories);
  add_floating(stories);
  add_indicators(stories);
  add_views(stories);
  add_dialogs(stories);
  return stories;
}

}  // namespace tw::storybook
