// The forward pass of two hidden neurons and one output, first of known numbers, then of any that are typed in.
#include "console.hpp"
#include "model.hpp"
#include "numbers.hpp"

namespace {

using neuron::Fixed;
using neuron::Pass;
template <class Arithmetic>
constexpr Pass linear(float x1, float x2) {
  return neuron::forward<neuron::Linear<Arithmetic>>(neuron::linear, x1, x2);
}
template <class Arithmetic>
constexpr Pass rectified(float x1, float x2) {
  return neuron::forward<neuron::Rectified<Arithmetic>>(neuron::rectified, x1, x2);
}

// h = (1·2 + 1·3, -1·2 + 1·3) = (5, 1)    y = 2·5 - 1·1 = 9
static_assert(linear<float>(2, 3) == Pass{{5, 1}, 9});
static_assert(linear<Fixed>(2, 3) == Pass{{5, 1}, 9});
static_assert(linear<float>(3, 4) == Pass{{7, 1}, 13});
static_assert(linear<Fixed>(3, 4) == Pass{{7, 1}, 13});
// h = max(2·3 + 4·4, 0), max(4·3 - 5·4, 0) = (22, 0)    y = max(2·22 + 7·0, 0) = 44
static_assert(rectified<float>(3, 4) == Pass{{22, 0}, 44});
static_assert(rectified<Fixed>(3, 4) == Pass{{22, 0}, 44});

void print_pass(std::string_view network, std::string_view arithmetic, const Pass& pass) {
  nn::print(console::write, "  ", nn::left(network, 10), nn::left(arithmetic, 6),                                     //
            "hidden ", nn::decimal(pass.hidden[0], 3), " and ", nn::decimal(pass.hidden[1], 3),  //
            ", output ", nn::decimal(pass.output, 3), '\n');
}

void show(float x1, float x2) {
  nn::print(console::write, "inputs ", nn::decimal(x1, 3), " and ", nn::decimal(x2, 3), '\n');
  print_pass("linear", "float", linear<float>(x1, x2));
  print_pass("linear", "fixed", linear<Fixed>(x1, x2));
  print_pass("rectified", "float", rectified<float>(x1, x2));
  print_pass("rectified", "fixed", rectified<Fixed>(x1, x2));
}

}  // namespace

int main() {
  show(2, 3);
  show(3, 4);
  for (;;) {
    nn::print(console::write, "two numbers, or an empty line to end:\n");
    const neuron::Line line;
    if (line.text().empty()) return 0;
    const auto numbers = neuron::two_numbers(line.text());
    if (numbers)
      show((*numbers)[0], (*numbers)[1]);
    else
      nn::print(console::write, "\"", line.text(), "\" is not two numbers such as 2 -3.5\n");
  }
}
