// recurrent_accuracy FOLDER [EPOCHS (12)]: digits of optdigits, of which a recurrent layer sees one row after the other, trained
// in float and brought to int8, seeds 1 to 3: the share of test digits that each tells. Status 1 if int8 loses more than half a
// point.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <numeric>
#include <utility>

#include "tools/data/csv.hpp"
#include "tools/import/run.hpp"
#include "tools/quantize/floats.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/layers.hpp"

namespace {

using namespace tools;

bool lost = false;

// 16 is the darkest.
template <class Net>
typename Net::Input image(const Dataset& data, std::size_t i) {
  typename Net::Input x{};
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = data.row(i)[k] / 16;
  return x;
}

template <class Layer>
void check(const char* name, const Dataset& training, const Dataset& test, int epochs, float rate = 0.05f) {
  using Net = nn::Network<float, nn::Input<8, 8, 1>, Layer, nn::Dense<10>, nn::Softmax>;
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
  double all_exact = 0, all_coded[2]{};
  constexpr unsigned seeds = 3;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    const auto trainer = std::make_unique<Trainer>(nn::Sgd{.rate = rate}, seed);
    std::vector<std::size_t> order(training.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    nn::Random random{seed};
    for (int epoch = 0; epoch < epochs; ++epoch) {
      trainer->optimizer.rate = rate * static_cast<float>(epochs - epoch) / static_cast<float>(epochs);
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
      for (std::size_t i : order) trainer->step(image<Net>(training, i), training.labels[i]);
    }
    const importer::Model floats = quantizer::float_model<Net>(name, trainer->parameters);
    std::vector<std::vector<float>> rows;
    for (std::size_t i = 0; i < 1000; ++i) {
      const auto x = image<Net>(training, i * training.size() / 1000);
      rows.emplace_back(x.begin(), x.end());
    }
    const auto share = [&](auto tells) {
      double right = 0;
      for (std::size_t i = 0; i < test.size(); ++i) right += tells(image<Net>(test, i)) == test.labels[i];
      return 100 * right / static_cast<double>(test.size());
    };
    all_exact += share([&](const auto& x) {
      const auto y = Net::forward(trainer->parameters, x);
      return static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
    });
    for (const std::size_t k : {0u, 1u}) {
      const auto percentile = k == 0 ? std::nullopt : std::optional{99.9};
      const importer::Network network =
          importer::lower(quantizer::int8_model(floats, quantizer::ranges(floats, rows, percentile)));
      importer::Runner runner{network};
      const nn::int8::Affine code = network.tensor(network.inputs[0]).affine;
      all_coded[k] += share([&](const auto& x) {
        std::vector<std::int8_t> codes;
        for (float value : x) codes.push_back(code.code(value));
        const auto y = runner.run({codes});
        return static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin());
      });
    }
  }
  std::printf("%-36s %6.2f %% in float, %6.2f and %6.2f %% in int8 (minmax, percentile)\n", name, all_exact / seeds,
              all_coded[0] / seeds, all_coded[1] / seeds);
  std::fflush(stdout);
  lost = lost || all_coded[0] < all_exact - seeds * 0.5;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 1;
  try {
    const std::string folder = arguments[1];
    const int epochs = count > 2 ? std::atoi(arguments[2]) : 12;
    const Dataset training = read_csv(folder + "/optdigits.tra"), test = read_csv(folder + "/optdigits.tes");
    using namespace nn;
    check<Lstm<24, LastStep, Orthogonal, UnitForgetBias>>("Lstm<24, LastStep>", training, test, epochs);
    check<Gru<24, LastStep, Orthogonal>>("Gru<24, LastStep>", training, test, epochs);
    check<Gru<24, ResetBefore, LastStep, Orthogonal>>("Gru<24, ResetBefore, LastStep>", training, test, epochs);
    check<Bidirectional<Gru<12, LastStep, Orthogonal>>>("Bidirectional<Gru<12, LastStep>>", training, test, epochs);
    check<Rnn<24, LastStep, Orthogonal>>("Rnn<24, LastStep>", training, test, epochs, 0.01f);
    check<Rnn<24, LastStep, Orthogonal, Relu>>("Rnn<24, Relu, LastStep>", training, test, epochs, 0.01f);
    return lost ? 1 : 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "recurrent_accuracy: %s\n", problem.what());
    return 1;
  }
}
