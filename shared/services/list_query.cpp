#include "services/list_query.h"

#include "core/text.h"
#include "services/custom_value.h"

namespace tw::services {

namespace {

constexpr int deepest_filter = 4;
constexpr int most_conditions = 40;

std::string element(std::string_view path, const char* list, std::size_t index) {
  std::string out(path);
  if (!out.empty()) out += '.';
  return out + list + "[" + std::to_string(index) + "]";
}

bool is_ordered(ColumnType type) {
  return type == ColumnType::integer || type == ColumnType::decimal || type == ColumnType::instant ||
         type == ColumnType::date;
}

bool allows(const ListColumn& column, api::Operator op) {
  switch (op) {
    case api::Operator::equals:
    case api::Operator::not_equals:
      return true;
    case api::Operator::less:
    case api::Operator::at_most:
    case api::Operator::greater:
    case api::Operator::at_least:
      return is_ordered(column.type);
    case api::Operator::contains:
      return column.type == ColumnType::text;
    case api::Operator::one_of:
      return column.type != ColumnType::flag;
    case api::Operator::is_empty:
    case api::Operator::is_set:
      return column.type != ColumnType::flag && column.type != ColumnType::choice;
  }
  return false;
}

std::optional<SqlValue> read_value(const ListColumn& column, const std::string& text) {
  switch (column.type) {
    case ColumnType::text:
      return SqlValue(text);
    case ColumnType::integer:
    case ColumnType::instant:
    case ColumnType::reference:
      if (const auto number = text::to_integer(text)) return SqlValue(*number);
      return std::nullopt;
    case ColumnType::decimal:
      if (const auto number = decimal_value(text)) return SqlValue(*number);
      return std::nullopt;
    case ColumnType::date:
      if (is_iso_date(text)) return SqlValue(text);
      return std::nullopt;
    case ColumnType::flag:
      if (text == "true") return SqlValue(std::int64_t{1});
      if (text == "false") return SqlValue(std::int64_t{0});
      return std::nullopt;
    case ColumnType::choice:
      for (std::size_t i = 0; i < column.choices.size(); ++i)
        if (column.choices[i] == text) return SqlValue(static_cast<std::int64_t>(i));
      return std::nullopt;
  }
  return std::nullopt;
}

const char* sign_of(api::Operator op) {
  switch (op) {
    case api::Operator::equals:
      return " = ";
    case api::Operator::less:
      return " < ";
    case api::Operator::at_most:
      return " <= ";
    case api::Operator::greater:
      return " > ";
    default:
      return " >= ";
  }
}

// "No value" is never less than anything: a comparison finds set values only.
void append_set(BoundSql& out, const ListColumn& column, bool set) {
  out.text(column.sql);
  if (column.none.empty()) {
    out.text(set ? " IS NOT NULL" : " IS NULL");
  } else {
    out.text(set ? " <> " : " = ");
    out.text(column.none);
  }
}

// A pattern in which the request's own % and _ are letters.
std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

class Compiler {
 public:
  Compiler(BoundSql& out, std::span<const ListColumn> columns) : out_(out), columns_(columns) {}

  Refusal filter(const api::Filter& filter, std::string_view path, int depth) {
    if (depth > deepest_filter)
      return field_error(std::string(path), text_key("filter.too_deep"),
                         {param("maximum", std::int64_t{deepest_filter})});
    const char* const joint = filter.combine == api::Combine::all ? " AND " : " OR ";
    out_.text("(");
    bool first = true;
    for (std::size_t i = 0; i < filter.conditions.size(); ++i) {
      if (!first) out_.text(joint);
      first = false;
      if (auto refused = condition(filter.conditions[i], element(path, "conditions", i))) return refused;
    }
    for (std::size_t i = 0; i < filter.groups.size(); ++i) {
      // An empty group says nothing, whatever it is combined with.
      if (matches_everything(filter.groups[i]) && depth < deepest_filter) continue;
      if (!first) out_.text(joint);
      first = false;
      if (auto refused = this->filter(filter.groups[i], element(path, "groups", i), depth + 1)) return refused;
    }
    out_.text(")");
    return std::nullopt;
  }

 private:
  Refusal condition(const api::Condition& condition, const std::string& path) {
    if (++conditions_ > most_conditions)
      return field_error(path, text_key("filter.too_many"), {param("maximum", std::int64_t{most_conditions})});
    const ListColumn* column = nullptr;
    for (const ListColumn& known : columns_)
      if (known.name == condition.column) column = &known;
    if (!column) return field_error(path + ".column", text_key("filter.unknown_column"));
    if (!allows(*column, condition.op)) return field_error(path + ".op", text_key("filter.wrong_operator"));

    switch (condition.op) {
      case api::Operator::is_empty:
      case api::Operator::is_set:
        append_set(out_, *column, condition.op == api::Operator::is_set);
        return std::nullopt;
      case api::Operator::contains:
        if (condition.value.empty()) return field_error(path + ".value", text_key("field.missing"));
        out_.text(column->sql);
        out_.text(" LIKE ");
        out_.value(like_pattern(condition.value));
        out_.text(" ESCAPE '\\'");
        return std::nullopt;
      case api::Operator::one_of:
        return one_of(*column, condition, path);
      default:
        return comparison(*column, condition, path);
    }
  }

  Refusal one_of(const ListColumn& column, const api::Condition& condition, const std::string& path) {
    if (condition.values.empty()) return field_error(path + ".values", text_key("field.missing"));
    out_.text(column.sql);
    out_.text(" IN (");
    for (std::size_t i = 0; i < condition.values.size(); ++i) {
      auto value = read_value(column, condition.values[i]);
      if (!value) return field_error(element(path, "values", i), text_key("filter.wrong_value"));
      if (i > 0) out_.text(", ");
      out_.value(std::move(*value));
    }
    out_.text(")");
    return std::nullopt;
  }

  Refusal comparison(const ListColumn& column, const api::Condition& condition, const std::string& path) {
    auto value = read_value(column, condition.value);
    if (!value) return field_error(path + ".value", text_key("filter.wrong_value"));
    if (condition.op == api::Operator::not_equals) {  // also what has no value is not equal
      out_.text("(");
      out_.text(column.sql);
      out_.text(" <> ");
      out_.value(std::move(*value));
      if (column.none.empty()) {
        out_.text(" OR ");
        append_set(out_, column, false);
      }
      out_.text(")");
      return std::nullopt;
    }
    const bool below = condition.op == api::Operator::less || condition.op == api::Operator::at_most;
    if (below && !column.none.empty()) {
      append_set(out_, column, true);
      out_.text(" AND ");
    }
    out_.text(column.sql);
    out_.text(sign_of(condition.op));
    out_.value(std::move(*value));
    return std::nullopt;
  }

  BoundSql& out_;
  std::span<const ListColumn> columns_;
  int conditions_ = 0;
};

// --- cursors: "<column>.<d|a>.<id>.<total>.<e|m>.<key in hexadecimal or decimal>" ------------------------------------

constexpr std::string_view base64_signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64(std::string_view bytes) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 6) out += base64_signs[(held >> (bits -= 6)) & 63];
  }
  if (bits > 0) out += base64_signs[(held << (6 - bits)) & 63];
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t sign = base64_signs.find(c);
    if (sign == std::string_view::npos) return std::nullopt;
    held = (held << 6) | static_cast<std::uint32_t>(sign);
    bits += 6;
    if (bits >= 8) out += static_cast<char>((held >> (bits -= 8)) & 255);
  }
  return out;
}

}  // namespace

void BoundSql::value(SqlValue value) {
  names_.push_back(":v" + std::to_string(names_.size()));
  values_.push_back(std::move(value));
  sql_ += names_.back();
}

db::Statement BoundSql::prepare(db::Database& database) const {
  db::Statement statement = database.prepare_once(sql_);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const char* const name = names_[i].c_str();
    if (const auto* integer = std::get_if<std::int64_t>(&values_[i]))
      statement.bind(name, *integer);
    else if (const auto* number = std::get_if<double>(&values_[i]))
      statement.bind(name, *number);
    else
      statement.bind(name, std::string_view(*std::get_if<std::string>(&values_[i])));
  }
  return statement;
}

Refusal append_filter(BoundSql& out, const api::Filter& filter, std::span<const ListColumn> columns,
                      std::string_view path) {
  if (matches_everything(filter)) return std::nullopt;
  return Compiler(out, columns).filter(filter, path, 1);
}

std::string encode_cursor(const ListCursor& cursor, const api::Sort& order) {
  std::string out = order.column;
  out += order.descending ? ".d." : ".a.";
  out += std::to_string(cursor.id) + '.' + std::to_string(cursor.total.count) + (cursor.total.exact ? ".e." : ".m.");
  if (const auto* number = std::get_if<std::int64_t>(&cursor.key)) return out + std::to_string(*number);
  return out + to_base64(*std::get_if<std::string>(&cursor.key));
}

std::optional<ListCursor> decode_cursor(std::string_view text, const api::Sort& order, bool text_key) {
  const auto parts = text::split(text, '.');
  if (parts.size() != 6 || parts[0] != order.column || parts[1] != (order.descending ? "d" : "a")) return std::nullopt;
  const auto id = text::to_integer(parts[2]);
  const auto total = text::to_integer(parts[3]);
  if (!id || !total || *total < 0 || (parts[4] != "e" && parts[4] != "m")) return std::nullopt;
  ListCursor cursor;
  cursor.id = *id;
  cursor.total = {*total, parts[4] == "e"};
  if (text_key) {
    auto key = from_base64(parts[5]);
    if (!key || !text::is_utf8(*key)) return std::nullopt;
    cursor.key = std::move(*key);
  } else {
    const auto key = text::to_integer(parts[5]);
    if (!key) return std::nullopt;
    cursor.key = *key;
  }
  return cursor;
}

}  // namespace tw::services
