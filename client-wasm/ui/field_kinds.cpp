// See field.h. Here: what is made of text fields: search, numbers, and the form around fields.
#include "client/ui/field.h"
#include "client/ui/inside.h"
#include "core/text.h"

namespace tw::ui {

FieldResult search_field(Ui& ui, std::string_view id, std::string& value, std::string_view name, float width,
                         std::string_view shortcut) {
  return text_field(ui, id, value,
                    {.name = name,
                     .placeholder = name,
                     .kind = FieldKind::search,
                     .width = width,
                     .icon = Icon::search,
                     .shortcut = shortcut});
}

FieldResult number_field(Ui& ui, std::string_view id, std::optional<std::int64_t>& value,
                         const NumberOptions& options) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const auto draft = in.drafts.find(own);
  std::string words = draft != in.drafts.end() ? draft->second : value ? std::to_string(*value) : std::string();
  FieldOptions field = options.field;
  field.kind = FieldKind::number;
  const auto parsed_of = [&](std::string_view text) -> std::optional<std::int64_t> {
    const auto number = text::to_integer(text::trim(text));
    return number && *number >= options.min && *number <= options.max ? number : std::nullopt;
  };
  const bool bad = !text::trim(words).empty() && !parsed_of(words);
  if (bad && field.error.empty()) field.error = ui.tr("ui.not_a_number");
  FieldResult result = text_field(ui, id, words, field);
  if (result.changed) {
    const auto before = value;
    if (text::trim(words).empty()) {
      value.reset();
    } else if (const auto number = parsed_of(words)) {
      value = number;
    }
    in.drafts[own] = words;
    result.changed = before != value;
  }
  if (result.left && parsed_of(words)) in.drafts.erase(own);
  return result;
}

void form(Ui& ui, std::string_view id, std::string_view name, Body body) {
  a11y::Node node;
  node.id = ui.id(id);
  node.role = a11y::Role::form;
  node.name = name;
  ui.tree().add(node);
  a11y::Open open(ui.tree(), node.id);
  IdScope scope(ui, id);
  column(ui, {.gap = space::l}, body);
}

}  // namespace tw::ui
