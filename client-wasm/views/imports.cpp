#include "client/views/imports.h"

#include <algorithm>
#include <array>

#include "client/ui/format.h"
#include "client/ui/table.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using api::ImportColumn;
using api::ImportView;
using api::MapTo;
using commands::Id;
using commands::Page;
using commands::path_to;
using domain::customer::FieldType;
using ui::text;

namespace {

Tone tone_of_import(api::ImportState state) {
  switch (state) {
    case api::ImportState::done:
      return Tone::ended;
    case api::ImportState::refused:
      return Tone::danger;
    case api::ImportState::checking:
    case api::ImportState::writing:
      return Tone::executing;
    case api::ImportState::checked:
      return Tone::completed;
    default:
      return Tone::neutral;
  }
}

void draw_upload(Ui& ui, const store::Store& model, ImportsState& state) {
  const store::Upload& upload = model.upload;
  state.drop_zone = ui.id("file");
  if (upload.running) {
    card(ui, "uploading", {.title = upload.file_name}, [&] {
      progress_bar(ui, {.name = ui.tr("import.uploading"),
                        .words = ui.tr("operation.bytes",
                                       {param("done", bytes(upload.sent)), param("total", bytes(upload.total))}),
                        .done = upload.sent,
                        .total = upload.total > 0 ? std::optional<std::int64_t>(upload.total) : std::nullopt});
    });
    return;
  }
  file_drop_zone(ui, "file",
                 {.label = ui.tr("import.drop"),
                  .hint = ui.tr("import.drop_hint"),
                  .accept = ".csv,text/csv",
                  .error = upload.problem ? problem_words(ui, *upload.problem) : std::string_view{}});
}

}  // namespace

void draw_imports(Ui& ui, const store::Store& model, ImportsState& state) {
  page(ui, "imports", {.title = ui.tr("nav.imports"), .subtitle = ui.tr("import.words")}, [&] {
    draw_upload(ui, model, state);
    remote(ui, model.imports, [&](const std::vector<ImportView>& rows) {
      if (rows.empty()) return;
      card(ui, "earlier", {.title = ui.tr("import.earlier"), .gap = 0}, [&] {
        for (const ImportView& one : rows) {
          IdScope scope(ui, one.import.value);
          separator(ui);
          row(ui, {.gap = space::m, .height = 48}, [&] {
            column(ui, {.gap = 0}, [&] {
              const std::string path = path_to(Page::import, one.import.value);
              if (link(ui, "open", one.file_name, {.path = path, .weight = Weight::semibold, .color = Token::text}))
                go(ui, path);
              caption(ui, ui.tr("import.by", {param("name", one.actor_name),
                                              param("when", std::string(relative_time(ui, one.created)))}));
            });
            spring(ui);
            if (one.state == api::ImportState::done)
              caption(ui, ui.tr("import.written_rows", {param("count", one.written_rows)}));
            chip(ui, words_of(ui, one.state), {.tone = tone_of_import(one.state)});
          });
        }
      });
    });
  });
}

// --- the wizard ------------------------------------------------------------------------------------------------------

namespace {

// Where a column can go, in the order in which it is offered.
constexpr std::array<std::string_view, 14> standard_fields = {
    "name",  "contact", "phone",        "email", "city",       "address", "source",
    "score", "note",    "external_key", "owner", "department", "kind",    "do_not_contact"};
constexpr std::array<FieldType, 4> new_types = {FieldType::text, FieldType::number, FieldType::date, FieldType::choice};

void fill(ImportState& state, const ImportView& view) {
  state.filled = true;
  state.mapping.clear();
  if (view.mapping.empty()) {
    bool has_key = false, has_phone = false;
    for (const ImportColumn& column : view.columns) {
      state.mapping.push_back(column.suggestion);
      has_key |= column.suggestion.to == MapTo::standard && column.suggestion.standard == "external_key";
      has_phone |= column.suggestion.to == MapTo::standard && column.suggestion.standard == "phone";
    }
    state.key_from_row_number = !has_key && !has_phone;
  } else {
    state.mapping = view.mapping;
    state.key_from_row_number = view.key_from_row_number;
  }
  state.on_duplicate = static_cast<int>(view.on_duplicate);
}

// One select over everything a column can become. Index 0: left out; then standard fields, existing custom fields, new
// fields by type.
void target_select(Ui& ui, const store::Store& model, const ImportColumn& column, api::ColumnMapping& mapping) {
  std::vector<Choice> choices = {{.key = "ignore", .label = ui.tr("import.ignore")}};
  int selected = 0;
  const auto offer = [&](std::string_view key, std::string_view label, bool is_it) {
    if (is_it) selected = static_cast<int>(choices.size());
    choices.push_back({.key = key, .label = label});
  };
  for (const std::string_view field : standard_fields)
    offer(field, column_name(ui, model, field), mapping.to == MapTo::standard && mapping.standard == field);
  const std::size_t customs = model.fields.ready() ? model.fields->size() : 0;
  for (std::size_t i = 0; i < customs; ++i) {
    const api::CustomerField& field = (*model.fields)[i];
    offer(ui.keep("custom" + std::to_string(field.field.value)), field.name,
          mapping.to == MapTo::custom && mapping.custom == field.field);
  }
  for (const FieldType type : new_types)
    offer(ui.keep("new_" + std::string(wire_name(type))),
          ui.tr("import.new_field", {param("type", std::string(wire_name(type)))}),
          mapping.to == MapTo::new_custom && mapping.new_type == type);
  if (!select(ui, "target", choices, selected, {.name = ui.tr("import.target", {param("column", column.header)})}))
    return;
  mapping.standard.clear();
  mapping.custom = {};
  const auto index = static_cast<std::size_t>(std::max(0, selected));
  if (index == 0) {
    mapping.to = MapTo::ignore;
  } else if (index <= standard_fields.size()) {
    mapping.to = MapTo::standard;
    mapping.standard = std::string(standard_fields[index - 1]);
  } else if (index <= standard_fields.size() + customs) {
    mapping.to = MapTo::custom;
    mapping.custom = (*model.fields)[index - standard_fields.size() - 1].field;
  } else {
    mapping.to = MapTo::new_custom;
    mapping.new_type = new_types[index - standard_fields.size() - customs - 1];
    mapping.new_name = column.header;
  }
}

std::string_view samples_of(Ui& ui, const ImportColumn& column) {
  std::string words;
  for (const std::string& sample : column.samples) words += (words.empty() ? "" : " · ") + sample;
  return or_dash(ui, ui.keep(std::move(words)));
}

// One row for each column of the file: what is in it, what it becomes, and what a new field will be called.
void draw_mapping(Ui& ui, const store::Store& model, const ImportView& view, ImportState& state) {
  heading(ui, 2, ui.tr("import.mapping"));
  muted(ui, ui.tr("import.mapping_words"));
  const Column columns[] = {
      {.key = "column", .label = ui.tr("import.column"), .share = 1.2f, .min_width = 120, .row_header = true},
      {.key = "target", .label = ui.tr("import.becomes"), .min_width = 180},
      {.key = "name", .label = ui.tr("import.new_name"), .min_width = 150}};
  TableModel table_model;
  table_model.name = ui.tr("import.mapping");
  table_model.rows = static_cast<std::int64_t>(std::min(view.columns.size(), state.mapping.size()));
  table_model.columns = columns;
  table_model.activatable = false;
  table_model.fit = true;
  table_model.row_height = 60;
  table_model.row = [&](std::int64_t index) {
    const ImportColumn& one = view.columns[static_cast<std::size_t>(index)];
    return RowInfo{.loaded = true, .key = one.column, .name = one.header, .path = {}};
  };
  table_model.cell = [&](std::int64_t index, int cell) {
    const ImportColumn& one = view.columns[static_cast<std::size_t>(index)];
    api::ColumnMapping& mapping = state.mapping[static_cast<std::size_t>(index)];
    if (cell == 0)
      return column(ui, {.gap = 0}, [&] {
        strong(ui, one.header);
        caption(ui, samples_of(ui, one));
      });
    if (cell == 1) return target_select(ui, model, one, mapping);
    if (mapping.to != MapTo::new_custom) return cell_muted(ui, "—");
    text_field(ui, "new-name", mapping.new_name,
               {.name = ui.tr("import.new_name_of", {param("column", one.header)}), .max_length = 60});
  };
  table(ui, "mapping", table_model, state.columns);
}

void draw_policy(Ui& ui, ImportState& state) {
  card(ui, "policy", {.title = ui.tr("import.policy"), .gap = space::m}, [&] {
    checkbox(ui, "row-number", ui.tr("import.row_number_key"), state.key_from_row_number,
             {.hint = ui.tr("import.row_number_hint")});
    const Choice choices[] = {
        {.key = "skip", .label = ui.tr("import.duplicates_skip"), .hint = ui.tr("import.duplicates_skip_hint")},
        {.key = "update", .label = ui.tr("import.duplicates_update"), .hint = ui.tr("import.duplicates_update_hint")},
        {.key = "refuse", .label = ui.tr("import.duplicates_refuse"), .hint = ui.tr("import.duplicates_refuse_hint")}};
    strong(ui, ui.tr("import.duplicates"));
    radio_group(ui, "duplicates", ui.tr("import.duplicates"), choices, state.on_duplicate);
  });
}

void draw_findings(Ui& ui, const ImportView& view) {
  const std::array<std::pair<std::string_view, std::int64_t>, 4> figures = {
      {{ui.tr("import.new_rows"), view.new_rows},
       {ui.tr("import.update_rows"), view.update_rows},
       {ui.tr("import.skipped_rows"), view.skipped_rows},
       {ui.tr("import.refused_rows"), view.refused_rows}}};
  constexpr std::array<Tone, 4> tones = {Tone::ended, Tone::executing, Tone::unassigned, Tone::danger};
  grid(ui, {.min_cell = 140, .max_columns = 4}, 4, [&](int i) {
    const auto& one = figures[static_cast<std::size_t>(i)];
    IdScope scope(ui, static_cast<std::int64_t>(i));
    card(ui, "figure", {.gap = 0}, [&] {
      row(ui, {.height = 22}, [&] { chip(ui, one.first, {.tone = tones[static_cast<std::size_t>(i)]}); });
      text(ui, ui.keep(number(one.second)), {.style = Style::figure, .weight = Weight::semibold});
    });
  });
  if (view.problems.empty()) return;
  card(ui, "problems",
       {.title = ui.tr("import.problems"),
        .gap = 0,
        .actions =
            [&] {
              if (view.has_refusals_file && command_button(ui, {.id = Id::download_refusals}))
                push(ui, commands::DownloadRefusals{view.import});
            }},
       [&] {
         for (std::size_t i = 0; i < view.problems.size(); ++i) {
           const api::ImportProblem& problem = view.problems[i];
           IdScope scope(ui, static_cast<std::int64_t>(i));
           separator(ui);
           row(ui, {.gap = space::m, .height = 40}, [&] {
             column(ui, {.gap = 0, .width = 90},
                    [&] { caption(ui, ui.tr("import.line", {param("line", problem.line)})); });
             column(ui, {.gap = 0, .width = ui.available_width() - 120}, [&] {
               text(ui, problem.column.empty() ? std::string_view(problem.message)
                                               : ui.tr("import.problem", {param("column", problem.column),
                                                                          param("problem", problem.message)}));
             });
             spring(ui);
             caption(ui, ui.tr("import.problem_rows", {param("count", problem.count)}));
           });
         }
       });
}

int step_of(api::ImportState state) {
  switch (state) {
    case api::ImportState::uploaded:
      return 0;
    case api::ImportState::checking:
      return 1;
    case api::ImportState::checked:
    case api::ImportState::refused:
      return 2;
    case api::ImportState::writing:
      return 3;
    default:
      return 4;
  }
}

void draw_check_button(Ui& ui, const store::Store& model, const ImportView& view, const ImportState& state) {
  const store::FormStatus& status = model.form(import_form);
  form_problem(ui, status, false);
  const bool maps_something =
      state.key_from_row_number || std::any_of(state.mapping.begin(), state.mapping.end(),
                                               [](const api::ColumnMapping& one) { return one.to != MapTo::ignore; });
  row(ui, {.align = Align::end}, [&] {
    if (command_button(ui, {.id = Id::discard_import}, {.kind = ButtonKind::ghost}, true))
      push(ui, commands::DiscardImport{view.import});
    if (command_button(
            ui, {.id = Id::check_import, .why = maps_something ? std::string_view{} : ui.tr("import.maps_nothing")},
            {.kind = ButtonKind::primary, .busy = status.busy}, true)) {
      api::CheckImport::Request request;
      request.import = view.import;
      request.version = view.version;
      request.mapping = state.mapping;
      request.key_from_row_number = state.key_from_row_number;
      request.on_duplicate = static_cast<api::OnDuplicate>(state.on_duplicate);
      push(ui, commands::CheckImport{import_form, std::move(request)});
    }
  });
}

void draw_write_button(Ui& ui, const store::Store& model, const ImportView& view, ImportState& state) {
  const store::FormStatus& status = model.form(import_form);
  form_problem(ui, status, false);
  const std::int64_t good = view.new_rows + view.update_rows;
  row(ui, {.align = Align::end}, [&] {
    if (command_button(ui, {.id = Id::discard_import}, {.kind = ButtonKind::ghost}, true))
      push(ui, commands::DiscardImport{view.import});
    if (command_button(ui,
                       {.id = Id::write_import,
                        .label = view.refused_rows ? ui.tr("import.write_good", {param("count", good)})
                                                   : ui.tr("import.write", {param("count", good)}),
                        .why = good == 0 ? ui.tr("import.nothing_to_write") : std::string_view{}},
                       {.kind = ButtonKind::primary, .busy = status.busy}, true))
      push(ui, commands::WriteImport{import_form, {view.import, view.version, view.refused_rows > 0}});
  });
  (void)state;
}

void draw_done(Ui& ui, const ImportView& view) {
  card(ui, "done", {}, [&] {
    if (empty_state(ui, "done",
                    {.icon = Icon::check,
                     .title = ui.tr("import.done_title", {param("count", view.written_rows)}),
                     .words = ui.tr("import.done_words",
                                    {param("skipped", view.skipped_rows), param("refused", view.refused_rows)}),
                     .action = ui.tr("import.see_customers"),
                     .action_icon = Icon::customers}))
      go(ui, path_to(Page::customers));
  });
}

}  // namespace

void draw_import(Ui& ui, const store::Store& model, ImportState& state) {
  const auto& known = model.import.at(state.import.value);
  const PageResult result = page(
      ui, "import",
      {.title = known.ready() ? std::string_view(known->file_name) : ui.tr("nav.imports"),
       .subtitle = known.ready() ? ui.tr("import.file",
                                         {param("size", bytes(known->file_bytes)), param("encoding", known->encoding),
                                          param("columns", static_cast<std::int64_t>(known->columns.size()))})
                                 : std::string_view{},
       .back_label = ui.tr("nav.imports")},
      [&] {
        remote(ui, known, [&](const ImportView& view) {
          if (!state.filled && !view.columns.empty()) fill(state, view);
          const std::string_view steps[] = {ui.tr("import.step_map"), ui.tr("import.step_check"),
                                            ui.tr("import.step_findings"), ui.tr("import.step_write"),
                                            ui.tr("import.step_done")};
          wizard_steps(ui, ui.tr("import.steps"), steps, step_of(view.state));
          switch (view.state) {
            case api::ImportState::uploaded:
              draw_mapping(ui, model, view, state);
              draw_policy(ui, state);
              draw_check_button(ui, model, view, state);
              break;
            case api::ImportState::checking:
            case api::ImportState::writing:
              operation_progress(ui, "operation", model, view.operation);
              break;
            case api::ImportState::checked:
              draw_findings(ui, view);
              draw_write_button(ui, model, view, state);
              break;
            case api::ImportState::refused:
              inline_error(ui, "refused", ui.tr("import.refused_words"));
              draw_findings(ui, view);
              break;
            case api::ImportState::done:
              draw_done(ui, view);
              if (!view.problems.empty()) draw_findings(ui, view);
              break;
            case api::ImportState::discarded:
              muted(ui, ui.tr("import.discarded"));
              break;
          }
        });
      });
  if (result.back) go(ui, path_to(Page::imports));
}

}  // namespace tw::views
