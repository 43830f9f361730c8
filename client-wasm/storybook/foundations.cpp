// Stories of what everything is made of: colours, type, icons, containers.
#include "client/storybook/story.h"
#include "client/ui/controls.h"
#include "client/ui/layout.h"
#include "client/ui/shell.h"
#include "client/ui/text.h"

namespace tw::storybook {

using namespace ui;

namespace {

struct Nothing {};

void colours(Ui& ui, Nothing&) {
  page(ui, "colours", {.title = sample(ui, "颜色", "Colours")}, [&] {
    const struct {
      Tone tone;
      std::string_view chinese, english;
    } tones[] = {{Tone::neutral, "中性", "Neutral"},
                 {Tone::accent, "强调", "Accent"},
                 {Tone::unassigned, "未分配", "Waiting"},
                 {Tone::executing, "执行中", "Executing"},
                 {Tone::completed, "待确认", "To confirm"},
                 {Tone::ended, "已结束", "Ended"},
                 {Tone::reset, "重置", "Reset"},
                 {Tone::danger, "危险", "Danger"}};
    row(ui, {.wrap = true}, [&] {
      for (const auto& one : tones) chip(ui, sample(ui, one.chinese, one.english), {.tone = one.tone});
    });
    card(ui, "inks", {.title = sample(ui, "文字", "Text")}, [&] {
      for (const Token token : {Token::text, Token::muted, Token::accent, Token::danger})
        text(ui, token_name(token), {.color = token});
    });
  });
}

void type(Ui& ui, Nothing&) {
  page(ui, "type", {.title = sample(ui, "字号", "Type")}, [&] {
    for (const Style style : {Style::figure, Style::title, Style::subtitle, Style::body, Style::caption}) {
      text(ui, sample(ui, "潮汐 Tidewater 1,234", "Tidewater 潮汐 1,234"), {.style = style});
      text(ui, sample(ui, "半粗 Tidewater", "Semibold 潮汐"), {.style = style, .weight = Weight::semibold});
    }
    column(ui, {.width = 320}, [&] {
      paragraph(ui, sample(ui, "批量任务把一批客户分给同事，并跟踪每一位的进展；超期未处理的会自动收回。",
                           "A batch task shares customers out among colleagues and follows each of them; what is not "
                           "handled in time comes back by itself."));
    });
    heading(ui, 2, sample(ui, "小标题", "A heading"));
    muted(ui, sample(ui, "次要的话", "Said in passing"));
    caption(ui, sample(ui, "图注", "A caption"));
    label_value(ui, sample(ui, "城市", "City"), sample(ui, "上海", "Shanghai"));
  });
}

void icons(Ui& ui, Nothing&) {
  page(ui, "icons", {.title = sample(ui, "图标", "Icons")}, [&] {
    row(ui, {.gap = space::s, .wrap = true}, [&] {
      for (int i = 1; i < static_cast<int>(Icon::count_); ++i) {
        const std::string_view number = ui.keep(std::to_string(i));
        icon_button(ui, number, static_cast<Icon>(i), number, {.kind = ButtonKind::secondary});
      }
    });
  });
}

void centred(Ui& ui, Nothing&) {
  centred_page(ui, "centred", 420, [&] {
    heading(ui, 1, sample(ui, "居中的页面", "A page in the middle"));
    primary_button(ui, "go", sample(ui, "继续", "Go on"), {.full_width = true});
  });
}

void containers(Ui& ui, Nothing&) {
  page(ui, "containers",
       {.title = sample(ui, "容器", "Containers"),
        .count = "3",
        .subtitle = sample(ui, "行、列、网格、卡片", "Rows, columns, grids, cards"),
        .back_label = sample(ui, "上一级", "Up"),
        .actions = [&] { button(ui, "action", sample(ui, "操作", "Action")); },
        .beside_title = [&] { chip(ui, sample(ui, "草稿", "Draft")); }},
       [&] {
         grid(ui, {.min_cell = 160}, 4, [&](int i) {
           IdScope cell(ui, i);
           card(ui, "cell", {}, [&] { text(ui, ui.keep("grid " + std::to_string(i + 1))); });
         });
         split(ui, {}, {{.share = 2}, {.share = 1}}, [&](int side) {
           card(ui, side == 0 ? "wide" : "narrow",
                {.title = side == 0 ? sample(ui, "宽", "Wide") : sample(ui, "窄", "Narrow"),
                 .subtitle = sample(ui, "副标题", "A second line"),
                 .actions = [&] { link(ui, "all", sample(ui, "全部", "All"), {.path = "/"}); }},
                [&] {
                  row(ui, [&] {
                    text(ui, sample(ui, "左", "left"));
                    spring(ui);
                    text(ui, sample(ui, "右", "right"));
                  });
                  separator(ui);
                  text(ui, sample(ui, "这一行很长，会以省略号结束，因为宽度来自容器而不是文字本身，无论使用哪种语言。",
                                  "This line is long and ends in an ellipsis, because the width comes from the "
                                  "container and never from the words, whatever the language."));
                });
         });
         scroll_area(ui, "scroll", {.height = 120, .name = sample(ui, "滚动区域", "Scroll area")}, [&] {
           for (int i = 0; i < 20; ++i) text(ui, ui.keep("row " + std::to_string(i + 1)));
         });
       });
}

}  // namespace

void add_foundations(std::vector<Story>& stories) {
  stories.push_back({"colours", "foundations", with_state<Nothing>(colours)});
  stories.push_back({"type", "foundations", with_state<Nothing>(type)});
  stories.push_back({"icons", "foundations", with_state<Nothing>(icons)});
  stories.push_back({"containers", "foundations", with_state<Nothing>(containers)});
  stories.push_back({"centred", "foundations", with_state<Nothing>(centred)});
}

}  // namespace tw::storybook
