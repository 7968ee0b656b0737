// Whether one asm may take thirteen registers or more: that is more than clang 14 gives, or g++ without optimization.
#pragma once

namespace target {

#if defined __OPTIMIZE__ && !defined __clang__
inline constexpr bool thirteen_registers = true;
#else
inline constexpr bool thirteen_registers = false;
#endif

}  // namespace target
