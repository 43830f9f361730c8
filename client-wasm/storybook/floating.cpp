// Stories of what floats: each is open from the first frame.
#include "client/storybook/story.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"

namespace tw::storybook {

using namespace ui;

namespace {

struct Floating {
  bool opened = false;
  std::string name{}, note{};
  bool checked = true;
};

// Menus open at a press; a story presses once by itself.
bool first_time(Floating& state) { return !std::exchange(state.opened, true); }

void menu_story(Ui& ui, Floating& state) {
  page(ui, "menu", {.title = sample(ui, "菜单", "Menu")}, [&] {
    if (button(ui, "more", sample(ui, "更多", "More"), {.has_menu = true}) || first_time(state)) open_menu(ui, "menu");
    menu(ui, "menu", sample(ui, "更多", "More"), [&] {
      menu_heading(ui, sample(ui, "任务", "Task"));
      menu_item(ui, "open", sample(ui, "打开", "Open"), {.icon = Icon::arrow_right, .shortcut = "Enter"});
      if (menu_item(ui, "notify", sample(ui, "通知我", "Notify me"), {.checked = state.checked, .checkable = true}))
        state.checked = !state.checked;
      menu_item(ui, "assign", sample(ui, "指派…", "Assign…"),
                {.icon = Icon::person, .hint = sample(ui, "选择一位执行人", "Choose an executor")});
      menu_separator(ui);
      menu_item(ui, "end", sample(ui, "结束", "End"),
                {.icon = Icon::check,
                 .disabled = true,
                 .why_disabled = sample(ui, "任务仍在运行", "The task is still running")});
      menu_item(ui, "delete", sample(ui, "删除", "Delete"), {.icon = Icon::trash, .danger = true});
    });
  });
}

void popover_story(Ui& ui, Floating& state) {
  page(ui, "popover", {.title = sample(ui, "浮层", "Popover")}, [&] {
    if (button(ui, "filter", sample(ui, "筛选", "Filter"), {.icon = Icon::filter}) || first_time(state))
      open_popover(ui, "popover");
    popover(ui, "popover", sample(ui, "筛选", "Filter"), 320, [&] {
      text_field(ui, "city", state.name, {.label = sample(ui, "城市", "City")});
      primary_button(ui, "apply", sample(ui, "应用", "Apply"));
    });
  });
}

void dialog_story(Ui& ui, Floating& state) {
  page(ui, "dialog", {.title = sample(ui, "对话框", "Dialog")}, [&] {
    button(ui, "behind", sample(ui, "后面的按钮", "A button behind"));
    dialog(ui, "new-batch",
           {.title = sample(ui, "新建批量任务", "New batch task"),
            .subtitle = sample(ui, "先起个主题，客户可以稍后再加入。", "Name it first; customers can follow."),
            .footer =
                [&] {
                  button(ui, "cancel", sample(ui, "取消", "Cancel"));
                  primary_button(ui, "save", sample(ui, "创建", "Create"));
                }},
           [&] {
             text_field(ui, "topic", state.name,
                        {.label = sample(ui, "主题", "Subject"), .required = true, .focus_first = true});
             text_area(ui, "note", state.note, {.field = {.label = sample(ui, "说明", "Description")}});
           });
  });
}

void sheet_story(Ui& ui, Floating&) {
  page(ui, "sheet", {.title = sample(ui, "侧栏", "Sheet")},
       [&] { button(ui, "behind", sample(ui, "后面的按钮", "A button behind")); });
  sheet(ui, "details",
        {.title = sample(ui, "北斗星通导航", "Northwind"),
         .subtitle = sample(ui, "北京", "Beijing"),
         .footer = [&] { primary_button(ui, "save", sample(ui, "保存", "Save")); }},
        [&] { label_value(ui, sample(ui, "评分", "Score"), "92"); });
}

void toast_story(Ui& ui, Floating&) {
  page(ui, "toasts", {.title = sample(ui, "提示条", "Toasts")}, [&] {});
  const std::vector<Toast> shown = {
      {1, std::string(sample(ui, "已分配 12 位客户", "12 customers allocated")),
       std::string(sample(ui, "撤销", "Undo")), Tone::ended},
      {2, std::string(sample(ui, "保存失败：网络不可用", "Not saved: no network")), {}, Tone::danger}};
  toasts(ui, sample(ui, "关闭提示", "Close"), shown);
}

void curtain_story(Ui& ui, Floating&) {
  page(ui, "curtain", {.title = sample(ui, "拖放文件", "Dropping a file")}, [&] {});
  file_curtain(ui, sample(ui, "松开即可导入 CSV 文件", "Drop the CSV file to import it"), true);
}

}  // namespace

void add_floating(std::vector<Story>& stories) {
  stories.push_back({"menu", "widgets", with_state<Floating>(menu_story)});
  stories.push_back({"popover", "widgets", with_state<Floating>(popover_story)});
  stories.push_back({"dialog", "widgets", with_state<Floating>(dialog_story)});
  stories.push_back({"sheet", "widgets", with_state<Floating>(sheet_story)});
  stories.push_back({"toasts", "widgets", with_state<Floating>(toast_story)});
  stories.push_back({"file-curtain", "widgets", with_state<Floating>(curtain_story)});
}

}  // namespace tw::storybook
