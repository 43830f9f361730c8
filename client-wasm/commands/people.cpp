// Commands on people, departments, customers and imports.
#include "client/commands/execute.h"

namespace tw::commands {

void Executor::run(const PeopleCommand& command) {
  const auto invited = [this](std::string name) {
    return [this, name](const api::InvitationReply& reply) {
      happened(EventKind::person_changed, reply.person.value);
      host_.open_dialog(ShowInvitation{reply.person, name, host_.invitation_address(reply.invitation)});
    };
  };
  const auto changed = [this](const api::PersonRow& person) {
    happened(EventKind::person_changed, person.person.value);
    host_.notify({.key = text_key("people.saved"), .params = {param("name", person.name)}});
  };
  const auto department_saved = [this](const api::DepartmentRow& row) {
    happened(EventKind::department_changed, row.department.value);
    host_.notify({.key = text_key("departments.saved"), .params = {param("name", row.name)}});
  };
  const auto group_saved = [this](const api::UserGroupRow& row) {
    happened(EventKind::user_group_changed, row.group.value);
    host_.notify({.key = text_key("user_groups.saved"), .params = {param("name", row.name)}});
  };
  if (const auto* add = std::get_if<AddPerson>(&command)) {
    send<api::AddPerson>(add->form, add->request, invited(add->request.name));
  } else if (const auto* update = std::get_if<UpdatePerson>(&command)) {
    send<api::UpdatePerson>(update->form, update->request, changed);
  } else if (const auto* active = std::get_if<SetPersonActive>(&command)) {
    send<api::SetPersonActive>(active->form, active->request, [this](const api::SetPersonActive::Response& reply) {
      happened(EventKind::person_changed, reply.person.person.value);
      host_.notify({.key = reply.person.active ? text_key("people.enabled") : text_key("people.disabled"),
                    .params = {param("name", reply.person.name)}});
      if (reply.operation) store_.watch(reply.operation);
    });
  } else if (const auto* reset = std::get_if<ResetPassword>(&command)) {
    const api::PersonRow* person = store_.person(reset->person);
    send<api::ResetPassword>(reset->form, {reset->person}, invited(person ? person->name : std::string{}));
  } else if (const auto* department = std::get_if<AddDepartment>(&command)) {
    send<api::AddDepartment>(department->form, department->request, department_saved);
  } else if (const auto* rename = std::get_if<UpdateDepartment>(&command)) {
    send<api::UpdateDepartment>(rename->form, rename->request, department_saved);
  } else if (const auto* group = std::get_if<AddUserGroup>(&command)) {
    send<api::AddUserGroup>(group->form, group->request, group_saved);
  } else if (const auto* regroup = std::get_if<UpdateUserGroup>(&command)) {
    send<api::UpdateUserGroup>(regroup->form, regroup->request, group_saved);
  } else if (const auto* ungroup = std::get_if<DeleteUserGroup>(&command)) {
    send<api::DeleteUserGroup>(ungroup->form, ungroup->request, [this, name = ungroup->name](const Done&) {
      happened(EventKind::user_group_changed, 0);
      host_.notify({.key = text_key("user_groups.deleted"), .params = {param("name", name)}});
    });
  } else if (const auto* most = std::get_if<SetMostUserGroups>(&command)) {
    send<api::SetMostUserGroups>(most->form, most->request,
                                 [this](const Done&) { happened(EventKind::user_group_changed, 0); });
  } else if (const auto* settings = std::get_if<UpdateSettings>(&command)) {
    send<api::UpdateSettings>(settings->form, settings->request, [this](const api::CompanySettings& now) {
      store_.settings.answer(store_.settings.ask(), now);
      host_.notify({.key = text_key("settings.saved")});
    });
  } else if (const auto* preview = std::get_if<PreviewCalendar>(&command)) {
    store::FormStatus& status = store_.forms[preview->form];
    if (status.busy) return;
    status = {.busy = true, .problem = {}};
    transport::call<api::PreviewCalendar>(
        store_.transport(), preview->request,
        [this, form = preview->form, key = store::Store::key_of(preview->request)](auto answer) {
          store_.heard(answer ? nullptr : &answer.problem);
          if (!answer) return refused(form, std::move(answer.problem));
          store_.forms.erase(form);
          store_.calendar_preview.put(key, *answer);
        });
  } else if (const auto* save = std::get_if<SaveCalendar>(&command)) {
    const auto saved = [this](const api::SavedCalendar& reply) {
      happened(EventKind::calendar_changed, reply.row.calendar.value);
      if (reply.operation) store_.watch(reply.operation);
      host_.notify({.key = text_key("calendars.saved"), .params = {param("name", reply.row.name)}});
    };
    if (save->request.calendar)
      send<api::UpdateCalendar>(save->form, save->request, saved);
    else
      send<api::AddCalendar>(save->form, {save->request.content, save->request.overdue}, saved);
  } else if (const auto* gone = std::get_if<DeleteCalendar>(&command)) {
    send<api::DeleteCalendar>(gone->form, gone->request, [this, name = gone->name](const Done&) {
      happened(EventKind::calendar_changed, 0);
      host_.notify({.key = text_key("calendars.deleted"), .params = {param("name", name)}});
    });
  }
}

void Executor::run(const PickerCommand& command) {
  if (const auto* find = std::get_if<FindPeople>(&command)) {
    store_.load_found(find->request);
  } else if (std::get_if<FindGroups>(&command)) {
    if (store_.user_groups.wanted()) store_.load_user_groups();
    if (store_.departments.wanted()) store_.load_departments();
  } else if (const auto* name = std::get_if<NamePeople>(&command)) {
    store_.load_names(name->people);
  } else if (const auto* pick = std::get_if<PickPeople>(&command)) {
    store_.load_picked(pick->request, pick->key);
  } else if (const auto* read = std::get_if<ReadNotifications>(&command)) {
    send<api::ReadNotifications>(0, read->request, [this](const api::ReadNotifications::Response&) {
      happened(EventKind::notification_changed, 0);
    });
  }
}

void Executor::run(const CustomerCommand& command) {
  if (const auto* add = std::get_if<AddCustomer>(&command)) {
    send<api::AddCustomer>(add->form, add->request, [this](const api::CustomerDetail& detail) {
      store_.customer.put(detail.row.customer.value, detail);
      happened(EventKind::customers_changed, 0);
      host_.notify({.key = text_key("customers.added")});
      host_.go(path_to(Page::customer, detail.row.customer.value), false);
    });
  } else if (const auto* update = std::get_if<UpdateCustomer>(&command)) {
    send<api::UpdateCustomer>(update->form, update->request, [this](const api::CustomerDetail& detail) {
      store_.customer.put(detail.row.customer.value, detail);
      happened(EventKind::customer_changed, detail.row.customer.value);
      host_.notify({.key = text_key("customers.saved")});
    });
  } else if (const auto* note = std::get_if<AddNote>(&command)) {
    send<api::AddCustomerNote>(note->form, note->request, [this, note = *note](const Done&) {
      host_.sent({note.form, note.request.customer.value, note.request.text});
      happened(EventKind::customer_changed, note.request.customer.value);
      host_.notify({.key = text_key("customers.note_saved")});
    });
  } else if (const auto* more = std::get_if<MoreTimeline>(&command)) {
    store_.load_more_timeline(more->customer);
  }
}

void Executor::run(const ImportCommand& command) {
  if (const auto* check = std::get_if<CheckImport>(&command)) {
    send<api::CheckImport>(check->form, check->request, [this, id = check->request.import](const api::Accepted& reply) {
      store_.watch(reply.operation);
      happened(EventKind::import_changed, id.value);
    });
  } else if (const auto* write = std::get_if<WriteImport>(&command)) {
    send<api::WriteImport>(write->form, write->request, [this, id = write->request.import](const api::Accepted& reply) {
      store_.watch(reply.operation);
      happened(EventKind::import_changed, id.value);
    });
  } else if (const auto* discard = std::get_if<DiscardImport>(&command)) {
    send<api::DiscardImport>(0, {discard->import}, [this, id = discard->import](const Done&) {
      happened(EventKind::import_changed, id.value);
      host_.notify({.key = text_key("import.discarded")});
      host_.go(path_to(Page::imports), false);
    });
  } else if (const auto* download = std::get_if<DownloadRefusals>(&command)) {
    host_.download("/api/v1/imports/" + std::to_string(download->import.value) + "/refusals");
  }
}

}  // namespace tw::commands
