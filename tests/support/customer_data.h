// A million made-up customers, the same in every run: names of the shared list where TIDEWATER_SHARED_DATA points to
// one, otherwise made of syllables; Chinese phones, fifty cities, scores, owners and departments by number.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "support/random.h"

namespace tw::support {

struct MadeUpCustomer {
  std::string name;
  std::string contact;
  std::string phone;
  std::string email;
  std::string city;
  std::string address;
  std::string external_key;
  std::int64_t score = 0;
};

class CustomerMaker {
 public:
  CustomerMaker() {
    if (const char* folder = std::getenv("TIDEWATER_SHARED_DATA")) {
      std::ifstream file(std::string(folder) + "/company-names.txt");
      for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) names_.push_back(line);
      }
    }
    real_ = !names_.empty();
    static constexpr const char* syllables[] = {"天", "海", "华", "中", "新", "东", "金", "大", "明", "科",
                                                "安", "宏", "达", "信", "通", "福", "源", "泰", "盛", "Lan",
                                                "Mo", "Ri", "To", "Ka", "阳", "光", "美", "宝", "龙", "北"};
    while (names_.size() < 200'000) {
      std::string name;
      for (auto left = random_.between(2, 5); left > 0; --left) name += syllables[random_.between(0, 29)];
      names_.push_back(std::move(name));
    }
  }
  bool real() const { return real_; }
  const std::vector<std::string>& names() const { return names_; }

  // Call with 1, 2, 3 …
  MadeUpCustomer make(std::int64_t number) {
    MadeUpCustomer made;
    const auto count = static_cast<std::int64_t>(names_.size());
    made.name = names_[static_cast<std::size_t>(number * 7919 % count)];
    if (number > count) made.name += std::to_string(number / count);
    made.contact = "联系人" + std::to_string(random_.between(1, 999));
    made.phone = "1" + std::to_string(random_.between(3'000'000'000, 9'999'999'999));
    made.email = "user" + std::to_string(number) + "@example.com";
    made.city = "城市" + std::to_string(random_.between(1, 50));
    made.address = "某某大道" + std::to_string(random_.between(1, 999)) + "号";
    made.external_key = "K" + std::to_string(number);
    made.score = random_.between(0, 100);
    return made;
  }
  Seeded& random() { return random_; }

 private:
  Seeded random_{20261121};
  std::vector<std::string> names_;
  bool real_ = false;
};

}  // namespace tw::support
