// Stories of the table, and of dragging out of and into things.
#include "client/storybook/story.h"
#include "client/ui/drag.h"
#include "client/ui/format.h"
#include "client/ui/indicators.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"

namespace tw::storybook {

using namespace ui;

namespace {

constexpr std::string_view names[] = {"宝鸡亨鑫机械", "深圳和锐网络科技", "杭州逍邦网络", "北斗星通导航",
                                      "华润万家超市", "Nordwind GmbH",    "Café Lumière"};
constexpr std::string_view owners[] = {"李莉", "吴天明", "赵路", "陈曦", "Anna Berg", "王磊"};

std::string_view name_of(std::int64_t row) { return names[static_cast<std::size_t>(row) % std::size(names)]; }

struct Rows {
  TableState table{};
  Sort sort{.key = "name", .descending = false};
  std::int64_t count = 1'000'000, loaded = 1'000'000;
};
struct NoRows : Rows {
  NoRows() { count = loaded = 0; }
};
struct Loading : Rows {
  Loading() { loaded = 3; }
};
struct Ticked : Rows {
  Ticked() { table.selection.keys = {2, 3, 5}; }
};

void draw_table(Ui& ui, Rows& state) {
  page(ui, "customers", {.title = sample(ui, "客户", "Customers"), .bounded = true}, [&] {
    if (!state.table.selection.empty()) {
      const std::string count = number(state.table.selection.size(state.count));
      const auto event =
          selection_bar(ui, "selection",
                        {.words = ui.keep(std::string(sample(ui, "已选 ", "Selected: ")) + count),
                         .select_all = sample(ui, "选择全部查询结果", "Select all of this query"),
                         .clear_name = sample(ui, "取消选择", "Clear the selection"),
                         .actions = [&] { link(ui, "add", sample(ui, "加入批量任务", "Add to batch task")); }});
      if (event == SelectionBarEvent::clear) state.table.selection.clear();
      if (event == SelectionBarEvent::select_all) state.table.selection.all_of_query = true;
    }
    const Column columns[] = {
        {.key = "name", .label = sample(ui, "名称", "Name"), .share = 1.5f, .sortable = true, .row_header = true},
        {.key = "city", .label = sample(ui, "城市", "City"), .width = 100, .hide_below = 900},
        {.key = "owner", .label = sample(ui, "负责人", "Owner"), .hide_below = 480},
        {.key = "state", .label = sample(ui, "状态", "State"), .width = 130},
        {.key = "score",
         .label = sample(ui, "评分", "Score"),
         .width = 80,
         .align = ColumnAlign::end,
         .sortable = true},
        {.key = "seen", .label = sample(ui, "最近跟进", "Last contact"), .width = 140, .hide_below = 640}};
    TableModel model;
    model.name = sample(ui, "客户", "Customers");
    model.rows = state.count;
    model.columns = columns;
    model.selectable = true;
    model.sort = state.sort;
    model.row = [&](std::int64_t row) {
      return RowInfo{row < state.loaded, row + 1, ui.keep(std::string(name_of(row)) + " " + std::to_string(row + 1)),
                     "/customers/1", row == 4};
    };
    model.cell = [&](std::int64_t row, int column) {
      if (column == 0) cell_strong(ui, ui.keep(std::string(name_of(row)) + " " + std::to_string(row + 1)));
      if (column == 1) cell_text(ui, sample(ui, row % 3 ? "上海" : "宝鸡", row % 3 ? "Shanghai" : "Baoji"));
      if (column == 2) avatar_name(ui, owners[static_cast<std::size_t>(row) % std::size(owners)], row % 6);
      if (column == 3) chip(ui, sample(ui, "执行中", "Executing"), {.tone = Tone::executing});
      if (column == 4) cell_number(ui, 99 - row % 60);
      if (column == 5) cell_muted(ui, relative_time(ui, {ui.now().ms - (row % 40) * 3'600'000 - 5000}));
    };
    model.empty = [&] {
      empty_state(ui, "none",
                  {.icon = Icon::customers,
                   .title = sample(ui, "还没有客户", "No customers yet"),
                   .words = sample(ui, "从 CSV 文件导入，或新建一位。", "Import a CSV file, or add one by hand."),
                   .action = sample(ui, "导入客户", "Import customers")});
    };
    model.context_menu = [&](std::int64_t) {
      menu_item(ui, "open", sample(ui, "打开", "Open"), {.icon = Icon::arrow_right});
      menu_item(ui, "delete", sample(ui, "删除", "Delete"), {.icon = Icon::trash, .danger = true});
    };
    const TableEvents events = table(ui, "table", model, state.table);
    if (events.sort_changed) state.sort = events.sort;
  });
}

template <class State>
void table_of(Ui& ui, State& state) {
  draw_table(ui, state);
}

struct Board {
  std::vector<std::int64_t> placed{};
};

void board(Ui& ui, Board& state) {
  page(ui, "board", {.title = sample(ui, "拖放", "Drag and drop"), .bounded = true}, [&] {
    split(ui, {.stack_below = 500, .height = ui.available_height()}, {{.pixels = 280}, {.share = 1}}, [&](int side) {
      if (side == 0) {
        for (int i = 0; i < 5; ++i) {
          IdScope scope(ui, i);
          card_button(ui, "item", {.name = names[i], .padding = space::s}, [&] { strong(ui, names[i]); });
          drag_source(ui, [&] { return DragPayload{"item", {i}, std::string(sample(ui, "1 位客户", "1 customer"))}; });
        }
        return;
      }
      grid(ui, {.min_cell = 200}, 4, [&](int i) {
        IdScope scope(ui, i);
        const bool full = i == 2;
        const auto dropped = drop_target(
            ui, "person", owners[i], "item",
            [&](const DragPayload&) {
              return DropVerdict{!full, std::string(full ? sample(ui, "已到上限", "The cap is reached")
                                                         : sample(ui, "分配到这里", "Goes here"))};
            },
            [&] {
              card(ui, "card", {}, [&] {
                avatar_name(ui, owners[i], i, sample(ui, "客服一组", "Service 1"));
                capacity_bar(ui, {.name = owners[i], .used = full ? 40 : 22 + i, .cap = 40});
              });
            });
        if (dropped) state.placed = dropped->ids;
      });
    });
  });
}

}  // namespace

void add_tables(std::vector<Story>& stories) {
  stories.push_back({"table", "widgets", with_state<Rows>(table_of<Rows>)});
  stories.push_back({"table-empty", "widgets", with_state<NoRows>(table_of<NoRows>)});
  stories.push_back({"table-loading", "widgets", with_state<Loading>(table_of<Loading>)});
  stories.push_back({"table-selection", "widgets", with_state<Ticked>(table_of<Ticked>)});
  stories.push_back({"board", "widgets", with_state<Board>(board)});
}

}  // namespace tw::storybook
