// Stories of things to press.
#include "client/ui/controls.h"

#include "client/storybook/story.h"
#include "client/ui/bars.h"
#include "client/ui/format.h"
#include "client/ui/layout.h"
#include "client/ui/shell.h"

namespace tw::storybook {

using namespace ui;

namespace {

struct Controls {
  bool remember = true, updates = false;
  int role = 1, tab = 1, look = 0, result = 0, page = 0;
  std::int64_t weight = 120;
};

void buttons(Ui& ui, Controls&) {
  page(ui, "buttons", {.title = sample(ui, "按钮", "Buttons")}, [&] {
    row(ui, {.wrap = true}, [&] {
      primary_button(ui, "primary", sample(ui, "新建批量任务", "New batch task"), {.icon = Icon::plus});
      button(ui, "secondary", sample(ui, "导入", "Import"), {.icon = Icon::import_file});
      button(ui, "ghost", sample(ui, "取消", "Cancel"), {.kind = ButtonKind::ghost});
      button(ui, "danger", sample(ui, "放弃", "Give up"), {.kind = ButtonKind::danger});
      button(ui, "menu", sample(ui, "更多", "More"), {.has_menu = true});
    });
    row(ui, {.wrap = true}, [&] {
      button(ui, "off", sample(ui, "确认", "Confirm"),
             {.disabled = true, .why_disabled = sample(ui, "没有选中任何客户", "Nothing is selected")});
      primary_button(ui, "off-primary", sample(ui, "分配", "Allocate"), {.disabled = true});
      button(ui, "busy", sample(ui, "保存中", "Saving"), {.busy = true});
      button(ui, "narrow", sample(ui, "一个很长的按钮名称", "A very long name of a button"), {.width = 120});
    });
    row(ui, {.wrap = true}, [&] {
      icon_button(ui, "edit", Icon::edit, sample(ui, "编辑", "Edit"));
      icon_button(ui, "more", Icon::more, sample(ui, "更多", "More"),
                  {.kind = ButtonKind::secondary, .has_menu = true});
      icon_button(ui, "pinned", Icon::pin, sample(ui, "已固定", "Pinned"), {.pressed = true});
      icon_button(ui, "bell", Icon::bell, sample(ui, "通知", "Notifications"), {.badge = 3});
      icon_button(ui, "off-icon", Icon::trash, sample(ui, "删除", "Delete"), {.disabled = true});
    });
    column(ui, {.width = 280},
           [&] { primary_button(ui, "full", sample(ui, "登录", "Sign in"), {.full_width = true}); });
    link(ui, "link", sample(ui, "全部 14 个", "All 14"), {.path = "/batches"});
    row(ui, {.wrap = true}, [&] {
      search_button(ui, "search", sample(ui, "快速搜索", "Quick search"), sample(ui, "搜索客户", "Search customers"),
                    "Ctrl K", 320);
    });
    row(ui, [&] { key_caps(ui, "Ctrl K"); });
    column(ui, {.width = 240}, [&] {
      account_bar(ui, "account", sample(ui, "周敏", "Zhou Min"), 2, sample(ui, "客服经理", "Service manager"),
                  sample(ui, "账号", "Account"));
      scroll_area(ui, "results", {.height = 44, .name = sample(ui, "搜索结果", "Results"), .choices = true}, [&] {
        result_row(ui, ui.id("result"),
                   {.icon = Icon::person,
                    .label = sample(ui, "北斗星通导航", "Northwind"),
                    .hint = sample(ui, "北京", "Beijing"),
                    .current = true});
      });
    });
  });
}

void choices(Ui& ui, Controls& state) {
  const Choice roles[] = {
      {.key = "admin", .label = sample(ui, "管理员", "Administrator"), .hint = sample(ui, "全部权限", "Everything")},
      {.key = "manager", .label = sample(ui, "经理", "Manager")},
      {.key = "member", .label = sample(ui, "成员", "Member")}};
  const Choice views[] = {{.key = "own", .label = sample(ui, "我的客户", "Mine"), .count = 86},
                          {.key = "department", .label = sample(ui, "部门", "Department"), .count = 1904},
                          {.key = "all", .label = sample(ui, "全部", "All"), .count = 1'000'000}};
  const Choice looks[] = {{.key = "light", .label = sample(ui, "浅", "Light"), .icon = Icon::sun},
                          {.key = "dark", .label = sample(ui, "深", "Dark"), .icon = Icon::moon}};
  page(ui, "choices", {.title = sample(ui, "选择", "Choices")}, [&] {
    checkbox(ui, "remember", sample(ui, "保持登录", "Stay signed in"), state.remember,
             {.hint = sample(ui, "在这台电脑上保留 30 天", "For 30 days on this computer")});
    checkbox(ui, "updates", sample(ui, "接收更新", "Receive updates"), state.updates);
    row(ui, [&] {
      bare_checkbox(ui, "mixed", sample(ui, "全选", "Select all"), Checked::mixed);
      bare_checkbox(ui, "yes", sample(ui, "选中", "Selected"), Checked::yes);
      bare_checkbox(ui, "no", sample(ui, "未选中", "Not selected"), Checked::no);
    });
    radio_group(ui, "roles", sample(ui, "角色", "Role"), roles, state.role);
    tabs(ui, "views", sample(ui, "视图", "View"), views, state.tab);
    segmented(ui, "looks", sample(ui, "外观", "Look"), looks, state.look);
    slider(ui, "weight", state.weight,
           {.name = sample(ui, "权重", "Weight"),
            .words = ui.keep(number(state.weight)),
            .least = 10,
            .most = 500,
            .step = 10,
            .width = 240});
    std::int64_t fixed = 30;
    slider(ui, "fixed", fixed,
           {.name = sample(ui, "不可调整", "Fixed"), .words = "30", .width = 240, .disabled = true});
  });
}

void chips(Ui& ui, Controls& state) {
  page(ui, "chips", {.title = sample(ui, "标签", "Chips")}, [&] {
    row(ui, {.wrap = true}, [&] {
      chip(ui, sample(ui, "执行中", "Executing"), {.tone = Tone::executing});
      chip(ui, sample(ui, "草稿", "Draft"), {.dot = false});
    });
    row(ui, {.wrap = true}, [&] {
      if (chip_button(ui, "reached", sample(ui, "已接通", "Reached"), state.result == 0)) state.result = 0;
      if (chip_button(ui, "missed", sample(ui, "未接通", "Not reached"), state.result == 1)) state.result = 1;
    });
    row(ui, {.wrap = true}, [&] {
      filter_chip(ui, "city", sample(ui, "城市包含“上海”", "City contains “Shanghai”"),
                  sample(ui, "移除筛选", "Remove filter"));
    });
  });
}

void frame(Ui& ui, Controls& state) {
  const NavItem items[] = {
      {.key = "work", .label = sample(ui, "工作台", "Workbench"), .path = "/", .icon = Icon::workbench},
      {.key = "customers", .label = sample(ui, "客户", "Customers"), .path = "/customers", .icon = Icon::customers},
      {.key = "batches",
       .label = sample(ui, "批量任务", "Batch tasks"),
       .path = "/batches",
       .icon = Icon::batch,
       .badge = 7},
      {.key = "people",
       .label = sample(ui, "成员与角色", "People"),
       .path = "/people",
       .icon = Icon::people,
       .group = sample(ui, "管理", "Administration")}};
  const auto events = shell(
      ui,
      {.second_name = sample(ui, "潮汐", "CRM"),
       .nav_name = sample(ui, "主导航", "Main"),
       .items = items,
       .current = items[state.page].key,
       .top_bar =
           [&] {
             text(ui, sample(ui, "顶栏", "Top bar"));
             spring(ui);
             icon_button(ui, "help", Icon::help, sample(ui, "帮助", "Help"));
           },
       .account = [&] { text(ui, sample(ui, "周敏", "Zhou Min")); },
       .loading = true},
      [&] { page(ui, "page", {.title = items[state.page].label}, [&] { text(ui, sample(ui, "内容", "Content")); }); });
  if (events.navigate >= 0) state.page = events.navigate;
}

}  // namespace

void add_controls(std::vector<Story>& stories) {
  stories.push_back({"buttons", "widgets", with_state<Controls>(buttons)});
  stories.push_back({"choices", "widgets", with_state<Controls>(choices)});
  stories.push_back({"chips", "widgets", with_state<Controls>(chips)});
  stories.push_back({"frame", "widgets", with_state<Controls>(frame)});
}

}  // namespace tw::storybook
