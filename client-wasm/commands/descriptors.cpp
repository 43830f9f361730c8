#include "client/commands/descriptors.h"

namespace tw::commands {

namespace {

using domain::access::Permission;
using ui::Icon;
using ui::Key;

constexpr Permission any = Permission::signed_in;  // or a view decides before it offers

constexpr Descriptor table[] = {
    // --- about what is in front ---
    {Id::undo,
     "undo",
     text_key("common.undo"),
     Icon::undo,
     Place::front,
     any,
     Page::not_found,
     false,
     false,
     {Key::z, {.control = true}}},
    {Id::find_here,
     "find-here",
     text_key("keys.find_here"),
     Icon::search,
     Place::front,
     any,
     Page::not_found,
     false,
     false,
     {Key::slash, {}}},
    {Id::add_filter, "filter", text_key("filter.add"), Icon::filter},
    {Id::show_all, "show-all", text_key("filter.show_all"), Icon::filter},
    {Id::choose_columns, "columns", text_key("customers.columns"), Icon::columns},
    {Id::customers_own, "own", text_key("customer_view.own"), Icon::customers},
    {Id::customers_department, "department", text_key("customer_view.department"), Icon::customers},
    {Id::customers_all, "all", text_key("customer_view.all"), Icon::customers},
    {Id::add_to_batch, "add-to-batch", text_key("customers.add_to_batch"), Icon::plus},
    {Id::edit_customer, "edit-customer", text_key("customers.edit"), Icon::edit},
    {Id::save_note, "save-note", text_key("customers.save_note"), Icon::note},
    {Id::batches_any, "any", text_key("batches.all"), Icon::batch},
    {Id::batches_managed, "managed", text_key("batches.managed"), Icon::batch},
    {Id::batches_executing, "executing", text_key("batches.executing"), Icon::batch},
    {Id::add_customers, "add-customers", text_key("batch.add_customers"), Icon::plus},
    {Id::confirm_items, "confirm", text_key("items.confirm"), Icon::check},
    {Id::return_items, "return", text_key("items.return"), Icon::undo},
    {Id::designate_items, "designate", text_key("items.designate"), Icon::person},
    {Id::give_by_hand, "give", text_key("allocate.give"), Icon::person},
    {Id::take_out, "take-out", text_key("allocate.take_out"), Icon::undo},
    {Id::keep_changed, "keep-changed", text_key("allocate.keep_changed"), Icon::check},
    {Id::reset_items, "reset", text_key("items.take_back"), Icon::refresh},
    {Id::remove_items, "remove", text_key("items.remove"), Icon::trash, Place::front, any, Page::not_found, false,
     true},
    {Id::reassign_items, "reassign", text_key("items.reassign"), Icon::person},
    {Id::open_customer, "open-customer", text_key("items.open_customer"), Icon::customers},
    {Id::commit_plan, "commit", text_key("allocate.commit"), Icon::check},
    {Id::plan_again, "again", text_key("allocate.again"), Icon::refresh},
    {Id::plan_selected, "only-these", text_key("allocate.only_selected"), Icon::filter},
    {Id::plan_everybody, "all-who-wait", text_key("allocate.everybody"), Icon::people},
    {Id::save_policy, "save-policy", text_key("policies.save_as"), Icon::plus},
    {Id::save_terms, "save-terms", text_key("policies.save_terms"), Icon::check},
    {Id::reset_terms, "reset-terms", text_key("policies.reset_terms"), Icon::undo},
    {Id::manage_policies, "policies", text_key("policies.manage"), Icon::settings},
    {Id::batch_items, "batch-items", text_key("batch.tab_items"), Icon::batch},
    {Id::batch_allocate, "batch-allocate", text_key("batch.tab_allocate"), Icon::batch},
    {Id::batch_confirm, "batch-confirm", text_key("batch.tab_confirm"), Icon::batch},
    {Id::batch_history, "batch-history", text_key("batch.tab_history"), Icon::history},
    {Id::batch_details, "batch-details", text_key("batch.tab_details"), Icon::info},
    {Id::batch_claim, "batch-claim", text_key("claim.tab"), Icon::plus},
    {Id::edit_batch, "edit-batch", text_key("batches.edit"), Icon::edit},
    {Id::change_limit, "change-limit", text_key("limit.change"), Icon::calendar},
    {Id::open_claiming, "open-claiming", text_key("claim.open"), Icon::check},
    {Id::close_claiming, "close-claiming", text_key("claim.close"), Icon::lock},
    {Id::claim_items, "claim", text_key("claim.do"), Icon::plus},
    {Id::claim_at_random, "draw", text_key("claim.draw"), Icon::plus},
    {Id::end_batch, "end", text_key("batches.end_all"), Icon::check, Place::front, any, Page::not_found, false, true},
    {Id::terminate_batch, "terminate", text_key("batches.terminate"), Icon::close, Place::front, any, Page::not_found,
     false, true},
    {Id::stop_operation, "stop", text_key("operation.cancel"), Icon::close},
    {Id::my_to_do, "to-do", text_key("my.to_do"), Icon::check},
    {Id::my_following, "following", text_key("my.following"), Icon::check},
    {Id::my_returned, "returned", text_key("my.returned"), Icon::check},
    {Id::my_completed, "completed", text_key("my.completed"), Icon::check},
    {Id::my_overdue, "overdue", text_key("my.overdue"), Icon::check},
    {Id::my_within_hour, "within-hour", text_key("my.within_hour"), Icon::check},
    {Id::my_transferred_in, "transferred-in", text_key("my.transferred_in"), Icon::check},
    {Id::my_transferred_out, "transferred-out", text_key("my.transferred_out"), Icon::check},
    {Id::my_completed_late, "completed-late", text_key("my.completed_late"), Icon::check},
    {Id::my_due_soon, "due-soon", text_key("my.due_soon"), Icon::check},
    {Id::complete_item, "complete", text_key("my.complete"), Icon::check},
    {Id::save_progress, "save", text_key("my.save"), Icon::note},
    {Id::abandon_item, "abandon", text_key("my.abandon"), Icon::close, Place::front, any, Page::not_found, false, true},
    {Id::transfer_item, "transfer", text_key("my.transfer"), Icon::person},
    {Id::quick_no_such_number, "no-such-number", text_key("quick_result.no_such_number"), Icon::none},
    {Id::quick_no_answer, "no-answer", text_key("quick_result.no_answer"), Icon::none},
    {Id::quick_powered_off, "powered-off", text_key("quick_result.powered_off"), Icon::none},
    {Id::quick_suspended, "suspended", text_key("quick_result.suspended"), Icon::none},
    {Id::quick_refused, "refused", text_key("quick_result.refused"), Icon::none},
    {Id::quick_in_meeting, "in-meeting", text_key("quick_result.in_meeting"), Icon::none},
    {Id::people_list, "people-list", text_key("people.tab"), Icon::people},
    {Id::department_list, "departments", text_key("departments.tab"), Icon::department},
    {Id::user_group_list, "user-groups", text_key("user_groups.tab"), Icon::people},
    {Id::calendar_list, "calendars", text_key("calendars.tab"), Icon::calendar},
    {.id = Id::copy_invitation,
     .key = "copy-invitation",
     .name = text_key("people.copy_invitation"),
     .icon = Icon::link,
     .operation = api::ResetPassword::endpoint.name},
    {Id::edit_person, "edit-person", text_key("common.edit"), Icon::edit},
    {.id = Id::reset_password,
     .key = "reset-password",
     .name = text_key("people.reset_password"),
     .icon = Icon::lock,
     .operation = api::ResetPassword::endpoint.name},
    {Id::disable_person, "disable", text_key("people.disable"), Icon::close, Place::front, any, Page::not_found, false,
     true},
    {Id::enable_person, "enable", text_key("people.enable"), Icon::check},
    {Id::check_import, "check", text_key("import.check"), Icon::check},
    {Id::write_import, "write", text_key("import.step_write"), Icon::check},
    {Id::discard_import, "discard", text_key("import.discard"), Icon::trash},
    {Id::download_refusals, "download-refusals", text_key("import.download_refusals"), Icon::download},
    // --- areas ---
    {Id::workbench, "workbench", text_key("nav.workbench"), Icon::workbench, Place::work, any, Page::workbench, true},
    {Id::my_tasks, "my-tasks", text_key("nav.my_tasks"), Icon::check, Place::work, Permission::execute_items,
     Page::my_tasks, true},
    {Id::customers, "customers", text_key("nav.customers"), Icon::customers, Place::work, Permission::view_customers,
     Page::customers, true},
    {Id::batches, "batches", text_key("nav.batches"), Icon::batch, Place::work, any, Page::batches, true},
    {Id::imports, "imports", text_key("nav.imports"), Icon::import_file, Place::manage, Permission::import_customers,
     Page::imports},
    {Id::people, "people", text_key("nav.people"), Icon::people, Place::manage, Permission::manage_people,
     Page::people},
    // --- possible everywhere ---
    {Id::new_customer, "new-customer", text_key("customers.new"), Icon::plus, Place::page, Permission::edit_customers},
    {Id::import_customers, "import", text_key("customers.import"), Icon::upload, Place::page,
     Permission::import_customers, Page::imports},
    {Id::new_batch, "new-batch", text_key("batches.new"), Icon::plus, Place::page, Permission::create_batch},
    {Id::new_person, "new-person", text_key("people.new"), Icon::plus, Place::page, Permission::manage_people},
    {Id::new_department, "new-department", text_key("departments.new"), Icon::plus, Place::page,
     Permission::manage_people},
    {Id::new_user_group, "new-group", text_key("user_groups.new"), Icon::plus, Place::page, Permission::manage_people},
    {Id::new_calendar, "new-calendar", text_key("calendars.new"), Icon::plus, Place::page, Permission::manage_settings},
    {Id::search,
     "search",
     text_key("search.name"),
     Icon::search,
     Place::page,
     any,
     Page::not_found,
     false,
     false,
     {Key::k, {.control = true}}},
    {Id::keyboard_map,
     "keyboard-map",
     text_key("keys.title"),
     Icon::help,
     Place::page,
     any,
     Page::not_found,
     false,
     false,
     {Key::question, {}}},
    {Id::theme_light, "light", text_key("account.theme_light"), Icon::sun, Place::page},
    {Id::theme_dark, "dark", text_key("account.theme_dark"), Icon::moon, Place::page},
    {Id::theme_contrast, "contrast", text_key("account.theme_contrast"), Icon::eye, Place::page},
    {Id::theme_system, "system", text_key("account.theme_system"), Icon::eye, Place::page},
    {Id::density_compact, "density-compact", text_key("account.density_compact"), Icon::none, Place::page},
    {Id::density_comfortable, "density-comfortable", text_key("account.density_comfortable"), Icon::none, Place::page},
    {Id::density_touch, "density-touch", text_key("account.density_touch"), Icon::none, Place::page},
    {Id::density_system, "density-system", text_key("account.density_system"), Icon::none, Place::page},
    {Id::mirror, "mirror", text_key("account.mirror"), Icon::none, Place::page},
    {Id::chinese, "zh-CN", text_key("language.zh"), Icon::language, Place::page},
    {Id::english, "en", text_key("language.en"), Icon::language, Place::page},
    {Id::company_settings, "settings", text_key("settings.title"), Icon::settings, Place::page,
     Permission::manage_settings},
    {Id::system_status, "status", text_key("system.title"), Icon::workbench, Place::page, Permission::manage_settings,
     Page::system},
    {Id::audit_log, "audit", text_key("audit.title"), Icon::history, Place::page, Permission::manage_settings,
     Page::audit},
    {Id::change_zone, "zone", text_key("account.change_zone"), Icon::clock, Place::page},
    {.id = Id::change_password,
     .key = "password",
     .name = text_key("account.change_password"),
     .icon = Icon::lock,
     .place = Place::page,
     .operation = api::ChangePassword::endpoint.name},
    {.id = Id::sign_out,
     .key = "sign-out",
     .name = text_key("account.sign_out"),
     .icon = Icon::sign_out,
     .place = Place::page,
     .operation = api::SignOut::endpoint.name},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (static_cast<std::size_t>(table[i].id) != i) return false;
  return std::size(table) == static_cast<std::size_t>(Id::count_);
}
static_assert(in_order(), "the table has one row for each id, in the order of Id");

constexpr KeyHelp help[] = {
    {text_key("keys.in_tables"), "↑ ↓ PgUp PgDn Home End", text_key("keys.move_row")},
    {{}, "Enter", text_key("keys.open_row")},
    {{}, "Space", text_key("keys.tick_row")},
    {{}, "Shift ↑ ↓", text_key("keys.tick_range")},
    {{}, "Ctrl A", text_key("ui.select_all")},
    {{}, "Esc", text_key("common.clear_selection")},
    {{}, "A–Z", text_key("keys.type_ahead")},
    {{}, "Ctrl C", text_key("keys.copy_rows")},
    {{}, "Shift F10", text_key("keys.row_menu")},
    {text_key("keys.moving"), "Ctrl X", text_key("ui.move_to")},
    {{}, "↑ ↓ Home End", text_key("keys.choose_target")},
    {{}, "Enter", text_key("keys.drop")},
    {{}, "Esc", text_key("common.cancel")},
    {text_key("keys.in_dialogs"), "Tab Shift+Tab", text_key("keys.next_thing")},
    {{}, "Enter", text_key("keys.do_it")},
    {{}, "Esc", text_key("common.close")},
    {{}, "↑ ↓ ← →", text_key("keys.in_lists")},
};

}  // namespace

std::span<const Descriptor> descriptors() { return table; }
std::string_view density_of(Id id) { return descriptor(id).key.substr(std::string_view("density-").size()); }
const Descriptor& descriptor(Id id) { return table[static_cast<std::size_t>(id)]; }
std::span<const KeyHelp> key_help() { return help; }

bool push_command(Queue& queue, Id id) {
  const auto open = [&queue](Dialog dialog) {
    queue.push(OpenDialog{std::move(dialog)});
    return true;
  };
  const Descriptor& known = descriptor(id);
  switch (id) {
    case Id::new_customer:
      return open(NewCustomer{});
    case Id::new_batch:
      return open(NewBatch{});
    case Id::new_person:
      return open(NewPerson{});
    case Id::new_department:
      return open(NewDepartment{});
    case Id::new_user_group:
      return open(NewUserGroup{});
    case Id::new_calendar:
      return open(EditCalendar{});
    case Id::search:
      return open(QuickSearch{});
    case Id::keyboard_map:
      return open(KeyboardMap{});
    case Id::company_settings:
      return open(CompanySettings{});
    case Id::change_zone:
      return open(ChangeZoneDialog{});
    case Id::change_password:
      return open(ChangePasswordDialog{});
    case Id::theme_light:
    case Id::theme_dark:
    case Id::theme_contrast:
    case Id::theme_system:
      queue.push(SetTheme{std::string(known.key)});
      return true;
    case Id::density_compact:
    case Id::density_comfortable:
    case Id::density_touch:
    case Id::density_system:
      queue.push(SetDensity{std::string(density_of(id))});
      return true;
    case Id::mirror:
      queue.push(ToggleMirror{});
      return true;
    case Id::chinese:
    case Id::english:
      queue.push(SetLanguage{std::string(known.key)});
      return true;
    case Id::sign_out:
      queue.push(SignOut{});
      return true;
    default:
      break;
  }
  if (known.page == Page::not_found) return false;
  queue.push(Go{path_to(known.page), false});
  return true;
}

}  // namespace tw::commands
