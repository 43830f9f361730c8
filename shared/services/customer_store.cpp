#include "services/customer_store.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "services/customer_counts_store.h"
#include "services/customer_search_store.h"

namespace tw::services {

namespace {

constexpr std::size_t longest_name_key = 60;  // so that a cursor, which carries it, stays short

std::string name_key(const Customer& customer) {
  return text::lower(text::prefix(customer.name.empty() ? customer.external_key : customer.name, longest_name_key));
}

// "None" as lists sort it: see 0002_customers.sql.
std::int64_t stored_score(const std::optional<std::int64_t>& score) { return score.value_or(-1); }
std::optional<std::int64_t> read_score(std::int64_t stored) {
  return stored < 0 ? std::nullopt : std::optional<std::int64_t>(stored);
}
std::optional<Instant> read_time(std::int64_t stored) {
  return stored == 0 ? std::nullopt : std::optional<Instant>(Instant{stored});
}

// What both writes bind; the two keys must outlive the statement.
void bind_content(db::Statement& statement, const Customer& customer, const std::string& sort_key,
                  const std::string& phone_key) {
  statement.bind(":kind", static_cast<int>(customer.kind))
      .bind_or_null(":owner", customer.owner)
      .bind_or_null(":department", customer.department)
      .bind(":score", stored_score(customer.score))
      .bind(":do_not_contact", customer.do_not_contact)
      .bind(":number_error", customer.number_error)
      .bind(":last_follow_up", customer.last_follow_up.value_or(Instant{}))
      .bind(":name", customer.name)
      .bind(":name_key", sort_key)
      .bind(":contact", customer.contact)
      .bind(":phone", customer.phone)
      .bind(":phone_key", phone_key)
      .bind(":email", customer.email)
      .bind(":city", customer.city)
      .bind(":source", customer.source)
      .bind(":external_key", customer.external_key)
      .bind(":address", customer.address)
      .bind(":note", customer.note);
}

CustomerId first_in_scope(db::Statement statement, const domain::access::Actor& actor, std::string_view key) {
  statement.bind(":key", key);
  while (statement.step())
    if (domain::access::reaches(actor, statement.row().id<PersonId>(1), statement.row().id<DepartmentId>(2)))
      return statement.row().id<CustomerId>(0);
  return {};
}

Searchable searchable(const Customer& customer, std::string_view phone_key) {
  return {customer.name, customer.contact, phone_key, customer.external_key, customer.owner, customer.department};
}

}  // namespace

// Primary key.
std::optional<CustomerCard> customer_card(Work& work, CustomerId customer) {
  return work.db
      .prepare(
          "SELECT name, external_key, contact, phone, city, score, owner, department, do_not_contact, number_error "
          "FROM customers WHERE id = :customer")
      .bind(":customer", customer)
      .one([customer](db::Row row) {
        CustomerCard card;
        card.customer = customer;
        card.name = row.string(0);
        card.external_key = row.string(1);
        card.contact = row.string(2);
        card.phone = row.string(3);
        card.city = row.string(4);
        card.score = read_score(row.integer(5));
        card.owner = row.id<PersonId>(6);
        card.department = row.id<DepartmentId>(7);
        card.do_not_contact = row.boolean(8);
        card.number_error = row.boolean(9);
        return card;
      });
}

std::vector<CustomerCard> customer_cards(Work& work, std::span<const CustomerId> ids) {
  std::vector<CustomerId> ordered(ids.begin(), ids.end());
  std::sort(ordered.begin(), ordered.end());
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  std::vector<CustomerCard> cards;
  cards.reserve(ordered.size());
  for (const CustomerId id : ordered)
    if (auto card = customer_card(work, id)) cards.push_back(std::move(*card));
  return cards;
}

// Primary key.
bool in_scope(Work& work, const domain::access::Actor& actor, CustomerId customer) {
  return work.db.prepare("SELECT owner, department FROM customers WHERE id = :customer")
      .bind(":customer", customer)
      .one([&actor](db::Row row) {
        return domain::access::reaches(actor, row.id<PersonId>(0), row.id<DepartmentId>(1));
      })
      .value_or(false);
}

// Primary key; last_follow_up is in no index.
void mark_followed_up(Work& work, CustomerId customer, Instant at) {
  work.db.prepare("UPDATE customers SET last_follow_up = :at WHERE id = :customer AND last_follow_up < :at")
      .bind(":at", at)
      .bind(":customer", customer)
      .run();
  work.emit(EventKind::customer_changed, customer.value);
}

// Primary key.
void set_number_error(Work& work, const domain::access::Actor& actor, CustomerId customer, bool number_error) {
  const auto changes = work.db
                           .prepare(
                               "UPDATE customers SET number_error = :number_error, changed = :now, "
                               "version = version + 1 WHERE id = :customer AND number_error <> :number_error")
                           .bind(":number_error", number_error)
                           .bind(":now", work.now)
                           .bind(":customer", customer)
                           .run_changes();
  if (changes == 0) return;
  insert_customer_log(work, actor, customer, api::TimelineKind::changed, "number_error");
  work.emit(EventKind::customer_changed, customer.value);
}

// Primary key.
std::optional<Customer> load_customer(Work& work, CustomerId customer) {
  return work.db
      .prepare(
          "SELECT version, kind, name, contact, phone, email, city, address, source, owner, department, score, note, "
          "external_key, do_not_contact, number_error, last_follow_up, import, created, changed "
          "FROM customers WHERE id = :customer")
      .bind(":customer", customer)
      .one([customer](db::Row row) {
        Customer read;
        read.id = customer;
        read.version = row.version(0);
        read.kind = static_cast<domain::customer::Kind>(row.integer(1));
        read.name = row.string(2);
        read.contact = row.string(3);
        read.phone = row.string(4);
        read.email = row.string(5);
        read.city = row.string(6);
        read.address = row.string(7);
        read.source = row.string(8);
        read.owner = row.id<PersonId>(9);
        read.department = row.id<DepartmentId>(10);
        read.score = read_score(row.integer(11));
        read.note = row.string(12);
        read.external_key = row.string(13);
        read.do_not_contact = row.boolean(14);
        read.number_error = row.boolean(15);
        read.last_follow_up = read_time(row.integer(16));
        read.import = row.id<ImportId>(17);
        read.created = row.instant(18);
        read.changed = row.instant(19);
        return read;
      });
}

CustomerId insert_customer_row(Work& work, const Customer& customer) {
  const std::string sort_key = name_key(customer);
  const std::string phone = domain::customer::phone_key(customer.phone);
  auto statement = work.db.prepare(
      "INSERT INTO customers (kind, owner, department, score, do_not_contact, number_error, last_follow_up, created, "
      "changed, import, name, name_key, contact, phone, phone_key, email, city, source, external_key, address, note) "
      "VALUES (:kind, :owner, :department, :score, :do_not_contact, :number_error, :last_follow_up, :now, :now, "
      ":import, :name, :name_key, :contact, :phone, :phone_key, :email, :city, :source, :external_key, :address, "
      ":note)");
  bind_content(statement, customer, sort_key, phone);
  statement.bind_or_null(":import", customer.import).bind(":now", work.now).run();
  return {work.db.last_insert_id()};
}

CustomerId insert_customer(Work& work, const Customer& customer) {
  const CustomerId id = insert_customer_row(work, customer);
  const std::string phone = domain::customer::phone_key(customer.phone);
  add_search_entry(work, id, searchable(customer, phone));
  CustomerCountMoves moves;
  moves.add(customer.owner, customer.department, 1);
  moves.write(work);
  return id;
}

// Primary key.
void update_customer_row(Work& work, const Customer& customer) {
  const std::string sort_key = name_key(customer);
  const std::string phone = domain::customer::phone_key(customer.phone);
  auto statement = work.db.prepare(
      "UPDATE customers SET version = version + 1, kind = :kind, owner = :owner, department = :department, "
      "score = :score, do_not_contact = :do_not_contact, number_error = :number_error, "
      "last_follow_up = :last_follow_up, changed = :now, name = :name, name_key = :name_key, contact = :contact, "
      "phone = :phone, phone_key = :phone_key, email = :email, city = :city, source = :source, "
      "external_key = :external_key, address = :address, note = :note WHERE id = :customer");
  bind_content(statement, customer, sort_key, phone);
  statement.bind(":now", work.now).bind(":customer", customer.id).run();
}

void update_customer(Work& work, const Customer& customer, const Customer& before) {
  update_customer_row(work, customer);
  const std::string phone = domain::customer::phone_key(customer.phone);
  const std::string phone_before = domain::customer::phone_key(before.phone);
  if (customer.name != before.name || customer.contact != before.contact || phone != phone_before ||
      customer.external_key != before.external_key || customer.owner != before.owner ||
      customer.department != before.department)
    replace_search_entry(work, customer.id, searchable(customer, phone));
  CustomerCountMoves moves;
  moves.add(before.owner, before.department, -1);
  moves.add(customer.owner, customer.department, 1);
  moves.write(work);
}

// customers_by_phone.
CustomerId customer_by_phone(Work& work, const domain::access::Actor& actor, std::string_view phone_key) {
  if (phone_key.empty()) return {};
  return first_in_scope(work.db.prepare("SELECT id, owner, department FROM customers "
                                        "WHERE phone_key = :key AND phone_key <> '' ORDER BY id LIMIT 1000"),
                        actor, phone_key);
}

// customers_by_external_key.
CustomerId customer_by_external_key(Work& work, const domain::access::Actor& actor, std::string_view external_key) {
  if (external_key.empty()) return {};
  return first_in_scope(work.db.prepare("SELECT id, owner, department FROM customers "
                                        "WHERE external_key = :key AND external_key <> '' ORDER BY id LIMIT 1000"),
                        actor, external_key);
}

namespace {

void read_row(db::Row row, api::CustomerRow& read) {
  read.customer = row.id<CustomerId>(20);
  read.version = row.version(0);
  read.kind = static_cast<domain::customer::Kind>(row.integer(1));
  read.name = row.text(2);
  read.contact = row.text(3);
  read.phone = domain::customer::mask_phone(row.text(4));
  read.email = domain::customer::mask_email(row.text(5));
  read.city = row.text(6);
  read.source = row.text(7);
  read.owner = row.id<PersonId>(8);
  read.owner_name = row.text(9);
  read.department = row.id<DepartmentId>(10);
  read.department_name = row.text(11);
  read.score = read_score(row.integer(12));
  read.external_key = row.text(13);
  read.do_not_contact = row.boolean(14);
  read.number_error = row.boolean(15);
  read.last_follow_up = read_time(row.integer(16));
  read.created = row.instant(17);
  read.changed = row.instant(18);
  read.open_tasks = row.integer(19);
}

}  // namespace

// Primary keys and batch_items_of_customer; one statement for all of them: a page has fifty.
std::vector<api::CustomerRow> customer_rows(Work& work, std::span<const CustomerId> customers) {
  const std::string asked = json::encode(std::vector<CustomerId>(customers.begin(), customers.end()));
  std::vector<api::CustomerRow> rows(customers.size());
  work.db
      .prepare(R"sql(
    SELECT c.version, c.kind, c.name, c.contact, c.phone, c.email, c.city, c.source, c.owner, coalesce(p.name, ''),
           c.department, coalesce(d.name, ''), c.score, c.external_key, c.do_not_contact, c.number_error,
           c.last_follow_up, c.created, c.changed,
           (SELECT COUNT(*) FROM batch_items AS i JOIN batches AS b ON b.id = i.batch
            WHERE i.customer = c.id AND i.state <> 3 AND b.state = 0),
           c.id, asked.key
    FROM json_each(:customers) AS asked
    CROSS JOIN customers AS c ON c.id = asked.value
    LEFT JOIN people AS p ON p.id = c.owner
    LEFT JOIN departments AS d ON d.id = c.department)sql")  // 3 = ended; 0 = active
      .bind(":customers", asked)
      .each([&rows](db::Row row) { read_row(row, rows[static_cast<std::size_t>(row.integer(21))]); });
  std::erase_if(rows, [](const api::CustomerRow& row) { return !row.customer; });  // who is not there any more
  return rows;
}

void insert_customer_log(Work& work, const domain::access::Actor& actor, CustomerId customer, api::TimelineKind kind,
                         std::string_view text) {
  work.db
      .prepare(
          "INSERT INTO customer_log (customer, at, kind, actor, actor_name, text) "
          "VALUES (:customer, :now, :kind, :actor, :actor_name, :text)")
      .bind(":customer", customer)
      .bind(":now", work.now)
      .bind(":kind", static_cast<int>(kind))
      .bind_or_null(":actor", actor.person)
      .bind(":actor_name", actor.name)
      .bind(":text", text)
      .run();
}

// customer_log_by_customer.
std::vector<CustomerLogEntry> customer_log(Work& work, CustomerId customer, Instant at, std::int64_t id,
                                           std::int64_t limit) {
  return work.db
      .prepare(
          "SELECT id, at, kind, actor, actor_name, text FROM customer_log "
          "WHERE customer = :customer AND (at, id) < (:at, :id) ORDER BY at DESC, id DESC LIMIT :limit")
      .bind(":customer", customer)
      .bind(":at", at)
      .bind(":id", id)
      .bind(":limit", limit)
      .all([](db::Row row) {
        CustomerLogEntry read;
        read.id = row.integer(0);
        read.entry.at = row.instant(1);
        read.entry.kind = static_cast<api::TimelineKind>(row.integer(2));
        read.entry.actor = row.id<PersonId>(3);
        read.entry.actor_name = row.string(4);
        read.entry.text = row.string(5);
        return read;
      });
}

}  // namespace tw::services
