// A new customer, or the fields of one: see customer.h. What is written is sent as differences, so that nobody's change
// to another field is overwritten.
#include "client/views/customer.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

// What was written belongs to a field, not to a place in a list that may have become another one.
void align(CustomerDraft& draft, const store::Store& model) {
  if (!model.fields.ready()) return;
  std::vector<CustomerFieldId> fields;
  for (const api::CustomerField& field : *model.fields) fields.push_back(field.field);
  if (fields == draft.fields) return;
  std::vector<std::string> values(fields.size());
  for (std::size_t was = 0; was < draft.fields.size() && was < draft.values.size(); ++was)
    for (std::size_t is = 0; is < fields.size(); ++is)
      if (fields[is] == draft.fields[was]) values[is] = draft.values[was];
  draft.fields = std::move(fields);
  draft.values = std::move(values);
}

void fill(CustomerDraft& draft, const store::Store& model, const api::CustomerDetail* detail) {
  align(draft, model);
  const std::size_t fields = draft.fields.size();
  draft.filled = true;
  draft.owner = model.me();  // of a new one
  if (!detail) return;
  const api::CustomerRow& row = detail->row;
  draft.version = row.version;
  draft.kind = row.kind == domain::customer::Kind::company ? 1 : 0;
  draft.name = row.name;
  draft.contact = row.contact;
  draft.phone = detail->phone;
  draft.email = detail->email;
  draft.city = row.city;
  draft.address = detail->address;
  draft.source = row.source;
  draft.note = detail->note;
  draft.external_key = row.external_key;
  draft.score = row.score;
  draft.do_not_contact = row.do_not_contact;
  draft.number_error = row.number_error;
  draft.owner = row.owner;
  for (std::size_t i = 0; i < fields; ++i)
    for (const api::CustomValue& value : row.values)
      if (value.field == draft.fields[i]) draft.values[i] = value.value;
}

void draw_field(Ui& ui, const store::Store& model, const store::FormStatus& status, const char* key, std::string& value,
                FieldKind kind = FieldKind::text, bool first = false) {
  text_field(ui, key, value,
             {.label = column_name(ui, model, key),
              .error = field_problem(status, key),
              .kind = kind,
              .focus_first = first,
              .max_length = 400});
}

void draw_custom_inputs(Ui& ui, const store::Store& model, CustomerDraft& draft) {
  if (!model.fields.ready() || model.fields->empty()) return;
  gap(ui, space::s);
  heading(ui, 3, ui.tr("customers.custom_fields"));
  grid(ui, {.min_cell = 220, .gap = space::m, .max_columns = 2}, static_cast<int>(draft.values.size()), [&](int i) {
    const auto index = static_cast<std::size_t>(i);
    if (index >= model.fields->size()) return;
    const api::CustomerField& field = (*model.fields)[index];
    IdScope scope(ui, field.field.value);
    std::string& value = draft.values[index];
    if (field.type == domain::customer::FieldType::choice) {
      std::vector<Choice> choices = {{.key = "none", .label = "—"}};
      int selected = 0;
      for (const std::string& choice : field.choices) {
        if (choice == value) selected = static_cast<int>(choices.size());
        choices.push_back({.key = choice, .label = choice});
      }
      if (select(ui, "value", choices, selected, {.label = field.name}))
        value = selected <= 0 ? std::string{} : field.choices[static_cast<std::size_t>(selected - 1)];
    } else {
      const bool number = field.type == domain::customer::FieldType::number;
      text_field(ui, "value", value,
                 {.label = field.name, .kind = number ? FieldKind::number : FieldKind::text, .max_length = 1000});
    }
  });
}

// Whose it is, and for those who reach more than their own: a picker of somebody else.
void draw_owner(Ui& ui, const store::Store& model, const store::FormStatus& status, CustomerDraft& draft) {
  const std::string_view label = column_name(ui, model, "owner");
  const bool may_choose = model.session && model.session->scope != domain::access::Scope::own;
  if (draft.picks_owner && may_choose) {
    person_select(ui, "owner", label, model, draft.owner, draft.owner_picker);
  } else {
    row(ui, {.height = control_height(ui.density())}, [&] {
      muted(ui, label);
      if (draft.owner) {
        const std::string_view name = draft.owner == model.me() ? std::string_view(model.session->name)
                                                                : people_words(ui, model, {&draft.owner, 1});
        avatar(ui, name, draft.owner.value, 24);
        strong(ui, name);
      } else {
        strong(ui, ui.tr("customers.no_owner"));
      }
      spring(ui);
      if (may_choose && button(ui, "change-owner", ui.tr("customers.change_owner"))) {
        draft.picks_owner = true;
        IdScope scope(ui, "owner");  // of the picker that takes the button's place
        ui.focus(ui.id("search"));
      }
    });
  }
  if (const std::string_view wrong = field_problem(status, "owner"); !wrong.empty())
    inline_error(ui, "owner-problem", wrong);
}

api::AddCustomer::Request addition(const CustomerDraft& draft, PersonId me) {
  api::AddCustomer::Request request;
  request.kind = draft.kind ? domain::customer::Kind::company : domain::customer::Kind::person;
  request.name = draft.name;
  request.contact = draft.contact;
  request.phone = draft.phone;
  request.email = draft.email;
  request.city = draft.city;
  request.address = draft.address;
  request.source = draft.source;
  request.score = draft.score;
  request.note = draft.note;
  request.external_key = draft.external_key;
  request.do_not_contact = draft.do_not_contact;
  if (draft.owner != me) request.owner = draft.owner;
  for (std::size_t i = 0; i < draft.values.size(); ++i)
    if (!draft.values[i].empty()) request.values.push_back({draft.fields[i], draft.values[i]});
  return request;
}

// Only what differs is sent, so that two people who change different fields do not undo each other.
api::UpdateCustomer::Request changes(const CustomerDraft& draft, const api::CustomerDetail& was) {
  api::UpdateCustomer::Request request;
  request.customer = was.row.customer;
  request.version = draft.version;
  const auto differs = [](const auto& before, const auto& now, auto& target) {
    if (before != now) target = now;
  };
  const auto kind = draft.kind ? domain::customer::Kind::company : domain::customer::Kind::person;
  differs(was.row.kind, kind, request.kind);
  differs(was.row.name, draft.name, request.name);
  differs(was.row.contact, draft.contact, request.contact);
  differs(was.phone, draft.phone, request.phone);
  differs(was.email, draft.email, request.email);
  differs(was.row.city, draft.city, request.city);
  differs(was.address, draft.address, request.address);
  differs(was.row.source, draft.source, request.source);
  differs(was.note, draft.note, request.note);
  differs(was.row.external_key, draft.external_key, request.external_key);
  differs(was.row.do_not_contact, draft.do_not_contact, request.do_not_contact);
  differs(was.row.number_error, draft.number_error, request.number_error);
  differs(was.row.owner, draft.owner, request.owner);
  if (draft.score != was.row.score) {
    request.score = draft.score;
    request.clear_score = !draft.score.has_value();
  }
  for (std::size_t i = 0; i < draft.values.size(); ++i) {
    const CustomerFieldId id = draft.fields[i];
    std::string before;
    for (const api::CustomValue& value : was.row.values)
      if (value.field == id) before = value.value;
    if (before != draft.values[i]) request.values.push_back({id, draft.values[i]});
  }
  return request;
}

}  // namespace

void draw_customer_dialog(Ui& ui, const store::Store& model, store::FormId form_id, CustomerId customer,
                          CustomerDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& known = model.customer.at(customer.value);
  const api::CustomerDetail* detail = customer && known.ready() ? &*known : nullptr;
  const bool waits = customer && !detail;
  // Also a draft that was kept over a reload waits for what it is about.
  const bool there = !waits && (model.fields.ready() || model.fields.failed());
  if (!draft.filled && there) fill(draft, model, detail);
  align(draft, model);
  const bool ready = draft.filled && there;
  bool save = false;
  const DialogResult result = dialog(
      ui, "customer-dialog",
      {.title = customer ? ui.tr("customers.edit") : ui.tr("customers.new"),
       .width = 640,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             save = dialog_buttons(ui, {.action = ui.tr("common.save"), .disabled = !ready, .busy = status.busy});
           }},
      [&] {
        if (!ready) return loading_rows(ui);
        form_problem(ui, status);
        form(ui, "customer", ui.tr("customers.one"), [&] {
          column(ui, {.gap = space::m}, [&] {
            const Choice kinds[] = {{.key = "person", .label = words_of(ui, domain::customer::Kind::person)},
                                    {.key = "company", .label = words_of(ui, domain::customer::Kind::company)}};
            segmented(ui, "kind", column_name(ui, model, "kind"), kinds, draft.kind);
            grid(ui, {.min_cell = 220, .gap = space::m, .max_columns = 2}, 8, [&](int i) {
              switch (i) {
                case 0:
                  return draw_field(ui, model, status, "name", draft.name, FieldKind::text, true);
                case 1:
                  return draw_field(ui, model, status, "contact", draft.contact);
                case 2:
                  return draw_field(ui, model, status, "phone", draft.phone, FieldKind::telephone);
                case 3:
                  return draw_field(ui, model, status, "email", draft.email, FieldKind::email);
                case 4:
                  return draw_field(ui, model, status, "city", draft.city);
                case 5:
                  return draw_field(ui, model, status, "source", draft.source);
                case 6:
                  return draw_field(ui, model, status, "external_key", draft.external_key);
                case 7:
                  number_field(
                      ui, "score", draft.score,
                      {.field = {.label = column_name(ui, model, "score"), .error = field_problem(status, "score")},
                       .min = 0,
                       .max = 100});
                  return;
                default:
                  return;
              }
            });
            draw_field(ui, model, status, "address", draft.address);
            draw_owner(ui, model, status, draft);
            text_area(ui, "note", draft.note,
                      {.field = {.label = column_name(ui, model, "note"),
                                 .error = field_problem(status, "note"),
                                 .max_length = 4000},
                       .min_lines = 2});
            checkbox(ui, "do-not-contact", column_name(ui, model, "do_not_contact"), draft.do_not_contact,
                     {.hint = ui.tr("customers.do_not_contact_hint")});
            if (customer) checkbox(ui, "number-error", column_name(ui, model, "number_error"), draft.number_error);
            draw_custom_inputs(ui, model, draft);
          });
        });
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if ((save || result.submit) && ready && !status.busy) {
    if (detail) {
      push(ui, commands::UpdateCustomer{form_id, changes(draft, *detail)});
    } else {
      push(ui, commands::AddCustomer{form_id, addition(draft, model.me())});
    }
  }
}

}  // namespace tw::views
