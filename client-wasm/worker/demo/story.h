// What happened at the company in the last ninety days: a list of scenes, each at its moment, the last of them minutes
// ago.
//
// Days are working days before today, weekends left out, so that the same happens in the same order whatever day it is;
// only the dates move. The scenes of "today" are told by minutes before now, because now may be in the night.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "core/zone.h"
#include "demo/batch_work.h"
#include "demo/customers.h"
#include "demo/founding.h"
#include "demo/late_file.h"

namespace tw::demo {

inline constexpr int days_told = 90;

struct Scene {
  Instant at;
  std::int64_t weight = 1;  // roughly the requests in it, for progress
  std::function<void()> play;
};

class Story {
 public:
  // `lists` and `office` must outlive it.
  Story(Office& office, const Lists& lists, std::string language, Instant now, std::int64_t customers,
        std::int64_t late_customers);
  Story(const Story&) = delete;
  Story& operator=(const Story&) = delete;

  // In order of time. They refer to this story.
  std::vector<Scene> scenes();
  // The import that nobody has seen the end of.
  const LateImport& late() const { return late_; }

 private:
  void tell_founding();
  void tell_imports();
  void tell_customers();
  void tell_ended();
  void tell_terminated();
  void tell_claimed();
  void tell_overdue();
  void tell_under_way();
  void tell_held_by_leaver();
  void tell_claiming();
  void tell_working_time();
  void tell_waiting();
  void tell_evenings();

  // The working day so many before today; the last of them is `first_day`, in which the company is founded.
  Instant on(int working_day, int hour, int minute = 0) const;
  Instant before_now(int minutes_ago) const { return now_ - minutes(minutes_ago); }
  void scene(Instant at, std::int64_t weight, std::function<void()> play);
  void work_days(Subject subject, int from, int to, int hour, const Effort& effort, const Review& review);

  void import(std::size_t file, std::int64_t rows);
  void add_customer(PersonId person);
  void update_customer(PersonId person);
  void disable(PersonId person);

  Office& office_;
  const Lists& lists_;
  std::string language_;
  Instant now_;
  Zone zone_;
  std::int64_t today_;
  std::vector<std::int64_t> working_days_;  // day numbers, backwards from yesterday
  std::int64_t customers_;
  LateImport late_;
  std::int64_t added_one_by_one_ = 0;
  Company company_;
  Founding founding_;
  CustomerMaker maker_;
  BatchWork batches_;
  std::vector<Scene> scenes_;
};

}  // namespace tw::demo
