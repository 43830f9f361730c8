// What changed in the tree since the last frame that was told: only that crosses to the page. Positions are relative to
// the parent, so that a scrolled or moved container costs one change; they may wait (`geometry` false), words and
// states never do.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "client/a11y/tree.h"

namespace tw::a11y {

class Diff {
 public:
  struct Change {
    const Node* node = nullptr;
    NodeId parent = 0;
    NodeId after = 0;    // the sibling before it; 0: the first child
    float x = 0, y = 0;  // relative to its parent
  };
  struct Changes {
    std::vector<Change> upserts;   // in tree order: parents come before children
    std::vector<NodeId> removals;  // children before parents is not promised
    bool geometry_waits = false;   // something moved that was not told
  };

  // Valid until the tree's next frame. `fields_only`: as if text fields and forms were all there is.
  const Changes& run(const Tree& tree, bool geometry, bool fields_only = false);
  void forget() { known_.clear(); }  // the page has lost its elements: tell everything again

 private:
  struct Known {
    std::uint64_t words = 0;
    std::uint64_t place = 0;
    std::uint32_t seen = 0;
  };
  std::unordered_map<NodeId, Known> known_;
  std::unordered_map<NodeId, NodeId> last_child_;
  std::uint32_t round_ = 0;
  Changes changes_;
};

}  // namespace tw::a11y
