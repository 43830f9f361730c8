// The form of a new or changed batch task.
#include <algorithm>

#include "client/ui/format.h"
#include "client/views/batches.h"
#include "client/views/typed_moment.h"
#include "client/views/words.h"
#include "core/text.h"
#include "domain/batch/clock.h"

namespace tw::views {

using namespace ui;
using domain::batch::LimitUnit;
using ui::text;

namespace {

std::string written(const LocalClock& clock, const std::optional<Instant>& at) {
  return at ? write_moment(*at, clock) : std::string();
}

// A time as it is typed; nothing typed is none.
struct TypedMoment {
  std::optional<Instant> at{};
  bool wrong = false;
};
TypedMoment moment_of(const LocalClock& clock, const std::string& typed) {
  if (text::trim(typed).empty()) return {};
  const auto at = read_moment(typed, clock);
  return {at, !at};
}

LocalClock clock_of(const Ui& ui) { return {ui.now(), ui.clock()}; }

void fill(BatchDraft& draft, const api::BatchDetail& detail, const LocalClock& clock) {
  draft.filled = true;
  draft.version = detail.summary.version;
  draft.subject = detail.summary.subject;
  draft.description = detail.description;
  for (const api::BatchPerson& person : detail.executors) draft.executors.push_back(person.person);
  for (const api::BatchPerson& person : detail.co_managers) draft.co_managers.push_back(person.person);
  draft.limit = detail.limit > 0 ? std::optional<std::int64_t>(detail.limit) : std::nullopt;
  draft.limit_unit = static_cast<int>(detail.limit_unit);
  draft.limit_counts = static_cast<int>(detail.limit_counts);
  if (const Millis usual = domain::batch::default_due_soon(domain::batch::length({detail.limit, detail.limit_unit}));
      detail.due_soon_ms != usual.value) {
    const auto [value, unit] = in_largest_unit(detail.due_soon_ms);
    draft.due_soon = value;
    draft.due_soon_unit = static_cast<int>(unit);
  }
  draft.needs_confirmation = detail.needs_confirmation;
  draft.allows_transfer = detail.allows_transfer;
  draft.end_date = written(clock, detail.end_date);
  draft.claim_open = detail.claim_open;
  draft.claim_mode = static_cast<int>(detail.claim_mode);
  draft.claim_count = detail.claim_count;
  draft.claim_from = written(clock, detail.claim_from);
  draft.claim_to = written(clock, detail.claim_to);
  draft.limit_is_running = detail.summary.counts.executing > 0;
  draft.shows_managers = !draft.co_managers.empty();
}

void draw_moment(Ui& ui, const store::FormStatus& status, std::string_view id, TextKey label, std::string_view field,
                 std::string& typed) {
  const LocalClock clock = clock_of(ui);
  const TypedMoment end = moment_of(clock, typed);
  text_field(
      ui, id, typed,
      {.label = ui.tr(label),
       .placeholder = ui.tr("claim.window_open"),
       .hint = end.at ? date_time(ui, *end.at) : std::string_view{},
       .error = end.wrong ? ui.tr("my.next_unreadable", {param("example", write_moment(morning_in(1, clock), clock))})
                          : field_problem(status, field),
       .max_length = 40,
       .icon = Icon::calendar});
}

void draw_claim_fields(Ui& ui, const store::FormStatus& status, BatchDraft& draft) {
  checkbox(ui, "claim-open", ui.tr("claim.switch"), draft.claim_open, {.hint = ui.tr("claim.switch_hint")});
  if (!draft.claim_open) return;
  split(ui, {.gap = space::m, .stack_below = 300}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0) {
      const Choice modes[] = {{.key = "pick", .label = ui.tr("claim.mode_pick")},
                              {.key = "random", .label = ui.tr("claim.mode_random")}};
      select(ui, "claim-mode", modes, draft.claim_mode, {.label = ui.tr("claim.mode")});
    } else if (draft.claim_mode == 1) {
      number_field(ui, "claim-count", draft.claim_count,
                   {.field = {.label = ui.tr("claim.count"), .error = field_problem(status, "claim_count")},
                    .min = 1,
                    .max = api::most_claimed_at_once});
    }
  });
  split(ui, {.gap = space::m, .stack_below = 300}, {{.share = 1}, {.share = 1}}, [&](int i) {
    if (i == 0)
      draw_moment(ui, status, "claim-from", text_key("claim.from"), "claim_from", draft.claim_from);
    else
      draw_moment(ui, status, "claim-to", text_key("claim.to"), "claim_to", draft.claim_to);
  });
}

// Items wait for a confirmation that others will not need any more.
bool waiting_for_confirmation(const api::BatchDetail* batch, const BatchDraft& draft) {
  return batch && batch->needs_confirmation && !draft.needs_confirmation && batch->summary.counts.completed > 0;
}

// Into a request, new or changed: both name these fields alike.
template <class Request>
void put_claiming(const BatchDraft& draft, Request& request) {
  request.allows_transfer = draft.allows_transfer;
  if (draft.due_soon)
    request.due_soon_minutes =
        domain::batch::length({*draft.due_soon, static_cast<LimitUnit>(draft.due_soon_unit)}).value / minutes(1).value;
  request.claim_open = draft.claim_open;
  request.claim_mode = static_cast<domain::batch::ClaimMode>(draft.claim_mode);
  request.claim_count = draft.claim_count.value_or(api::usual_claim);
}

// Executors who are taken off while they execute items.
struct TakenOff {
  std::string names{};
  std::int64_t executing = 0;
};
TakenOff taken_off(Ui& ui, const api::BatchDetail* batch, const BatchDraft& draft) {
  TakenOff off;
  if (!batch) return off;
  for (const api::BatchPerson& person : batch->executors) {
    if (person.counts.executing == 0 ||
        std::find(draft.executors.begin(), draft.executors.end(), person.person) != draft.executors.end())
      continue;
    if (!off.names.empty()) off.names += ui.tr("picker.between_names");
    off.names += ui.tr("leaving.one_of_them", {param("name", person.name), param("count", person.counts.executing)});
    off.executing += person.counts.executing;
  }
  return off;
}

void draw_taken_off(Ui& ui, const store::Store& model, const store::FormStatus& status, const TakenOff& off,
                    BatchDraft& draft) {
  card(ui, "taken-off", {}, [&] {
    note(ui, ui.tr("leaving.taken_off", {param("names", off.names)}));
    draw_leaving(ui, model, status, off.executing, draft.leaving);
  });
}

// A new batch that is claimed from: what is overdue or abandoned can be claimed by others.
void use_template(BatchDraft& draft) {
  const bool pool = draft.from_template == 1;
  draft.claim_open = pool;
  draft.claim_mode = 0;
  draft.limit = pool ? 60 : 3;
  draft.limit_unit = static_cast<int>(LimitUnit::days);
  draft.needs_confirmation = !pool;
}

void draw_template(Ui& ui, BatchDraft& draft) {
  const Choice templates[] = {{.key = "plain", .label = ui.tr("batches.template_plain")},
                              {.key = "pool", .label = ui.tr("batches.template_pool")}};
  row(ui, {.wrap = true}, [&] {
    strong(ui, ui.tr("batches.template"));
    if (segmented(ui, "template", ui.tr("batches.template"), templates, draft.from_template)) use_template(draft);
  });
  note(ui, draft.from_template == 1 ? ui.tr("batches.template_pool_words") : ui.tr("batches.template_plain_words"));
}

// What waits for confirmation goes on waiting, unless somebody confirms it all.
void draw_confirmation(Ui& ui, const api::BatchDetail* batch, BatchDraft& draft) {
  checkbox(ui, "needs-confirmation", ui.tr("batches.needs_confirmation"), draft.needs_confirmation,
           {.hint = ui.tr("batches.needs_confirmation_hint")});
  if (!waiting_for_confirmation(batch, draft)) return;
  checkbox(ui, "confirm-waiting", ui.tr("batches.confirm_waiting", {param("count", batch->summary.counts.completed)}),
           draft.confirm_waiting, {.hint = ui.tr("batches.confirm_waiting_hint")});
}

// Nothing typed: what the limit makes of it.
void draw_due_soon(Ui& ui, const store::FormStatus& status, BatchDraft& draft) {
  const Millis limit = domain::batch::length({draft.limit.value_or(0), static_cast<LimitUnit>(draft.limit_unit)});
  const auto [usual, unit] = in_largest_unit(domain::batch::default_due_soon(limit).value);
  draw_duration(ui, "due-soon",
                {.label = ui.tr("batches.due_soon"),
                 .placeholder = limit_words(ui, usual, unit),
                 .error = field_problem(status, "due_soon_minutes")},
                draft.due_soon, draft.due_soon_unit);
}

void draw_batch_fields(Ui& ui, const store::Store& model, const store::FormStatus& status,
                       const api::BatchDetail* batch, BatchDraft& draft) {
  if (!batch) draw_template(ui, draft);
  text_field(ui, "subject", draft.subject,
             {.label = ui.tr("batches.subject"),
              .placeholder = ui.tr("batches.subject_placeholder"),
              .error = field_problem(status, "subject"),
              .required = true,
              .focus_first = true,
              .max_length = 120});
  text_area(ui, "description", draft.description,
            {.field = {.label = ui.tr("batches.description"),
                       .placeholder = ui.tr("batches.description_placeholder"),
                       .error = field_problem(status, "description"),
                       .max_length = 4000},
             .min_lines = 2,
             .max_lines = 6});
  person_picker(ui, "executors", ui.tr("batches.executors"), model, draft.executors, draft.executor_picker);
  if (const TakenOff off = taken_off(ui, batch, draft); off.executing > 0)
    draw_taken_off(ui, model, status, off, draft);
  // Of a batch that people are working on it is a step of its own: every due time moves.
  if (draft.limit_is_running)
    label_value(ui, ui.tr("batches.limit"), ui.tr("limit.is_running"));
  else
    draw_limit_fields(ui, status, draft.limit, draft.limit_unit, draft.limit_counts);
  draw_due_soon(ui, status, draft);
  draw_confirmation(ui, batch, draft);
  checkbox(ui, "allows-transfer", ui.tr("batches.allows_transfer"), draft.allows_transfer);
  draw_moment(ui, status, "end-date", text_key("batches.end_date"), "end_date", draft.end_date);
  draw_claim_fields(ui, status, draft);
  if (draft.shows_managers) {
    person_picker(ui, "co-managers", ui.tr("batches.co_managers"), model, draft.co_managers, draft.manager_picker);
  } else if (button(ui, "more", ui.tr("batches.add_co_managers"), {.kind = ButtonKind::ghost, .icon = Icon::plus})) {
    draft.shows_managers = true;
  }
}

}  // namespace

void draw_batch_dialog(Ui& ui, const store::Store& model, store::FormId form_id, BatchId batch,
                       const std::optional<commands::AddToBatch>& then_add, BatchDraft& draft) {
  const store::FormStatus& status = model.form(form_id);
  const auto& remote_batch = model.batch.at(batch.value);
  const api::BatchDetail* detail = batch && remote_batch.ready() ? &*remote_batch : nullptr;
  const bool asks = taken_off(ui, detail, draft).executing > 0;
  const bool answered = !asks || is_answered(draft.leaving);
  if (!batch) draft.filled = true;
  if (detail && !draft.filled) fill(draft, *detail, clock_of(ui));
  bool readable = true;
  for (const std::string* typed : {&draft.claim_from, &draft.claim_to, &draft.end_date})
    readable = readable && !moment_of(clock_of(ui), *typed).wrong;
  const bool complete = draft.filled && !text::trim(draft.subject).empty() && readable && answered;
  bool save = false;
  const DialogResult result = dialog(
      ui, "batch-dialog",
      {.title = batch ? ui.tr("batches.edit") : ui.tr("batches.new"),
       .subtitle = then_add ? ui.tr("batches.then_add", {param("count", then_add->count)}) : std::string_view{},
       .width = 580,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             save = dialog_buttons(ui, {.action = batch ? ui.tr("common.save") : ui.tr("batches.create"),
                                        .disabled = !complete,
                                        .why_disabled = ui.tr(!answered  ? text_key("leaving.choose_first")
                                                              : readable ? text_key("batches.needs_subject")
                                                                         : text_key("claim.unreadable")),
                                        .busy = status.busy});
           }},
      [&] {
        if (!draft.filled) return loading_rows(ui);
        form_problem(ui, status);
        form(ui, "batch", ui.tr("batches.new"),
             [&] { column(ui, {.gap = space::m}, [&] { draw_batch_fields(ui, model, status, detail, draft); }); });
      });
  if (result.close) push(ui, commands::CloseDialog{});
  if (!(save || result.submit) || !complete || status.busy) return;
  if (batch) {
    api::UpdateBatch::Request request;
    request.batch = batch;
    request.version = draft.version;
    request.subject = draft.subject;
    request.description = draft.description;
    request.executors = draft.executors;
    request.co_managers = draft.co_managers;
    if (asks) request.leaving = leaving_of(draft.leaving);
    request.clear_due_soon = !draft.due_soon;
    if (!draft.limit_is_running) {
      request.limit = draft.limit.value_or(0);
      request.limit_unit = static_cast<LimitUnit>(draft.limit_unit);
      request.limit_counts = static_cast<domain::batch::LimitCounts>(draft.limit_counts);
    }
    request.needs_confirmation = draft.needs_confirmation;
    put_claiming(draft, request);
    request.claim_window =
        api::ClaimWindow{moment_of(clock_of(ui), draft.claim_from).at, moment_of(clock_of(ui), draft.claim_to).at};
    request.end_date = moment_of(clock_of(ui), draft.end_date).at;
    request.clear_end_date = !request.end_date;
    // What has passed already stays as it is: only another date is asked for.
    const LocalClock clock = clock_of(ui);
    if (const auto& known = model.batch.at(batch.value); known.ready()) {
      if (draft.end_date == written(clock, known->end_date)) request.end_date.reset(), request.clear_end_date = false;
      if (draft.claim_from == written(clock, known->claim_from) && draft.claim_to == written(clock, known->claim_to))
        request.claim_window.reset();
    }
    push(ui, commands::UpdateBatch{form_id, std::move(request),
                                   draft.confirm_waiting && waiting_for_confirmation(detail, draft)});
  } else {
    api::CreateBatch::Request request;
    request.subject = std::string(text::trim(draft.subject));
    request.description = draft.description;
    request.executors = draft.executors;
    request.co_managers = draft.co_managers;
    request.limit = draft.limit.value_or(0);
    request.limit_unit = static_cast<LimitUnit>(draft.limit_unit);
    request.limit_counts = static_cast<domain::batch::LimitCounts>(draft.limit_counts);
    request.needs_confirmation = draft.needs_confirmation;
    put_claiming(draft, request);
    request.claim_from = moment_of(clock_of(ui), draft.claim_from).at;
    request.claim_to = moment_of(clock_of(ui), draft.claim_to).at;
    request.end_date = moment_of(clock_of(ui), draft.end_date).at;
    push(ui, commands::CreateBatch{form_id, std::move(request), then_add});
  }
}

}  // namespace tw::views
