// Weights of PyTorch in networks of ours: numbers stand where the definitions say, names and shapes find their layers, what does
// not fit is said with both shapes, and networks of others give the outputs that PyTorch gives.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "refused.hpp"
#include "tools/data/file.hpp"
#include "tools/pytorch/assignment.hpp"
#include "tools/pytorch/modules.hpp"
#include "tools/safetensors/tensors.hpp"

using namespace tools;
using namespace tools::pytorch;
using tools::safetensors::Written;

namespace {

// A tensor whose numbers are first, first + 1, …
Written counted(const std::string& name, std::vector<std::uint64_t> shape, float first) {
  std::uint64_t size = 1;
  for (const std::uint64_t extent : shape) size *= extent;
  std::vector<float> numbers(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = first + static_cast<float>(i);
  return {name, std::move(shape), numbers};
}

template <class Net>
std::unique_ptr<typename Net::Parameters> filled(const safetensors::Tensors& tensors, const std::string& map = "",
                                                 Order order = Order::unknown) {
  auto parameters = std::make_unique<typename Net::Parameters>();
  const auto modules = modules_of<Net>(*parameters, order);
  const auto assignment = assign(modules, tensors, map.empty() ? NameMap{} : NameMap{file("names.txt", map), modules});
  take(modules, tensors, assignment);
  return parameters;
}
template <class Net>
std::unique_ptr<typename Net::Parameters> filled(const std::vector<Written>& tensors, const std::string& map = "",
                                                 Order order = Order::unknown) {
  return filled<Net>(safetensors::parse("w.safetensors", safetensors::bytes_of(tensors, {})), map, order);
}

// --- Where numbers stand, by the definitions of both.

void convolutions() {
  using Net = nn::Network<float, nn::Input<5, 4, 2>, nn::Conv2d<3, 2, 4, nn::Valid>, nn::Relu, nn::Flatten, nn::Dropout<50>,
                          nn::Dense<2>>;
  static_assert(Net::Layer<0>::output == nn::Shape{4, 1, 3});
  const auto p = filled<Net>({counted("a.weight", {3, 2, 2, 4}, 0), counted("a.bias", {3}, 100),
                              counted("b.weight", {2, 12}, 200), counted("b.bias", {2}, 300)});
  for (std::size_t o = 0; o < 3; ++o)
    for (std::size_t k = 0; k < 2; ++k)
      for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 4; ++j)
          expect(nn::get<0>(*p).weight[o][(i * 4 + j) * 2 + k] == static_cast<float>(((o * 2 + k) * 2 + i) * 4 + j));
  expect(nn::get<0>(*p).bias == std::array<float, 3>{100, 101, 102});
  // PyTorch flattens [3][4][1], we have [4][1][3].
  for (std::size_t o = 0; o < 2; ++o)
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t y = 0; y < 4; ++y)
        expect(nn::get<4>(*p).weight[o][y * 3 + k] == static_cast<float>(200 + o * 12 + k * 4 + y));

  using Deep = nn::Network<float, nn::Input<4, 4, 2>, nn::DepthwiseConv2d<2, 3, 2>>;
  const auto d = filled<Deep>({counted("weight", {4, 1, 3, 2}, 0), counted("bias", {4}, 50)});
  for (std::size_t o = 0; o < 4; ++o)
    for (std::size_t tap = 0; tap < 6; ++tap) expect(nn::get<0>(*d).weight[tap][o] == static_cast<float>(o * 6 + tap));

  // Along one axis, without a bias; and a Linear over channels.
  using Line = nn::Network<float, nn::Input<9, 2>, nn::Conv1d<3, 2>, nn::Conv1d<2, 1>>;
  const auto l = filled<Line>({counted("0.weight", {3, 2, 2}, 0), counted("1.weight", {2, 3}, 20)});
  for (std::size_t o = 0; o < 3; ++o)
    for (std::size_t k = 0; k < 2; ++k)
      for (std::size_t j = 0; j < 2; ++j) expect(nn::get<0>(*l).weight[o][j * 2 + k] == static_cast<float>((o * 2 + k) * 2 + j));
  expect(nn::get<0>(*l).bias == std::array<float, 3>{} && nn::get<1>(*l).weight[1] == std::array<float, 3>{23, 24, 25});
}

// What PyTorch flattened: a sequence as it stands, an image from its channels on, or as is said.
void flattened() {
  const std::vector<Written> tensors{counted("weight", {1, 12}, 0)};
  const std::array<float, 12> as_it_stands{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, permuted{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11};
  using Steps = nn::Network<float, nn::Input<4, 3>, nn::Dense<1>>;
  using Image = nn::Network<float, nn::Input<4, 1, 3>, nn::Flatten, nn::Dense<1>>;
  using Conv = nn::Network<float, nn::Input<6, 1>, nn::Conv1d<3, 3>, nn::Dense<1>>;
  using State = nn::Network<float, nn::Input<4, 1>, nn::Gru<3>, nn::Flatten, nn::Dense<1>>;
  expect(nn::get<0>(*filled<Steps>(tensors)).weight[0] == as_it_stands);
  expect(nn::get<0>(*filled<Steps>(tensors, "", Order::channels_first)).weight[0] == permuted);
  expect(nn::get<1>(*filled<Image>(tensors)).weight[0] == permuted);
  expect(nn::get<1>(*filled<Image>(tensors, "", Order::channels_last)).weight[0] == as_it_stands);
  expect(nn::get<1>(*filled<Conv>({counted("0.weight", {3, 1, 3}, 50), tensors[0]})).weight[0] == permuted);
  expect(nn::get<2>(*filled<State>({counted("0.weight_ih", {9, 1}, 50), counted("0.weight_hh", {9, 3}, 60), tensors[0]}))
             .weight[0] == as_it_stands);

  // Statistics of a flattened image, too. BatchNorm's epsilon is ours, not PyTorch's.
  using Norm = nn::Network<float, nn::Input<2, 1, 2>, nn::Flatten, nn::BatchNorm<>>;
  const auto n =
      filled<Norm>({counted("running_mean", {4}, 0), counted("running_var", {4}, 1), {"num_batches_tracked", {}, {}, true}});
  expect(nn::get<1>(*n).mean == std::array<float, 4>{0, 2, 1, 3} && nn::get<1>(*n).gamma == std::array<float, 4>{1, 1, 1, 1});
  expect(nn::get<1>(*n).variance[1] == 3 - (0x1p-10f - 1e-5f));
}

void recurrent() {
  using Net = nn::Network<float, nn::Input<5, 2>, nn::Bidirectional<nn::Gru<3>>, nn::Lstm<2, nn::LastStep>>;
  std::vector<Written> tensors;
  for (const char* direction : {"", "_reverse"}) {
    const float more = *direction == 0 ? 0 : 1000;
    tensors.push_back(counted(std::string{"gru.weight_ih_l0"} + direction, {9, 2}, more));
    tensors.push_back(counted(std::string{"gru.weight_hh_l0"} + direction, {9, 3}, more + 100));
    tensors.push_back(counted(std::string{"gru.bias_ih_l0"} + direction, {9}, more + 200));
    tensors.push_back(counted(std::string{"gru.bias_hh_l0"} + direction, {9}, more + 300));
  }
  tensors.push_back(counted("lstm.weight_ih_l0", {8, 6}, 0));
  tensors.push_back(counted("lstm.weight_hh_l0", {8, 2}, 100));
  tensors.push_back(counted("lstm.bias_ih_l0", {8}, 200));
  tensors.push_back(counted("lstm.bias_hh_l0", {8}, 300));
  const auto p = filled<Net>(tensors);
  const auto check = [](const auto& gru, float more) {
    expect(gru.weight[8] == std::array<float, 2>{more + 16, more + 17} && gru.recurrent[8][2] == more + 126);
    for (std::size_t i = 0; i < 6; ++i) expect(gru.bias[i] == 2 * more + 500 + 2 * static_cast<float>(i));
    for (std::size_t i = 0; i < 3; ++i)
      expect(gru.bias[6 + i] == more + 206 + static_cast<float>(i) &&
             gru.recurrent_bias[i] == more + 306 + static_cast<float>(i));
  };
  check(nn::get<0>(nn::get<0>(*p)), 0);
  check(nn::get<1>(nn::get<0>(*p)), 1000);
  expect(nn::get<1>(*p).weight[7][5] == 47 && nn::get<1>(*p).recurrent[7][1] == 115 && nn::get<1>(*p).bias[7] == 514);

  // The second layer of a stacked one comes behind the first.
  using Stacked = nn::Network<float, nn::Input<5, 2>, nn::Rnn<2>, nn::Rnn<2, nn::LastStep>>;
  std::vector<Written> layers;
  for (const char* level : {"1", "0"}) {
    layers.push_back(counted(std::string{"rnn.weight_hh_l"} + level, {2, 2}, *level == '0' ? 0 : 10));
    layers.push_back(counted(std::string{"rnn.weight_ih_l"} + level, {2, 2}, *level == '0' ? 20 : 30));
  }
  const auto mapped = filled<Stacked>(layers, "# the second first\n0 = rnn\n1 = rnn#1\n");
  expect(nn::get<0>(*mapped).recurrent[0][0] == 0 && nn::get<1>(*mapped).weight[0][0] == 30);
}

void others() {
  using Net = nn::Network<float, nn::Input<4>, nn::Embedding<5, 3>, nn::LayerNorm,
                          nn::Concat<nn::Branch<nn::Conv1d<2, 1>>, nn::Branch<nn::Relu, nn::Conv1d<2, 1>>>>;
  const auto p = filled<Net>({counted("e.weight", {5, 3}, 0), counted("n.weight", {3}, 20), counted("n.bias", {3}, 30),
                              counted("2.branches.0.0.weight", {2, 3, 1}, 40), counted("2.branches.1.1.weight", {2, 3, 1}, 50)});
  expect(nn::get<0>(*p).weight[4] == std::array<float, 3>{12, 13, 14} && nn::get<1>(*p).gamma[2] == 22 &&
         nn::get<1>(*p).beta[0] == 30);
  expect(nn::get<0>(nn::get<0>(nn::get<2>(*p))).weight[0][0] == 40 && nn::get<1>(nn::get<1>(nn::get<2>(*p))).weight[1][2] == 55);
}

// --- Which tensor is whose.

using Equal = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Relu, nn::Dense<2>, nn::Relu, nn::Dense<2>>;

void order() {
  const auto firsts = [](const auto& p) {
    return std::array<float, 3>{nn::get<0>(*p).weight[0][0], nn::get<2>(*p).weight[0][0], nn::get<4>(*p).weight[0][0]};
  };
  using Net = Equal;
  const auto linear = [](const std::string& name, float first) { return counted(name + ".weight", {2, 2}, first); };
  // In alphabetical order names count, numbers in them as numbers; in any other, the file's order.
  expect(firsts(filled<Net>({linear("0", 0), linear("10", 10), linear("2", 2)})) == std::array<float, 3>{0, 2, 10});
  expect(firsts(filled<Net>({linear("in", 1), linear("out", 3), linear("middle", 2)})) == std::array<float, 3>{1, 3, 2});
  // A map fixes what it names.
  expect(firsts(filled<Net>({linear("a", 1), linear("b", 2), linear("c", 3)}, "2 = c\n4.weight=b.weight")) ==
         std::array<float, 3>{1, 3, 2});

  // The same parent in preference.
  using Block = nn::Network<float, nn::Input<2, 2, 2>, nn::Conv2d<2, 1, 1>, nn::BatchNorm<>,
                            nn::Residual<nn::Conv2d<2, 1, 1>, nn::BatchNorm<>>>;
  const auto norm = [](const std::string& name, float first) {
    return std::vector<Written>{counted(name + ".running_mean", {2}, first), counted(name + ".running_var", {2}, 1)};
  };
  std::vector<Written> tensors = norm("bn", 10);
  for (const Written& one : norm("block.bn", 20)) tensors.push_back(one);
  tensors.push_back(counted("block.conv.weight", {2, 2, 1, 1}, 30));
  tensors.push_back(counted("conv.weight", {2, 2, 1, 1}, 40));
  const auto p = filled<Block>(tensors, "0 = conv");
  expect(nn::get<0>(*p).weight[0][0] == 40 && nn::get<1>(*p).mean[0] == 10);
  const auto& body = nn::get<1>(nn::get<2>(*p));
  expect(nn::get<0>(body).weight[0][0] == 30 && nn::get<1>(body).mean[0] == 20);
}

template <class Net>
void expect_refused(const std::string& sentence, const std::vector<Written>& tensors, const std::string& map = "",
                    const char* name = __builtin_FILE(), int line = __builtin_LINE()) {
  try {
    static_cast<void>(filled<Net>(tensors, map));
    report_failure(name, line, "is taken");
  } catch (const Failure& failure) {
    if (std::string{failure.what()}.find(sentence) == std::string::npos) report_failure(name, line, failure.what());
  }
}

void refusals() {
  using Net = nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Relu, nn::Dense<2>>;
  const auto first = counted("0.weight", {2, 3}, 0);
  expect_refused<Net>(
      "w.safetensors: \"2.weight\" is 2x4, and layer 2 (Dense) takes weight 2x2; expected a state dict of this network, or a "
      "--map of names",
      {first, counted("2.weight", {2, 4}, 0)});
  expect_refused<Net>("w.safetensors: has nothing for layer 2 (Dense), which takes weight 2x2, any more; expected", {first});
  expect_refused<Net>(
      "has nothing for layer 2 (Dense), which takes weight 2x2; what is left is \"n.running_mean\", 2, and 1 more; expected",
      {first, counted("n.running_mean", {2}, 0), counted("n.running_var", {2}, 0)});
  expect_refused<Net>(
      "names.txt: line 2: names \"1\", which no layer with parameters is; expected one of 0, 2, or a tensor of one", {first},
      "0 = 0\n1 = 2\n");
  expect_refused<Net>("names.txt: line 1: is \"0\"; expected ours = theirs, such as 0 = conv1", {first}, "0");
  expect_refused<Net>("names.txt: line 2: names \"0\" again; expected each once", {first}, "0 = a\n0 = b");
  expect_refused<Net>(
      "has no \"x.weight\", which files_of_test_pytorch/names.txt asks for, for weight of layer 0 (Dense); expected a map of "
      "names that the file has",
      {first}, "0 = x");
  expect_refused<Net>("\"0.weight\" is 2x3, and layer 2 (Dense) takes weight 2x2; expected another tensor in", {first}, "2 = 0");
  try {
    std::string whole = safetensors::bytes_of({first, counted("2.weight", {2, 2}, 0)}, {});
    whole.replace(whole.find("F32"), 3, "I32");
    static_cast<void>(filled<Net>(safetensors::parse("w.safetensors", whole)));
    expect(false);
  } catch (const Failure& failure) {
    expect(failure.what() ==
           std::string{"w.safetensors: \"0.weight\" is 2x3 of I32, and layer 0 (Dense) takes weight 2x3 of real numbers; "
                       "expected F32, F16, BF16 or F64, as before it was quantized"});
  }
  using Conv = nn::Network<float, nn::Input<8, 1>, nn::Conv1d<2, 3>>;
  expect_refused<Conv>("\"c.weight\" is 2x1x5, and layer 0 (Conv1d) takes weight 2x1x3 or 2x1x1x3;",
                       {counted("c.weight", {2, 1, 5}, 0)});
  using Before = nn::Network<float, nn::Input<8, 1>, nn::Gru<2, nn::ResetBefore>>;
  expect_refused<Before>("layer 0 (Gru): resets before the product", {});
  using Beside = nn::Network<float, nn::Input<2, 2, 2>, nn::Flatten, nn::Residual<nn::Dense<8>>>;
  expect_refused<Beside>("layer 1.body.0 (Dense): stands beside a flattened image", {});
}

// --- Networks of others, where their folder is.

std::vector<float> numbers_of(const std::filesystem::path& path) {
  const std::string bytes = read_file(path.string());
  std::vector<float> numbers(bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(float));
  return numbers;
}

// Their inputs have channels first where the network takes an image, or a sequence through convolutions. `left`: what behind our
// last layer they have.
template <class Net, bool ChannelsFirst>
void compare(const std::string& name, auto left) {
  const std::filesystem::path folder = std::filesystem::path{NETS} / name;
  if (!std::filesystem::exists(folder)) return;
  const auto parameters = filled<Net>(safetensors::read((folder / "model.safetensors").string()));
  const auto inputs = numbers_of(folder / "inputs.bin"), outputs = numbers_of(folder / "outputs.bin");
  const std::size_t cases = inputs.size() / Net::inputs;
  expect(cases > 0 && outputs.size() == cases * Net::outputs);
  const nn::Inference<Net> inference{*parameters};
  const Layout layout{Net::input_shape, ChannelsFirst ? Order::channels_first : Order::channels_last};
  double worst = 0;
  for (std::size_t k = 0; k < cases; ++k) {
    typename Net::Input x{};
    for (std::size_t i = 0; i < Net::inputs; ++i) x[layout(i)] = inputs[k * Net::inputs + i];
    auto network = inference;
    std::vector<float> y{network(x).begin(), network(x).end()};
    left(y);
    float largest = 1;
    for (std::size_t o = 0; o < Net::outputs; ++o) largest = std::max(largest, std::abs(outputs[k * Net::outputs + o]));
    for (std::size_t o = 0; o < Net::outputs; ++o)
      worst = std::max(worst, static_cast<double>(std::abs(y[o] - outputs[k * Net::outputs + o]) / largest));
  }
  nn::print(console::write, name.c_str(), ": ", static_cast<std::uint32_t>(worst * 1e9), "e-9 of the largest output\n");
  expect(worst <= 2e-5);
}

constexpr auto nothing = [](std::vector<float>&) {};

void log_softmax(std::vector<float>& y) {
  double sum = 0;
  for (const float value : y) sum += std::exp(static_cast<double>(value));
  for (float& value : y) value = static_cast<float>(static_cast<double>(value) - std::log(sum));
}

using nn::BatchNorm, nn::Conv1d, nn::Conv2d, nn::Dense, nn::DepthwiseConv2d, nn::Input, nn::LastStep, nn::MaxPool2d, nn::Network,
    nn::Pad, nn::Relu, nn::Residual, nn::Same, nn::Stride;

void networks_of_others() {
  compare<Network<float, Input<64>, Dense<24>, Relu, Dense<10>>, false>("mlp_optdigits", nothing);
  compare<Network<float, Input<28, 28, 1>, Conv2d<6, 5, 5, Same>, BatchNorm<>, Relu, MaxPool2d<2, 2>, Conv2d<12, 5, 5>,
                  BatchNorm<>, Relu, MaxPool2d<2, 2>, nn::Flatten, Dense<32>, Relu, Dense<10>>,
          true>("lenet_bn_mnist", nothing);
  compare<Network<float, Input<128, 3>, Conv1d<8, 5, Same>, BatchNorm<>, Relu, MaxPool2d<1, 2>, Conv1d<12, 5, Same>, BatchNorm<>,
                  Relu, MaxPool2d<1, 2>, Conv1d<16, 3, Same>, Relu, nn::GlobalAvgPool, Dense<6>>,
          true>("imu_cnn1d", nothing);
  compare<Network<float, Input<49, 10, 1>, Pad<4, 5, 1, 1>, Conv2d<24, 10, 4, Stride<2>>, BatchNorm<>, Relu,
                  DepthwiseConv2d<1, 3, 3, Same>, BatchNorm<>, Relu, Conv2d<24, 1, 1>, BatchNorm<>, Relu,
                  DepthwiseConv2d<1, 3, 3, Same>, BatchNorm<>, Relu, Conv2d<24, 1, 1>, BatchNorm<>, Relu,
                  DepthwiseConv2d<1, 3, 3, Same>, BatchNorm<>, Relu, Conv2d<24, 1, 1>, BatchNorm<>, Relu, nn::GlobalAvgPool,
                  Dense<12>>,
          true>("kws_dscnn", nothing);
  compare<Network<float, Input<16, 16, 3>, Conv2d<8, 3, 3, Same>, BatchNorm<>, Relu,
                  Residual<Conv2d<8, 3, 3, Same>, BatchNorm<>, Relu, Conv2d<8, 3, 3, Same>, BatchNorm<>>, Relu,
                  Residual<nn::Projection<Conv2d<12, 1, 1, Stride<2>>, BatchNorm<>>, Pad<1>, Conv2d<12, 3, 3, Stride<2>>,
                           BatchNorm<>, Relu, Conv2d<12, 3, 3, Same>, BatchNorm<>>,
                  Relu, Residual<Conv2d<12, 3, 3, Same>, BatchNorm<>, Relu, Conv2d<12, 3, 3, Same>, BatchNorm<>>, Relu,
                  nn::GlobalAvgPool, Dense<10>>,
          true>("resnet_small", nothing);
  compare<Network<float, Input<20, 4>, nn::Gru<12, LastStep>, Dense<5>>, false>("gru_classifier", nothing);
  compare<Network<float, Input<12, 6>, nn::Lstm<10, LastStep>, Dense<4>>, false>("lstm_last_hidden", log_softmax);
  compare<Network<float, Input<10, 3>, nn::Rnn<8, Relu, LastStep>, Dense<2>, nn::Sigmoid>, false>("elman_relu", nothing);
}

// The accuracy that PyTorch's own training printed of these weights: 94.55 % of optdigits' test data, 64 numbers from 0 to 16 and
// a class.
void accuracy_of_others() {
  const std::filesystem::path weights = std::filesystem::path{NETS} / "mlp_optdigits" / "model.safetensors";
  std::ifstream rows{std::filesystem::path{DATA} / "optdigits" / "optdigits.tes"};
  if (!std::filesystem::exists(weights) || !rows) return;
  using Net = Network<float, Input<64>, Dense<24>, Relu, Dense<10>>;
  const auto parameters = filled<Net>(safetensors::read(weights.string()));
  std::uint32_t right = 0, all = 0;
  for (std::string line; std::getline(rows, line); ++all) {
    Net::Input x{};
    std::istringstream numbers{line};
    char comma = 0;
    for (float& number : x) {
      numbers >> number >> comma;
      number /= 16;
    }
    std::size_t label = 0;
    numbers >> label;
    const auto y = Net::forward(*parameters, x);
    right += static_cast<std::size_t>(std::ranges::max_element(y) - y.begin()) == label;
  }
  nn::print(console::write, right, " of ", all, " right\n");
  expect(all == 1797 && right >= 1698 && right <= 1700);
}

// PyTorch's own training runs: the loss that it printed first, of the parameters that it began with.
template <class Layer>
void first_loss(const std::string& cell) {
  const std::filesystem::path folder = std::filesystem::path{CASES} / "rnn_train" / cell;
  if (!std::filesystem::exists(folder)) return;
  const auto doubles = [&](const std::string& name) {
    const std::string bytes = read_file((folder / (name + ".bin")).string());
    std::vector<double> numbers(bytes.size() / sizeof(double));
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(double));
    return numbers;
  };
  using Net = Network<float, Input<12, 2>, Layer, Dense<3>, nn::Softmax>;
  const std::uint64_t rows = doubles("initial_bias_ih").size();
  std::vector<Written> tensors;
  const auto add = [&](const std::string& name, const std::string& from, std::vector<std::uint64_t> shape) {
    const auto numbers = doubles("initial_" + from);
    std::vector<float> rounded(numbers.size());
    std::ranges::transform(numbers, rounded.begin(), [](double number) { return static_cast<float>(number); });
    tensors.push_back({name, std::move(shape), rounded});
  };
  add("cell.weight_ih_l0", "weight_ih", {rows, 2});
  add("cell.weight_hh_l0", "weight_hh", {rows, 6});
  add("cell.bias_ih_l0", "bias_ih", {rows});
  add("cell.bias_hh_l0", "bias_hh", {rows});
  add("fc.weight", "fc_weight", {3, 6});
  add("fc.bias", "fc_bias", {3});
  const auto parameters = filled<Net>(tensors);
  typename Net::Input x{};
  const auto inputs = doubles("x");
  std::ranges::transform(inputs.begin(), inputs.begin() + Net::inputs, x.begin(),
                         [](double number) { return static_cast<float>(number); });
  std::int32_t label = 0;
  std::memcpy(&label, read_file((folder / "label.bin").string()).data(), sizeof label);
  const auto y = Net::forward(*parameters, x);
  expect(std::abs(-std::log(static_cast<double>(y[static_cast<std::size_t>(label)])) - doubles("loss")[0]) < 1e-5);
}

}  // namespace

int main() {
  std::filesystem::create_directories(folder);
  convolutions();
  flattened();
  recurrent();
  others();
  order();
  refusals();
  networks_of_others();
  accuracy_of_others();
  first_loss<nn::Gru<6, LastStep>>("gru");
  first_loss<nn::Lstm<6, LastStep>>("lstm");
  first_loss<nn::Rnn<6, LastStep>>("elman_tanh");
  return expectations_failed();
}
