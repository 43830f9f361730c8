#include "client/views/customer.h"

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using commands::Id;
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
          const bool pressed = command_button(ui, {.id = Id::save_note}, {.busy = status.busy}, true);
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

}  // namespace tw::views
