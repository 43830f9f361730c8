// What the demo world is made of: the lists of assets/demo, compiled in. Invented all of it: no person, no company, no
// phone that rings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/describe.h"
#include "core/result.h"

namespace tw::demo {

inline constexpr FieldRule some = rule::list(1, 1000);

// A text in the two languages of the product.
struct Words {
  std::string zh;
  std::string en;
  const std::string& in(std::string_view language) const { return language == "en" ? en : zh; }
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("zh", s.zh, rule::text(1, 400));
    v("en", s.en, rule::text(1, 400));
  }
};

struct Names {
  std::vector<Words> surnames;
  std::vector<Words> given_names;
  std::vector<std::string> english_first_names;
  std::vector<std::string> english_last_names;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("surnames", s.surnames, some);
    v("given_names", s.given_names, some);
    v("english_first_names", s.english_first_names, some);
    v("english_last_names", s.english_last_names, some);
  }
};

// A name is a head, a tail, a trade and a form: "霁川" "物流" "有限公司", "Alder" "mere" "Foods" "Ltd".
struct Companies {
  std::vector<std::string> heads;
  std::vector<std::string> tails;
  std::vector<std::string> trades;
  std::vector<std::string> forms;
  std::vector<std::string> english_heads;
  std::vector<std::string> english_tails;
  std::vector<std::string> english_trades;
  std::vector<std::string> english_forms;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("heads", s.heads, some);
    v("tails", s.tails, some);
    v("trades", s.trades, some);
    v("forms", s.forms, some);
    v("english_heads", s.english_heads, some);
    v("english_tails", s.english_tails, some);
    v("english_trades", s.english_trades, some);
    v("english_forms", s.english_forms, some);
  }
};

struct Places {
  std::vector<Words> cities;
  std::vector<Words> english_cities;
  std::vector<std::string> streets;
  std::vector<std::string> english_streets;
  std::vector<std::string> mobile_prefixes;     // that no operator gives to anybody
  std::vector<std::string> english_area_codes;  // before 555-01xx, which is kept for fiction
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("cities", s.cities, some);
    v("english_cities", s.english_cities, some);
    v("streets", s.streets, some);
    v("english_streets", s.english_streets, some);
    v("mobile_prefixes", s.mobile_prefixes, some);
    v("english_area_codes", s.english_area_codes, some);
  }
};

struct BatchWords {
  Words subject;
  Words description;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("subject", s.subject, rule::required);
    v("description", s.description, rule::required);
  }
};

struct FieldNames {
  Words level;
  Words spending;
  Words contract_until;
  Words trade;
  Words interest;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("level", s.level, rule::required);
    v("spending", s.spending, rule::required);
    v("contract_until", s.contract_until, rule::required);
    v("trade", s.trade, rule::required);
    v("interest", s.interest, rule::required);
  }
};

// What has a place of its own in the story stands in its order: departments (founding.cpp), batches (cast.h).
struct CompanyWords {
  Words company;
  std::vector<Words> departments;
  std::vector<Words> calendars;
  std::vector<Words> groups;
  std::vector<Words> policies;
  FieldNames fields;
  std::vector<Words> levels;
  std::vector<Words> trades;
  std::vector<Words> products;
  std::vector<Words> sources;
  std::vector<Words> files;
  std::vector<BatchWords> batches;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("company", s.company, rule::required);
    v("departments", s.departments, rule::list(10, 10));
    v("calendars", s.calendars, rule::list(2, 2));
    v("groups", s.groups, rule::list(4, 4));
    v("policies", s.policies, rule::list(3, 3));
    v("fields", s.fields, rule::required);
    v("levels", s.levels, some);
    v("trades", s.trades, some);
    v("products", s.products, some);
    v("sources", s.sources, some);
    v("files", s.files, rule::list(4, 4));
    v("batches", s.batches, rule::list(12, 12));
  }
};

struct Notes {
  std::vector<Words> progress;
  std::vector<Words> completion;
  std::vector<Words> abandon;
  std::vector<Words> send_back;
  std::vector<Words> reset;
  std::vector<Words> transfer;
  std::vector<Words> terminate;
  std::vector<Words> customer;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("progress", s.progress, some);
    v("completion", s.completion, some);
    v("abandon", s.abandon, some);
    v("return", s.send_back, some);
    v("reset", s.reset, some);
    v("transfer", s.transfer, some);
    v("terminate", s.terminate, rule::list(2, 2));
    v("customer", s.customer, some);
  }
};

struct Lists {
  Names names;
  Companies companies;
  Places places;
  CompanyWords company;
  Notes notes;
};

Result<Lists> read_lists();

// assets/demo/NAME.json; empty: there is no such list. Written by tools/embed_demo.py.
std::string_view demo_json(std::string_view name);

}  // namespace tw::demo
