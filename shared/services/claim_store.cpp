// See claim_store.h.
//
// How a draw is fair. Draw keys are random, made when an item is added, and never shown. "The next key after a random
// point" would favour whoever stands behind a wide gap, and would do so for as long as the item is free. So the space
// of keys is cut into bins of one width, about eight free items each; a bin is chosen, then a place in it out of many
// more places than it has items. A place where nobody stands is no draw: go on. So every item has the same chance each
// time, 1 / (bins * places).
#include "services/claim_store.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "core/text.h"
#include "domain/allocation/eligible.h"
#include "services/candidates.h"

namespace tw::services {

namespace {

constexpr std::int64_t keys = std::int64_t{1} << 32;  // as add_to_batch draws them
constexpr std::int64_t items_a_bin = 8;
constexpr std::int64_t places_a_bin = 40;  // that a bin of eight has more is less likely than 1 in 10^13

// Few enough to look at all of them: then everybody is dealt from one pack.
constexpr std::int64_t few = 64;

class Dice {
 public:
  explicit Dice(Random& random) : random_(random) {}
  // From 0 to below `sides`, which is far below 2^53: the odds differ by less than 1 in 2^10.
  std::int64_t roll(std::int64_t sides) {
    if (at_ == thrown_.size()) {
      random_.fill(thrown_);
      at_ = 0;
    }
    std::uint64_t number = 0;
    for (int byte = 0; byte < 8; ++byte) number = number << 8 | thrown_[at_++];
    return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(sides));
  }

 private:
  Random& random_;
  std::array<unsigned char, 1024> thrown_{};
  std::size_t at_ = thrown_.size();
};

class Draw {
 public:
  Draw(Work& work, BatchId batch, PersonId person)
      : work_(work), batch_(batch), person_(person), reader_(work), dice_(work.env.random) {}

  std::vector<AllocatableReader::Found> take(std::int64_t wanted, std::int64_t free) {
    if (free <= 4 * wanted + few) {
      deal(wanted);
    } else {
      throw_for(wanted, free);
      if (missing(wanted) > 0) walk(wanted);
    }
    return std::move(drawn_);
  }

 private:
  std::int64_t missing(std::int64_t wanted) const { return wanted - static_cast<std::int64_t>(drawn_.size()); }

  void offer(ItemId id) {
    if (!seen_.insert(id.value).second) return;
    auto found = reader_.find(id);
    if (!found) return;
    domain::allocation::CandidatePerson anybody;  // caps and standing are asked before: here only what they may have
    anybody.person = person_;
    if (domain::allocation::eligible(candidate_item(*found), anybody) == 0) drawn_.push_back(std::move(*found));
  }

  // All that are free, shuffled as far as needed.
  void deal(std::int64_t wanted) {
    auto statement = work_.db.prepare(R"sql(
      SELECT id FROM batch_items WHERE batch = :batch AND state IN (0, 4, 5) ORDER BY draw, id)sql");  // batch_items_free
    auto pack = statement.bind(":batch", batch_).all([](db::Row row) { return row.id<ItemId>(0); });
    for (std::size_t at = 0; at < pack.size() && missing(wanted) > 0; ++at) {
      const auto other = at + static_cast<std::size_t>(dice_.roll(static_cast<std::int64_t>(pack.size() - at)));
      std::swap(pack[at], pack[other]);
      offer(pack[at]);
    }
  }

  void throw_for(std::int64_t wanted, std::int64_t free) {
    const std::int64_t bins = std::max<std::int64_t>(1, free / items_a_bin);
    auto statement = work_.db.prepare(R"sql(
      SELECT id FROM batch_items
      WHERE batch = :batch AND state IN (0, 4, 5) AND draw >= :from AND draw < :until
      ORDER BY draw, id
      LIMIT 1 OFFSET :place)sql");  // batch_items_free, and nothing but it
    // One in five places is taken; many more throws than that mean that they may have next to none of the items.
    for (std::int64_t throws = 60 * wanted + 600; throws > 0 && missing(wanted) > 0; --throws) {
      const std::int64_t bin = dice_.roll(bins);
      statement.again();
      const auto id = statement.bind(":batch", batch_)
                          .bind(":from", keys * bin / bins)
                          .bind(":until", keys * (bin + 1) / bins)
                          .bind(":place", dice_.roll(places_a_bin))
                          .integer_or(0);
      if (id != 0) offer({id});
    }
  }

  // Next to nothing of what is free may go to this person: look for it, from somewhere on, once around.
  void walk(std::int64_t wanted) {
    const std::int64_t from = dice_.roll(keys);
    walk(wanted, from, keys);
    if (missing(wanted) > 0) walk(wanted, 0, from);
  }

  void walk(std::int64_t wanted, std::int64_t from, std::int64_t until) {
    auto statement = work_.db.prepare(R"sql(
      SELECT i.id
      FROM batch_items i
      CROSS JOIN customers c ON c.id = i.customer
      WHERE i.batch = :batch AND i.state IN (0, 4, 5) AND i.draw >= :from AND i.draw < :until
        AND COALESCE(i.barred, 0) <> :person AND c.do_not_contact = 0 AND c.number_error = 0
      ORDER BY i.draw, i.id
      LIMIT :limit)sql");  // batch_items_free
    const auto ids = statement.bind(":batch", batch_)
                         .bind(":person", person_)
                         .bind(":from", from)
                         .bind(":until", until)
                         .bind(":limit", wanted + static_cast<std::int64_t>(seen_.size()))  // may come again
                         .all([](db::Row row) { return row.id<ItemId>(0); });
    for (const ItemId id : ids)
      if (missing(wanted) > 0) offer(id);
  }

  Work& work_;
  const BatchId batch_;
  const PersonId person_;
  AllocatableReader reader_;
  Dice dice_;
  std::set<std::int64_t> seen_;
  std::vector<AllocatableReader::Found> drawn_;
};

}  // namespace

std::vector<AllocatableReader::Found> draw_free(Work& work, BatchId batch, PersonId person, std::int64_t wanted,
                                                std::int64_t free) {
  return Draw(work, batch, person).take(wanted, free);
}

std::int64_t untouched_draws(Work& work, BatchId batch, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*) FROM batch_items
    WHERE executor = :person AND batch = :batch AND drawn = 1)sql");  // batch_items_drawn
  return statement.bind(":person", person).bind(":batch", batch).integer_or(0);
}

Result<FreePage> free_page(Work& work, BatchId batch, PersonId person, const std::string& after, std::int64_t limit) {
  std::int64_t draw = -1, item = 0;
  if (!after.empty()) {
    const auto parts = text::split(after, ':');
    const auto first = text::to_integer(parts[0]);
    const auto second = parts.size() == 2 ? text::to_integer(parts[1]) : std::nullopt;
    if (!first || !second) return field_error("after", text_key("field.bad_cursor"));
    draw = *first;
    item = *second;
  }
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.draw
    FROM batch_items i
    CROSS JOIN customers c ON c.id = i.customer
    WHERE i.batch = :batch AND i.state IN (0, 4, 5) AND (i.draw, i.id) > (:draw, :item)
      AND COALESCE(i.barred, 0) <> :person AND c.do_not_contact = 0 AND c.number_error = 0
    ORDER BY i.draw, i.id
    LIMIT :limit)sql");  // batch_items_free
  statement.bind(":batch", batch).bind(":person", person).bind(":draw", draw).bind(":item", item);
  FreePage page;
  statement.bind(":limit", limit + 1).each([&](db::Row row) {
    if (static_cast<std::int64_t>(page.ids.size()) == limit) {
      page.next = std::to_string(draw) + ":" + std::to_string(item);
      return;
    }
    page.ids.push_back(row.id<ItemId>(0));
    item = row.integer(0);
    draw = row.integer(1);
  });
  return page;
}

}  // namespace tw::services
