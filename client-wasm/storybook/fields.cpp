// Stories of what is typed into.
#include "client/storybook/story.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/month.h"
#include "core/date.h"

namespace tw::storybook {

using namespace ui;

namespace {

struct Fields {
  std::string name = "张伟", mail, login = "zhou", password = "secret words", note = "一行\n两行", search = "上海";
  std::string read_only = "TW-2026-0042", empty;
  std::optional<std::int64_t> cap = 40;
  int role = 1, nothing = -1;
};

void fields(Ui& ui, Fields& state) {
  page(ui, "fields", {.title = sample(ui, "字段", "Fields")}, [&] {
    split(ui, {}, {{}, {}}, [&](int side) {
      if (side == 0) {
        text_field(ui, "name", state.name,
                   {.label = sample(ui, "姓名", "Name"),
                    .hint = sample(ui, "同事会看到这个名字", "Colleagues see this name"),
                    .required = true});
        text_field(ui, "mail", state.mail,
                   {.label = sample(ui, "邮箱", "E-mail"),
                    .placeholder = "zhou@example.com",
                    .error = sample(ui, "请输入邮箱", "Enter an e-mail address"),
                    .kind = FieldKind::email});
        text_field(ui, "off", state.read_only, {.label = sample(ui, "编号", "Number"), .disabled = true});
        text_field(ui, "fixed", state.read_only, {.label = sample(ui, "只读", "Read only"), .read_only = true});
        number_field(ui, "cap", state.cap,
                     {.field = {.label = sample(ui, "持有上限", "Holding cap")}, .min = 0, .max = 9999});
      } else {
        search_field(ui, "search", state.search, sample(ui, "搜索客户", "Search customers"));
        search_field(ui, "quick", state.empty, sample(ui, "快速搜索", "Quick search"), 0, "Ctrl K");
        text_area(ui, "note", state.note, {.field = {.label = sample(ui, "备注", "Note")}});
        const Choice roles[] = {{.key = "admin", .label = sample(ui, "管理员", "Administrator")},
                                {.key = "manager", .label = sample(ui, "经理", "Manager")},
                                {.key = "member", .label = sample(ui, "成员", "Member")}};
        select(ui, "role", roles, state.role, {.label = sample(ui, "角色", "Role")});
        select(ui, "none", roles, state.nothing,
               {.label = sample(ui, "另一个角色", "Another role"),
                .placeholder = sample(ui, "请选择", "Choose one"),
                .error = sample(ui, "还没有选择", "Nothing is chosen yet"),
                .required = true});
      }
    });
  });
}

void sign_in_form(Ui& ui, Fields& state) {
  page(ui, "form", {.title = sample(ui, "表单", "Form")}, [&] {
    column(ui, {.width = 360}, [&] {
      form(ui, "sign-in", sample(ui, "登录", "Sign in"), [&] {
        text_field(ui, "login", state.login,
                   {.label = sample(ui, "登录名", "Login"), .autofill = Autofill::username, .focus_first = true});
        text_field(ui, "password", state.password,
                   {.label = sample(ui, "密码", "Password"),
                    .kind = FieldKind::password,
                    .autofill = Autofill::current_password});
        primary_button(ui, "go", sample(ui, "登录", "Sign in"), {.full_width = true});
      });
    });
  });
}

void files(Ui& ui, Fields&) {
  page(ui, "files", {.title = sample(ui, "文件", "Files")}, [&] {
    file_drop_zone(ui, "file",
                   {.label = sample(ui, "把 CSV 文件拖到这里，或点击选择", "Drop a CSV file here, or choose one"),
                    .hint = sample(ui, "UTF-8、UTF-16 或 GB18030，最大 2 GB", "UTF-8, UTF-16 or GB18030, at most 2 GB"),
                    .accept = ".csv"});
    file_drop_zone(ui, "refused",
                   {.label = sample(ui, "再选一个文件", "Choose another file"),
                    .accept = ".csv",
                    .error = sample(ui, "这不是 CSV 文件", "This is no CSV file")});
  });
}

struct Month {
  std::int64_t chosen = day_number({2026, 10, 9});
};

void month(Ui& ui, Month& state) {
  page(ui, "month", {.title = sample(ui, "月历", "A month's page")}, [&] {
    MonthPage october{.year = 2026, .month = 10, .chosen = state.chosen, .first_year = 2026, .last_year = 2026};
    const std::string_view chinese[] = {"一", "二", "三", "四", "五", "六", "日"};
    const std::string_view english[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
    for (std::size_t i = 0; i < std::size(chinese); ++i) october.weekdays[i] = sample(ui, chinese[i], english[i]);
    column(ui, {.width = 420}, [&] {
      const MonthEvent event = month_page(ui, "october", october, [&](std::int64_t day) -> MonthDay {
        const int number = date_of(day).day;
        const std::string_view name = ui.keep(std::to_string(number));
        if (number <= 7)
          return {.name = name,
                  .mark = sample(ui, "休", "off"),
                  .ink = Token::danger,
                  .mark_ink = Token::danger,
                  .strong = true};
        if (number == 10)
          return {.name = name,
                  .mark = sample(ui, "班", "on"),
                  .ink = Token::accent,
                  .mark_ink = Token::accent,
                  .strong = true};
        return {.name = name, .ink = weekday_of(day) < 5 ? Token::text : Token::muted};
      });
      if (event.pressed) state.chosen = event.pressed;
    });
  });
}

}  // namespace

void add_fields(std::vector<Story>& stories) {
  stories.push_back({"fields", "widgets", with_state<Fields>(fields)});
  stories.push_back({"form", "widgets", with_state<Fields>(sign_in_form)});
  stories.push_back({"files", "widgets", with_state<Fields>(files)});
  stories.push_back({"month", "widgets", with_state<Month>(month)});
}

}  // namespace tw::storybook
