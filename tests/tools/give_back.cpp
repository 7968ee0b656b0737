// What is given back to ONNX Runtime and PyTorch: the ONNX file, read by our own importer, computes what the network does, and a
// state dict brings back every bit.
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>

#include "nn/nn.hpp"
#include "refused.hpp"
#include "tools/data/file.hpp"
#include "tools/export/onnx_network.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/run.hpp"
#include "tools/onnx/read.hpp"
#include "tools/pytorch/modules.hpp"
#include "tools/pytorch/names.hpp"

using namespace nn;
using tools::pytorch::Module;
using tools::pytorch::Order;
using tools::pytorch::PartNames;
using tools::safetensors::Tensors;

namespace {

// Numbers from -0.7 to 0.7; variances and scales are positive.
void fill(const std::vector<Module>& modules, Random& random) {
  for (const Module& module : modules)
    for (const auto& part : module.parts)
      for (float* const number : part.at) {
        const float drawn = 1.4f * random.uniform() - 0.7f;
        *number = part.missing == 1 ? 0.3f + std::abs(drawn) : drawn;
      }
}

template <class Parameters>
std::vector<float> numbers_of(Parameters& parameters) {
  std::vector<float> numbers;
  for_each_row([&](auto& row) { numbers.insert(numbers.end(), row.begin(), row.end()); }, parameters);
  return numbers;
}

Tensors written(const std::vector<Module>& modules, const PartNames& names) {
  return tools::safetensors::parse("w.safetensors",
                                   tools::safetensors::bytes_of(tools::pytorch::state_dict(modules, names), {{"format", "pt"}}));
}

// A file of the network gives the network again, to the bit but for variances: of these what is added to epsilon, to its last
// bit.
template <class Net>
void round_trip(typename Net::Parameters& parameters, const std::vector<Module>& modules, Order order, const char* what) {
  auto again = std::make_unique<typename Net::Parameters>();
  const auto others = tools::pytorch::modules_of<Net>(*again, order);
  const Tensors tensors = written(modules, tools::pytorch::names_of(modules, {}, std::nullopt));
  tools::pytorch::take(others, tensors, tools::pytorch::assign(others, tensors, {}));
  const auto first = numbers_of(parameters), second = numbers_of(*again);
  bool equal = first.size() == second.size();
  for (std::size_t i = 0; equal && i < first.size(); ++i)
    equal = std::bit_cast<std::uint32_t>(first[i]) == std::bit_cast<std::uint32_t>(second[i]);
  if (!equal && !folds<Net>) report_failure(what, 0, "changed on its way");
  for (std::size_t i = 0; i < first.size(); ++i)
    if (!(std::abs(first[i] - second[i]) <= 0x1p-24f)) report_failure(what, 1, "changed on its way");
}

// What a network gives for three inputs, in the order outside.
struct Cases {
  std::vector<std::vector<float>> inputs, answers;
};

// With NN_GIVE_BACK=FOLDER the models are kept there, each with three inputs and the outputs that it should give, for other
// runtimes.
void compare(const std::string& bytes, const Cases& cases, const char* what) {
  const char* const keep = std::getenv("NN_GIVE_BACK");
  if (keep != nullptr) tools::replace_file(std::string{keep} + "/" + what + ".onnx", bytes);
  const auto network = tools::importer::lower(
      tools::onnx::parse_model("m.onnx", {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
  std::string inputs, answers;
  for (std::size_t k = 0; k < cases.inputs.size(); ++k) {
    const std::vector<float>&outside = cases.inputs[k], &answer = cases.answers[k];
    const auto* const first = reinterpret_cast<const std::int8_t*>(outside.data());
    const auto y = tools::importer::run(network, {{first, first + outside.size() * sizeof(float)}});
    std::vector<float> found(y.size() / sizeof(float));
    std::memcpy(found.data(), y.data(), y.size());
    float largest = 0, worst = 0;
    for (const float number : answer) largest = std::max(largest, std::abs(number));
    if (found.size() != answer.size()) return report_failure(what, 2, "gives another number of outputs");
    for (std::size_t i = 0; i < answer.size(); ++i) worst = std::max(worst, std::abs(found[i] - answer[i]) / largest);
    if (!(worst <= 1e-5f)) report_failure(what, 3, "differs");
    inputs.append(reinterpret_cast<const char*>(outside.data()), outside.size() * sizeof(float));
    answers.append(reinterpret_cast<const char*>(answer.data()), answer.size() * sizeof(float));
  }
  if (keep == nullptr) return;
  tools::replace_file(std::string{keep} + "/" + what + ".inputs", inputs);
  tools::replace_file(std::string{keep} + "/" + what + ".outputs", answers);
}

std::vector<float> drawn_input(Random& random, std::size_t count, const char* what) {
  std::vector<float> numbers(count);
  for (float& number : numbers)
    number = std::string_view{what} == "embedding" ? static_cast<float>(random.below(9)) : 4 * random.uniform() - 2;
  return numbers;
}

template <class Net>
void check(const char* what, Order order = Order::unknown) {
  static Random random{3};
  auto parameters = std::make_unique<typename Net::Parameters>();
  const auto modules = tools::pytorch::modules_of<Net>(*parameters, order);
  fill(modules, random);
  if (modules.empty() || modules[0].refusal.empty()) round_trip<Net>(*parameters, modules, order, what);

  using tools::pytorch::Layout;
  Layout layout = tools::pytorch::input_layout<Net>(order);
  if (layout.order == Order::unknown) layout.order = layout.permuted() ? Order::channels_first : Order::channels_last;
  // Images come out with their channels first.
  const Shape last = Net::template Layer<Net::layers - 1>::output;
  const Layout out{last, Net::input_shape.height > 1 && last.height > 1 ? Order::channels_first : Order::channels_last};
  Cases cases;
  for (int k = 0; k < 3; ++k) {
    typename Net::Input x{};
    const auto& outside = cases.inputs.emplace_back(drawn_input(random, x.size(), what));
    for (std::size_t i = 0; i < x.size(); ++i) x[layout(i)] = outside[i];
    const auto y = Net::forward(*parameters, x);
    auto& answer = cases.answers.emplace_back();
    for (std::size_t i = 0; i < y.size(); ++i) answer.push_back(y[out(i)]);
  }
  compare(tools::onnx_bytes<Net>(modules, tools::pytorch::names_of(modules, {}, std::nullopt), order), cases, what);
}

void layers() {
  check<Network<float, Input<6>, Dense<5>, Relu, Dense<4>, Softmax>>("dense");
  check<Network<float, Input<6>, Dense<5>, BatchNorm<>, Tanh, Dense<5>, LayerNorm, Sigmoid, Dense<5>, Elu, Dense<5>, Softplus>>(
      "norms");
  check<Network<float, Input<7>, Dense<6>, Relu6, Dense<6>, LeakyRelu<3>, Dense<6>, HardSigmoid, Dense<6>, HardSwish, Dense<6>,
                Silu, Dense<6>, Gelu, Dropout<20>, Dense<3>>>("functions");
  check<Network<float, Input<9, 8, 3>, Conv2d<4, 3, 2, Stride<2>, Same>, BatchNorm<>, Relu, DepthwiseConv2d<2, 3, 3, Same>,
                MaxPool2d<2, 2>, Flatten, LayerNorm, Dense<5>>>("image");
  check<Network<float, Input<8, 8, 2>, Pad<1, 2, 0, 1>, Conv2d<3, 3, 3, Dilation<2>>, LayerNorm, AvgPool2d<3, 3, Stride<2>, Same>,
                Conv2d<4, 1, 1>>>("image_out");
  check<Network<float, Input<8, 8, 2>, Conv2d<3, 3, 3, Stride<2>, ZeroPadding<1, 0, 2, 1>>,
                MaxPool2d<3, 3, Stride<2>, ZeroPadding<1>>, Dense<4>>>("given_padding");
  check<Network<float, Input<6, 6, 3>, Conv2d<4, 3, 3>, MaxPool2d<3, 3, Stride<2>, Same>, GlobalAvgPool, Dense<3>>>("pools");
  check<Network<float, Input<5, 4, 3>, Dense<4>>>("dense_of_image");
  check<Network<float, Input<5, 4, 3>, Flatten, Dense<4>>>("dense_of_image_last", Order::channels_last);
  check<Network<float, Input<5, 3>, Dense<4>>>("dense_of_sequence");
  check<Network<float, Input<16, 3>, Conv1d<4, 3, Causal, Dilation<2>>, BatchNorm<>, Relu, Conv1d<4, 5, Same, Stride<2>>,
                MaxPool2d<1, 2>, Dense<4>>>("line");
  check<
      Network<float, Input<8, 8, 3>, Conv2d<4, 3, 3, Same>, BatchNorm<>, Relu, Residual<Conv2d<4, 3, 3, Same>, BatchNorm<>, Relu>,
              Residual<Projection<Conv2d<6, 1, 1, Stride<2>>>, Conv2d<6, 3, 3, Same, Stride<2>>>,
              Concat<Branch<Conv2d<2, 1, 1>>, Branch<>, Branch<AvgPool2d<3, 3, Stride<1>, Same>>>, Dense<4>>>("branches");
  check<Network<float, Input<6>, Dense<8>, Residual<Dense<8>, Tanh>, Concat<Branch<Dense<2>>, Branch<>>, Dense<3>>>(
      "branches_of_vectors");
  check<Network<float, Input<24>, Dense<24>, Reshape<3, 4, 2>, Conv2d<3, 2, 2>, Reshape<6, 3>, Conv1d<2, 3>, Flatten, Dense<3>>>(
      "reshape");
  check<Network<float, Input<7>, Embedding<9, 4>, LayerNorm, Conv1d<3, 3>, Dense<4>>>("embedding");
}

void recurrent() {
  check<Network<float, Input<9, 3>, Gru<4>, Dense<2>>>("gru");
  check<Network<float, Input<9, 3>, Gru<4, ResetBefore, LastStep>, Dense<2>>>("gru_reset_before");
  check<Network<float, Input<9, 3>, Bidirectional<Gru<4>>, Lstm<3>, Dense<2>>>("bidirectional_gru");
  check<Network<float, Input<9, 3>, Lstm<4, LastStep>, Dense<2>>>("lstm");
  check<Network<float, Input<9, 3>, Bidirectional<Lstm<4, LastStep>>, Dense<2>>>("bidirectional_lstm");
  check<Network<float, Input<9, 3>, Rnn<4, Relu>, Rnn<3>, LayerNorm, Dense<2>>>("rnn");
  check<Network<float, Input<5>, Lstm<4>, Dense<2>>>("one_step");
  check<Network<float, Input<9, 6, 2>, Gru<4>, Dense<2>>>("rows_of_input");
  check<Network<float, Input<9, 6, 1>, Conv2d<3, 3, 3>, Relu, Gru<4>, Dense<2>>>("rows_of_convolution");
  check<Network<float, Input<9, 6>, Conv1d<3, 3>, Relu, Gru<4, LastStep>, Dense<2>>>("line_to_gru");
}

// By the names of another file: its shapes, and without the biases that it does without.
void names_of_others() {
  using Net = Network<float, Input<6, 1>, Conv1d<3, 3>, BatchNorm<>, Relu, Conv2d<2, 1, 1>, Dense<2>>;
  auto parameters = std::make_unique<Net::Parameters>();
  const auto modules = tools::pytorch::modules_of<Net>(*parameters);
  Random random{1};
  fill(modules, random);
  std::vector<tools::safetensors::Written> tensors{{"conv.weight", {3, 1, 1, 3}, std::vector<float>(9)},
                                                   {"mix.weight", {2, 3}, std::vector<float>(6)},
                                                   {"mix.bias", {2}, {0, 0}},
                                                   {"fc.weight", {2, 8}, std::vector<float>(16)},
                                                   {"fc.bias", {2}, {0, 0}}};
  for (const char* name : {"bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"})
    tensors.push_back({name, {3}, {0, 0, 0}});
  const auto like = [&] { return tools::safetensors::parse("like.safetensors", tools::safetensors::bytes_of(tensors, {})); };

  Net::Input x{1, -2, 0.5f, 0.25f, 3, -1};
  const auto before = Net::forward(*parameters, x);
  const auto names = tools::pytorch::names_of(modules, {}, like());
  const Tensors made = written(modules, names);
  expect(made.find("conv.weight")->shape == std::vector<std::uint64_t>{3, 1, 1, 3} &&
         made.find("mix.weight")->shape == std::vector<std::uint64_t>{2, 3});
  expect(made.find("conv.bias") == nullptr && made.find("bn.num_batches_tracked")->dtype == tools::safetensors::Dtype::i64 &&
         made.list.size() == 10);
  // The bias went into the mean: the same outputs.
  expect(get<0>(*parameters).bias == std::array<float, 3>{});
  const auto after = Net::forward(*parameters, x);
  for (std::size_t o = 0; o < after.size(); ++o) expect(std::abs(after[o] - before[o]) < 1e-5f);

  tensors.erase(tensors.begin() + 2);
  try {
    static_cast<void>(tools::pytorch::names_of(modules, {}, like()));
    expect(false);
  } catch (const tools::Failure& failure) {
    expect(std::string{failure.what()} ==
           "like.safetensors: has no bias for layer 3 (Conv2d), which has learnt one; expected a file with one, or --map without "
           "--like");
  }
}

}  // namespace

int main() {
  layers();
  recurrent();
  names_of_others();
  return expectations_failed();
}
