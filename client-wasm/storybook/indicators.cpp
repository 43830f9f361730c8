// Stories of things to look at.
#include "client/ui/indicators.h"

#include "client/storybook/story.h"
#include "client/ui/capacity.h"
#include "client/ui/layout.h"

namespace tw::storybook {

using namespace ui;

namespace {

struct Nothing {};

void bars(Ui& ui, Nothing&) {
  const BarPart parts[] = {{sample(ui, "已结束", "Ended"), 600, Tone::ended},
                           {sample(ui, "待确认", "To confirm"), 80, Tone::completed},
                           {sample(ui, "执行中", "Executing"), 300, Tone::executing},
                           {sample(ui, "未分配", "Waiting"), 260, Tone::neutral}};
  page(ui, "bars", {.title = sample(ui, "进度", "Progress")}, [&] {
    progress_bar(ui,
                 {.name = sample(ui, "导入", "Import"), .words = "412,000 / 1,000,000", .done = 412, .total = 1000});
    progress_bar(ui, {.name = sample(ui, "检查", "Check"), .words = sample(ui, "检查中", "Checking")});
    state_bar(ui, sample(ui, "任务进度", "Progress of the task"), parts);
    state_legend(ui, parts);
    capacity_bar(ui, {.name = sample(ui, "李莉", "Li Li"), .used = 22, .cap = 40, .preview = 6});
    capacity_bar(ui, {.name = sample(ui, "陈曦", "Chen Xi"), .used = 12, .cap = 40, .preview = 18},
                 {.settled = 8, .scale = 0});
    capacity_bar(ui, {.name = sample(ui, "孙悦", "Sun Yue"), .used = 12, .preview = 18}, {.settled = 0, .scale = 60});
    capacity_bar(ui, {.name = sample(ui, "赵路", "Zhao Lu"), .used = 43, .cap = 40});
    const std::string_view steps[] = {sample(ui, "选择文件", "File"), sample(ui, "对应列", "Columns"),
                                      sample(ui, "检查", "Check"), sample(ui, "导入", "Import")};
    wizard_steps(ui, sample(ui, "导入步骤", "Steps of the import"), steps, 1);
    skeleton(ui, {240, 16});
  });
}

void states(Ui& ui, Nothing&) {
  page(ui, "states", {.title = sample(ui, "状态", "States")}, [&] {
    loading_line(ui, true);
    banner(ui, "lost",
           {.tone = Tone::danger,
            .icon = Icon::warning,
            .words = sample(ui, "与服务器的连接已断开，正在重试。", "The connection is lost; trying again."),
            .action = sample(ui, "立即重试", "Try now"),
            .closable = true});
    inline_error(ui, "error", sample(ui, "保存失败：网络不可用。", "Not saved: no network."),
                 sample(ui, "重试", "Retry"));
    card(ui, "empty", {}, [&] {
      empty_state(ui, "none",
                  {.icon = Icon::batch,
                   .title = sample(ui, "还没有批量任务", "No batch tasks yet"),
                   .words = sample(ui, "批量任务把一批客户分给同事。", "A batch task shares customers out."),
                   .action = sample(ui, "新建批量任务", "New batch task"),
                   .action_icon = Icon::plus});
    });
  });
}

void people(Ui& ui, Nothing&) {
  constexpr std::string_view names[] = {"李莉", "Anna Berg", "赵路", "陈曦", "王磊", "孙悦", "Émile", "吴天明"};
  page(ui, "people", {.title = sample(ui, "人与数字", "People and figures")}, [&] {
    row(ui, {.wrap = true}, [&] {
      for (int i = 0; i < 8; ++i) avatar_name(ui, names[i], i);
    });
    row(ui, [&] {
      avatar(ui, names[2], 2, 40);
      strong(ui, names[2]);
    });
    avatar_name(ui, names[0], 0, sample(ui, "客服一组", "Service 1"));
    grid(ui, {.min_cell = 200}, 3, [&](int i) {
      const std::string_view labels[] = {sample(ui, "完成待确认", "To confirm"), sample(ui, "需要分配", "To allocate"),
                                         sample(ui, "24 小时内到期", "Due within 24 h")};
      const std::string_view figures[] = {"7", "214", "31"};
      const Tone tones[] = {Tone::completed, Tone::unassigned, Tone::danger};
      figure_card(ui, labels[i],
                  {.label = labels[i],
                   .figure = figures[i],
                   .words = sample(ui, "来自 3 个任务", "from 3 tasks"),
                   .tone = tones[i]});
    });
    grid(ui, {.min_cell = 140, .gap = space::s}, 2, [&](int i) {
      figure_card(ui, i == 0 ? "compact" : "compact-quiet",
                  {.label = sample(ui, "需要分配", "To allocate"),
                   .figure = i == 0 ? "214" : "0",
                   .tone = Tone::unassigned,
                   .quiet = i == 1,
                   .compact = true});
    });
    timeline_entry(
        ui,
        {Tone::ended, sample(ui, "昨天 16:20", "yesterday 16:20"), sample(ui, "电话 · 未接通", "Call · not reached"),
         sample(ui, "响了六声，无人接听。", "It rang six times.")},
        false);
    timeline_entry(ui, {Tone::accent, "11-18 09:12", sample(ui, "由周敏分配", "Allocated by Zhou Min"), {}}, true);
  });
}

}  // namespace

void add_indicators(std::vector<Story>& stories) {
  stories.push_back({"progress", "widgets", with_state<Nothing>(bars)});
  stories.push_back({"states", "widgets", with_state<Nothing>(states)});
  stories.push_back({"people-and-figures", "widgets", with_state<Nothing>(people)});
}

}  // namespace tw::storybook
