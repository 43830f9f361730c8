#include "services/import_problems.h"

#include "core/catalogs.h"

namespace tw::services {

namespace {

struct KnownProblem {
  ProblemKind kind;
  TextKey text;
};
constexpr KnownProblem known_problems[] = {
    {ProblemKind::wrong_cells, text_key("import.wrong_cells")},
    {ProblemKind::too_long, text_key("import.too_long")},
    {ProblemKind::not_a_number, text_key("import.not_a_number")},
    {ProblemKind::not_a_date, text_key("import.not_a_date")},
    {ProblemKind::not_a_choice, text_key("import.not_a_choice")},
    {ProblemKind::too_many_choices, text_key("import.too_many_choices")},
    {ProblemKind::not_a_score, text_key("import.not_a_score")},
    {ProblemKind::not_a_flag, text_key("import.not_a_flag")},
    {ProblemKind::not_a_kind, text_key("import.not_a_kind")},
    {ProblemKind::no_such_person, text_key("import.no_such_person")},
    {ProblemKind::no_such_department, text_key("import.no_such_department")},
    {ProblemKind::duplicate_in_file, text_key("import.duplicate_in_file")},
    {ProblemKind::duplicate_in_database, text_key("import.duplicate_in_database")},
    {ProblemKind::two_customers, text_key("import.two_customers")},
    {ProblemKind::not_text, text_key("import.not_text")},
    {ProblemKind::quote_not_closed, text_key("import.quote_not_closed")},
    {ProblemKind::text_after_quote, text_key("import.text_after_quote")},
    {ProblemKind::quote_inside_field, text_key("import.quote_inside_field")},
    {ProblemKind::too_many_columns, text_key("import.too_many_columns")},
    {ProblemKind::record_too_long, text_key("import.record_too_long")},
    {ProblemKind::wrong_encoding, text_key("import.wrong_encoding")},
    {ProblemKind::file_is_gone, text_key("import.file_is_gone")},
};

}  // namespace

TextKey text_of(ProblemKind kind) {
  for (const KnownProblem& known : known_problems)
    if (known.kind == kind) return known.text;
  return {};
}

ProblemKind kind_of(TextKey key) {
  for (const KnownProblem& known : known_problems)
    if (known.text == key) return known.kind;
  return ProblemKind::not_text;
}

std::string problem_message(const Env& env, std::string_view language, ProblemKind kind, const std::string& value) {
  const std::string_view key = text_of(kind).view();
  if (!env.texts) return std::string(key);
  return env.texts->for_language(language).format(key, {param("value", value), param("maximum", value)});
}

}  // namespace tw::services
