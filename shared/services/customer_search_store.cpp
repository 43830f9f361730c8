#include "services/customer_search_store.h"

#include "core/text.h"
#include "domain/customer/search_terms.h"

namespace tw::services {

namespace {

namespace customer = domain::customer;

// Pieces are [a-z0-9] and longer than three characters only in base 32, which ends at v: a longer word with a w is
// ours.
std::string owner_word(PersonId owner) { return "owner" + std::to_string(owner.value); }
std::string department_word(DepartmentId department) { return "within" + std::to_string(department.value); }

std::string words_of(const Searchable& texts) {
  std::string words = customer::index_terms(texts.name, texts.contact, texts.phone_key, texts.external_key);
  if (texts.owner) words += ' ' + owner_word(texts.owner);
  if (texts.department) words += ' ' + department_word(texts.department);
  return words;
}

// The pieces hold no quote, so quoting is all that FTS5's grammar needs.
std::string all_of(const std::vector<std::string>& pieces) {
  std::string out;
  for (const std::string& piece : pieces) {
    if (!out.empty()) out += " AND ";
    out += '"' + piece + '"';
  }
  return out;
}

std::string within(const CustomerScope& scope) {
  switch (scope.kind) {
    case CustomerScope::Kind::all:
      return {};
    case CustomerScope::Kind::own:
      return owner_word(scope.person);
    case CustomerScope::Kind::departments:
      break;
  }
  std::string out = scope.or_own ? owner_word(scope.person) : std::string();
  for (const DepartmentId department : scope.departments) {
    if (!out.empty()) out += " OR ";
    out += department_word(department);
  }
  return out.empty() ? owner_word({}) : out;  // nobody's: finds nothing
}

}  // namespace

void add_search_entry(Work& work, CustomerId customer, const Searchable& texts) {
  const std::string words = words_of(texts);
  work.db.prepare("INSERT INTO customer_search (rowid, terms) VALUES (:customer, :terms)")
      .bind(":customer", customer)
      .bind(":terms", words)
      .run();
}

void replace_search_entry(Work& work, CustomerId customer, const Searchable& texts) {
  work.db.prepare("DELETE FROM customer_search WHERE rowid = :customer").bind(":customer", customer).run();
  add_search_entry(work, customer, texts);
}

void forget_search_entries(Work& work) {
  work.db.prepare("INSERT INTO customer_search (customer_search) VALUES ('delete-all')").run();  // FTS5's own command
}

std::vector<CustomerId> newest_candidates(Work& work, const SearchQuery& query, std::int64_t most) {
  CustomerScope everybody;
  everybody.kind = CustomerScope::Kind::all;
  const std::string match = query.match(everybody);
  auto statement = work.db.prepare(R"sql(
    SELECT rowid
    FROM customer_search
    WHERE customer_search MATCH :match
    ORDER BY rowid DESC
    LIMIT :most)sql");  // the index's own order, from its end
  return statement.bind(":match", match).bind(":most", most).all([](db::Row row) { return row.id<CustomerId>(0); });
}

bool is_searchable(std::string_view text) { return text::code_points(text::trim(text)) >= 2; }

SearchQuery::SearchQuery(std::string_view text)
    : text_(text::trim(text)), phone_(customer::phone_in_query(text_)), exact_(false) {
  exact_ = phone_.empty() && customer::query_terms(text_).size() == 1;
}

std::string SearchQuery::match(const CustomerScope& scope) const {
  std::string words = '(' + all_of(customer::query_terms(text_)) + ')';
  const auto digits = phone_.empty() ? std::vector<std::string>() : customer::query_terms(phone_);
  if (!digits.empty()) words = '(' + words + " OR (" + all_of(digits) + "))";
  const std::string reach = within(scope);
  return reach.empty() ? words : words + " AND (" + reach + ')';
}

bool SearchQuery::verify(const Searchable& texts) const {
  for (const std::string_view field : {texts.name, texts.contact, texts.phone_key, texts.external_key})
    if (customer::contains(field, text_)) return true;
  return !phone_.empty() && customer::contains(texts.phone_key, phone_);
}

}  // namespace tw::services
