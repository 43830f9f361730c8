#include "client/storybook/page.h"

#include <algorithm>

#include "client/ui/themes.h"
#include "core/text.h"

namespace tw::storybook {

Address parse_address(std::string_view path) {
  Address address;
  const std::size_t hash = path.find('#');
  if (hash == std::string_view::npos) return address;
  for (const std::string_view pair : text::split(path.substr(hash + 1), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals), value = pair.substr(std::min(pair.size(), equals + 1));
    if (name == "story") address.story = std::string(value);
    if (name == "theme" && !ui::theme_json(value).empty()) address.theme = std::string(value);
    if (name == "lang" && value == "en") address.language = "en";
    if (name == "letters") address.boxes = value == "boxes";
    if (name == "density" && value == "compact") address.density = ui::Density::compact;
    if (name == "density" && value == "touch") address.density = ui::Density::touch;
  }
  return address;
}

StoryPage::StoryPage(platform::Platform& platform, ui::Ui& ui) : platform_(platform), ui_(ui) {
  for (const Story& story : stories_) list_ += story.group + " " + story.key + "\n";
  ui_.set_catalog(&catalog_);
  arrive();
}

bool StoryPage::update() {
  for (const platform::Event& event : platform_.take_events()) {
    if (std::get_if<platform::PathChanged>(&event)) arrive();
    if (const auto* reply = std::get_if<platform::HttpReply>(&event); reply && reply->request == asked_)
      use_catalog(reply->body);
    if (const auto* file = std::get_if<platform::FileEvent>(&event)) platform_.release_file(file->file);
  }
  return std::exchange(changed_, false);
}

void StoryPage::draw() {
  if (catalog_.language().empty() || !drawing_) return;
  ui::IdScope scope(ui_, opened_);  // nothing remembers what was open before: focus, carets, measured heights
  drawing_(ui_);
}

void StoryPage::arrive() {
  const Address wanted = parse_address(platform_.path());
  const auto found =
      std::find_if(stories_.begin(), stories_.end(), [&](const Story& story) { return story.key == wanted.story; });
  const Story& story = found == stories_.end() ? stories_.front() : *found;
  if (!drawing_ || story.key != shown_.story) {
    drawing_ = story.open();
    ++opened_;
  }
  const std::string language_before = catalog_.language();
  shown_ = wanted;
  shown_.story = story.key;
  if (const auto theme = ui::read_theme(ui::theme_json(shown_.theme))) ui_.set_theme(*theme);
  ui_.set_density(shown_.density);
  platform_.set_title(shown_.story);
  if (language_before != shown_.language) load_catalog();
  changed_ = true;
}

// From what the page fetched while it loaded, else from the server; until it is here the old language stays.
void StoryPage::load_catalog() {
  const std::string name = "i18n/" + shown_.language + ".json";
  if (const auto preloaded = platform_.preloaded(name)) return use_catalog(*preloaded);
  platform::HttpRequest request;
  request.method = "GET";
  request.path = platform_.asset_path(name);
  asked_ = platform_.send(std::move(request));
}

void StoryPage::use_catalog(std::string_view json) {
  auto read = Catalog::read(shown_.language, json);
  if (!read) return;
  catalog_ = std::move(read).value();
  platform_.set_language(shown_.language);
  changed_ = true;
}

}  // namespace tw::storybook
