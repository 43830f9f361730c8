// See item_rows.h.
#include "services/item_rows.h"

#include <algorithm>
#include <map>

#include "domain/customer/customer.h"
#include "services/customer_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::access::Actor;

namespace {

// Names that repeat within a page are looked up once.
class Names {
 public:
  explicit Names(Work& work) : work_(work) {}
  const std::string& person(PersonId id) {
    const auto found = people_.find(id);
    return found != people_.end() ? found->second : people_.emplace(id, id ? name_of(work_, id) : "").first->second;
  }
  const Batch& batch(BatchId id) {
    const auto found = batches_.find(id);
    if (found != batches_.end()) return found->second;
    return batches_.emplace(id, load_batch(work_, id).value_or(Batch{})).first->second;
  }

 private:
  Work& work_;
  std::map<PersonId, std::string> people_;
  std::map<BatchId, Batch> batches_;
};

std::map<CustomerId, CustomerCard> cards_of(Work& work, const std::vector<Item>& items) {
  std::vector<CustomerId> ids;
  for (const Item& item : items) ids.push_back(item.customer);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<CustomerId, CustomerCard> cards;
  for (CustomerCard& card : customer_cards(work, ids)) {
    const CustomerId id = card.customer;
    cards.emplace(id, std::move(card));
  }
  return cards;
}

void show_customer(const CustomerCard& card, bool whole, api::ItemRow& row) {
  row.customer_name = card.name;
  if (card.name.empty()) row.customer_key = card.external_key;
  row.phone = domain::customer::mask_phone(card.phone);
  row.do_not_contact = card.do_not_contact;
  row.number_error = card.number_error;
  if (!whole) return;
  row.city = card.city;
  row.score = card.score;
}

void show_item(const Item& item, api::ItemRow& row) {
  row.item = item.id;
  row.version = item.facts.version;
  row.batch = item.batch;
  row.customer = item.customer;
  row.state = item.facts.state;
  row.executor = item.facts.executor;
  row.due_at = item.facts.clock.due_at;
  row.next_follow_up = item.next_follow_up;
  row.returned = item.facts.returned;
  row.rounds = item.facts.rounds;
  row.ever_allocated = item.facts.ever_allocated;
  row.barred = item.facts.barred;
  row.last_text = item.last_text;
  using domain::batch::ItemState;
  row.completed_late =
      item.completed_late && (item.facts.state == ItemState::completed || item.facts.state == ItemState::ended);
  row.changed = item.changed;
}

}  // namespace

std::vector<api::ItemRow> item_rows(Work& work, const Actor& actor, const std::vector<ItemId>& ids, CustomerPart part) {
  std::vector<Item> items;
  for (const ItemId id : ids)
    if (auto item = load_item(work, id)) items.push_back(std::move(*item));
  const auto cards = cards_of(work, items);
  Names names(work);
  std::vector<api::ItemRow> rows;
  for (const Item& item : items) {
    api::ItemRow& row = rows.emplace_back();
    show_item(item, row);
    row.subject = names.batch(item.batch).subject;
    row.end_date = names.batch(item.batch).ends_at;
    row.executor_name = names.person(item.facts.executor);
    const auto card = cards.find(item.customer);
    if (card == cards.end()) continue;
    const bool whole =
        part == CustomerPart::whole_card || domain::access::reaches(actor, card->second.owner, card->second.department);
    show_customer(card->second, whole, row);
  }
  return rows;
}

}  // namespace tw::services
