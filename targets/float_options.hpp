// Compiler options that let float arithmetic give other bits, as far as the compiler says so. Those that it does not tell of,
// nn::same_bits() finds at run time.
#pragma once

namespace target {

#if defined __FAST_MATH__ || defined __ASSOCIATIVE_MATH__ || defined __RECIPROCAL_MATH__ || defined __NO_SIGNED_ZEROS__
inline constexpr bool strict_float = false;
#else
inline constexpr bool strict_float = true;
#endif

}  // namespace target
