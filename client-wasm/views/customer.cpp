#include "client/views/customer.h"

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using commands::Page;
using commands::path_to;
using ui::text;

void draw_customer_facts(Ui& ui, const store::Store& model, const api::CustomerDetail& detail) {
  const api::CustomerRow& row = detail.row;
  const auto fact = [&](const char* column, std::string_view value) {
    if (!value.empty()) label_value(ui, column_name(ui, model, column), value, 104);
  };
  column(ui, {.gap = space::s}, [&] {
    fact("kind", words_of(ui, row.kind));
    fact("contact", row.contact);
    fact("phone", detail.phone);
    fact("email", detail.email);
    fact("city", row.city);
    fact("address", detail.address);
    fact("source", row.source);
    fact("owner", row.owner_name);
    fact("department", row.department_name);
    if (row.score) fact("score", ui.keep(number(*row.score)));
    fact("external_key", row.external_key);
    if (row.last_follow_up) fact("last_follow_up", date_time(ui, *row.last_follow_up));
    fact("created", date_time(ui, row.created));
    fact("note", detail.note);
  });
}

namespace {

void draw_custom_fields(Ui& ui, const store::Store& model, const api::CustomerRow& row) {
  if (row.values.empty()) return;
  card(ui, "fields", {.title = ui.tr("customers.custom_fields")}, [&] {
    for (const api::CustomValue& value : row.values) {
      IdScope scope(ui, value.field.value);
      const api::CustomerField* field = model.field(value.field);
      if (field && !value.value.empty()) label_value(ui, field->name, value.value, 104);
    }
  });
}

void draw_batches_of(Ui& ui, const api::CustomerDetail& detail) {
  card(ui, "batches", {.title = ui.tr("customers.in_batches")}, [&] {
    for (const api::CustomerBatch& batch : detail.batches) {
      IdScope scope(ui, batch.item.value);
      row(ui, {.height = 32}, [&] {
        const std::string path = path_to(Page::batch, batch.batch.value);
        if (link(ui, "batch", batch.subject, {.path = path})) go(ui, path);
        spring(ui);
        caption(ui, batch.executor_name);
        domain::batch::ItemState state{};
        if (from_wire_name(batch.item_state, state)) state_chip(ui, state);
      });
    }
    if (detail.batches.empty()) muted(ui, ui.tr("customers.in_no_batch"));
  });
}

Tone tone_of_entry(api::TimelineKind kind) {
  switch (kind) {
    case api::TimelineKind::execution_note:
    case api::TimelineKind::item_allocated:
      return Tone::executing;
    case api::TimelineKind::item_completed:
      return Tone::completed;
    case api::TimelineKind::item_ended:
      return Tone::ended;
    case api::TimelineKind::item_reset:
    case api::TimelineKind::item_recalled:
    case api::TimelineKind::item_undone:
      return Tone::reset;
    case api::TimelineKind::item_returned:
    case api::TimelineKind::item_abandoned:
      return Tone::danger;
    default:
      return Tone::neutral;
  }
}

// The names of changed fields, which the timeline carries as wire names.
std::string_view changed_words(Ui& ui, const store::Store& model, const std::string& fields) {
  std::string words;
  for (const std::string_view field : text::split(fields, ',')) {
    if (!words.empty()) words += ui.tr("list.separator");
    words += column_name(ui, model, field);
  }
  return ui.keep(std::move(words));
}

void draw_timeline(Ui& ui, const store::Store& model, CustomerState& state, bool may_edit) {
  card(ui, "timeline", {.title = ui.tr("customers.timeline")}, [&] {
    if (may_edit) {
      const store::FormStatus& status = model.form(note_form);
      std::string& note = state.notes[state.customer.value];
      const FieldResult typed = text_area(ui, "note", note,
                                          {.field = {.name = ui.tr("customers.note"),
                                                     .placeholder = ui.tr("customers.note_placeholder"),
                                                     .error = field_problem(status, "text"),
                                                     .max_length = 4000},
                                           .min_lines = 2,
                                           .max_lines = 6});
      form_problem(ui, status);
      const bool written = !text::trim(note).empty();
      if (written) {
        row(ui, {.align = Align::end}, [&] {
          const bool pressed = button(ui, "save-note", ui.tr("customers.save_note"), {.busy = status.busy});
          if ((pressed || typed.submitted) && !status.busy)
            push(ui, commands::AddNote{note_form, {state.customer, std::string(text::trim(note))}});
        });
      }
      gap(ui, space::s);
    }
    remote(ui, model.timeline.at(state.customer.value), [&](const store::Timeline& timeline) {
      for (std::size_t i = 0; i < timeline.entries.size(); ++i) {
        const api::TimelineEntry& entry = timeline.entries[i];
        IdScope scope(ui, static_cast<std::int64_t>(i));
        const std::vector<Param> params = {
            param("who", entry.actor_name.empty() ? std::string(ui.tr("log.system")) : entry.actor_name),
            param("what", std::string(words_of(ui, entry.kind))), param("subject", entry.subject)};
        const std::string_view title = entry.subject.empty() ? ui.tr("customers.timeline_entry", params)
                                                             : ui.tr("customers.timeline_entry_in", params);
        timeline_entry(ui,
                       {.tone = tone_of_entry(entry.kind),
                        .when = date_time(ui, entry.at),
                        .title = title,
                        .words = entry.kind == api::TimelineKind::changed ? changed_words(ui, model, entry.text)
                                                                          : std::string_view(entry.text)},
                       i + 1 == timeline.entries.size());
      }
      if (timeline.entries.empty()) muted(ui, ui.tr("customers.timeline_empty"));
      if (!timeline.next.empty() && button(ui, "more", ui.tr("common.show_more"), {.kind = ButtonKind::ghost}))
        push(ui, commands::MoreTimeline{state.customer});
    });
  });
}

}  // namespace

void draw_customer(Ui& ui, const store::Store& model, CustomerState& state) {
  const auto& known = model.customer.at(state.customer.value);
  const bool may_edit = known.ready() && known->may_edit;
  const PageResult result = page(
      ui, "customer",
      {.title = known.ready() ? customer_name(ui, known->row) : ui.tr("customers.one"),
       .back_label = ui.tr("nav.customers"),
       .actions =
           [&] {
             if (may_edit && command_button(ui, {.id = commands::Id::edit_customer, .label = ui.tr("common.edit")}))
               open_dialog(ui, commands::EditCustomer{state.customer});
           },
       .beside_title =
           [&] {
             if (!known.ready()) return;
             if (known->row.do_not_contact)
               chip(ui, ui.tr("words.column", {param("value", "do_not_contact")}), {.tone = Tone::danger});
             if (known->row.number_error)
               chip(ui, ui.tr("words.column", {param("value", "number_error")}), {.tone = Tone::danger});
           }},
      [&] {
        remote(ui, known, [&](const api::CustomerDetail& detail) {
          split(ui, {.stack_below = 820}, {{.share = 1}, {.share = 1.3f}}, [&](int i) {
            column(ui, {.gap = space::l}, [&] {
              if (i == 0) {
                card(ui, "facts", {.title = ui.tr("customers.facts")}, [&] { draw_customer_facts(ui, model, detail); });
                draw_custom_fields(ui, model, detail.row);
              } else {
                draw_batches_of(ui, detail);
                draw_timeline(ui, model, state, may_edit);
              }
            });
          });
        });
      });
  if (result.back) push(ui, commands::Go{path_to(Page::customers), false});
}

// --- the form --------------------------------------------------------------------------------------------------------

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

api::AddCustomer::Request addition(const CustomerDraft& draft) {
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
      push(ui, commands::AddCustomer{form_id, addition(draft)});
    }
  }
}

}  // namespace tw::views
