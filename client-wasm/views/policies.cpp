#include "client/views/policies.h"

#include <algorithm>

#include "client/ui/field.h"
#include "core/json.h"
#include "core/text.h"
#include "domain/allocation/labels.h"

namespace tw::views {

using namespace ui;
using api::BatchDetail;
using api::PolicyView;
using commands::Id;
using ui::text;

namespace {

std::string_view name_of(Ui& ui, const PolicyView& policy) {
  return policy.name.empty() ? ui.tr("policies.own") : ui.keep(policy.name);
}

// What differs from people's own records.
api::PolicyTerms to_be_saved(api::PolicyTerms terms) {
  std::erase_if(terms.people, [](const api::PlanOverride& one) { return !one.weight && !one.most; });
  std::sort(terms.people.begin(), terms.people.end(), [](const auto& a, const auto& b) { return a.person < b.person; });
  return terms;
}

}  // namespace

// --- on the board ----------------------------------------------------------------------------------------------------

void follow_policy(const BatchDetail& batch, BatchPageState& state) {
  if (!batch.policy) return;
  const PolicyView& saved = *batch.policy;
  const bool another = saved.policy != state.policy;
  if (!another && saved.version == state.policy_version) return;
  const bool first = !state.policy;
  state.terms.seed = saved.terms.seed;  // nobody changes it on the board
  const std::string now = json::encode(to_be_saved(saved.terms));
  const bool still_changed =
      state.terms_changed && !(another && state.choosing) && json::encode(to_be_saved(state.terms)) != now;
  // Renamed, archived or saved from here: what is changed here stands on what is saved. Else `policy_version` stays,
  // and saving over what somebody else saved is refused.
  const bool stands = another || json::encode(to_be_saved(state.saved_terms)) == now;
  state.policy = saved.policy;
  if (another) state.choosing = false;
  if (still_changed && !stands) return;
  state.policy_version = saved.version;
  state.saved_terms = saved.terms;
  state.plan_again = state.plan_again || !first;
  if (still_changed) return;
  state.terms = saved.terms;
  state.terms_changed = false;
}

void choose_saved_policy(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state) {
  if (!batch.policy) return;
  const PolicyView& now = *batch.policy;
  std::vector<Choice> choices;
  std::vector<PolicyId> ids;
  int selected = 0;
  const auto add = [&](PolicyId id, std::string_view label) {
    if (id == now.policy) {
      selected = static_cast<int>(ids.size());
      if (state.terms_changed) label = ui.tr("policies.changed_here", {param("name", std::string(label))});
    }
    ids.push_back(id);
    choices.push_back({.key = ui.keep(std::to_string(id.value)), .label = label});
  };
  add(now.batch ? now.policy : PolicyId{}, ui.tr("policies.own"));
  if (model.policies.ready())
    for (const PolicyView& one : model.policies->rows) add(one.policy, one.name);
  if (std::find(ids.begin(), ids.end(), now.policy) == ids.end()) add(now.policy, name_of(ui, now));
  if (!select(ui, "saved-policy", choices, selected, {.label = ui.tr("policies.chosen")})) return;
  api::UpdateBatch::Request change;
  change.batch = batch.summary.batch;
  change.version = batch.summary.version;
  change.policy = ids[static_cast<std::size_t>(selected)];
  if (now.batch && *change.policy == now.policy) change.policy = PolicyId{};
  state.choosing = true;
  push(ui, commands::UpdateBatch{allocate_form, std::move(change)});
}

void policy_menu(Ui& ui, const store::Store& model, const BatchDetail& batch, BatchPageState& state,
                 std::int64_t seed) {
  if (!batch.policy) return;
  const PolicyView& now = *batch.policy;
  if (icon_button(ui, "policy-more", Icon::more, ui.tr("policies.more"),
                  {.kind = ButtonKind::secondary, .has_menu = true}))
    open_menu(ui, "policy-menu");
  const auto items = [&](Ask ask) {
    if (state.terms_changed) {
      if (now.may_edit && ask(ui, Id::save_terms, {})) {
        state.saved_terms = to_be_saved(state.terms);
        push(ui, commands::UpdatePolicy{allocate_form,
                                        {now.policy, state.policy_version, std::nullopt, state.saved_terms}});
      }
      if (ask(ui, Id::reset_terms, {})) {
        state.terms = state.saved_terms = now.terms;
        state.policy_version = now.version;
        state.terms_changed = false;
        state.plan_again = true;
      }
    }
    if (model.may(domain::access::Permission::create_batch) && ask(ui, Id::save_policy, {}))
      open_dialog(ui, commands::SavePolicy{batch.summary.batch, to_be_saved(state.terms), seed});
    if (ask(ui, Id::manage_policies, {})) open_dialog(ui, commands::ManagePolicies{});
  };
  menu(ui, "policy-menu", ui.tr("policies.more"), [&] { items(command_item); });
  items(offered);
}

// --- dialogs ---------------------------------------------------------------------------------------------------------

namespace {

const PolicyView* policy_of(const store::Store& model, PolicyId id) {
  for (const auto* list : {&model.policies, &model.archived_policies})
    if (list->ready())
      for (const PolicyView& one : (*list)->rows)
        if (one.policy == id) return &one;
  return nullptr;
}

// True when it is to be saved.
bool name_dialog(Ui& ui, const store::FormStatus& status, TextKey title, PolicyDraft& draft, Body more) {
  const bool complete = draft.filled && !text::trim(draft.name).empty();
  return save_dialog(ui, status,
                     {.id = "policy-dialog",
                      .title = ui.tr(title),
                      .width = 480,
                      .missing = complete ? std::string_view{} : ui.tr("common.fill_required"),
                      .fields_show_theirs = !field_problem(status, "name").empty()},
                     [&] {
                       text_field(ui, "name", draft.name,
                                  {.label = ui.tr("policies.name"),
                                   .placeholder = ui.tr("policies.name_placeholder"),
                                   .error = field_problem(status, "name"),
                                   .required = true,
                                   .focus_first = true,
                                   .max_length = 60});
                       more();
                     });
}

std::string_view divided(Ui& ui, const api::PolicyTerms& terms) {
  const std::string_view kind = ui.tr(domain::allocation::label(terms.kind));
  if (terms.kind != domain::allocation::Policy::by_owner) return kind;
  return ui.keep(std::string(kind) + " + " + std::string(ui.tr(domain::allocation::label(terms.rest))));
}

void draw_policy(Ui& ui, const PolicyView& policy, bool first) {
  IdScope scope(ui, policy.policy.value);
  if (!first) separator(ui);
  const Param name = param("name", policy.name);
  row(ui, {.gap = space::m, .height = 60}, [&] {
    const float buttons = 2 * control_height(ui.density()) + 2 * space::m;
    column(ui, {.gap = 0, .width = ui.available_width() - (policy.may_edit ? buttons : 0)}, [&] {
      text(ui, policy.name, {.weight = Weight::semibold, .max_width = ui.available_width()});
      std::string words(divided(ui, policy.terms));
      for (const std::string_view more : {ui.tr("policies.used_by", {param("count", policy.batches)}),
                                          ui.tr("policies.by", {param("who", policy.creator_name)})})
        words += " · " + std::string(more);
      text(ui, ui.keep(std::move(words)),
           {.style = Style::caption, .color = Token::muted, .max_width = ui.available_width()});
    });
    if (!policy.may_edit) return;
    spring(ui);
    if (icon_button(ui, "rename", Icon::edit, ui.tr("policies.rename_one", {name})))
      open_dialog(ui, commands::RenamePolicy{policy.policy});
    const bool archive = policy.archived
                             ? icon_button(ui, "archive", Icon::undo, ui.tr("policies.restore_one", {name}))
                             : icon_button(ui, "archive", Icon::archive, ui.tr("policies.archive_one", {name}));
    if (archive) push(ui, commands::ArchivePolicy{0, {policy.policy, policy.version, !policy.archived}});
  });
}

}  // namespace

void draw_save_policy_dialog(Ui& ui, const store::Store& model, store::FormId form_id, const commands::SavePolicy& what,
                             PolicyDraft& draft) {
  if (!draft.filled) draft.same_draw = what.terms.seed != 0;
  draft.filled = true;
  const bool save = name_dialog(ui, model.form(form_id), text_key("policies.save_as_title"), draft, [&] {
    checkbox(ui, "same-draw", ui.tr("policies.same_draw"), draft.same_draw, {.hint = ui.tr("policies.same_draw_hint")});
    paragraph(ui, ui.tr("policies.save_as_words"), {.color = Token::muted});
  });
  if (!save) return;
  api::PolicyTerms terms = what.terms;
  if (!draft.same_draw) terms.seed = 0;
  if (draft.same_draw && terms.seed == 0) terms.seed = what.seed;
  push(ui, commands::AddPolicy{form_id, {std::string(text::trim(draft.name)), std::move(terms)}, what.batch});
}

void draw_rename_policy_dialog(Ui& ui, const store::Store& model, store::FormId form_id, PolicyId id,
                               PolicyDraft& draft) {
  if (const PolicyView* policy = policy_of(model, id); policy && !draft.filled)
    draft = {true, policy->version, policy->name, false};
  if (name_dialog(ui, model.form(form_id), text_key("policies.rename"), draft, [] {}))
    push(ui, commands::UpdatePolicy{form_id, {id, draft.version, std::string(text::trim(draft.name)), std::nullopt}});
}

void draw_policies_dialog(Ui& ui, const store::Store& model, PoliciesDraft& draft) {
  const auto list = [&](const api::ListPolicies::Response& policies) {
    for (const PolicyView& one : policies.rows) draw_policy(ui, one, &one == &policies.rows.front());
  };
  const DialogResult result = dialog(
      ui, "policies-dialog",
      {.title = ui.tr("policies.title"),
       .width = 560,
       .close_name = ui.tr("common.close"),
       .footer =
           [&] {
             if (button(ui, "done", ui.tr("common.close"))) push(ui, commands::CloseDialog{});
           }},
      [&] {
        remote(ui, model.policies, [&](const api::ListPolicies::Response& policies) {
          if (policies.rows.empty())
            empty_state(
                ui, "none",
                {.icon = Icon::settings, .title = ui.tr("policies.empty_title"), .words = ui.tr("policies.words")});
          else
            paragraph(ui, ui.tr("policies.words"), {.color = Token::muted});
          column(ui, {.gap = 0}, [&] { list(policies); });
        });
        if (!draft.archive) {
          if (button(ui, "archive", ui.tr("policies.show_archived"), {.kind = ButtonKind::ghost})) draft.archive = true;
          return;
        }
        heading(ui, 3, ui.tr("policies.archive"));
        remote(ui, model.archived_policies, [&](const api::ListPolicies::Response& policies) {
          if (policies.rows.empty()) return muted(ui, ui.tr("policies.nothing_archived"));
          column(ui, {.gap = 0}, [&] { list(policies); });
        });
      });
  if (result.close) push(ui, commands::CloseDialog{});
}

}  // namespace tw::views
