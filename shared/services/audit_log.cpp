#include "services/audit_log.h"

#include "core/json.h"
#include "core/text.h"
#include "services/audit_entry_store.h"
#include "services/batch_store.h"
#include "services/people_store.h"

namespace tw::services {

using api::AuditFact;

namespace {

struct Place {
  Instant at;
  std::int64_t number = 0;
};

// "1767232800000:42"
std::optional<Place> read_cursor(const std::string& after) {
  const auto parts = text::split(after, ':');
  if (parts.size() != 2) return std::nullopt;
  const auto at = text::to_integer(parts[0]);
  const auto number = text::to_integer(parts[1]);
  if (!at || !number) return std::nullopt;
  return Place{{*at}, *number};
}

std::string name_of_fact(Work& work, AuditFact fact, std::int64_t id) {
  switch (fact) {
    case AuditFact::person:
      return name_of(work, {id});
    case AuditFact::department:
    case AuditFact::department_before:
    case AuditFact::parent:
      return department_name_of(work, {id});
    case AuditFact::batch: {
      const auto batch = load_batch(work, {id});
      return batch ? batch->subject : std::string();
    }
    default:
      return {};
  }
}

std::vector<api::AuditFactValue> facts_of(Work& work, const AuditEntry& entry) {
  std::vector<api::AuditFactValue> facts;
  const auto subject = json::Document::parse(entry.subject);
  if (!subject) return facts;
  // Whatever order the parser answers, facts are shown in the order of their declaration.
  for (const auto& row : wire_names(AuditFact{})) {
    const json::Value value = subject->root().find(row.name);
    if (!value.present()) continue;
    api::AuditFactValue shown;
    shown.fact = row.value;
    if (const auto id = value.integer()) {
      shown.value = std::to_string(*id);
      shown.name = name_of_fact(work, row.value, *id);
    } else {
      shown.value = std::string(value.string().value_or(std::string_view()));
    }
    facts.push_back(std::move(shown));
  }
  return facts;
}

}  // namespace

Result<api::ListAudit::Response> list_audit(Work& work, const domain::access::Actor&,
                                            const api::ListAudit::Request& request) {
  AuditFilter filter;
  filter.kind = request.kind;
  filter.person = request.person;
  if (request.from) filter.from = *request.from;
  if (request.until) filter.until = *request.until;
  if (!request.after.empty()) {
    const auto place = read_cursor(request.after);
    if (!place) return field_error("after", text_key("field.bad_cursor"));
    filter.before_at = place->at;
    filter.before_number = place->number;
  }
  api::ListAudit::Response answer;
  // One more than asked for tells whether there is a next page.
  auto entries = list_audit_entries(work, filter, request.limit + 1);
  if (static_cast<std::int64_t>(entries.size()) > request.limit) {
    entries.pop_back();
    answer.next = std::to_string(entries.back().at.ms) + ":" + std::to_string(entries.back().number);
  }
  for (const AuditEntry& entry : entries) {
    api::AuditRow row;
    row.number = entry.number;
    row.at = entry.at;
    row.person = entry.person;
    if (entry.person) row.person_name = name_of(work, entry.person);
    from_wire_name(entry.kind, row.kind);
    row.facts = facts_of(work, entry);
    row.address = entry.address;
    row.hash = entry.hash;
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

}  // namespace tw::services
