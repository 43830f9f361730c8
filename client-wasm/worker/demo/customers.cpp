#include "demo/customers.h"

#include "core/date.h"
#include "core/text.h"

namespace tw::demo {

namespace {

using domain::customer::Kind;

constexpr std::int64_t english_percent = 22;
constexpr std::int64_t company_percent = 60;
constexpr std::int64_t numbers_of_an_area = 100;  // 555-0100 to 555-0199

std::string padded(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

void put_cell(std::string& file, std::string_view cell) {
  if (!file.empty() && file.back() != '\n') file += ',';
  const bool quoted = cell.find_first_of(",\"\n") != std::string_view::npos;
  if (quoted) file += '"';
  for (const char c : cell) {
    if (c == '"') file += '"';
    file += c;
  }
  if (quoted) file += '"';
}

}  // namespace

CustomerMaker::CustomerMaker(const Lists& lists, std::string language, Dice& dice, std::int64_t today,
                             std::int64_t made)
    : lists_(lists),
      language_(std::move(language)),
      dice_(dice),
      today_(today),
      made_(made),
      // Surely more than those had English names.
      made_english_(made == 0 ? 0 : made * english_percent / 100 + numbers_of_an_area) {}

void CustomerMaker::name_chinese(MadeUpCustomer& made) {
  const Words& surname = dice_.pick(lists_.names.surnames);
  const Words& given = dice_.pick(lists_.names.given_names);
  const std::string person = surname.zh + given.zh;
  if (made.kind == Kind::company) {
    const std::string& head = dice_.pick(lists_.companies.heads);
    const std::string& tail = dice_.pick(lists_.companies.tails);
    const std::string& trade = dice_.pick(lists_.companies.trades);
    made.name = head + tail + trade + dice_.pick(lists_.companies.forms);
    made.contact = person;
  } else {
    made.name = person;
  }
  // The product modulo a prime: each number once, and neighbours far apart.
  made.phone = dice_.pick(lists_.places.mobile_prefixes) + padded(made_ * 7919 % 9'999'991 + 10'000'000, 8);
  made.email = text::lower(given.en) + "." + text::lower(surname.en) + std::to_string(made_) + "@example.com";
  made.city = word(lists_.places.cities);
  const std::string& street = dice_.pick(lists_.places.streets);
  made.address = street + std::to_string(dice_.between(1, 399)) + "号";
}

void CustomerMaker::name_english(MadeUpCustomer& made) {
  const std::string& first = dice_.pick(lists_.names.english_first_names);
  const std::string& last = dice_.pick(lists_.names.english_last_names);
  if (made.kind == Kind::company) {
    const std::string& head = dice_.pick(lists_.companies.english_heads);
    const std::string& tail = dice_.pick(lists_.companies.english_tails);
    const std::string& trade = dice_.pick(lists_.companies.english_trades);
    made.name = head + tail + " " + trade + " " + dice_.pick(lists_.companies.english_forms);
    made.contact = first + " " + last;
  } else {
    made.name = first + " " + last;
  }
  const auto& areas = lists_.places.english_area_codes;
  const auto area = static_cast<std::size_t>(made_english_ / numbers_of_an_area);
  if (area < areas.size())  // beyond them there is no number that is surely nobody's
    made.phone = "+1 " + areas[area] + " 555 " + padded(100 + made_english_ % numbers_of_an_area, 4);
  ++made_english_;
  made.email = text::lower(first) + "." + text::lower(last) + std::to_string(made_) + "@example.org";
  made.city = word(lists_.places.english_cities);
  const std::string number = std::to_string(dice_.between(1, 240));
  made.address = number + " " + dice_.pick(lists_.places.english_streets);
}

void CustomerMaker::fill_fields(MadeUpCustomer& made) {
  if (dice_.chance(85)) made.level = word(lists_.company.levels);
  if (dice_.chance(70)) {
    const std::string whole = std::to_string(dice_.between(1, 480));
    made.spending = whole + (dice_.chance(40) ? ".5" : "");
  }
  if (dice_.chance(60)) made.contract_until = written_day(today_ + dice_.between(-60, 540));
  if (dice_.chance(80)) made.trade = word(lists_.company.trades);
  if (dice_.chance(50)) made.interest = word(lists_.company.products);
}

MadeUpCustomer CustomerMaker::make() {
  MadeUpCustomer made;
  ++made_;
  made.kind = dice_.chance(company_percent) ? Kind::company : Kind::person;
  if (dice_.chance(english_percent))
    name_english(made);
  else
    name_chinese(made);
  if (dice_.chance(30)) made.email.clear();
  made.source = word(lists_.company.sources);
  if (dice_.chance(92)) made.score = std::to_string(dice_.between(5, 100));
  if (dice_.chance(15)) made.note = word(lists_.notes.customer);
  made.external_key = "KH" + padded(made_, 6);
  made.do_not_contact = dice_.chance(2);
  fill_fields(made);
  return made;
}

std::vector<api::ColumnMapping> mapping_of_file(std::span<const CustomerFieldId> fields) {
  std::vector<api::ColumnMapping> mapping;
  std::int64_t column = 0;
  for (const std::string_view name : file_columns)
    mapping.push_back({column++, api::MapTo::standard, std::string(name), {}, {}, {}});
  for (const CustomerFieldId field : fields.first(file_fields))
    mapping.push_back({column++, api::MapTo::custom, {}, field, {}, {}});
  return mapping;
}

std::string CustomerMaker::file(std::int64_t rows, const std::vector<std::string>& owners) {
  const FieldNames& fields = lists_.company.fields;
  std::string file;
  for (const std::string_view column : file_columns) put_cell(file, column);
  for (const Words* field : {&fields.level, &fields.spending, &fields.contract_until, &fields.trade, &fields.interest})
    put_cell(file, field->in(language_));
  file += '\n';
  for (std::int64_t row = 0; row < rows; ++row) {
    const MadeUpCustomer made = make();
    const std::string& owner = dice_.pick(owners);
    const std::string_view cells[] = {wire_name(made.kind),
                                      made.name,
                                      made.contact,
                                      made.phone,
                                      made.email,
                                      made.city,
                                      made.address,
                                      made.source,
                                      owner,
                                      made.score,
                                      made.note,
                                      made.external_key,
                                      made.do_not_contact ? "yes" : "no",
                                      made.level,
                                      made.spending,
                                      made.contract_until,
                                      made.trade,
                                      made.interest};
    for (const std::string_view cell : cells) put_cell(file, cell);
    file += '\n';
  }
  return file;
}

}  // namespace tw::demo
