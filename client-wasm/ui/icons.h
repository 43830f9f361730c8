// Icons: vector strokes on a 24 x 24 grid, drawn by code at any size. An icon never speaks alone: where no word stands
// beside it the widget takes a name for it.
#pragma once

#include <cstdint>

#include "client/ui/geometry.h"

namespace tw::ui {

enum class Icon : std::uint8_t {
  none,
  workbench,
  customers,
  batch,
  people,
  department,
  settings,
  import_file,
  search,
  filter,
  sort_up,
  sort_down,
  plus,
  minus,
  check,
  close,
  chevron_left,
  chevron_right,
  chevron_up,
  chevron_down,
  more,
  bell,
  help,
  sun,
  moon,
  language,
  sign_out,
  clock,
  warning,
  info,
  undo,
  refresh,
  download,
  upload,
  calendar,
  phone,
  mail,
  person,
  pin,
  note,
  edit,
  trash,
  grip,
  columns,
  link,
  eye,
  lock,
  history,
  arrow_right,
  archive,
  count_
};

class Ui;
void draw_icon(Ui& ui, Icon icon, Rect into, Color color);

}  // namespace tw::ui
