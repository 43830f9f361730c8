// What a page costs before and while it is used: bytes of the first load (the files as served, gzipped), and the time
// to build one frame of the customer list over a million rows, headless, at rest and while scrolling, and what of that
// is the accessibility tree (what the page does with it is measured in a browser, tests/e2e/mirror). There is no bare
// SQLite beside these; the goals stand alone.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "client/a11y/mirror.h"
#include "client/views/customers.h"
#include "support/bench.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::bench {
namespace {

constexpr std::int64_t rows = 1'000'000;
constexpr int loaded_pixels =
    60 * 40;  // the canned page holds 100 rows of 40 pixels, and 40 of them are in view at most

void frames(Table& table, const std::string& name, int pixels_a_frame) {
  test::CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), rows);
  test::Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  page.frames(20);
  std::vector<double> samples;
  for (int i = 0; i < 500; ++i) {
    state.table.scroll = i * pixels_a_frame % loaded_pixels;
    samples.push_back(seconds_of([&] { page.frames(1); }));
  }
  table.milliseconds(name, percentile(samples, 0.95), 0, 2);
}

// The same frames with the tree announced, hashed and told, and without: the difference is the mirror's.
void mirror(Table& table) {
  test::CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), rows);
  test::Harness page({1920, 1080});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  std::size_t told = 0;
  a11y::Mirror to_page([&](std::string_view json) { told += json.size(); });
  double now = 0;
  const auto frame = [&](bool on) {
    page.ui().mirror(on);
    return seconds_of([&] {
      page.frame();
      to_page.update(page.tree(), page.ui().focused(), now += 1.0 / 60, on);
    });
  };
  const auto median = [&](bool on) {
    for (int i = 0; i < 20; ++i) frame(on);
    std::vector<double> samples;
    for (int i = 0; i < 500; ++i) samples.push_back(frame(on));
    return percentile(samples, 0.5);
  };
  const double with = median(true), nodes = static_cast<double>(page.tree().nodes().size()), without = median(false);
  std::printf("%.0f nodes at 1920 x 1080\n", nodes);
  table.milliseconds("mirror on, more per frame (built and hashed), median", with - without, 0, 0.3);
  table.plain("  a frame with it", with);
  table.plain("  a frame without", without);
  std::vector<double> samples;
  for (int i = 0; i < 100; ++i) {
    frame(true);
    state.table.selection.keys = {i % 2 + 1};
    page.ui().mirror(true);
    page.frame();
    samples.push_back(seconds_of([&] { to_page.update(page.tree(), page.ui().focused(), now += 1.0 / 60); }));
  }
  table.milliseconds("a changed state, hashed and told, p95", percentile(samples, 0.95), 0, 0.5);
}

// The board of allocation: so many wait, so many people; at rest, while the list scrolls, while somebody carries a
// customer over the people, with a draft of 50,000 entries by hand.
void board(Table& table) {
  constexpr std::int64_t waiting = 100'000, people = 200;
  test::CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = test::batch_page(commands::BatchTab::allocate);
  canned.add_items(views::items_request(state), 100, domain::batch::ItemState::unassigned);
  canned.store.items.open(store::Store::key_of(views::items_request(state))).total = {waiting, true};
  auto& plan = *canned.store.plan.find(7)->value;
  auto& batch = *canned.store.batch.find(7)->value;
  while (static_cast<std::int64_t>(plan.people.size()) < people) {
    plan.people.push_back(plan.people[plan.people.size() % 7]);
    plan.people.back().person = {static_cast<std::int64_t>(1000 + plan.people.size())};
    batch.executors.push_back(batch.executors[0]);
    batch.executors.back().person = plan.people.back().person;
  }
  std::vector<api::ItemVersion> by_hand;
  for (std::int64_t i = 0; i < waiting / 2; ++i) by_hand.push_back({{200 + i}, {1}});
  state.draft().give(by_hand, plan.people[3].person, false);
  test::ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  const auto frames = [&](const std::string& name, auto each) {
    page.frames(20);
    std::vector<double> samples;
    for (int i = 0; i < 300; ++i) {
      each(i);
      samples.push_back(seconds_of([&] { page.frames(1); }));
      canned.queue.take();
    }
    table.milliseconds(name, percentile(samples, 0.95), 0, 4);
  };
  frames("frame of the board, 100,000 wait, 200 people, p95", [](int) {});
  frames("  the same while the list scrolls", [&](int i) { state.items.scroll = i * 37 % loaded_pixels; });
  state.items.scroll = 0;
  page.frames(3);
  const a11y::Node row = page.get(a11y::Role::row, "客户1"), lane = page.get(a11y::Role::group, "李莉");
  page.drag_over(row, lane);
  frames("  the same while a customer is carried", [&](int i) {
    page.move_to({lane.x + static_cast<float>(i % 300), lane.y + 20});
  });
}

// The same six requests that a browser makes, without the API's two small replies.
void first_load() {
  const char* web = std::getenv("TIDEWATER_WEB");
  if (!web) {
    std::printf("TIDEWATER_WEB names no folder: the first load is not measured\n");
    return;
  }
  std::uintmax_t bytes = 0;
  int files = 0;
  const auto add = [&](const std::filesystem::path& file) {
    const std::filesystem::path packed = file.string() + ".gz";
    bytes += std::filesystem::file_size(std::filesystem::exists(packed) ? packed : file);
    ++files;
  };
  for (const auto& entry : std::filesystem::directory_iterator(web))
    if (entry.is_regular_file() && entry.path().extension() != ".gz" &&
        entry.path().filename().string().rfind("crash.", 0) != 0 &&    // fetched only then,
        entry.path().filename().string().rfind("signed_in.", 0) != 0)  // and while a password is typed
      add(entry.path());
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(web) / "i18n"))
    if (entry.path().filename().string().rfind("zh-CN", 0) == 0 && entry.path().extension() != ".gz") add(entry.path());
  const double kilobytes = static_cast<double>(bytes) / 1024;
  std::printf("%-64s %9.1f KB %20s <= 400 KB%s\n",
              ("first load, " + std::to_string(files) + " files in Chinese").c_str(), kilobytes, "",
              kilobytes <= 400 ? "" : "  MISSED");
}

}  // namespace
}  // namespace tw::bench

int main() {
  tw::bench::Table table("The page");
  tw::bench::frames(table, "frame of the customer list, 1,000,000 rows, p95", 0);
  tw::bench::frames(table, "  the same while scrolling", 37);
  tw::bench::board(table);
  tw::bench::mirror(table);
  tw::bench::first_load();
}
