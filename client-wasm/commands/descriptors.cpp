#include "client/commands/descriptors.h"

namespace tw::commands {

namespace {

using domain::access::Permission;

constexpr Descriptor table[] = {
    {.id = "workbench",
     .name = text_key("nav.workbench"),
     .icon = ui::Icon::workbench,
     .place = Place::work,
     .on_phone = true,
     .page = Page::workbench},
    {.id = "my-tasks",
     .name = text_key("nav.my_tasks"),
     .icon = ui::Icon::check,
     .permission = Permission::execute_items,
     .place = Place::work,
     .on_phone = true,
     .page = Page::my_tasks},
    {.id = "customers",
     .name = text_key("nav.customers"),
     .icon = ui::Icon::customers,
     .permission = Permission::view_customers,
     .place = Place::work,
     .on_phone = true,
     .page = Page::customers},
    {.id = "batches",
     .name = text_key("nav.batches"),
     .icon = ui::Icon::batch,
     .place = Place::work,
     .on_phone = true,
     .page = Page::batches},
    {.id = "imports",
     .name = text_key("nav.imports"),
     .icon = ui::Icon::import_file,
     .permission = Permission::import_customers,
     .place = Place::manage,
     .page = Page::imports},
    {.id = "people",
     .name = text_key("nav.people"),
     .icon = ui::Icon::people,
     .permission = Permission::manage_people,
     .place = Place::manage,
     .page = Page::people},
    {.id = "new-customer",
     .name = text_key("customers.new"),
     .icon = ui::Icon::plus,
     .permission = Permission::edit_customers},
    {.id = "new-batch",
     .name = text_key("batches.new"),
     .icon = ui::Icon::plus,
     .permission = Permission::create_batch},
    {.id = "new-person",
     .name = text_key("people.new"),
     .icon = ui::Icon::plus,
     .permission = Permission::manage_people},
};

}  // namespace

std::span<const Descriptor> descriptors() { return table; }

PageCommand command_of(const Descriptor& descriptor) {
  if (descriptor.id == "new-customer") return OpenDialog{NewCustomer{}};
  if (descriptor.id == "new-batch") return OpenDialog{NewBatch{}};
  if (descriptor.id == "new-person") return OpenDialog{NewPerson{}};
  return Go{path_to(descriptor.page), false};
}

}  // namespace tw::commands
