#include "client/views/notifications.h"

#include "client/ui/format.h"
#include "client/views/parts.h"

namespace tw::views {

using namespace ui;
using api::NotificationRow;
using commands::BatchTab;
using commands::Page;
using commands::path_to;
using commands::path_with;
using domain::batch::NoticeKind;
using ui::text;

namespace {

struct Look {
  TextKey title{};
  Tone tone = Tone::neutral;
};
// In the order of NoticeKind.
const Look looks[] = {
    {text_key("notice.received"), Tone::executing},   {text_key("notice.transferred_in"), Tone::executing},
    {text_key("notice.returned"), Tone::completed},   {text_key("notice.taken_back"), Tone::reset},
    {text_key("notice.recalled"), Tone::danger},      {text_key("notice.ended"), Tone::ended},
    {text_key("notice.terminated"), Tone::danger},    {text_key("notice.completed"), Tone::completed},
    {text_key("notice.abandoned"), Tone::reset},      {text_key("notice.recalled_from"), Tone::danger},
    {text_key("notice.recount_failed"), Tone::danger}};

constexpr float of_one = 77;
bool can_be_retried(const NotificationRow& one) { return static_cast<bool>(one.operation); }
float height_of(const Ui& ui, const NotificationRow& one) {
  return can_be_retried(one) ? of_one + space::s + control_height(ui.density()) : of_one;
}

void draw_one(Ui& ui, const NotificationRow& one) {
  IdScope scope(ui, one.notification.value);
  const Look& look = looks[static_cast<std::size_t>(one.kind)];
  const std::string_view title = ui.tr(look.title, {param("count", one.items)});
  const std::string_view about =
      one.several_batches      ? ui.tr("notice.about_several", {param("when", std::string(relative_time(ui, one.at)))})
      : one.actor_name.empty() ? ui.tr("notice.about", {param("subject", one.subject),
                                                        param("when", std::string(relative_time(ui, one.at)))})
                               : ui.tr("notice.about_by", {param("subject", one.subject), param("who", one.actor_name),
                                                           param("when", std::string(relative_time(ui, one.at)))});
  const bool pressed = card_button(ui, "one", {.name = title, .padding = space::m}, [&] {
    row(ui, {.gap = space::s, .height = 22}, [&] {
      one.read ? text(ui, title, {.color = Token::muted}) : strong(ui, title);
      spring(ui);
      if (!one.read) chip(ui, ui.tr("notice.new"), {.tone = look.tone});
    });
    text(ui, about, {.style = Style::caption, .color = Token::muted, .max_width = ui.available_width()});
  });
  if (can_be_retried(one) && button(ui, "retry", ui.tr("notice.retry"), {.icon = Icon::refresh}))
    push(ui, commands::RetryOperation{one.operation});
  if (!pressed) return;
  if (!one.read) push(ui, commands::ReadNotifications{{{one.notification}}});
  close_popover(ui);
  go(ui, path_of(one));
}

void draw_panel_of(Ui& ui, const store::Store& model) {
  row(ui, [&] {
    heading(ui, 2, ui.tr("notice.title"));
    spring(ui);
    const bool unread = model.notifications.ready() && model.notifications->unread > 0;
    if (button(ui, "read-all", ui.tr("notice.read_all"), {.kind = ButtonKind::ghost, .disabled = !unread}))
      push(ui, commands::ReadNotifications{});
  });
  remote(ui, model.notifications, [&](const api::ListNotifications::Response& known) {
    if (known.rows.empty()) {
      empty_state(ui, "none", {.icon = Icon::bell, .title = ui.tr("notice.none"), .words = ui.tr("notice.none_words")});
      return;
    }
    float all = 0;
    for (const NotificationRow& one : known.rows) all += height_of(ui, one);
    scroll_area(ui, "list",
                {.height = std::min(all, std::max(2 * of_one, ui.viewport().h - 220)),
                 .padding = 2,
                 .gap = space::s,
                 .name = ui.tr("notice.title")},
                [&] {
                  for (const NotificationRow& one : known.rows) draw_one(ui, one);
                });
    caption(ui, ui.tr("notice.kept"));
  });
}

}  // namespace

std::string path_of(const NotificationRow& one) {
  const auto mine = [&](std::string_view tab) {
    std::string path = path_to(Page::my_tasks, one.item.value);
    if (one.item.value == 0) path = path_with(std::move(path), "batch", std::to_string(one.batch.value));
    return tab.empty() ? path : path_with(std::move(path), "tab", tab);
  };
  const auto batch = [&](std::string_view state) {
    return path_with(path_to(Page::batch, one.batch.value), "state", state);
  };
  switch (one.kind) {
    case NoticeKind::received:
    case NoticeKind::transferred_in:
      return mine({});
    case NoticeKind::returned:
      return mine("returned");
    case NoticeKind::completed:
      return path_to(Page::batch, one.batch.value, BatchTab::confirm);
    case NoticeKind::abandoned:
      return batch("abandoned");
    case NoticeKind::recalled_from:
      return one.several_batches ? path_to(Page::workbench) : batch("reset");
    case NoticeKind::recount_failed:
      return path_to(Page::batch, one.batch.value, BatchTab::details);
    case NoticeKind::taken_back:
    case NoticeKind::recalled:
    case NoticeKind::ended:
    case NoticeKind::terminated:
      return path_to(Page::my_tasks);
  }
  return path_to(Page::workbench);
}

void draw_bell(Ui& ui, const store::Store& model) {
  const int unread =
      model.notifications.ready() ? static_cast<int>(std::min<std::int64_t>(model.notifications->unread, 99)) : 0;
  const std::string_view name =
      unread > 0 ? ui.tr("notice.bell_unread", {param("count", model.notifications->unread)}) : ui.tr("notice.title");
  if (icon_button(ui, "bell", Icon::bell, name, {.has_menu = true, .badge = unread})) open_popover(ui, "notifications");
  popover(ui, "notifications", ui.tr("notice.title"), 400, [&] { draw_panel_of(ui, model); });
}

}  // namespace tw::views
