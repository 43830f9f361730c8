#include "client/views/workbench.h"

#include "client/ui/capacity.h"
#include "client/ui/format.h"
#include "client/ui/table.h"
#include "client/views/blocks.h"
#include "client/views/parts.h"
#include "client/views/words.h"

namespace tw::views {

using namespace ui;
using api::ViewWorkbench;
using commands::Page;
using commands::path_to;
using commands::path_with;
using ui::text;

namespace {

std::string_view greeting(Ui& ui, const std::string& name) {
  const std::int64_t minute_of_day = (ui.clock().wall(ui.now()) / 60'000 % 1440 + 1440) % 1440;
  const std::vector<Param> who = {param("name", name)};
  if (minute_of_day < 5 * 60 || minute_of_day >= 22 * 60) return ui.tr("workbench.good_night", who);
  if (minute_of_day < 12 * 60) return ui.tr("workbench.good_morning", who);
  if (minute_of_day < 18 * 60) return ui.tr("workbench.good_afternoon", who);
  return ui.tr("workbench.good_evening", who);
}

void draw_batches(Ui& ui, const ViewWorkbench::Response& bench, TableState& state) {
  card(ui, "batches",
       {.title = ui.tr("workbench.my_batches"),
        .even = false,
        .actions =
            [&] {
              if (link(ui, "all", ui.tr("workbench.all_batches"),
                       {.path = "/batches", .style = Style::caption, .color = Token::muted}))
                go(ui, path_to(Page::batches));
            }},
       [&] {
         const Column columns[] = {
             {.key = "subject", .label = ui.tr("batches.subject"), .share = 1.3f, .min_width = 130, .row_header = true},
             {.key = "progress", .label = ui.tr("batches.progress"), .share = 1, .min_width = 90},
             {.key = "items",
              .label = ui.tr("batches.items"),
              .width = 88,
              .align = ColumnAlign::end,
              .hide_below = 380},
             {.key = "next_due", .label = ui.tr("batches.next_due"), .width = 140, .hide_below = 480}};
         TableModel table_model;
         table_model.name = ui.tr("workbench.my_batches");
         table_model.rows = static_cast<std::int64_t>(bench.batches.size());
         table_model.columns = columns;
         table_model.fit = true;
         table_model.framed = false;
         table_model.row = [&](std::int64_t index) {
           const api::BatchSummary& batch = bench.batches[static_cast<std::size_t>(index)];
           return RowInfo{.loaded = true,
                          .key = batch.batch.value,
                          .name = batch.subject,
                          .path = ui.keep(path_to(Page::batch, batch.batch.value)),
                          .dimmed = false};
         };
         table_model.cell = [&](std::int64_t index, int column) {
           const api::BatchSummary& batch = bench.batches[static_cast<std::size_t>(index)];
           if (column == 0) return cell_strong(ui, batch.subject);
           if (column == 2) return cell_number(ui, all_of(batch.counts));
           if (column == 3)
             return cell_muted(ui, batch.next_due ? time_left(ui, *batch.next_due) : std::string_view("—"));
           const auto bar = bar_of(ui, batch.counts);
           state_bar(ui, batch.subject, bar);
         };
         const TableEvents events = table(ui, "table", table_model, state);
         if (events.activated >= 0)
           go(ui, path_to(Page::batch, bench.batches[static_cast<std::size_t>(events.activated)].batch.value));
       });
}

void draw_load(Ui& ui, const ViewWorkbench::Response& bench) {
  card(ui, "load",
       {.title = ui.tr("workbench.load"),
        .subtitle = ui.tr("workbench.load_words", {param("jain", std::string(index_words(ui, bench.load_jain_ppm)))}),
        .even = false},
       [&] {
         std::int64_t most = 1;
         for (const api::BatchPerson& person : bench.load) most = std::max(most, person.held);
         for (const api::BatchPerson& person : bench.load) {
           IdScope scope(ui, person.person.value);
           row(ui, {.gap = space::m, .height = 38}, [&] {
             avatar(ui, person.name, person.person.value);
             column(ui, {.gap = 0, .width = std::clamp(ui.available_width() * 0.34f, 72.0f, 148.0f)},
                    [&] { text(ui, person.name); });
             capacity_bar(ui,
                          {.name = person.name,
                           .used = person.held,
                           .cap = person.holding_cap,
                           .width = std::max(40.0f, ui.available_width() - 72)},
                          {.settled = 0, .scale = most});
             spring(ui);
             const bool full = person.holding_cap && person.held >= *person.holding_cap;
             const std::string cap = person.holding_cap ? " / " + number(*person.holding_cap) : std::string{};
             text(ui, ui.keep(number(person.held) + cap),
                  {.style = Style::caption, .color = full ? Token::danger : Token::muted});
           });
         }
       });
}

// Who only executes goes on from here.
void draw_go_on(Ui& ui, const ViewWorkbench::Response& bench) {
  if (bench.my_executing == 0) return;
  card(ui, "go-on", {}, [&] {
    if (empty_state(ui, "empty",
                    {.icon = Icon::person,
                     .title = ui.tr("workbench.go_on_title", {param("count", bench.my_executing)}),
                     .words = ui.tr("workbench.go_on_words"),
                     .action = ui.tr("workbench.go_on")}))
      go(ui, path_to(Page::my_tasks));
  });
}

void draw_first_step(Ui& ui, const store::Store& model) {
  if (!model.may(domain::access::Permission::create_batch)) {
    card(ui, "welcome", {}, [&] {
      empty_state(ui, "empty",
                  {.icon = Icon::check,
                   .title = ui.tr("workbench.member_empty_title"),
                   .words = ui.tr("workbench.member_empty_words")});
    });
    return;
  }
  const bool has_customers = model.customer_totals[static_cast<std::size_t>(api::CustomerView::all)].ready() &&
                             model.customer_totals[static_cast<std::size_t>(api::CustomerView::all)]->count > 0;
  card(ui, "welcome", {}, [&] {
    if (has_customers) {
      if (empty_state(ui, "empty",
                      {.icon = Icon::batch,
                       .title = ui.tr("workbench.first_batch_title"),
                       .words = ui.tr("workbench.first_batch_words"),
                       .action = ui.tr("batches.new"),
                       .action_icon = Icon::plus}))
        open_dialog(ui, commands::NewBatch{});
    } else if (empty_state(ui, "empty",
                           {.icon = Icon::import_file,
                            .title = ui.tr("workbench.first_import_title"),
                            .words = ui.tr("workbench.first_import_words"),
                            .action = ui.tr("import.start"),
                            .action_icon = Icon::upload})) {
      go(ui, path_to(Page::imports));
    }
  });
}

}  // namespace

void draw_workbench(Ui& ui, const store::Store& model, WorkbenchState& state) {
  const std::string name = model.session ? model.session->name : std::string{};
  const auto& bench = model.workbench;
  const bool manager = bench.ready() && manages_something(model, *bench);
  const std::int64_t waiting = !bench.ready() ? 0
                               : manager      ? bench->to_confirm + needing_executor(bench->managed)
                                              : bench->new_for_me + bench->returned_to_me;
  const bool first = bench.ready() && manager && bench->batches.empty();  // the first step stands on the page
  page(ui, "workbench",
       {.title = greeting(ui, name),
        .subtitle = !bench.ready() ? std::string_view{}
                    : waiting > 0  ? ui.tr("workbench.waiting", {param("count", waiting)})
                                   : ui.tr("workbench.nothing_waiting"),
        .actions =
            [&] {
              if (model.may(domain::access::Permission::create_batch) &&
                  command_button(ui, {.id = commands::Id::new_batch},
                                 {.kind = first ? ButtonKind::secondary : ButtonKind::primary}))
                open_dialog(ui, commands::NewBatch{});
            }},
       [&] {
         remote(ui, bench, [&](const ViewWorkbench::Response& found) {
           if (manager) draw_manager_blocks(ui, found);
           const bool executes = executes_something(found);
           if (!manager || executes) draw_executor_blocks(ui, found);
           if (manager && !found.batches.empty()) {
             if (found.load.empty()) {
               draw_batches(ui, found, state.batches);
             } else {
               split(ui, {.stack_below = 760}, {{.share = 1.6f}, {.share = 1}},
                     [&](int i) { i == 0 ? draw_batches(ui, found, state.batches) : draw_load(ui, found); });
             }
           } else if (manager || !executes) {
             draw_first_step(ui, model);
           } else {
             draw_go_on(ui, found);
           }
         });
       });
}

}  // namespace tw::views
