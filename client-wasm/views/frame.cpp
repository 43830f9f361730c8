#include "client/views/frame.h"

#include "client/commands/descriptors.h"
#include "client/ui/bars.h"
#include "client/ui/field.h"
#include "client/ui/shell.h"
#include "client/views/notifications.h"
#include "client/views/parts.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using commands::Descriptor;
using commands::Id;
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

bool is_area(const Descriptor& known) {
  return known.place == commands::Place::work || known.place == commands::Place::manage;
}

std::int64_t badge_of(const Descriptor& area, const store::Store& model) {
  if (!model.workbench.ready()) return 0;
  if (area.page == Page::batches) return model.workbench->to_confirm;
  if (area.page == Page::my_tasks) return model.workbench->new_for_me + model.workbench->returned_to_me;
  return 0;
}

void account_menu(Ui& ui, const store::Store& model, const FrameState& state) {
  const auto choice = [&ui](Id id, bool chosen) {
    const Descriptor& known = commands::descriptor(id);
    if (menu_item(ui, known.key, ui.tr(known.name), {.checked = chosen, .checkable = true}))
      commands::push_command(ui.commands(), id);
  };
  const auto item = [&ui](Id id) {
    if (command_item(ui, id)) commands::push_command(ui.commands(), id);
  };
  menu(ui, "account-menu", ui.tr("account.menu"), [&] {
    // What the bar of a phone (or of a page at 400 %) has no room for.
    for (const Descriptor& area : commands::descriptors()) {
      if (ui.is_phone() && is_area(area) && (ui.is_flat() || !area.on_phone) && model.may(area.permission))
        item(area.id);
    }
    menu_heading(ui, ui.tr("account.theme"));
    for (const Id theme : {Id::theme_light, Id::theme_dark, Id::theme_contrast, Id::theme_system})
      choice(theme, state.theme == commands::descriptor(theme).key);
    menu_separator(ui);
    menu_heading(ui, ui.tr("account.density"));
    for (const Id id : {Id::density_compact, Id::density_comfortable, Id::density_touch, Id::density_system})
      choice(id, commands::density_of(id) == state.density);
    menu_separator(ui);
    choice(Id::mirror, ui.is_mirrored());
    menu_separator(ui);
    menu_heading(ui, ui.tr("account.language"));
    // Each language is called by its own name, whatever the page speaks.
    for (const Id language : {Id::chinese, Id::english})
      choice(language, ui.language() == commands::descriptor(language).key);
    menu_separator(ui);
    for (const Id id : {Id::keyboard_map, Id::company_settings, Id::system_status, Id::change_zone, Id::change_password,
                        Id::sign_out})
      if (model.may(commands::descriptor(id).permission)) item(id);
  });
}

// What is possible wherever one is: by name in the palette, by shortcut.
void offer_everywhere(Ui& ui, const store::Store& model) {
  for (const Descriptor& known : commands::descriptors()) {
    if (known.place == commands::Place::front || !model.may(known.permission)) continue;
    const std::string_view about = known.id >= Id::theme_light && known.id <= Id::theme_system ? ui.tr("account.theme")
                                   : known.id >= Id::density_compact && known.id <= Id::density_system
                                       ? ui.tr("account.density")
                                   : known.id == Id::chinese || known.id == Id::english ? ui.tr("account.language")
                                                                                        : std::string_view{};
    if (offered(ui, known.id, about)) commands::push_command(ui.commands(), known.id);
  }
}

void top_bar(Ui& ui, const store::Store& model, const FrameState& state) {
  if (ui.is_phone()) {
    if (icon_button(ui, "search", Icon::search, ui.tr("search.name")))
      commands::push_command(ui.commands(), Id::search);
    draw_bell(ui, model);
    if (icon_button(ui, "account", Icon::person, ui.tr("account.menu"), {.has_menu = true}))
      open_menu(ui, "account-menu");
    account_menu(ui, model, state);
    return;
  }
  if (search_button(ui, "search", ui.tr("search.name"), ui.tr("search.placeholder"),
                    shortcut_words(ui, commands::descriptor(Id::search).shortcut), 420))
    commands::push_command(ui.commands(), Id::search);
  spring(ui);
  if (model.connection == store::Connection::lost) chip(ui, ui.tr("connection.lost_short"), {.tone = Tone::danger});
  draw_bell(ui, model);
  if (icon_button(ui, "theme", ui.theme().dark ? Icon::sun : Icon::moon,
                  ui.theme().dark ? ui.tr("account.to_light") : ui.tr("account.to_dark")))
    commands::push_command(ui.commands(), ui.theme().dark ? Id::theme_light : Id::theme_dark);
  const Descriptor& map = commands::descriptor(Id::keyboard_map);
  if (icon_button(ui, map.key, map.icon, ui.tr(map.name), {.shortcut = shortcut_words(ui, map.shortcut)}))
    commands::push_command(ui.commands(), map.id);
}

void account_button(Ui& ui, const store::Store& model, const FrameState& state) {
  if (!model.session) return;
  const api::SessionPerson& me = *model.session;
  if (account_bar(ui, "account", me.name, me.person.value, words_of(ui, me.role), ui.tr("account.menu")))
    open_menu(ui, "account-menu");
  account_menu(ui, model, state);
}

void banners(Ui& ui, const store::Store& model) {
  if (model.connection == store::Connection::lost && banner(ui, "lost",
                                                            {.tone = Tone::completed,
                                                             .icon = Icon::warning,
                                                             .words = ui.tr("connection.lost"),
                                                             .action = ui.tr("common.retry")}) == BannerEvent::action)
    push(ui, commands::Retry{});
}

}  // namespace

void draw_frame(Ui& ui, const store::Store& model, const commands::Route& route, const FrameState& state,
                Body content) {
  // Before anything is offered: what does not exist where this page is.
  if (model.capabilities.ready()) ui.commands().set_unavailable(model.capabilities->unavailable);
  offer_everywhere(ui, model);
  std::vector<NavItem> items;
  std::vector<const Descriptor*> areas;
  for (const Descriptor& area : commands::descriptors()) {
    if (!is_area(area) || !model.may(area.permission)) continue;
    if (ui.is_phone() && !area.on_phone) continue;
    areas.push_back(&area);
    items.push_back({.key = area.key,
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
                                     draw_zone_banner(ui, model, state);
                                     content();
                                   });
  if (events.navigate >= 0) commands::push_command(ui.commands(), areas[static_cast<std::size_t>(events.navigate)]->id);
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

void draw_arriving(Ui& ui) {
  centred_page(ui, "arriving", 420, [&] {
    heading(ui, 1, "Tidewater");
    text(ui, ui.tr("common.opening"), {.color = Token::muted});
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
    case Page::my_tasks: {
      const auto& known = model.item.at(route.id);
      page = known.ready() ? customer_name(ui, known->row) : ui.tr("nav.my_tasks");
      break;
    }
    case Page::import: {
      const auto& known = model.import.at(route.id);
      page = known.ready() ? std::string_view(known->file_name) : ui.tr("nav.imports");
      break;
    }
    case Page::imports:
      page = ui.tr("nav.imports");
      break;
    case Page::people:
      page = ui.tr("nav.people");
      break;
    case Page::system:
      page = ui.tr("system.title");
      break;
    case Page::audit:
      page = ui.tr("audit.title");
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
  std::int64_t waiting = 0;
  if (model.session)
    for (const Descriptor& area : commands::descriptors())
      if (is_area(area) && model.may(area.permission)) waiting += badge_of(area, model);
  const std::string badge = waiting > 0 ? "(" + std::to_string(waiting) + ") " : std::string{};
  return ui.keep(badge + std::string(page) + " · Tidewater");
}

void draw_file_curtain(Ui& ui, const store::Store& model, bool takes) {
  file_curtain(ui,
               takes                                                     ? ui.tr("import.drop_page")
               : model.may(domain::access::Permission::import_customers) ? ui.tr("import.drop_elsewhere")
                                                                         : ui.tr("import.drop_never"),
               takes);
}

}  // namespace tw::views
