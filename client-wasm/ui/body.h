// Body: a reference to a callable, for widgets that take "what stands inside" as a lambda. It never owns and never
// allocates, so it must not outlive the call it is passed to: a lambda may stand in the call itself, also as a member
// of an options object that is written there, but not be assigned to a member of an options object that has a name.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace tw::ui {

template <class Signature>
class FunctionRef;

template <class R, class... A>
class FunctionRef<R(A...)> {
 public:
  FunctionRef() = default;

  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> && std::is_invocable_r_v<R, F&, A...>)
      FunctionRef(F&& callable)
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* object, A... arguments) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<A>(arguments)...);
        }) {}

  explicit operator bool() const { return call_ != nullptr; }
  R operator()(A... arguments) const { return call_(object_, std::forward<A>(arguments)...); }

 private:
  void* object_ = nullptr;
  R (*call_)(void*, A...) = nullptr;
};

using Body = FunctionRef<void()>;

}  // namespace tw::ui
