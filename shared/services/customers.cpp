// Reading customers: lists, counts, detail, timeline.
#include "services/customers.h"

#include <algorithm>

#include "core/text.h"
#include "services/batch_store.h"
#include "services/customer_batches.h"
#include "services/customer_detail.h"
#include "services/customer_field_store.h"
#include "services/customer_list_store.h"
#include "services/customer_query.h"
#include "services/customer_store.h"
#include "services/import_store.h"

namespace tw::services {

namespace {

Error no_such_customer() { return error(Code::not_found, text_key("error.not_found")); }

// Who reads the whole of a customer: their scope, or an item of it in their hands.
bool may_read(Work& work, const Actor& actor, const Customer& customer) {
  return domain::access::reaches(actor, customer.owner, customer.department) ||
         (actor.person && holds_item_of(work, actor.person, customer.id));
}

// --- timeline: three sources, one order
// -------------------------------------------------------------------------------

// Newest first; at one instant the items' log before the customer's own, and its making last.
enum class Source : std::int64_t { origin = 0, own_log = 1, items = 2 };

struct Point {
  Instant at;
  Source source = Source::items;
  std::int64_t position = INT64_MAX;
};

struct Placed {
  api::TimelineEntry entry;
  Point point;
};

bool newer(const Placed& a, const Placed& b) {
  if (a.point.at != b.point.at) return b.point.at < a.point.at;
  if (a.point.source != b.point.source) return a.point.source > b.point.source;
  return a.point.position > b.point.position;
}

std::string encode(const Point& point) {
  return std::to_string(point.at.ms) + '.' + std::to_string(static_cast<std::int64_t>(point.source)) + '.' +
         std::to_string(point.position);
}

std::optional<Point> decode(std::string_view cursor) {
  if (cursor.empty()) return Point{{INT64_MAX}, Source::items, INT64_MAX};
  const auto parts = text::split(cursor, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto at = text::to_integer(parts[0]);
  const auto source = text::to_integer(parts[1]);
  const auto position = text::to_integer(parts[2]);
  if (!at || !source || !position || *source < 0 || *source > 2) return std::nullopt;
  return Point{{*at}, static_cast<Source>(*source), *position};
}

// Where to go on in a source when the page before ended at `last`.
std::int64_t position_in(Source source, const Point& last) {
  if (source == last.source) return last.position;
  return source < last.source ? INT64_MAX : INT64_MIN;
}

// An import writes no log row per customer: that it made them is in the row.
std::optional<Placed> origin_of(Work& work, const Customer& customer, const Point& last) {
  if (!customer.import || last.at < customer.created) return std::nullopt;
  if (last.at == customer.created && last.source == Source::origin) return std::nullopt;
  Placed placed;
  placed.entry.kind = api::TimelineKind::imported;
  placed.entry.at = customer.created;
  if (const auto import = load_import(work, customer.import)) {
    placed.entry.actor = import->actor;
    placed.entry.actor_name = import->actor_name;
    placed.entry.text = import->file_name;
  }
  placed.point = {customer.created, Source::origin, 0};
  return placed;
}

}  // namespace

Result<api::QueryCustomers::Response> query_customers(Work& work, const Actor& actor,
                                                      const api::QueryCustomers::Request& request) {
  const CustomerScope scope = scope_of(actor, request.query.view);
  auto page = customer_page(work, scope, request.query, request.sort, request.page);
  if (!page) return page.error();
  std::vector<CustomerFieldRow> fields;
  if (!request.columns.empty())
    for (CustomerFieldRow& field : customer_fields(work))
      if (std::find(request.columns.begin(), request.columns.end(), field.field) != request.columns.end())
        fields.push_back(std::move(field));
  api::QueryCustomers::Response response;
  response.next = std::move(page->next);
  response.total = page->total;
  response.rows = customer_rows(work, page->customers);
  if (fields.empty()) return response;
  CustomValues values(work, fields, CustomValues::Fields::some);
  for (api::CustomerRow& row : response.rows) row.values = values.of(row.customer);
  return response;
}

Result<api::Total> count_query(Work& work, const Actor& actor, const api::CountCustomers::Request& request) {
  auto selection = CustomerSelection::make(work, actor, request.query);
  if (!selection) return selection.error();
  return api::Total{selection->count(work), true};
}

api::CustomerDetail customer_detail(Work& work, const Actor& actor, const Customer& customer) {
  api::CustomerDetail detail;
  const CustomerId itself[] = {customer.id};
  if (auto rows = customer_rows(work, itself); !rows.empty()) detail.row = std::move(rows.front());
  detail.row.values = custom_values_of(work, customer.id);
  detail.phone = customer.phone;
  detail.email = customer.email;
  detail.address = customer.address;
  detail.note = customer.note;
  detail.may_edit = actor.holds(domain::access::Permission::edit_customers) &&
                    domain::access::reaches(actor, customer.owner, customer.department);
  detail.batches = batches_seen(work, actor, customer.id);
  return detail;
}

Result<api::CustomerDetail> view_customer(Work& work, const Actor& actor, const api::ViewCustomer::Request& request) {
  const auto customer = load_customer(work, request.customer);
  if (!customer || !may_read(work, actor, *customer)) return no_such_customer();
  return customer_detail(work, actor, *customer);
}

Result<api::CustomerTimeline::Response> customer_timeline(Work& work, const Actor& actor,
                                                          const api::CustomerTimeline::Request& request) {
  const auto customer = load_customer(work, request.customer);
  if (!customer || !may_read(work, actor, *customer)) return no_such_customer();
  const auto last = decode(request.after);
  if (!last) return field_error("after", text_key("list.wrong_cursor"));

  std::vector<Placed> placed;
  const TimelinePoint items_before{last->at, position_in(Source::items, *last)};
  for (const auto& item : item_timeline(work, customer->id, items_before, request.limit))
    placed.push_back({item.entry, {item.entry.at, Source::items, item.position}});
  const std::int64_t log_before = position_in(Source::own_log, *last);
  for (const auto& log : customer_log(work, customer->id, last->at, log_before, request.limit))
    placed.push_back({log.entry, {log.entry.at, Source::own_log, log.id}});
  if (auto origin = origin_of(work, *customer, *last)) placed.push_back(std::move(*origin));
  std::sort(placed.begin(), placed.end(), newer);

  api::CustomerTimeline::Response response;
  const auto limit = static_cast<std::size_t>(request.limit);
  const bool full = placed.size() > limit || (placed.size() == limit && limit > 0);
  if (placed.size() > limit) placed.resize(limit);
  if (full) response.next = encode(placed.back().point);
  for (Placed& entry : placed) response.entries.push_back(std::move(entry.entry));
  return response;
}

}  // namespace tw::services
