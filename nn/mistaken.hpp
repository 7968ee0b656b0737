// mistaken<Given…>: false for every type, for a static_assert in an overload that is chosen only when no other fits and whose one
// use is its sentence.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn {

template <class...>
inline constexpr bool mistaken = false;

}  // namespace nn
