// The blocks of what waits: over the list of batches on a phone, and whole words in every width.
#include <gtest/gtest.h>

#include "client/views/batches.h"
#include "client/views/workbench.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

TEST(BlocksOnAPhone, stand_over_the_list_of_batches_which_stays_in_sight) {
  CannedStore canned;
  canned.add_everything();
  views::BatchesState state;
  canned.add_batches(state.request, 8);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batches(ui, canned.store, state); }, {360, 740});
  page.ui().set_density(ui::Density::touch);
  page.frames(4);
  for (const char* block : {"To confirm 7", "Need an executor 214", "Due soon 31", "Held by disabled people 6"}) {
    const a11y::Node& node = page.get(Role::button, block);
    EXPECT_GE(node.h, 44) << block;
    EXPECT_LE(node.x + node.w, 360) << block;
  }
  int rows = 0;
  for (const a11y::Node& node : page.tree().nodes()) rows += node.role == Role::row && node.y + node.h <= 740 - 56;
  EXPECT_GE(rows, 3) << "the list is pushed out of sight";
  page.click(Role::button, "Held by disabled people 6");
  const auto pushed = canned.pushed<commands::Go>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].path, "/batches/7?state=executing&held=disabled");
}

TEST(BlocksOverTheListOfBatches, are_those_of_both_for_whoever_manages_and_executes) {
  CannedStore canned;
  canned.add_everything();
  views::BatchesState state;
  canned.add_batches(state.request, 3);
  const auto shown = [&](std::string_view name) {
    ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batches(ui, canned.store, state); }, {1200, 900});
    page.frames(3);
    return page.find(Role::button, name) != nullptr;
  };
  api::ViewWorkbench::Response bench = *canned.store.workbench;
  bench.returned_to_me = 4;
  canned.store.workbench.answer(canned.store.workbench.ask(), bench);
  EXPECT_TRUE(shown("To confirm 7"));
  EXPECT_TRUE(shown("Returned to me 4"));
  bench.my_executing = bench.returned_to_me = bench.completed_today = 0;
  for (api::Block& block : bench.blocks)
    if (block.what == api::Waiting::claimable) block.items = 0;
  canned.store.workbench.answer(canned.store.workbench.ask(), bench);
  EXPECT_TRUE(shown("To confirm 7"));
  EXPECT_FALSE(shown("Returned to me 0")) << "who executes nothing is told nothing of it";
}

TEST(Workbench, cuts_no_second_line_of_a_block) {
  for (const char* language : {"en", "zh-CN"}) {
    for (const float width : {1200.0f, 1000.0f, 390.0f}) {
      SCOPED_TRACE(std::string(language) + " " + std::to_string(width));
      CannedStore canned;
      canned.add_everything();
      views::WorkbenchState state;
      ViewPage page(
          canned, [&](ui::Ui& ui) { views::draw_workbench(ui, canned.store, state); }, {width, 900}, language);
      page.frames(3);
      int parts = 0;
      for (const ui::DrawnWords& words : page.drawn()) {
        EXPECT_FALSE(words.cut && words.words.find("·") != std::string::npos) << words.words;
        for (const char* last : {"abandoned", "放弃"}) parts += words.words.find(last) != std::string::npos;
      }
      EXPECT_GE(parts, 1) << "the last part is not there";
    }
  }
}

TEST(Workbench, breaks_no_word_of_a_block_that_stands_before_its_number) {
  for (float width = 900; width <= 1280; width += 20) {
    SCOPED_TRACE(width);
    CannedStore canned;
    canned.add_everything();
    views::WorkbenchState state;
    ViewPage page(
        canned, [&](ui::Ui& ui) { views::draw_workbench(ui, canned.store, state); }, {width, 900}, "zh-CN");
    page.frames(3);
    for (const ui::DrawnWords& words : page.drawn()) {
      if (words.words.find("·") == std::string::npos) continue;
      for (const char* first : {"放", "重"})
        EXPECT_FALSE(words.words.size() > 3 && words.words.compare(words.words.size() - 3, 3, first) == 0)
            << words.words;
    }
  }
}

TEST(BlocksOnAPhone, cut_no_caption_on_the_smallest_page) {
  for (const char* language : {"en", "zh-CN"}) {
    CannedStore canned;
    canned.add_everything();
    views::BatchesState state;
    canned.add_batches(state.request, 8);
    ViewPage page(
        canned, [&](ui::Ui& ui) { views::draw_batches(ui, canned.store, state); }, {320, 640}, language);
    page.ui().set_density(ui::Density::touch);
    page.frames(4);
    int captions = 0;
    for (const ui::DrawnWords& words : page.drawn())
      for (const char* one : {"To confirm", "Need an", "Held by", "完成待确认", "停用人员"})
        if (words.words.rfind(one, 0) == 0) {
          ++captions;
          EXPECT_FALSE(words.cut) << words.words;
        }
    EXPECT_GE(captions, 2);
  }
}

}  // namespace
}  // namespace tw::test
