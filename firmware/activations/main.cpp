// The activation functions and their slopes as a table, in float and in fixed point side by side, and how far the two are
// apart. Fixed16 has steps of 0.00098 for values and of 0.00012 for gradients.
#include "console.hpp"
#include "functions.hpp"

namespace {

constexpr float step = 0x1p-7f;  // of the numbers over which the largest error is sought: 2,048 of them

// True if the two are close.
template <class Function>
bool tabulate() {
  const auto cell = [](float number) { nn::print(console::write, nn::right(nn::decimal(number, 5), 11)); };
  nn::print(console::write, Function::name, "\n       x       f, float   f, fixed  f', float  f', fixed\n");
  for (float x = -4; x <= 4; x += 0.5f) {
    const auto real = activations::at<float, Function>(x);
    const auto fixed = activations::at<nn::Fixed16, Function>(x);
    nn::print(console::write, nn::right(nn::decimal(x, 1), 8), "    ");
    cell(real.value);
    cell(fixed.value);
    cell(real.slope);
    cell(fixed.slope);
    console::write("\n");
  }
  const auto error = activations::largest_error<Function>(step);
  nn::print(console::write, "largest difference of f ", nn::decimal(error.value, 5), ", of f' ", nn::decimal(error.slope, 5),
            "\n\n");
  // Half a step of the value; a slope that is found from the rounded value is less exact.
  return error.value <= 0.0005f && error.slope <= 0.002f;
}

}  // namespace

int main() {
  bool close = true;
  activations::for_each_function([&]<class Function>() { close = tabulate<Function>() && close; });
  return close ? 0 : 1;
}
