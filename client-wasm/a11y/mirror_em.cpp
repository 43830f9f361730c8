// Joins the mirror to the page: mirror.js on one side, the queue of actions on the other.
#include "client/a11y/mirror_em.h"

#include <emscripten.h>

#include "client/ui/text_edit.h"

extern "C" {
void tw_mirror_start(void* self);
void tw_mirror_tell(const char* json, int length);
}

namespace tw::a11y {

PageMirror::PageMirror(std::function<void(Action)> act)
    : act_(std::move(act)),
      mirror_([](std::string_view json) { tw_mirror_tell(json.data(), static_cast<int>(json.size())); }) {
  tw_mirror_start(this);
}

}  // namespace tw::a11y

// Offsets arrive in UTF-16 units and go on in bytes.
extern "C" EMSCRIPTEN_KEEPALIVE void tw_mirror_action(tw::a11y::PageMirror* self, int kind, std::uint32_t target,
                                                      const char* value, int from, int to, int composed_from,
                                                      int composed_to, std::uint32_t edit) {
  tw::a11y::Action action;
  action.kind = static_cast<tw::a11y::Action::Kind>(kind);
  action.target = target;
  action.value = value;
  action.selection_begin = tw::ui::utf16_to_bytes(action.value, from);
  action.selection_end = tw::ui::utf16_to_bytes(action.value, to);
  action.composing_begin = tw::ui::utf16_to_bytes(action.value, composed_from);
  action.composing_end = tw::ui::utf16_to_bytes(action.value, composed_to);
  action.edit = edit;
  self->act(std::move(action));
}
