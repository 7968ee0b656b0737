// Says whether a NaN and an infinity are seen: to be compiled with options by which there are none.
#include "console.hpp"
#include "nn/number/bits.hpp"

int main() {
  using Bits = nn::Bits<float>;
  volatile std::uint32_t not_a_number = 0x7fc00000u;
  volatile std::uint32_t infinite = 0xff800000u;
  const float nan = Bits::number(not_a_number);
  const float infinity = Bits::number(infinite);
  const bool seen =
      Bits::is_nan(nan) && !Bits::is_finite(nan) && !Bits::is_finite(infinity) && !Bits::is_nan(infinity) && Bits::is_finite(1);
  console::write(seen ? "a NaN is seen\n" : "a NaN passes for a number\n");
  return 0;
}
