#include "client/views/palette.h"

#include <algorithm>

#include "client/commands/descriptors.h"
#include "client/ui/bars.h"
#include "client/views/parts.h"
#include "client/views/words.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using commands::Descriptor;
using commands::Id;
using commands::Page;
using commands::path_to;
using domain::access::Permission;
using ui::text;

namespace {

constexpr std::int64_t typing_pause_ms = 200;
constexpr std::size_t most_hits = 80;
constexpr int page_of_hits = 8;

struct Hit {
  WidgetId id = 0;
  ResultRow row{};
  Id call = Id::count_;     // a command of the page, or
  std::string_view path{};  // where a record is, or what has a dialog and no address:
  DepartmentId department{};
};

// Collects what fits the words, in an order that does not change when answers come: commands, then records.
class Hits {
 public:
  Hits(Ui& ui, const store::Store& model, std::string_view words)
      : ui_(ui), model_(model), wanted_(text::lower(text::trim(words))) {
    commands();
    if (!wanted_.empty()) records();
  }
  std::vector<Hit> found{};

 private:
  bool fits(std::string_view name) const { return text::lower(name).find(wanted_) != std::string::npos; }

  void commands() {
    for (const Descriptor& known : commands::descriptors()) {
      const auto& offers = ui_.commands().offers();
      const auto offer =
          std::find_if(offers.begin(), offers.end(), [&](const commands::Offer& one) { return one.id == known.id; });
      if (offer == offers.end() || known.id == Id::search) continue;
      const std::string_view name = offer->label.empty() ? ui_.tr(known.name) : offer->label;
      if (!fits(name) && !fits(known.key) && !fits(offer->about)) continue;
      const bool leads = known.place == commands::Place::work || known.place == commands::Place::manage;
      Hit& hit = found.emplace_back();
      hit.id = ui_.id(known.key);
      hit.call = known.id;
      hit.row.icon = known.icon;
      hit.row.label = name;
      hit.row.hint = leads ? ui_.tr("search.command") : offer->about;
      hit.row.shortcut = shortcut_words(ui_, known.shortcut);
      hit.row.why_disabled = offer->why;
    }
  }

  Hit& record(std::string_view kind, std::int64_t id, Icon icon, std::string_view name, std::string_view detail) {
    Hit& hit = found.emplace_back();
    hit.id = ui_.id(ui_.keep(std::string(kind) + std::to_string(id)));
    hit.row.icon = icon;
    hit.row.label = name;
    hit.row.hint = detail.empty() ? kind : ui_.keep(std::string(kind) + " · " + std::string(detail));
    return hit;
  }

  // What one holds is one's own task; what one manages stands over its batch.
  std::string address_of(const api::ItemRow& row) const {
    const bool mine = row.executor && row.executor == model_.me() &&
                      (row.state == ItemState::executing || row.state == ItemState::completed);
    return mine ? path_to(Page::my_tasks, row.item.value)
                : commands::path_with(path_to(Page::batch, row.batch.value), "item", std::to_string(row.item.value));
  }

  bool room() const { return found.size() < most_hits; }  // of what is here already and all looked through

  void records() {
    const store::SearchResults& search = model_.search;
    if (search.customers.ready())
      for (const api::CustomerRow& row : *search.customers)
        record(ui_.tr("customers.one"), row.customer.value, Icon::customers, customer_name(ui_, row),
               row.phone.empty() ? row.city : row.phone)
            .path = ui_.keep(path_to(Page::customer, row.customer.value));
    if (search.items.ready())
      for (const api::ItemRow& row : *search.items)
        record(ui_.tr("search.item"), row.item.value, Icon::check, customer_name(ui_, row), row.subject).path =
            ui_.keep(address_of(row));
    if (search.batches.ready())
      for (const api::BatchSummary& row : *search.batches)
        record(ui_.tr("batches.one"), row.batch.value, Icon::batch, row.subject, words_of(ui_, row.state)).path =
            ui_.keep(path_to(Page::batch, row.batch.value));
    const bool manages = model_.may(Permission::manage_people);
    if (search.people.ready())
      for (const api::PersonRow& row : *search.people)
        // Who does not manage people has no page about one: their customers are what there is.
        record(ui_.tr("search.person"), row.person.value, Icon::person, row.name, row.department_name).path =
            ui_.keep((manages ? "/people?person=" : "/customers?c0=owner:equals:") + std::to_string(row.person.value));
    if (manages && model_.departments.ready())
      for (const api::DepartmentRow& row : *model_.departments)
        if (fits(row.name) && room())
          record(ui_.tr("search.department"), row.department.value, Icon::department, row.name, {}).department =
              row.department;
    if (model_.may(Permission::import_customers) && model_.imports.ready())
      for (const api::ImportView& row : *model_.imports)
        if (fits(row.file_name) && room())
          record(ui_.tr("search.import"), row.import.value, Icon::import_file, row.file_name, words_of(ui_, row.state))
              .path = ui_.keep(path_to(Page::import, row.import.value));
  }

  Ui& ui_;
  const store::Store& model_;
  std::string wanted_;
};

void take(Ui& ui, const Hit& hit) {
  if (!hit.row.why_disabled.empty()) return ui.say(std::string(hit.row.why_disabled));
  push(ui, commands::CloseDialog{});
  if (hit.call != Id::count_) return push(ui, commands::Invoke{hit.call});
  if (!hit.path.empty()) return go(ui, std::string(hit.path));
  open_dialog(ui, commands::EditDepartment{hit.department});
}

// True when arrows moved the choice.
bool move(Ui& ui, QuickSearchState& state, int count) {
  const int before = state.current;
  const auto key = [&ui](Key wanted) { return take_key(ui, wanted); };
  if (count > 0) {
    state.current = std::clamp(state.current, 0, count - 1);
    if (key(Key::down)) state.current = (state.current + 1) % count;
    if (key(Key::up)) state.current = (state.current + count - 1) % count;
    if (key(Key::page_down)) state.current = std::min(state.current + page_of_hits, count - 1);
    if (key(Key::page_up)) state.current = std::max(state.current - page_of_hits, 0);
  }
  return state.current != before;
}

// Asks the server when typing pauses, or at once when Enter says so. True when what is shown answers what is written.
bool ask(Ui& ui, const store::Store& model, QuickSearchState& state, const FieldResult& typed) {
  if (typed.changed) {
    state.typed_at_ms = ui.now().ms;
    state.current = 0;
    state.enter_waits = false;
  }
  const std::string wanted(text::trim(state.words));
  if (wanted != state.asked) {
    const std::int64_t rest = state.typed_at_ms + typing_pause_ms - ui.now().ms;
    if (rest > 0 && !typed.submitted) {
      ui.request_frame_in(rest);
      return false;
    }
    state.asked = wanted;
    push(ui, commands::Search{text::code_points(wanted) >= 2 ? wanted : std::string{}});
    return false;
  }
  return !model.search.loading();
}

void draw_hits(Ui& ui, const std::vector<Hit>& found, QuickSearchState& state, bool reveal) {
  const float all = result_row_height(ui.density()) * static_cast<float>(found.size());
  scroll_area(ui, "hits", {.height = std::min(all, 342.0f), .gap = 0, .name = ui.tr("search.results"), .choices = true},
              [&] {
                for (int i = 0; i < static_cast<int>(found.size()); ++i) {
                  const Hit& hit = found[static_cast<std::size_t>(i)];
                  ResultRow row = hit.row;
                  row.current = i == state.current;
                  row.reveal = row.current && reveal;
                  if (result_row(ui, hit.id, row)) take(ui, hit);
                }
              });
}

}  // namespace

void draw_quick_search(Ui& ui, const store::Store& model, QuickSearchState& state) {
  const DialogResult result =
      dialog(ui, "quick-search", {.title = ui.tr("search.name"), .width = 640, .bare = true}, [&] {
        const FieldResult typed = text_field(ui, "words", state.words,
                                             {.name = ui.tr("search.name"),
                                              .placeholder = ui.tr("search.placeholder"),
                                              .focus_first = true,
                                              .max_length = 100,
                                              .icon = Icon::search,
                                              .list = ui.id("hits")});
        const bool answered = ask(ui, model, state, typed);
        const std::vector<Hit> found = Hits(ui, model, state.words).found;
        const bool moved = move(ui, state, static_cast<int>(found.size()));
        active_choice(ui, ui.id("words"), found.empty() ? 0 : found[static_cast<std::size_t>(state.current)].id);
        const std::string_view wanted = text::trim(state.words);
        gap(ui, -space::m);
        loading_line(ui, !wanted.empty() && !answered);
        gap(ui, -space::s);
        if (!found.empty()) draw_hits(ui, found, state, moved || typed.changed);
        row(ui, {.gap = space::m, .height = 24}, [&] {
          live_count(ui, text::code_points(wanted) == 1 && found.empty() ? ui.tr("search.two_characters")
                         : found.empty() && answered
                             ? ui.tr("search.nothing")
                             : ui.tr("search.count", {param("count", static_cast<std::int64_t>(found.size()))}));
          spring(ui);
          if (ui.is_phone()) return;
          const auto hint = [&ui](std::string_view keys, std::string_view what) {
            key_caps(ui, keys);
            caption(ui, what);
          };
          hint("\xE2\x86\x91 \xE2\x86\x93", ui.tr("search.choose"));
          hint("Enter", ui.tr("search.take"));
          hint("Esc", ui.tr("common.close"));
        });
        if (typed.submitted) state.enter_waits = true;
        if (!state.enter_waits || found.empty()) return;
        const Hit& hit = found[static_cast<std::size_t>(state.current)];
        if (!answered && hit.call == Id::count_) return;
        state.enter_waits = false;
        take(ui, hit);
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

namespace {

struct MapLine {
  std::string_view what, keys;
};
struct MapPart {
  std::string_view title{};
  std::vector<MapLine> lines{};
};

// What is drawn here has its shortcut from the table of commands, what widgets do by themselves from key_help().
std::vector<MapPart> parts_of_map(Ui& ui) {
  std::vector<MapPart> parts(1);
  parts[0].title = ui.tr("keys.everywhere");
  for (const Descriptor& known : commands::descriptors())
    if (known.shortcut.key != Key::none)
      parts[0].lines.push_back({ui.tr(known.name), shortcut_words(ui, known.shortcut)});
  for (const commands::KeyHelp& one : commands::key_help()) {
    if (!one.place.view().empty()) parts.push_back({ui.tr(one.place), {}});
    parts.back().lines.push_back({ui.tr(one.what), key_words(ui, one.keys)});
  }
  return parts;
}

void draw_part(Ui& ui, const MapPart& part) {
  column(ui, {.gap = 0}, [&] {
    heading(ui, 3, part.title);
    gap(ui, space::xs);
    for (const MapLine& line : part.lines) {
      row(ui, {.gap = space::m, .height = 32}, [&] {
        text(ui, line.what);
        spring(ui);
        key_caps(ui, line.keys);
      });
      separator(ui);
    }
    gap(ui, space::m);
  });
}

}  // namespace

void draw_keyboard_map(Ui& ui) {
  const DialogResult result = dialog(ui, "keyboard-map", {.title = ui.tr("keys.title"), .width = 860}, [&] {
    const std::vector<MapPart> parts = parts_of_map(ui);
    // The tables' keys are as many as all others: they get a side for themselves.
    constexpr std::size_t tables = 1;
    constexpr float side_by_side = 600;
    const float between = ui.available_width() < side_by_side ? 0 : space::xxl;
    split(ui, {.gap = between, .stack_below = side_by_side}, {{.share = 1}, {.share = 1}}, [&](int side) {
      column(ui, {.gap = 0}, [&] {
        for (std::size_t i = 0; i < parts.size(); ++i)
          if ((i == tables) == (side == 1)) draw_part(ui, parts[i]);
      });
    });
  });
  if (result.close) push(ui, commands::CloseDialog{});
}

}  // namespace tw::views
