#include "client/views/system_status.h"

#include <algorithm>

#include "client/ui/format.h"
#include "client/views/parts.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using commands::Page;
using commands::path_to;
using Status = api::ViewSystem::Response;

namespace {

constexpr float label_width = 150;

void fact(Ui& ui, std::string_view label, std::string_view value) { label_value(ui, label, value, label_width); }
void figure(Ui& ui, std::string_view label, std::int64_t value) { fact(ui, label, ui.keep(number(value))); }
void size(Ui& ui, std::string_view label, const std::optional<std::int64_t>& value) {
  fact(ui, label, value ? std::string_view(ui.keep(bytes(*value))) : ui.tr("system.not_here"));
}
void moment(Ui& ui, std::string_view label, const std::optional<Instant>& at, std::string_view otherwise) {
  fact(ui, label, at ? date_time(ui, *at) : otherwise);
}

void draw_about(Ui& ui, const Status& status) {
  card(ui, "about", {.title = ui.tr("system.about")}, [&] {
    fact(ui, ui.tr("system.version"), status.version);
    fact(ui, ui.tr("system.schema"), status.schema);
    moment(ui, ui.tr("system.started"), status.started, ui.tr("system.not_here"));
  });
}

void draw_storage(Ui& ui, const Status& status) {
  card(ui, "storage", {.title = ui.tr("system.storage")}, [&] {
    size(ui, ui.tr("system.database"), status.database_bytes);
    size(ui, ui.tr("system.log"), status.log_bytes);
    size(ui, ui.tr("system.free"), status.free_bytes);
    size(ui, ui.tr("system.spool"), status.spool_bytes);
  });
}

void draw_backups(Ui& ui, const Status& status) {
  card(ui, "backups", {.title = ui.tr("system.backups")}, [&] {
    if (!status.backups) return muted(ui, ui.tr("system.not_here"));
    const api::BackupStatus& backups = *status.backups;
    moment(ui, ui.tr("system.last_backup"), backups.last, ui.tr("system.no_backup"));
    fact(ui, ui.tr("system.every"),
         backups.every_hours > 0 ? ui.tr("system.every_hours", {param("count", backups.every_hours)})
                                 : ui.tr("system.no_schedule"));
    figure(ui, ui.tr("system.failed_backups"), backups.failures);
  });
}

void draw_queues(Ui& ui, const Status& status) {
  card(ui, "queues", {.title = ui.tr("system.queues")}, [&] {
    if (!status.queues) return muted(ui, ui.tr("system.not_here"));
    const api::QueueStatus& queues = *status.queues;
    figure(ui, ui.tr("system.people_waiting"), queues.people_waiting);
    figure(ui, ui.tr("system.jobs_waiting"), queues.jobs_waiting);
    figure(ui, ui.tr("system.readers"), queues.readers);
    figure(ui, ui.tr("system.connections"), queues.connections);
    figure(ui, ui.tr("system.event_streams"), queues.event_streams);
  });
}

std::string_view name_of(Ui& ui, api::JobKind job) {
  return ui.tr("words.job", {param("value", std::string(wire_name(job)))});
}

void job_cell(Ui& ui, const api::JobStatus& job, int column) {
  switch (column) {
    case 0:
      return cell_strong(ui, name_of(ui, job.job));
    case 1:
      return cell_muted(ui, job.last ? relative_time(ui, *job.last) : ui.tr("system.never_ran"));
    case 2:
      if (!job.last) return cell_muted(ui, "—");
      chip(ui, job.failed ? ui.tr("system.ran_badly") : ui.tr("system.ran_well"),
           {.tone = job.failed ? Tone::danger : Tone::ended});
      if (job.failures > 0) caption(ui, ui.tr("system.failures", {param("count", job.failures)}));
      return;
    case 3:
      return cell_muted(ui, job.next ? relative_time(ui, *job.next) : ui.tr("system.when_needed"));
    default:
      return cell_number(ui, job.runs);
  }
}

void draw_jobs(Ui& ui, const Status& status, TableState& state) {
  const Column columns[] = {
      {.key = "job", .label = ui.tr("system.job"), .share = 1.4f, .min_width = 130, .row_header = true},
      {.key = "last", .label = ui.tr("system.last_run"), .share = 1, .min_width = 90},
      {.key = "outcome", .label = ui.tr("system.outcome"), .share = 1.2f, .min_width = 100},
      {.key = "next", .label = ui.tr("system.next_run"), .share = 1, .min_width = 90, .hide_below = 520},
      {.key = "runs", .label = ui.tr("system.runs"), .width = 90, .align = ColumnAlign::end, .hide_below = 620}};
  card(ui, "jobs", {.title = ui.tr("system.jobs")}, [&] {
    TableModel rows;
    rows.name = ui.tr("system.jobs");
    rows.rows = static_cast<std::int64_t>(status.jobs.size());
    rows.columns = columns;
    rows.activatable = false;
    rows.fit = true;
    rows.framed = false;
    rows.row = [&](std::int64_t index) {
      const api::JobStatus& job = status.jobs[static_cast<std::size_t>(index)];
      return RowInfo{.loaded = true,
                     .key = static_cast<std::int64_t>(job.job) + 1,
                     .name = name_of(ui, job.job),
                     .path = {},
                     .dimmed = false};
    };
    rows.cell = [&](std::int64_t index, int column) {
      job_cell(ui, status.jobs[static_cast<std::size_t>(index)], column);
    };
    table(ui, "jobs", rows, state);
  });
}

// "9f86d081884c…": enough to compare by eye; copying takes all of it.
std::string_view shortened(Ui& ui, const std::string& hash) {
  constexpr std::size_t shown = 16;
  return hash.size() <= shown ? std::string_view(hash) : ui.keep(hash.substr(0, shown) + "…");
}

void noted_cell(Ui& ui, const api::NotedAuditHead& noted, int column) {
  switch (column) {
    case 0:
      return cell_text(ui, date_time(ui, noted.at));
    case 1:
      return cell_number(ui, noted.number);
    case 2:
      return cell_muted(ui, shortened(ui, noted.hash));
    default:
      return chip(ui, noted.there ? ui.tr("system.noted_there") : ui.tr("system.noted_gone"),
                  {.tone = noted.there ? Tone::ended : Tone::danger});
  }
}

void draw_noted(Ui& ui, const api::AuditStatus& audit, TableState& state) {
  heading(ui, 3, ui.tr("system.noted"));
  paragraph(ui, ui.tr("system.noted_words"), {.color = Token::muted});
  if (audit.noted.empty()) return muted(ui, ui.tr("system.noted_none"));
  const Column columns[] = {
      {.key = "at", .label = ui.tr("system.noted_at"), .share = 1, .min_width = 120, .row_header = true},
      {.key = "number", .label = ui.tr("audit.number"), .width = 80, .align = ColumnAlign::end},
      {.key = "hash", .label = ui.tr("system.audit_hash"), .share = 1.2f, .min_width = 130, .hide_below = 520},
      {.key = "there", .label = ui.tr("system.outcome"), .width = 130}};
  TableModel rows;
  rows.name = ui.tr("system.noted");
  rows.rows = static_cast<std::int64_t>(audit.noted.size());
  rows.columns = columns;
  rows.activatable = false;
  rows.fit = true;
  rows.framed = false;
  rows.row = [&](std::int64_t index) {
    const api::NotedAuditHead& noted = audit.noted[static_cast<std::size_t>(index)];
    return RowInfo{.loaded = true, .key = index + 1, .name = date_time(ui, noted.at), .path = {}, .dimmed = false};
  };
  rows.cell = [&](std::int64_t index, int column) {
    noted_cell(ui, audit.noted[static_cast<std::size_t>(index)], column);
  };
  table(ui, "noted", rows, state);
}

void draw_audit(Ui& ui, const Status& status, TableState& state) {
  const api::AuditStatus& audit = status.audit;
  card(ui, "audit",
       {.title = ui.tr("system.audit"),
        .actions =
            [&] {
              if (button(ui, "open-audit", ui.tr("system.open_audit"), {.icon = Icon::history}))
                go(ui, path_to(Page::audit));
            }},
       [&] {
         if (audit.number == 0) return muted(ui, ui.tr("system.audit_empty"));
         figure(ui, ui.tr("system.audit_entries"), audit.number);
         moment(ui, ui.tr("system.audit_newest"), audit.at, {});
         fact(ui, ui.tr("system.audit_hash"), shortened(ui, audit.hash));
         row(ui, [&] {
           if (button(ui, "copy", ui.tr("system.copy_hash"), {.kind = ButtonKind::ghost}))
             push(ui, commands::CopyText{std::to_string(audit.number) + ":" + audit.hash});
         });
         draw_noted(ui, audit, state);
         if (!status.offline) note(ui, ui.tr("audit.verify"));
       });
}

bool misses_an_entry(const api::AuditStatus& audit) {
  return std::any_of(audit.noted.begin(), audit.noted.end(),
                     [](const api::NotedAuditHead& noted) { return !noted.there; });
}

}  // namespace

void draw_system_status(Ui& ui, const store::Store& model, SystemState& state) {
  page(ui, "status",
       {.title = ui.tr("system.title"),
        .actions =
            [&] {
              if (button(ui, "refresh", ui.tr("system.refresh"),
                         {.icon = Icon::refresh, .busy = model.system.loading()}))
                push(ui, commands::LookAtSystem{});
            }},
       [&] {
         remote(ui, model.system, [&](const Status& status) {
           if (misses_an_entry(status.audit))
             banner(ui, "gone", {.tone = Tone::danger, .icon = Icon::warning, .words = ui.tr("system.noted_alarm")});
           if (status.offline) banner(ui, "offline", {.icon = Icon::info, .words = ui.tr("system.offline")});
           grid(ui, {.min_cell = 320, .max_columns = 2}, 4, [&](int cell) {
             if (cell == 0) return draw_about(ui, status);
             if (cell == 1) return draw_storage(ui, status);
             if (cell == 2) return draw_backups(ui, status);
             draw_queues(ui, status);
           });
           draw_jobs(ui, status, state.jobs);
           draw_audit(ui, status, state.noted);
         });
       });
}

}  // namespace tw::views
