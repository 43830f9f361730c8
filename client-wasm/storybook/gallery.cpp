// See gallery.h. Words are plain here: these are samples, not texts of the product.
#include "client/storybook/gallery.h"

#include "client/ui/drag.h"
#include "client/ui/format.h"
#include "client/ui/indicators.h"
#include "client/ui/layout.h"
#include "client/ui/shell.h"

namespace tw::storybook {

using namespace ui;

namespace {

constexpr std::string_view owners[] = {"李莉", "吴天明", "赵路", "陈曦", "Anna Berg", "王磊"};
constexpr std::string_view companies[] = {"宝鸡亨鑫机械",  "深圳和锐网络科技", "杭州逍邦网络", "北斗星通导航",
                                          "华润万家超市",  "大回小回餐饮",     "铁龙物流",     "吉马酒业",
                                          "Nordwind GmbH", "Café Lumière"};
constexpr std::string_view cities[] = {"宝鸡", "深圳", "杭州", "北京", "上海"};
struct State {
  std::string_view words;
  Tone tone;
};
constexpr State states[] = {{"执行中", Tone::executing},     {"已结束", Tone::ended}, {"未分配", Tone::unassigned},
                            {"完成待确认", Tone::completed}, {"重置", Tone::reset},   {"放弃", Tone::danger}};

template <class T, std::size_t N>
const T& pick(const T (&from)[N], std::int64_t n) {
  return from[static_cast<std::size_t>(n) % N];
}

void workbench(Ui& ui, Gallery& state) {
  page(ui, "workbench",
       {.title = "早上好，周敏",
        .subtitle = "今天有 12 件事等你处理",
        .actions =
            [&] {
              button(ui, "edit", "编辑工作台");
              if (primary_button(ui, "new", "新建批量任务", {.icon = Icon::plus})) state.dialog = true;
            }},
       [&] {
         grid(ui, {.min_cell = 200, .max_columns = 4}, 4, [&](int i) {
           constexpr std::string_view labels[] = {"完成待确认", "需要分配", "24 小时内到期", "今日完成"};
           constexpr std::string_view figures[] = {"7", "214", "31", "186"};
           constexpr std::string_view words[] = {"来自 3 个任务", "放弃 9 · 重置 5 · 新加入 200",
                                                 "李莉 12 · 吴天明 8 · 其他 11", "较昨日 +14%"};
           constexpr Tone tones[] = {Tone::completed, Tone::unassigned, Tone::danger, Tone::ended};
           const auto n = static_cast<std::size_t>(i);
           if (figure_card(ui, labels[n],
                           {.label = labels[n], .figure = figures[n], .words = words[n], .tone = tones[n]})) {
             state.page = 1;
           }
         });
         split(ui, {.stack_below = 800}, {{.share = 1.6f}, {.share = 1}}, [&](int side) {
           if (side == 0) {
             card(ui, "batches",
                  {.title = "我管理的批量任务",
                   .padding = space::l,
                   .actions = [&] { link(ui, "all", "全部 14 个", {.path = "/batches", .style = Style::caption}); }},
                  [&] {
                    static constexpr Column columns[] = {
                        {.key = "topic", .label = "主题", .share = 1.4f, .row_header = true},
                        {.key = "progress", .label = "进度", .share = 1.4f},
                        {.key = "count", .label = "客户", .width = 80, .align = ColumnAlign::end},
                        {.key = "due", .label = "下个到期", .width = 110, .hide_below = 480}};
                    TableModel model;
                    model.name = "批量任务";
                    model.rows = 5;
                    model.columns = columns;
                    model.fit = true;
                    model.framed = false;
                    constexpr std::string_view topics[] = {"产品换季养护通知", "老客户回访（第三季度）",
                                                           "高净值客户续约", "定期存款意向筛查", "展会名片跟进"};
                    model.row = [&](std::int64_t row) {
                      return RowInfo{true, row + 1, pick(topics, row), "/batches/1", false};
                    };
                    model.cell = [&](std::int64_t row, int column) {
                      if (column == 0) cell_strong(ui, pick(topics, row));
                      if (column == 1) {
                        const BarPart parts[] = {{"已结束", 600 - row * 100, Tone::ended},
                                                 {"待确认", 80, Tone::completed},
                                                 {"执行中", 300, Tone::executing},
                                                 {"放弃", 40, Tone::danger},
                                                 {"未分配", 260, Tone::neutral}};
                        state_bar(ui, "进度", parts);
                      }
                      if (column == 2) cell_number(ui, 1280 * (row + 1));
                      if (column == 3) cell_text(ui, row == 4 ? "—" : "今天 17:30");
                    };
                    if (table(ui, "batches", model, state.batches).activated >= 0) ++state.activations;
                  });
           } else {
             card(ui, "fair", {.title = "分配公平度", .subtitle = "近 30 个工作日 · Jain 指数 0.97"}, [&] {
               for (int i = 0; i < 6; ++i) {
                 IdScope scope(ui, i);
                 row(ui, {.gap = space::m, .height = 36}, [&] {
                   column(ui, {.width = 120}, [&] { avatar_name(ui, owners[i], i); });
                   capacity_bar(ui, {.name = owners[i],
                                     .used = 92 - i * 4,
                                     .cap = 100,
                                     .width = std::max(40.0f, ui.available_width() - 48)});
                   caption(ui, ui.keep(percent(92 - i * 4, 100)));
                 });
               }
             });
           }
         });
       });
}

void customers(Ui& ui, Gallery& state) {
  const Choice views[] = {{.key = "own", .label = "我的客户", .count = 86},
                          {.key = "department", .label = "部门", .count = 1904},
                          {.key = "all", .label = "全部", .count = 1'000'000}};
  page(
      ui, "customers",
      {.title = "客户",
       .count = "1,000,000",
       .bounded = true,
       .actions =
           [&] {
             button(ui, "import", "导入", {.icon = Icon::import_file});
             primary_button(ui, "new", "新建客户", {.icon = Icon::plus});
           }},
      [&] {
        row(ui, {.gap = space::s, .wrap = true}, [&] {
          tabs(ui, "views", "视图", views, state.tab);
          spring(ui);
          filter_chip(ui, "f", "筛选：余额 > 1,000 且 结果 = 否", "移除筛选");
        });
        if (!state.customers.selection.empty()) {
          const auto words = ui.keep("已选 " + number(state.customers.selection.size(1'000'000)) + " 位");
          const auto event = selection_bar(
              ui, "selection",
              {.words = words, .select_all = "选择全部 1,000,000 位查询结果", .clear_name = "取消选择", .actions = [&] {
                 link(ui, "add", "加入批量任务", {.weight = Weight::semibold});
                 link(ui, "move", "转移负责人", {.weight = Weight::semibold});
               }});
          if (event == SelectionBarEvent::clear) state.customers.selection.clear();
          if (event == SelectionBarEvent::select_all) {
            state.customers.selection.clear();
            state.customers.selection.all_of_query = true;
          }
        }
        static constexpr Column columns[] = {
            {.key = "name", .label = "客户名称", .share = 1.5f, .sortable = true, .row_header = true},
            {.key = "owner", .label = "负责人", .share = 1.2f, .hide_below = 520},
            {.key = "state", .label = "状态", .width = 140},
            {.key = "city", .label = "城市", .hide_below = 640},
            {.key = "phone", .label = "电话", .width = 150, .hide_below = 760},
            {.key = "score", .label = "评分", .width = 80, .align = ColumnAlign::end, .sortable = true},
            {.key = "seen", .label = "最近跟进", .width = 130, .sortable = true, .hide_below = 900}};
        TableModel model;
        model.name = "客户";
        model.rows = 1'000'000;
        model.columns = columns;
        model.selectable = true;
        model.sort = state.sort;
        model.row = [&](std::int64_t row) {
          return RowInfo{row % 97 != 13, row + 1,
                         ui.keep(std::string(pick(companies, row)) + " " + std::to_string(row)), "/customers/1", false};
        };
        model.cell = [&](std::int64_t row, int column) {
          if (column == 0) cell_strong(ui, ui.keep(std::string(pick(companies, row)) + " " + std::to_string(row)));
          if (column == 1) avatar_name(ui, pick(owners, row), row % 6);
          if (column == 2) chip(ui, pick(states, row).words, {.tone = pick(states, row).tone});
          if (column == 3) cell_text(ui, pick(cities, row));
          if (column == 4) cell_muted(ui, "138****1000");
          if (column == 5) cell_number(ui, 99 - row % 60);
          if (column == 6) cell_muted(ui, relative_time(ui, {ui.now().ms - (row % 40) * 3'600'000 - 5000}));
        };
        model.context_menu = [&](std::int64_t) {
          menu_item(ui, "open", "打开", {.icon = Icon::arrow_right});
          menu_item(ui, "add", "加入批量任务", {.icon = Icon::batch});
          menu_separator(ui);
          menu_item(ui, "delete", "删除", {.icon = Icon::trash, .danger = true});
        };
        const TableEvents events = table(ui, "table", model, state.customers);
        if (events.sort_changed) state.sort = events.sort;
        if (events.activated >= 0) ++state.activations;
      });
}

void board(Ui& ui, Gallery& state) {
  const Choice parts[] = {{.key = "allocate", .label = "分配", .count = 214},
                          {.key = "progress", .label = "执行情况", .count = 1280},
                          {.key = "confirm", .label = "待确认", .count = 7},
                          {.key = "log", .label = "操作历史"}};
  page(ui, "board",
       {.title = "产品换季养护通知",
        .back_label = "批量任务",
        .bounded = true,
        .actions =
            [&] {
              button(ui, "add", "加入客户");
              if (icon_button(ui, "more", Icon::more, "更多", {.kind = ButtonKind::secondary, .has_menu = true}))
                open_menu(ui, "menu");
              menu(ui, "menu", "更多", [&] {
                menu_item(ui, "end", "结束所有客户任务", {.icon = Icon::check});
                menu_item(ui, "terminate", "终止任务", {.icon = Icon::close, .danger = true});
              });
            },
        .beside_title = [&] { chip(ui, "执行中", {.tone = Tone::executing}); }},
       [&] {
         tabs(ui, "parts", "任务", parts, state.board_tab);
         split(ui, {.stack_below = 700, .height = ui.available_height()}, {{.pixels = 400}, {.share = 1}},
               [&](int side) {
                 if (side == 0) {
                   card(ui, "pool", {.padding = space::m, .fill = true}, [&] {
                     search_field(ui, "search", state.customer_search, "搜索待分配客户");
                     scroll_area(ui, "items", {.gap = 0}, [&] {
                       for (int i = 0; i < 14; ++i) {
                         IdScope scope(ui, i);
                         if (card_button(ui, "item", {.name = companies[i % 10], .padding = space::s}, [&] {
                               row(ui, {.height = 36}, [&] {
                                 column(ui, {.gap = 0}, [&] {
                                   strong(ui, companies[i % 10]);
                                   caption(ui, "上海 · 评分 92");
                                 });
                                 spring(ui);
                                 chip(ui, "未分配", {.tone = Tone::unassigned});
                               });
                             })) {
                           ++state.activations;
                         }
                         drag_source(ui, [&] { return DragPayload{"item", {i}, "1 位客户"}; });
                       }
                     });
                   });
                 } else {
                   scroll_area(ui, "people", {}, [&] {
                     grid(ui, {.min_cell = 210}, 6, [&](int i) {
                       IdScope scope(ui, i);
                       const bool full = i == 2;
                       const auto dropped = drop_target(
                           ui, "person", owners[i], "item",
                           [&](const DragPayload&) {
                             return DropVerdict{!full,
                                                full ? std::string("已超上限") : "可分配给 " + std::string(owners[i])};
                           },
                           [&] {
                             DisabledScope dim(ui, full);
                             card(ui, "card", {}, [&] {
                               avatar_name(ui, owners[i], i, "客服一组");
                               capacity_bar(ui, {.name = owners[i], .used = full ? 31 : 22 + i, .cap = full ? 30 : 40});
                               row(ui, {.height = 18}, [&] {
                                 caption(ui, full ? "持有 31 / 30" : "持有 22 / 40");
                                 spring(ui);
                                 caption(ui, full ? "已超上限" : "今日完成 6");
                               });
                             });
                           });
                       if (dropped) {
                         state.placed = dropped->ids;
                         state.toasts.push_back({1, "已分配给 " + std::string(owners[i]), "撤销", Tone::ended});
                       }
                     });
                   });
                 }
               });
       });
}

void forms(Ui& ui, Gallery& state) {
  const Choice roles[] = {{.key = "admin", .label = "管理员", .hint = "全部权限"},
                          {.key = "manager", .label = "经理"},
                          {.key = "member", .label = "成员"}};
  const std::string_view steps[] = {"选择文件", "对应列", "检查", "导入"};
  page(ui, "forms", {.title = "表单与状态"}, [&] {
    wizard_steps(ui, "导入", steps, 1);
    banner(ui, "banner", {.words = "与服务器的连接已断开，正在重试。", .action = "立即重试", .closable = true});
    split(ui, {}, {{}, {}}, [&](int side) {
      if (side == 0) {
        card(ui, "fields", {.title = "字段", .gap = space::l}, [&] {
          text_field(ui, "name", state.name,
                     {.label = "姓名", .placeholder = "例如：张伟", .hint = "同事会看到这个名字", .required = true});
          text_field(ui, "mail", state.login,
                     {.label = "邮箱",
                      .error = state.login.empty() ? "请输入邮箱" : std::string_view(),
                      .kind = FieldKind::email});
          number_field(ui, "cap", state.cap, {.field = {.label = "持有上限", .width = 160}, .min = 0});
          select(ui, "role", roles, state.role, {.label = "角色", .placeholder = "请选择"});
          text_area(ui, "note", state.note, {.field = {.label = "本次执行情况", .placeholder = "写下这次联系的结果"}});
          row(ui, {.wrap = true}, [&] {
            constexpr std::string_view results[] = {"空号", "无人接听", "拒接", "会议中"};
            for (int i = 0; i < 4; ++i) {
              if (chip_button(ui, results[i], results[i], state.result == i)) state.result = i;
            }
          });
          checkbox(ui, "remember", "保持登录", state.remember, {.hint = "在这台电脑上保留 30 天"});
          radio_group(ui, "radio", "角色", roles, state.role);
        });
      } else {
        card(ui, "states", {.title = "状态"}, [&] {
          row(ui, {.wrap = true}, [&] {
            for (const State& one : states) chip(ui, one.words, {.tone = one.tone});
          });
          progress_bar(ui, {.name = "导入", .words = "412,000 / 1,000,000", .done = 412, .total = 1000});
          inline_error(ui, "error", "保存失败：网络不可用。你的修改还在这里。", "重试");
          row(ui, {.wrap = true}, [&] {
            button(ui, "s", "次要");
            primary_button(ui, "p", "主要");
            button(ui, "g", "幽灵", {.kind = ButtonKind::ghost});
            button(ui, "d", "放弃", {.kind = ButtonKind::danger});
            button(ui, "off", "不可用", {.disabled = true, .why_disabled = "没有选中任何客户"});
            button(ui, "busy", "保存中", {.busy = state.loading});
          });
          timeline_entry(ui, {Tone::ended, "昨天 16:20", "电话 · 未接通", "响了六声，无人接听。"}, false);
          timeline_entry(ui, {Tone::accent, "11-18 09:12", "由周敏分配", "能力平均，你的负荷最低"}, true);
        });
        card(ui, "drop", {.title = "文件"}, [&] {
          file_drop_zone(ui, "file",
                         {.label = "把 CSV 文件拖到这里，或点击选择",
                          .hint = "UTF-8、UTF-16 或 GB18030，最大 2 GB",
                          .accept = ".csv"});
        });
        card(ui, "empty", {}, [&] {
          empty_state(ui, "none",
                      {.icon = Icon::batch,
                       .title = "还没有批量任务",
                       .words = "批量任务把一批客户分给同事，并跟踪每一位的进展。",
                       .action = "新建批量任务",
                       .action_icon = Icon::plus});
        });
      }
    });
  });
}

void sign_in(Ui& ui, Gallery& state) {
  centred_page(ui, "sign-in", 400, [&] {
    heading(ui, 1, "登录");
    form(ui, "form", "登录", [&] {
      text_field(ui, "login", state.login, {.label = "登录名", .autofill = Autofill::username, .focus_first = true});
      const auto result =
          text_field(ui, "password", state.password,
                     {.label = "密码", .kind = FieldKind::password, .autofill = Autofill::current_password});
      if (primary_button(ui, "go", "登录", {.full_width = true}) || result.submitted) state.signed_in = true;
    });
  });
}

}  // namespace

void draw_gallery(Ui& ui, Gallery& state) {
  if (!state.signed_in) {
    sign_in(ui, state);
    return;
  }
  const NavItem items[] = {
      {.key = "work", .label = "工作台", .path = "/", .icon = Icon::workbench},
      {.key = "customers", .label = "客户", .path = "/customers", .icon = Icon::customers},
      {.key = "batches", .label = "批量任务", .path = "/batches", .icon = Icon::batch, .badge = 7},
      {.key = "people", .label = "成员与角色", .path = "/people", .icon = Icon::people, .group = "管理"}};
  const Choice looks[] = {{.key = "light", .label = "浅", .icon = Icon::sun},
                          {.key = "dark", .label = "深", .icon = Icon::moon}};
  state.look = ui.theme().dark ? 1 : 0;
  const auto events = shell(ui,
                            {.second_name = "潮汐",
                             .nav_name = "主导航",
                             .items = items,
                             .current = items[state.page].key,
                             .top_bar =
                                 [&] {
                                   search_field(ui, "search", state.search, "搜索客户、任务、成员",
                                                ui.is_phone() ? 200.0f : 420.0f, ui.is_phone() ? "" : "Ctrl K");
                                   spring(ui);
                                   if (!ui.is_phone() && segmented(ui, "look", "外观", looks, state.look))
                                     state.wanted_theme = state.look ? "dark" : "light";
                                   icon_button(ui, "help", Icon::help, "帮助", {.kind = ButtonKind::secondary});
                                 },
                             .account =
                                 [&] {
                                   avatar(ui, "周敏", 2, 28);
                                   text(ui, "周敏 · 客服经理");
                                   spring(ui);
                                   if (icon_button(ui, "account", Icon::sign_out, "退出")) state.signed_in = false;
                                 },
                             .loading = state.loading},
                            [&] {
                              if (state.page == 0) workbench(ui, state);
                              if (state.page == 1) customers(ui, state);
                              if (state.page == 2) board(ui, state);
                              if (state.page == 3) forms(ui, state);
                            });
  if (events.navigate >= 0) state.page = events.navigate;
  if (state.dialog) {
    const auto result = dialog(ui, "new-batch",
                               {.title = "新建批量任务",
                                .subtitle = "先起个主题，客户可以稍后再加入。",
                                .close_name = "关闭",
                                .footer =
                                    [&] {
                                      if (button(ui, "cancel", "取消")) state.dialog = false;
                                      if (primary_button(ui, "save", "创建")) {
                                        state.dialog = false;
                                        state.toasts.push_back({2, "已创建：" + state.name, "撤销", Tone::ended});
                                      }
                                    }},
                               [&] {
                                 text_field(ui, "topic", state.name, {.label = "主题", .required = true});
                                 text_area(ui, "note", state.note, {.field = {.label = "说明"}});
                               });
    if (result.close) state.dialog = false;
  }
  const ToastEvent said = toasts(ui, "关闭提示", state.toasts);
  if (said.id) std::erase_if(state.toasts, [&](const Toast& toast) { return toast.id == said.id; });
}

}  // namespace tw::storybook
