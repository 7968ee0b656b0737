// A fixed-point number to a stream, with all its digits. For programs of the host; nn/text.hpp prints on boards.
#pragma once

#include <ostream>

#include "nn/number/fixed.hpp"
#include "nn/text.hpp"

namespace nn {

template <int Bits, int Fraction>
std::ostream& operator<<(std::ostream& out, Fixed<Bits, Fraction> number) {
  return out << text::characters(number).view();
}

}  // namespace nn
