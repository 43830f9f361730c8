// See table.h. Here: rows as text that spreadsheets take. A cell is drawn once more where nobody sees it, and what it
// says is what is copied: no view says its cells twice.
//
// Never a formula: a text that a spreadsheet would calculate is led by an apostrophe, because names come from
// strangers.
#include "client/ui/table_inside.h"
#include "core/text.h"

namespace tw::ui {

namespace {

constexpr std::int64_t most_copied = 1000;  // rows

bool is_number(std::string_view words) {
  return words.find_first_not_of("0123456789.,+-% ()") == std::string_view::npos;
}

void put_cell(std::string& out, std::string_view words, bool first) {
  if (!first) out += '\t';
  words = text::trim(words);
  if (words == "—") return;  // stands for nothing
  const bool formula =
      !words.empty() && std::string_view("=+-@").find(words.front()) != std::string_view::npos && !is_number(words);
  const bool quoted = words.find_first_of("\t\r\n\"") != std::string_view::npos;
  if (quoted) out += '"';
  if (formula) out += '\'';
  for (const char c : words) {
    out += c;
    if (c == '"') out += c;
  }
  if (quoted) out += '"';
}

}  // namespace

std::string Table::words_of(std::int64_t row, const PlacedColumn& placed) {
  const Column& column = model_.columns[static_cast<std::size_t>(placed.index)];
  std::string words;
  IdScope scope(ui_, column.key);
  in_.tree.overhear(&words);
  LayoutFrame frame;
  frame.horizontal = true;
  frame.line = g_.row;
  frame.bounds = {0, -100'000, 4000, g_.row};  // out of sight, and wide: nothing gives way
  open_layout(ui_, frame);
  model_.cell(row, placed.index);
  close_layout(ui_);
  in_.tree.overhear(nullptr);
  return words;
}

void Table::copy() {
  std::vector<const PlacedColumn*> columns;
  std::string out;
  for (const PlacedColumn& placed : g_.columns) {
    const std::string_view label = model_.columns[static_cast<std::size_t>(placed.index)].label;
    if (label.empty()) continue;  // buttons
    put_cell(out, label, columns.empty());
    columns.push_back(&placed);
  }
  out += '\n';
  const bool one = state_.selection.empty();
  const std::int64_t wanted = one ? 1 : state_.selection.size(model_.rows);
  std::int64_t copied = 0;
  IdScope scope(ui_, "copy");
  in_.copying = true;
  for (std::int64_t row = one ? state_.current : 0; row < model_.rows && copied < std::min(wanted, most_copied);
       ++row) {
    const RowInfo info = model_.row(row);
    if (!info.loaded || !(one || state_.selection.has(info.key))) {
      if (one) break;
      continue;
    }
    IdScope row_scope(ui_, info.key);
    for (const PlacedColumn* placed : columns) put_cell(out, words_of(row, *placed), placed == columns.front());
    out += '\n';
    ++copied;
  }
  in_.copying = false;
  if (copied == 0) return;
  in_.copied = std::move(out);
  ui_.say(std::string(ui_.tr(copied < wanted ? text_key("ui.copied_part") : text_key("ui.copied_rows"),
                             {param("count", copied), param("all", wanted), param("most", most_copied)})));
}

}  // namespace tw::ui
