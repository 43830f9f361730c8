// The strokes of the icons, each a line of a small language on a 24 x 24 grid:
//   M x y  move     L x y  line     C x1 y1 x2 y2 x y  curve     Z  close     O x y r  circle     D x y r  dot
// Round, 1.75 wide at 24; drawn by us.
#include "client/ui/icons.h"

#include <array>
#include <cstdlib>
#include <string_view>

#include "client/ui/inside.h"

namespace tw::ui {

namespace {

constexpr std::size_t icon_count = static_cast<std::size_t>(Icon::count_);

constexpr std::array<std::string_view, icon_count> strokes = {
    "",
    // workbench: four panes
    "M4 4 L10 4 L10 12 L4 12 Z M14 4 L20 4 L20 8 L14 8 Z M14 12 L20 12 L20 20 L14 20 Z M4 16 L10 16 L10 20 L4 20 Z",
    // customers: a card with a person
    "M5 5 L19 5 C20.5 5 21 5.5 21 7 L21 17 C21 18.5 20.5 19 19 19 L5 19 C3.5 19 3 18.5 3 17 L3 7 C3 5.5 3.5 5 5 5 Z "
    "O9 10.5 2 M6 16 C6.3 14 7.4 13.5 9 13.5 C10.6 13.5 11.7 14 12 16 M15 10 L18 10 M15 14 L18 14",
    // batch: a stack of lists
    "M8 3 L19 3 C20.4 3 21 3.6 21 5 L21 16 M5 7 L15 7 C16.4 7 17 7.6 17 9 L17 19 C17 20.4 16.4 21 15 21 L5 21 C3.6 21 "
    "3 20.4 3 19 L3 9 C3 7.6 3.6 7 5 7 Z M6.5 14 L9 16.5 L13.5 11.5",
    // people
    "O9 8 3.5 M2.5 20 C2.8 16 5 14.5 9 14.5 C13 14.5 15.2 16 15.5 20 M16 4.8 C18 5.2 19.2 6.4 19.2 8.2 C19.2 9.9 18.1 "
    "11.1 16.4 11.5 M18.3 14.9 C20.4 15.6 21.4 17.2 21.6 20",
    // department: a tree
    "M9 3 L15 3 L15 8 L9 8 Z M3 16 L8 16 L8 21 L3 21 Z M16 16 L21 16 L21 21 L16 21 Z M12 8 L12 12 M5.5 16 L5.5 12 "
    "L18.5 12 L18.5 16",
    // settings: sliders
    "M4 7 L12 7 M18 7 L20 7 O15 7 2.5 M4 17 L6 17 M12 17 L20 17 O9 17 2.5",
    // import
    "M12 3 L12 14 M7.5 9.8 L12 14.3 L16.5 9.8 M4 15 L4 18 C4 19.5 4.8 20 6 20 L18 20 C19.2 20 20 19.5 20 18 L20 15",
    // search
    "O10.5 10.5 6.5 M15.5 15.5 L20.5 20.5",
    // filter
    "M4 5 L20 5 L14 12.5 L14 19 L10 17 L10 12.5 Z",
    // sort up, down
    "M12 19 L12 5 M6.5 10.5 L12 5 L17.5 10.5",
    "M12 5 L12 19 M6.5 13.5 L12 19 L17.5 13.5",
    // plus, minus, check, close
    "M12 5 L12 19 M5 12 L19 12",
    "M5 12 L19 12",
    "M4.5 12.5 L9.5 17.5 L19.5 7",
    "M6 6 L18 18 M18 6 L6 18",
    // chevrons
    "M15 5 L8 12 L15 19",
    "M9 5 L16 12 L9 19",
    "M5 15 L12 8 L19 15",
    "M5 9 L12 16 L19 9",
    // more
    "D5 12 1.6 D12 12 1.6 D19 12 1.6",
    // bell
    "M6 16.5 L6 11 C6 7 8.5 4.5 12 4.5 C15.5 4.5 18 7 18 11 L18 16.5 L20 18 L4 18 Z M10 20.5 C10.6 21.5 13.4 21.5 14 "
    "20.5",
    // help
    "O12 12 9 M9.3 9.3 C9.5 7.7 10.6 7 12 7 C13.6 7 14.7 8 14.7 9.5 C14.7 11.5 12 11.7 12 14 D12 17 1.1",
    // sun, moon
    "O12 12 4 M12 2.5 L12 4.5 M12 19.5 L12 21.5 M2.5 12 L4.5 12 M19.5 12 L21.5 12 M5.3 5.3 L6.7 6.7 M17.3 17.3 L18.7 "
    "18.7 M5.3 18.7 L6.7 17.3 M17.3 6.7 L18.7 5.3",
    "M20.5 13.8 C17 15.5 12.5 14.5 10.8 11 C9.6 8.5 9.8 5.6 11.2 3.3 C6.5 3.7 3 7.6 3 12.2 C3 17.1 7 21 11.9 21 C15.9 "
    "21 19.5 18 20.5 13.8 Z",
    // language: a globe
    "O12 12 9 M3 12 L21 12 M12 3 C9.4 5.6 8.2 8.6 8.2 12 C8.2 15.4 9.4 18.4 12 21 M12 3 C14.6 5.6 15.8 8.6 15.8 12 "
    "C15.8 15.4 14.6 18.4 12 21",
    // sign out
    "M10 4 L6 4 C4.6 4 4 4.6 4 6 L4 18 C4 19.4 4.6 20 6 20 L10 20 M15.5 7.5 L20 12 L15.5 16.5 M20 12 L9.5 12",
    // clock
    "O12 12 9 M12 6.5 L12 12 L15.5 14",
    // warning, info
    "M12 3.8 L21.3 19.5 L2.7 19.5 Z M12 10 L12 14 D12 16.9 1.1",
    "O12 12 9 M12 11 L12 16.5 D12 7.8 1.1",
    // undo, refresh
    "M8.5 4.5 L4 9 L8.5 13.5 M4 9 L14 9 C17.6 9 20 11.3 20 14.5 C20 17.7 17.6 20 14 20 L10.5 20",
    "M20 5 L20 10 L15 10 M4 19 L4 14 L9 14 M19.6 10 C18.5 6.8 15.7 4.6 12.2 4.6 C9 4.6 6.2 6.3 5 9 M4.4 14 C5.5 17.2 "
    "8.3 19.4 11.8 19.4 C15 19.4 17.8 17.7 19 15",
    // download, upload
    "M12 4 L12 15 M7 10.5 L12 15.5 L17 10.5 M4.5 20 L19.5 20",
    "M12 16 L12 4.5 M7 9.5 L12 4.5 L17 9.5 M4.5 20 L19.5 20",
    // calendar
    "M5 5.5 L19 5.5 C20.4 5.5 21 6.1 21 7.5 L21 18.5 C21 19.9 20.4 20.5 19 20.5 L5 20.5 C3.6 20.5 3 19.9 3 18.5 L3 7.5 "
    "C3 6.1 3.6 5.5 5 5.5 Z M3 10.5 L21 10.5 M8 3 L8 7 M16 3 L16 7",
    // phone
    "M7 3.5 L9.5 8.5 L7.5 10.5 C8.6 13 11 15.4 13.5 16.5 L15.5 14.5 L20.5 17 C20.5 19.5 19 20.8 17 20.5 C10 19.5 4.5 "
    "14 "
    "3.5 7 C3.2 5 4.5 3.5 7 3.5 Z",
    // mail
    "M4.5 5.5 L19.5 5.5 C20.6 5.5 21 6 21 7 L21 17 C21 18 20.6 18.5 19.5 18.5 L4.5 18.5 C3.4 18.5 3 18 3 17 L3 7 C3 6 "
    "3.4 5.5 4.5 5.5 Z M3.5 7 L12 13 L20.5 7",
    // person
    "O12 8 4 M4.5 20.5 C4.9 16.3 7.6 14.8 12 14.8 C16.4 14.8 19.1 16.3 19.5 20.5",
    // pin
    "M12 21 C8 16.5 5.5 13.5 5.5 9.8 C5.5 6 8.4 3.2 12 3.2 C15.6 3.2 18.5 6 18.5 9.8 C18.5 13.5 16 16.5 12 21 Z O12 "
    "9.8 "
    "2.3",
    // note
    "M6 3.5 L14.5 3.5 L19 8 L19 19 C19 20.1 18.6 20.5 17.5 20.5 L6.5 20.5 C5.4 20.5 5 20.1 5 19 L5 4.5 M14 4 L14 8.5 "
    "L18.5 8.5 M8.5 12.5 L15.5 12.5 M8.5 16 L13 16",
    // edit
    "M4 20 L5 15.5 L16 4.5 C17 3.5 18 3.5 19 4.5 C20.5 6 20.5 6.8 19.5 8 L8.5 19 Z M14 6.5 L17.5 10",
    // trash
    "M4 6.5 L20 6.5 M9 6.5 L9 4 L15 4 L15 6.5 M6 6.5 L7 20 L17 20 L18 6.5 M10 10.5 L10 16 M14 10.5 L14 16",
    // grip
    "D9 6 1.3 D15 6 1.3 D9 12 1.3 D15 12 1.3 D9 18 1.3 D15 18 1.3",
    // columns
    "M4 4.5 L20 4.5 L20 19.5 L4 19.5 Z M9.5 4.5 L9.5 19.5 M14.5 4.5 L14.5 19.5",
    // link
    "M10 14 C8.3 12.3 8.3 10.2 10 8.5 L13 5.5 C14.7 3.8 17 3.8 18.5 5.5 C20 7.2 20 9.3 18.5 11 L16.5 13 M14 10 C15.7 "
    "11.7 15.7 13.8 14 15.5 L11 18.5 C9.3 20.2 7 20.2 5.5 18.5 C4 16.8 4 14.7 5.5 13 L7.5 11",
    // eye
    "M2.5 12 C5 7.8 8 5.8 12 5.8 C16 5.8 19 7.8 21.5 12 C19 16.2 16 18.2 12 18.2 C8 18.2 5 16.2 2.5 12 Z O12 12 3",
    // lock
    "M6.5 10.5 L17.5 10.5 C18.6 10.5 19 10.9 19 12 L19 19 C19 20.1 18.6 20.5 17.5 20.5 L6.5 20.5 C5.4 20.5 5 20.1 5 19 "
    "L5 12 C5 10.9 5.4 10.5 6.5 10.5 Z M8 10.5 L8 8 C8 5.4 9.5 3.8 12 3.8 C14.5 3.8 16 5.4 16 8 L16 10.5",
    // history
    "M3.5 4.5 L3.5 9 L8 9 M3.9 9 C5.2 5.8 8.3 3.6 12 3.6 C16.7 3.6 20.4 7.4 20.4 12 C20.4 16.6 16.7 20.4 12 20.4 C8.2 "
    "20.4 5 18 3.9 14.6 M12 7.5 L12 12.3 L15.3 14.2",
    // arrow right
    "M4.5 12 L19.5 12 M13.5 6 L19.5 12 L13.5 18",
    // archive: a box with a lid
    "M3.5 4.5 L20.5 4.5 L20.5 9 L3.5 9 Z M5 9 L5 18.5 C5 19.5 5.5 20 6.5 20 L17.5 20 C18.5 20 19 19.5 19 18.5 L19 9 "
    "M9.5 13 L14.5 13",
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  char command() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_++] : '\0';
  }
  float number() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    float whole = 0, share = 0, scale = 1;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      whole = whole * 10 + static_cast<float>(text_[at_] - '0');
    }
    if (at_ < text_.size() && text_[at_] == '.') {
      for (++at_; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
        share = share * 10 + static_cast<float>(text_[at_] - '0');
        scale *= 10;
      }
    }
    return whole + share / scale;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void draw_icon(Ui& ui, Icon icon, Rect into, Color color) {
  auto& in = ui.inside();
  const float scale = into.w / 24.0f;
  const float thick = std::max(1.25f, 1.75f * scale * (into.w < 18 ? 1.15f : 1.0f));
  const ImU32 paint = ink(in.is_disabled() ? faded(color, 0.55f) : color);
  ImDrawList& list = in.list();
  Reader reader(strokes[static_cast<std::size_t>(icon)]);
  auto point = [&] {
    const float x = reader.number(), y = reader.number();
    return ImVec2(into.x + x * scale, into.y + y * scale);
  };
  auto finish = [&](bool closed) { list.PathStroke(paint, closed ? ImDrawFlags_Closed : 0, thick); };
  for (char command = reader.command(); command; command = reader.command()) {
    switch (command) {
      case 'M':
        if (list._Path.Size > 0) finish(false);
        list.PathLineTo(point());
        break;
      case 'L':
        list.PathLineTo(point());
        break;
      case 'C': {
        const ImVec2 a = point(), b = point(), c = point();
        list.PathBezierCubicCurveTo(a, b, c);
        break;
      }
      case 'Z':
        finish(true);
        break;
      case 'O': {
        if (list._Path.Size > 0) finish(false);
        const ImVec2 centre = point();
        list.AddCircle(centre, reader.number() * scale, paint, 0, thick);
        break;
      }
      case 'D': {
        if (list._Path.Size > 0) finish(false);
        const ImVec2 centre = point();
        list.AddCircleFilled(centre, reader.number() * scale, paint);
        break;
      }
      default:
        return;
    }
  }
  if (list._Path.Size > 0) finish(false);
}

}  // namespace tw::ui
