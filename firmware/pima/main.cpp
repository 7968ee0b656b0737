// The first network of many: learns from 768 rows in flash whether somebody has diabetes, and shows it as Keras does.
#include <numeric>

#include "console.hpp"
#include "rows.hpp"
#include "training.hpp"

namespace {

constexpr std::uint32_t seed = 1;
constexpr float expected = 0.77f;  // on the rows that it learnt from, as the original reports it

std::array<std::uint16_t, rows::count> order;

}  // namespace

int main() {
  nn::print(console::write, "data: ", PIMA_DATA_IS, '\n');
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  static pima::Training training{{rows::inputs, rows::labels}, order, nn::at_run_time(seed)};
  for (std::uint32_t epoch = 1; epoch <= pima::epochs; ++epoch) {
    const auto [loss, accuracy] = training.epoch();
    nn::print(console::write, "Epoch ", epoch, '/', pima::epochs, '\n', rows::count, '/', rows::count,  //
              " [==============================] - loss: ", nn::decimal(loss, 4), " - accuracy: ", nn::decimal(accuracy, 4),
              '\n');
  }
  const auto [loss, accuracy] = training.evaluate(order);
  nn::print(console::write, "\nloss ", nn::decimal(loss, 4), ", accuracy ", nn::decimal(100 * accuracy, 2),
            " % of the training data\n", "checksum ", nn::hex(nn::checksum(training.trainer.parameters)), " of the parameters\n");
  return accuracy >= expected ? 0 : 1;
}
