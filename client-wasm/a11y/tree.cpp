// See tree.h. Texts live in chunks of one frame; after a few frames nothing is allocated any more.
#include "client/a11y/tree.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tw::a11y {

namespace {
constexpr std::size_t chunk_size = 16 * 1024;

NodeId nth_text_id(NodeId parent, std::uint32_t n) {
  std::uint32_t hash = 2166136261u ^ parent;
  for (std::uint32_t part : {0x7e87u, n}) hash = (hash ^ part) * 16777619u;
  return hash == 0 ? 1 : hash;
}
}  // namespace

void Tree::begin_frame(bool words) {
  words_ = words;
  scrolled_ = false;
  nodes_.clear();
  agents_.clear();
  parents_.clear();
  index_.clear();
  text_counts_.clear();
  for (auto& chunk : chunks_) chunk.clear();
  chunk_ = 0;
  duplicates_ = 0;
  top_modal_ = 0;
}

Node& Tree::add(const Node& node) {
  if (overheard_) return unsaid_ = node;
  Node& added = nodes_.emplace_back(node);
  added.parent = parent();
  for (std::string_view* said :
       {&added.name, &added.value, &added.description, &added.error, &added.path, &added.shortcut, &added.placeholder})
    *said = words_ ? keep(*said) : std::string_view{};
  if (!index_.emplace(added.id, static_cast<std::uint32_t>(nodes_.size() - 1)).second) ++duplicates_;
  if (added.modal) top_modal_ = added.id;
  return added;
}

Node& Tree::add_text_field(const Node& node, const TextAgent& agent) {
  if (overheard_) return add(node);
  agents_.push_back(agent);
  const bool words = std::exchange(words_, true);  // this element is the text agent, mirror or not
  Node& added = add(node);
  words_ = words;
  added.text_agent = static_cast<std::int32_t>(agents_.size() - 1);
  return added;
}

void Tree::add_text(std::string_view words, float x, float y, float w, float h) {
  if (words.empty() || !words_) return;
  if (overheard_) {
    if (!overheard_->empty()) *overheard_ += ' ';
    *overheard_ += words;
    return;
  }
  if (Node* open = find(parent());
      open && (open->role == Role::cell || open->role == Role::row_header || open->role == Role::column_header)) {
    open->name = open->name.empty() ? keep(words) : keep(std::string(open->name).append(" ").append(words));
    return;
  }
  Node node;
  node.id = nth_text_id(parent(), text_counts_[parent()]++);
  node.role = Role::text;
  node.name = words;
  node.x = x, node.y = y, node.w = w, node.h = h;
  add(node);
}

Node* Tree::find(NodeId id) {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &nodes_[found->second];
}

const Node* Tree::find(NodeId id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &nodes_[found->second];
}

bool Tree::is_inside(const Node& node, NodeId ancestor) const {
  for (const Node* at = &node; at; at = at->parent ? find(at->parent) : nullptr) {
    if (at->id == ancestor) return true;
  }
  return ancestor == 0;
}

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  while (chunk_ < chunks_.size() && chunks_[chunk_].size() + text.size() > chunks_[chunk_].capacity()) ++chunk_;
  if (chunk_ == chunks_.size()) chunks_.emplace_back().reserve(std::max(chunk_size, text.size()));
  std::vector<char>& chunk = chunks_[chunk_];
  const std::size_t at = chunk.size();
  chunk.insert(chunk.end(), text.begin(), text.end());  // within capacity: earlier views stay valid
  return {chunk.data() + at, text.size()};
}

}  // namespace tw::a11y
