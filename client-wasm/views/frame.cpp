#include "client/views/frame.h"

#include "client/commands/descriptors.h"
#include "client/ui/bars.h"
#include "client/ui/shell.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using commands::Descriptor;
using commands::Page;
using ui::text;

namespace {

std::string_view current_of(Page page) {
  switch (page) {
    case Page::customer:
    case Page::customers:
      return "customers";
    case Page::batch:
    case Page::batches:
      return "batches";
    case Page::my_tasks:
      return "my-tasks";
    case Page::imports:
    case Page::import:
      return "imports";
    case Page::people:
      return "people";
    case Page::workbench:
      return "workbench";
    default:
      return {};
  }
}

std::int64_t badge_of(const Descriptor& area, const store::Store& model) {
  if (!model.workbench.ready()) return 0;
  if (area.page == Page::batches) return model.workbench->to_confirm;
  if (area.page == Page::my_tasks) return model.workbench->new_for_me + model.workbench->returned_to_me;
  return 0;
}

void account_menu(Ui& ui, const FrameState& state) {
  menu(ui, "account-menu", ui.tr("account.menu"), [&] {
    menu_heading(ui, ui.tr("account.theme"));
    const std::pair<const char*, std::string_view> themes[] = {{"light", ui.tr("account.theme_light")},
                                                               {"dark", ui.tr("account.theme_dark")},
                                                               {"contrast", ui.tr("account.theme_contrast")},
                                                               {"system", ui.tr("account.theme_system")}};
    for (const auto& theme : themes) {
      if (menu_item(ui, theme.first, theme.second, {.checked = state.theme == theme.first, .checkable = true}))
        push(ui, commands::SetTheme{theme.first});
    }
    menu_separator(ui);
    menu_heading(ui, ui.tr("account.language"));
    // Each language is called by its own name, whatever the page speaks.
    if (menu_item(ui, "zh-CN", "简体中文", {.checked = ui.language() == "zh-CN", .checkable = true}))
      push(ui, commands::SetLanguage{"zh-CN"});
    if (menu_item(ui, "en", "English", {.checked = ui.language() == "en", .checkable = true}))
      push(ui, commands::SetLanguage{"en"});
    menu_separator(ui);
    if (menu_item(ui, "password", ui.tr("account.change_password"), {.icon = Icon::lock}))
      open_dialog(ui, commands::ChangePasswordDialog{});
    if (menu_item(ui, "sign-out", ui.tr("account.sign_out"), {.icon = Icon::sign_out})) push(ui, commands::SignOut{});
  });
}

void top_bar(Ui& ui, const store::Store& model, const FrameState& state) {
  if (ui.is_phone()) {
    if (icon_button(ui, "search", Icon::search, ui.tr("search.name"))) open_dialog(ui, commands::QuickSearch{});
    spring(ui);
    if (icon_button(ui, "account", Icon::person, ui.tr("account.menu"), {.has_menu = true}))
      open_menu(ui, "account-menu");
    account_menu(ui, state);
    return;
  }
  if (search_button(ui, "search", ui.tr("search.name"), ui.tr("search.placeholder"), "Ctrl K", 420))
    open_dialog(ui, commands::QuickSearch{});
  spring(ui);
  if (model.connection == store::Connection::lost) chip(ui, ui.tr("connection.lost_short"), {.tone = Tone::danger});
  if (icon_button(ui, "theme", ui.theme().dark ? Icon::sun : Icon::moon,
                  ui.theme().dark ? ui.tr("account.to_light") : ui.tr("account.to_dark")))
    push(ui, commands::SetTheme{ui.theme().dark ? "light" : "dark"});
}

void account_button(Ui& ui, const store::Store& model, const FrameState& state) {
  if (!model.session) return;
  const api::SessionPerson& me = *model.session;
  if (account_bar(ui, "account", me.name, me.person.value, words_of(ui, me.role), ui.tr("account.menu")))
    open_menu(ui, "account-menu");
  account_menu(ui, state);
}

void banners(Ui& ui, const store::Store& model) {
  if (model.connection == store::Connection::lost && banner(ui, "lost",
                                                            {.tone = Tone::danger,
                                                             .icon = Icon::warning,
                                                             .words = ui.tr("connection.lost"),
                                                             .action = ui.tr("common.retry")}) == BannerEvent::action)
    push(ui, commands::Retry{});
}

}  // namespace

void draw_frame(Ui& ui, const store::Store& model, const commands::Route& route, const FrameState& state,
                Body content) {
  std::vector<NavItem> items;
  std::vector<const Descriptor*> areas;
  for (const Descriptor& area : commands::descriptors()) {
    if (area.place == commands::Place::none || !model.may(area.permission)) continue;
    if (ui.is_phone() && !area.on_phone) continue;
    areas.push_back(&area);
    items.push_back({.key = area.id,
                     .label = ui.tr(area.name),
                     .path = ui.keep(commands::path_to(area.page)),
                     .icon = area.icon,
                     .badge = badge_of(area, model),
                     .group = area.place == commands::Place::manage ? ui.tr("nav.manage") : std::string_view{}});
  }
  const ShellEvents events = shell(ui,
                                   {.second_name = ui.tr("product.second_name"),
                                    .nav_name = ui.tr("nav.name"),
                                    .items = items,
                                    .current = current_of(route.page),
                                    .top_bar = [&] { top_bar(ui, model, state); },
                                    .account = [&] { account_button(ui, model, state); }},
                                   [&] {
                                     banners(ui, model);
                                     content();
                                   });
  if (events.navigate >= 0) push(ui, commands::command_of(*areas[static_cast<std::size_t>(events.navigate)]));
}

void draw_not_found(Ui& ui) {
  page(ui, "not-found", {}, [&] {
    if (empty_state(ui, "not-found",
                    {.icon = Icon::search,
                     .title = ui.tr("not_found.title"),
                     .words = ui.tr("not_found.words"),
                     .action = ui.tr("not_found.home")}))
      go(ui, commands::path_to(Page::workbench));
  });
}

void draw_no_answer(Ui& ui, const store::Problem& problem) {
  centred_page(ui, "no-answer", 420, [&] {
    heading(ui, 1, "Tidewater");
    failed(ui, problem);
  });
}

std::string_view title_of(Ui& ui, const store::Store& model, const commands::Route& route) {
  std::string_view page;
  switch (route.page) {
    case Page::workbench:
      page = ui.tr("nav.workbench");
      break;
    case Page::customers:
      page = ui.tr("nav.customers");
      break;
    case Page::customer: {
      const auto& known = model.customer.at(route.id);
      page = known.ready() ? customer_name(ui, known->row) : ui.tr("customers.one");
      break;
    }
    case Page::batches:
      page = ui.tr("nav.batches");
      break;
    case Page::batch: {
      const auto& known = model.batch.at(route.id);
      page = known.ready() ? std::string_view(known->summary.subject) : ui.tr("batches.one");
      break;
    }
    case Page::my_tasks:
      page = ui.tr("nav.my_tasks");
      break;
    case Page::imports:
    case Page::import:
      page = ui.tr("nav.imports");
      break;
    case Page::people:
      page = ui.tr("nav.people");
      break;
    case Page::sign_in:
      page = ui.tr("sign_in.title");
      break;
    case Page::set_up:
      page = ui.tr("set_up.title");
      break;
    case Page::invitation:
      page = ui.tr("invitation.title");
      break;
    case Page::not_found:
      page = ui.tr("not_found.title");
      break;
  }
  return ui.keep(std::string(page) + " · Tidewater");
}

// --- quick search ----------------------------------------------------------------------------------------------------

namespace {

constexpr std::int64_t typing_pause_ms = 200;

struct Hit {
  std::string_view id, label, hint;
  Icon icon = Icon::none;
  commands::PageCommand command;
};

std::vector<Hit> hits(Ui& ui, const store::Store& model, const QuickSearchState& state) {
  std::vector<Hit> found;
  const std::string wanted = text::lower(text::trim(state.words));
  if (!wanted.empty() && model.search.customers.ready())
    for (const api::CustomerRow& row : *model.search.customers)
      found.push_back({ui.keep("customer" + std::to_string(row.customer.value)), customer_name(ui, row),
                       row.phone.empty() ? std::string_view(row.city) : std::string_view(row.phone), Icon::customers,
                       commands::Go{commands::path_to(Page::customer, row.customer.value), false}});
  if (!wanted.empty() && model.search.batches.ready())
    for (const api::BatchSummary& row : *model.search.batches)
      found.push_back({ui.keep("batch" + std::to_string(row.batch.value)), row.subject, words_of(ui, row.state),
                       Icon::batch, commands::Go{commands::path_to(Page::batch, row.batch.value), false}});
  for (const Descriptor& known : commands::descriptors()) {
    if (!model.may(known.permission)) continue;
    const std::string_view name = ui.tr(known.name);
    if (!wanted.empty() && text::lower(name).find(wanted) == std::string::npos) continue;
    found.push_back({known.id, name, ui.tr("search.command"), known.icon, commands::command_of(known)});
  }
  return found;
}

}  // namespace

void draw_quick_search(Ui& ui, const store::Store& model, QuickSearchState& state) {
  const DialogResult result = dialog(
      ui, "quick-search", {.title = ui.tr("search.name"), .width = 600, .close_name = ui.tr("common.close")}, [&] {
        const FieldResult typed = text_field(ui, "words", state.words,
                                             {.name = ui.tr("search.name"),
                                              .placeholder = ui.tr("search.placeholder"),
                                              .kind = FieldKind::search,
                                              .focus_first = true,
                                              .max_length = 100,
                                              .icon = Icon::search});
        if (typed.changed) state.typed_at_ms = ui.now().ms, state.current = 0;
        const std::string wanted(text::trim(state.words));
        if (wanted != state.asked) {
          const std::int64_t rest = state.typed_at_ms + typing_pause_ms - ui.now().ms;
          if (rest <= 0 || typed.submitted) {
            state.asked = wanted;
            push(ui, commands::Search{text::code_points(wanted) >= 2 ? wanted : std::string{}});
          } else {
            ui.request_frame_in(rest);
          }
        }
        const std::vector<Hit> found = hits(ui, model, state);
        const bool waiting = model.search.customers.loading();
        loading_line(ui, waiting);
        scroll_area(ui, "hits", {.height = 320, .gap = 0, .name = ui.tr("search.results")}, [&] {
          for (const Hit& hit : found) {
            IdScope scope(ui, hit.id);
            if (result_row(ui, "hit", hit.icon, hit.label, hit.hint)) {
              push(ui, commands::CloseDialog{});
              push(ui, hit.command);
            }
          }
          if (found.empty() && !waiting)
            muted(ui, text::code_points(wanted) == 1 ? ui.tr("search.two_characters") : ui.tr("search.nothing"));
        });
        if (typed.submitted && !found.empty() && !waiting) {
          push(ui, commands::CloseDialog{});
          push(ui, found.front().command);
        }
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

}  // namespace tw::views
