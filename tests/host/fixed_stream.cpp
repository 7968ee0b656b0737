// Fixed-point numbers on a stream.
#include <sstream>

#include "expect.hpp"
#include "nn/number/fixed_stream.hpp"

int main() {
  std::ostringstream out;
  out << nn::Fixed<16, 10>{-1536} << ' ' << nn::Fixed<8, 7>{1} * nn::Fixed<8, 7>{-1};
  expect(out.str() == "-1.5 -0.00006103515625");
  return expectations_failed();
}
