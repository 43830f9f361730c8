#include "client/views/people_picker.h"

#include <algorithm>

#include "client/ui/bars.h"
#include "client/ui/keys.h"
#include "client/ui/pick.h"
#include "client/views/parts.h"
#include "core/text.h"

namespace tw::views {

using namespace ui;
using ui::text;

namespace {

constexpr std::int64_t typing_pause_ms = 200, page_size = 50;
constexpr std::size_t most_chips = 12, most_names = 30;
constexpr int rows_shown = 5;

struct Row {
  WidgetId id = 0;
  PickRow look{};
  PersonId person{};
  const api::UserGroupRow* group = nullptr;  // neither: the next page
};

class Picker {
 public:
  Picker(Ui& ui, std::string_view label, const store::Store& model, std::vector<PersonId>& chosen, PickerState& state,
         bool single, Among among, const std::span<const PickCandidate>* only = nullptr)
      : ui_(ui),
        label_(label),
        model_(model),
        chosen_(chosen),
        state_(state),
        single_(single),
        among_(among),
        only_(only),
        by_login_(!only && model.may(domain::access::Permission::manage_people)) {}

  bool draw() {
    if (model_.user_groups.wanted() || model_.departments.wanted()) push(ui_, commands::FindGroups{});
    column(ui_, {.gap = space::s}, [&] {
      draw_head();
      draw_chosen();
      draw_search();
      if (!single_ && groups() > 0) draw_tabs();
      collect();
      keys();
      draw_rows();
      draw_foot();
    });
    return changed_;
  }

 private:
  std::int64_t groups() const {
    return model_.user_groups.ready() ? static_cast<std::int64_t>(model_.user_groups->rows.size()) : 0;
  }
  bool is_chosen(PersonId person) const { return std::find(chosen_.begin(), chosen_.end(), person) != chosen_.end(); }
  void choose(PersonId person) {
    if (single_) chosen_.clear();
    if (!is_chosen(person)) chosen_.push_back(person), changed_ = true;
  }
  void leave_out(PersonId person) {
    const auto at = std::find(chosen_.begin(), chosen_.end(), person);
    if (at != chosen_.end()) chosen_.erase(at), changed_ = true;
  }

  const PickCandidate* candidate(PersonId person) const {
    if (!only_) return nullptr;
    const auto at =
        std::find_if(only_->begin(), only_->end(), [person](const PickCandidate& one) { return one.person == person; });
    return at == only_->end() ? nullptr : &*at;
  }

  void draw_head() {
    row(ui_, {.height = line_height(Style::body)}, [&] {
      strong(ui_, label_);
      if (!single_) caption(ui_, ui_.tr("picker.chosen", {param("count", static_cast<std::int64_t>(chosen_.size()))}));
    });
  }

  void draw_chosen() {
    if (chosen_.empty()) return;
    std::vector<PersonId> nameless;
    PersonId removed{};
    const std::size_t shown = state_.shows_all ? chosen_.size() : std::min(chosen_.size(), most_chips);
    row(ui_, {.gap = space::xs, .height = ui_.density() == Density::touch ? 44.0f : 28.0f, .wrap = true}, [&] {
      for (std::size_t i = 0; i < shown; ++i) {
        const PersonId person = chosen_[i];
        const PickCandidate* offered = candidate(person);
        const api::PersonName* known = offered ? nullptr : model_.named(person);
        if (!offered && !known) nameless.push_back(person);
        const std::string_view name = offered         ? offered->name
                                      : !known        ? std::string_view("…")
                                      : known->active ? std::string_view(known->name)
                                                      : ui_.tr("picker.disabled", {param("name", known->name)});
        IdScope one(ui_, person.value);
        if (pick_chip(ui_, "chip", name, person.value, ui_.tr("picker.remove", {param("name", std::string(name))})))
          removed = person;
      }
      if (shown < chosen_.size() &&
          button(ui_, "more-chips",
                 ui_.tr("picker.more_chosen", {param("count", static_cast<std::int64_t>(chosen_.size() - shown))}),
                 {.kind = ButtonKind::ghost}))
        state_.shows_all = true;
    });
    if (removed) leave_out(removed);
    if (!nameless.empty()) push(ui_, commands::NamePeople{std::move(nameless)});
  }

  void draw_search() {
    const bool by_department = model_.departments.ready() && !model_.departments->empty();
    const auto field = [&] {
      field_ = ui_.id("search");
      const FieldResult typed =
          text_field(ui_, "search", state_.search,
                     {.name = ui_.tr(by_login_ ? text_key("picker.search_in") : text_key("picker.search_names_in"),
                                     {param("label", std::string(label_))}),
                      .placeholder = ui_.tr(by_login_ ? text_key("picker.search") : text_key("picker.search_names")),
                      .kind = FieldKind::search,
                      .max_length = 60,
                      .icon = Icon::search,
                      .list = ui_.id("rows")});
      if (typed.changed) {
        state_.typed_at_ms = ui_.now().ms;
        state_.current = 0;
        state_.enter_waits = state_.takes_all = false;
      }
      ask(false);
    };
    if (!by_department) return field();
    split(ui_, {.gap = space::s, .stack_below = 380}, {{.share = 1}, {.pixels = 170}}, [&](int i) {
      if (i == 0) return field();
      std::vector<Choice> choices = {{.key = "all", .label = ui_.tr("picker.all_departments")}};
      int selected = 0;
      for (const api::DepartmentRow& department : *model_.departments) {
        if (department.department == state_.department) selected = static_cast<int>(choices.size());
        choices.push_back({.key = ui_.keep(std::to_string(department.department.value)), .label = department.name});
      }
      if (!select(ui_, "department", choices, selected, {.name = ui_.tr("person.department")})) return;
      state_.department =
          selected == 0 ? DepartmentId{} : (*model_.departments)[static_cast<std::size_t>(selected - 1)].department;
      state_.current = 0;
      state_.takes_all = false;
      state_.tab = 0;
    });
  }

  // What is typed is asked when typing pauses, or when Enter cannot wait.
  void ask(bool now) {
    const std::string wanted(text::trim(state_.search));
    if (only_) state_.asked = wanted;
    if (wanted == state_.asked) return;
    const std::int64_t rest = state_.typed_at_ms + typing_pause_ms - ui_.now().ms;
    if (rest > 0 && !now) return ui_.request_frame_in(rest);
    state_.asked = wanted;
    loaded_ = false;  // the rows that stand there answer something else
  }
  bool answers_what_is_typed() const { return text::trim(state_.search) == state_.asked && loaded_; }

  void draw_tabs() {
    const Choice tabs[] = {{.key = "people", .label = ui_.tr("picker.people"), .icon = Icon::person},
                           {.key = "groups", .label = ui_.tr("picker.groups"), .icon = Icon::people}};
    if (segmented(ui_, "tabs", ui_.tr("picker.from"), tabs, state_.tab)) state_.current = 0;
  }

  void collect() {
    if (state_.tab == 1 && !single_ && groups() > 0) {
      loaded_ = true;
      return collect_groups();
    }
    only_ ? collect_candidates() : collect_people();
  }

  bool is_below(DepartmentId department, DepartmentId above) const {
    for (int depth = 0; department && depth < 20 && model_.departments.ready(); ++depth) {
      if (department == above) return true;
      const auto row = std::find_if(model_.departments->begin(), model_.departments->end(),
                                    [&](const api::DepartmentRow& one) { return one.department == department; });
      department = row == model_.departments->end() ? DepartmentId{} : row->parent;
    }
    return false;
  }

  void collect_candidates() {
    loaded_ = true;
    const std::string wanted = text::lower(state_.asked);
    for (const PickCandidate& one : *only_) {
      if (text::lower(one.name).find(wanted) == std::string::npos && one.initials.find(wanted) == std::string::npos)
        continue;
      if (state_.department && !is_below(one.department, state_.department)) continue;
      ++found_;
      Row& row = add_person(one.person, one.name,
                            !one.why_not.empty() ? one.why_not
                            : one.hint.empty()   ? one.department_name
                                                 : one.hint);
      row.look.disabled = !one.why_not.empty();
    }
  }

  Row& add_person(PersonId person, std::string_view name, std::string_view hint) {
    Row& row = rows_.emplace_back();
    row.id = ui_.id(person.value);
    row.person = person;
    row.look.label = name;
    row.look.hint = hint;
    row.look.seed = person.value;
    row.look.checked = is_chosen(person) ? Checked::yes : Checked::no;
    row.look.boxed = !single_;
    return row;
  }

  api::ListPeople::Request request() const {
    api::ListPeople::Request request;
    request.search = state_.asked;
    request.department = state_.department;
    if (among_ == Among::active) request.active = true;
    request.limit = page_size;
    return request;
  }

  void collect_people() {
    const api::ListPeople::Request asked = request();
    const std::string key = store::Store::key_of(asked);
    const auto& answer = model_.found(key);
    if (answer.wanted()) push(ui_, commands::FindPeople{asked});
    if (answer.failed() && !answer.ready()) problem_ = &answer.problem;
    loaded_ = answer.ready();
    if (loaded_) state_.shown = key;
    const auto& shown = model_.found(state_.shown);
    if (!shown.ready()) return;
    found_ = shown->total.count;
    for (const api::PersonRow& person : shown->rows)
      add_person(person.person, person.name,
                 person.active ? std::string_view(person.department_name) : ui_.tr("people.chip_disabled"));
    if (shown->next.empty()) return;
    Row& more = rows_.emplace_back();
    more.id = ui_.id("next-page");
    more.look.boxed = false;
    more.look.icon = Icon::chevron_down;
    more.look.label =
        ui_.tr("picker.next_page", {param("count", found_ - static_cast<std::int64_t>(shown->rows.size()))});
    next_ = shown->next;
  }

  void collect_groups() {
    const std::string wanted = text::lower(text::trim(state_.search));
    for (const api::UserGroupRow& group : model_.user_groups->rows) {
      if (text::lower(group.name).find(wanted) == std::string::npos) continue;
      std::int64_t active = 0, chosen = 0;
      for (const api::PersonName& person : group.people)
        if (person.active) ++active, chosen += is_chosen(person.person);
      IdScope scope(ui_, "group");
      Row& row = rows_.emplace_back();
      row.id = ui_.id(group.group.value);
      row.group = &group;
      row.look.label = group.name;
      row.look.icon = Icon::people;
      row.look.hint = ui_.tr("picker.group_people", {param("count", active)});
      row.look.tip = names_of_group(ui_, group);
      row.look.checked = active > 0 && chosen == active ? Checked::yes : chosen > 0 ? Checked::mixed : Checked::no;
    }
    found_ = static_cast<std::int64_t>(rows_.size());
  }

  void keys() {
    const int count = static_cast<int>(rows_.size());
    state_.current = std::clamp(state_.current, 0, std::max(0, count - 1));
    if (ui_.focused() != field_) return;
    const auto key = [&](Key wanted) { return take_key(ui_, wanted); };
    const int before = state_.current;
    if (count > 0) {
      if (key(Key::down)) state_.current = (state_.current + 1) % count;
      if (key(Key::up)) state_.current = (state_.current + count - 1) % count;
      if (key(Key::page_down)) state_.current = std::min(state_.current + rows_shown, count - 1);
      if (key(Key::page_up)) state_.current = std::max(state_.current - rows_shown, 0);
    }
    moved_ = state_.current != before;
    if (key(Key::enter)) {  // of the dialog around it, only Ctrl+Enter is left
      state_.enter_waits = true;
      ask(true);
      ui_.request_frame();
    }
    active_choice(ui_, field_, count > 0 ? rows_[static_cast<std::size_t>(state_.current)].id : 0);
  }

  void take(const Row& row) {
    if (row.look.disabled) return;
    if (row.person) {
      row.look.checked == Checked::yes && !single_ ? leave_out(row.person) : choose(row.person);
    } else if (row.group) {
      for (const api::PersonName& person : row.group->people) {
        if (!person.active) continue;
        row.look.checked == Checked::yes ? leave_out(person.person) : choose(person.person);
      }
    } else {
      api::ListPeople::Request following = request();
      following.after = next_;
      push(ui_, commands::FindPeople{std::move(following)});
    }
  }

  void draw_rows() {
    if (problem_) return failed(ui_, *problem_);
    const float height = pick_row_height(ui_.density());
    gap(ui_, -space::xs);
    loading_line(ui_, !loaded_);
    gap(ui_, -space::xs);
    scroll_area(ui_, "rows",
                {.height = height * static_cast<float>(rows_shown), .gap = 0, .name = label_, .choices = true}, [&] {
                  for (std::size_t i = 0; i < rows_.size(); ++i) {
                    PickRow look = rows_[i].look;
                    look.current = ui_.focused() == field_ && static_cast<int>(i) == state_.current;
                    look.reveal = look.current && moved_;
                    if (!pick_row(ui_, rows_[i].id, look)) continue;
                    state_.current = static_cast<int>(i);
                    take(rows_[i]);
                  }
                  if (rows_.empty() && loaded_) muted(ui_, ui_.tr("picker.nobody"));
                });
    if (!state_.enter_waits || !answers_what_is_typed()) return;
    state_.enter_waits = false;
    if (rows_.empty()) return;
    const Row& row = rows_[static_cast<std::size_t>(state_.current)];
    take(row);
    if (!row.look.disabled && (row.person || row.group) && row.look.checked != Checked::yes)
      state_.search.clear();  // on to the next one
  }

  // Everybody who is found, with those who are not on the screen.
  void draw_foot() {
    const std::string key = store::Store::key_of(request());
    if (state_.takes_all && model_.picked_key == key && model_.picked.ready()) {
      state_.takes_all = false;
      for (const api::PersonName& person : model_.picked->rows) choose(person.person);
      if (model_.picked->more) ui_.say(std::string(ui_.tr("picker.too_many", {param("count", api::most_picked)})));
    }
    if (state_.takes_all && model_.picked.failed()) state_.takes_all = false;
    row(ui_, {.height = control_height(ui_.density())}, [&] {
      live_count(ui_, state_.tab == 1 && !single_ ? ui_.tr("picker.count_groups", {param("count", found_)})
                                                  : ui_.tr("picker.count", {param("count", found_)}));
      spring(ui_);
      if (!single_ && chosen_.size() > 1 && button(ui_, "none", ui_.tr("picker.clear"), {.kind = ButtonKind::ghost}))
        chosen_.clear(), changed_ = true;
      if (single_ || state_.tab == 1 || found_ < 2) return;
      if (button(ui_, "all", ui_.tr("picker.take_all", {param("count", found_)}),
                 {.kind = ButtonKind::ghost, .disabled = !loaded_, .busy = state_.takes_all})) {
        state_.takes_all = true;
        push(ui_, commands::PickPeople{{{}, state_.asked, state_.department, among_ == Among::everybody}, key});
      }
    });
  }

  static std::string_view names_of_group(Ui& ui, const api::UserGroupRow& group) {
    std::string names;
    std::size_t shown = 0, active = 0;
    for (const api::PersonName& person : group.people) {
      if (!person.active || ++active > most_names) continue;
      if (shown++ > 0) names += ui.tr("picker.between_names");
      names += person.name;
    }
    if (active > shown)
      return ui.tr("picker.names_and_more",
                   {param("names", names), param("count", static_cast<std::int64_t>(active - shown))});
    return ui.keep(std::move(names));
  }

  Ui& ui_;
  std::string_view label_;
  const store::Store& model_;
  std::vector<PersonId>& chosen_;
  PickerState& state_;
  const bool single_;
  const Among among_;
  const std::span<const PickCandidate>* only_;  // null: whoever the server finds
  const bool by_login_;                         // as the server lets them
  bool changed_ = false, loaded_ = false, moved_ = false;
  WidgetId field_ = 0;
  std::vector<Row> rows_{};
  std::string next_{};
  std::int64_t found_ = 0;
  const store::Problem* problem_ = nullptr;
};

}  // namespace

std::string_view people_words(Ui& ui, const store::Store& model, std::span<const PersonId> people) {
  constexpr std::size_t most = 3;
  std::vector<PersonId> nameless;
  std::string names;
  for (std::size_t i = 0; i < people.size() && i < most; ++i) {
    const api::PersonName* known = model.named(people[i]);
    if (!known) nameless.push_back(people[i]);
    if (i > 0) names += ui.tr("picker.between_names");
    names += known ? known->name : "…";
  }
  if (!nameless.empty()) push(ui, commands::NamePeople{std::move(nameless)});
  if (people.size() <= most) return ui.keep(std::move(names));
  return ui.tr("picker.names_and_more",
               {param("names", names), param("count", static_cast<std::int64_t>(people.size() - most))});
}

bool person_picker(Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                   std::vector<PersonId>& chosen, PickerState& state, Among among) {
  IdScope scope(ui, id);
  return Picker(ui, label, model, chosen, state, false, among).draw();
}

namespace {

bool select_one(Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                const std::span<const PickCandidate>* only, PersonId& chosen, PickerState& state, Among among) {
  IdScope scope(ui, id);
  std::vector<PersonId> one;
  if (chosen) one.push_back(chosen);
  if (!Picker(ui, label, model, one, state, true, among, only).draw()) return false;
  chosen = one.empty() ? PersonId{} : one.front();
  return true;
}

}  // namespace

bool person_select(Ui& ui, std::string_view id, std::string_view label, const store::Store& model, PersonId& chosen,
                   PickerState& state, Among among) {
  return select_one(ui, id, label, model, nullptr, chosen, state, among);
}

bool person_select_of(Ui& ui, std::string_view id, std::string_view label, const store::Store& model,
                      std::span<const PickCandidate> candidates, PersonId& chosen, PickerState& state) {
  return select_one(ui, id, label, model, &candidates, chosen, state, Among::active);
}

}  // namespace tw::views
