// See diff.h.
#include "client/a11y/diff.h"

#include <cmath>
#include <cstring>

namespace tw::a11y {

namespace {

class Hash {
 public:
  void add(std::uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15ull;
    state_ ^= state_ >> 29;
  }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    std::uint64_t word = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
      std::memcpy(&word, text.data() + at, 8);
      add(word);
    }
    if (at == text.size()) return;  // an empty text may have no address to copy from
    word = 0;
    std::memcpy(&word, text.data() + at, text.size() - at);
    add(word);
  }
  void add(float value) { add(static_cast<std::uint64_t>(static_cast<std::int64_t>(std::lround(value * 4)))); }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0x243F6A8885A308D3ull;
};

std::uint64_t words_of(const Tree& tree, const Node& node, NodeId parent, NodeId after) {
  Hash hash;
  hash.add((std::uint64_t{parent} << 32) | after);
  for (std::string_view text :
       {node.name, node.value, node.description, node.error, node.path, node.shortcut, node.placeholder}) {
    hash.add(text);
  }
  std::uint64_t bits = static_cast<std::uint64_t>(node.role);
  for (std::uint64_t part : {static_cast<std::uint64_t>(node.checked), static_cast<std::uint64_t>(node.selected),
                             static_cast<std::uint64_t>(node.expanded), static_cast<std::uint64_t>(node.sort)}) {
    bits = bits << 3 | part;
  }
  for (bool flag :
       {node.focusable, node.disabled, node.required, node.modal, node.busy, node.has_popup, node.current}) {
    bits = bits << 1 | (flag ? 1u : 0u);
  }
  hash.add(bits << 8 | static_cast<std::uint8_t>(node.level));
  hash.add(std::uint64_t{node.controls} << 32 | node.active);
  for (std::int64_t number : {node.row_index, std::int64_t{node.column_index}, node.row_count,
                              std::int64_t{node.column_count}, node.value_now, node.value_max}) {
    hash.add(static_cast<std::uint64_t>(number));
  }
  if (node.text_agent >= 0) {
    const TextAgent& agent = tree.agent(node);
    hash.add(std::uint64_t{agent.kind} << 24 | std::uint64_t{agent.autofill} << 16 | (agent.multiline ? 2u : 0u) |
             (agent.read_only ? 1u : 0u));
    hash.add(static_cast<std::uint64_t>(agent.selection_begin) << 32 | static_cast<std::uint32_t>(agent.selection_end));
    hash.add(std::uint64_t{agent.heard} << 32 | static_cast<std::uint32_t>(agent.max_length));
  }
  return hash.value();
}

}  // namespace

namespace {
bool is_field(const Node& node) { return node.text_agent >= 0 || node.role == Role::form; }
}  // namespace

const Diff::Changes& Diff::run(const Tree& tree, bool geometry, bool fields_only) {
  changes_.upserts.clear();
  changes_.removals.clear();
  changes_.geometry_waits = false;
  last_child_.clear();
  ++round_;
  for (const Node& node : tree.nodes()) {
    if (fields_only && !is_field(node)) continue;
    const Node* parent = node.parent ? tree.find(node.parent) : nullptr;
    while (fields_only && parent && !is_field(*parent)) parent = parent->parent ? tree.find(parent->parent) : nullptr;
    const NodeId parent_id = parent ? parent->id : 0;
    NodeId& last = last_child_[parent_id];
    const NodeId after = last;
    last = node.id;
    const float x = parent ? node.x - parent->x : node.x, y = parent ? node.y - parent->y : node.y;
    Hash place;
    for (float part : {x, y, node.w, node.h}) place.add(part);
    const std::uint64_t words = words_of(tree, node, parent_id, after);

    Known& known = known_[node.id];
    const bool fresh = known.seen == 0;
    known.seen = round_;
    const bool said = fresh || known.words != words;
    const bool moved = known.place != place.value();
    if (said || (moved && geometry)) {
      changes_.upserts.push_back({&node, parent_id, after, x, y});
      known.words = words;
      known.place = place.value();
    } else if (moved) {
      changes_.geometry_waits = true;
    }
  }
  for (auto at = known_.begin(); at != known_.end();) {
    if (at->second.seen != round_) {
      changes_.removals.push_back(at->first);
      at = known_.erase(at);
    } else {
      ++at;
    }
  }
  return changes_;
}

}  // namespace tw::a11y
