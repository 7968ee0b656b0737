#include "tools/import/remove_constants.hpp"

#include "tools/import/remove_operators.hpp"
#include "tools/import/removal.hpp"
#include "tools/import/rows.hpp"
#include "tools/import/saving.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;

// The sum nearest to 0 that becomes this code.
std::int32_t sum_for(std::int32_t wanted, Scale scale, const Range& range) {
  const auto distance = [&](std::int64_t sum) { return code(requantize(static_cast<std::int32_t>(sum), scale), range) - wanted; };
  if (distance(0) == 0) return 0;
  const bool upward = distance(0) < 0;
  std::int64_t near = 0;
  std::int64_t far = 0x7fffffff >> std::max(scale.shift, 0);
  if (!upward) far = -far;
  while (std::abs(far - near) > 1) {
    const std::int64_t middle = (near + far) / 2;
    (upward ? distance(middle) >= 0 : distance(middle) <= 0) ? far = middle : near = middle;
  }
  return static_cast<std::int32_t>(far);
}

class Rewriting {
 public:
  Rewriting(Network& all, const Intervals& intervals, const Removal& decided) : network{all}, proven{intervals}, removal{decided} {}

  void run() {
    for (std::size_t i = 0; i < network.operators.size(); ++i) {
      const Applied& applied = network.operators[i];
      if (!quantized(network, applied)) continue;
      std::visit([&](auto& operation) { shrink(operation, applied); }, network.operators[i].operation);
    }
    for (int t = 0; t < static_cast<int>(network.tensors.size()); ++t) {
      Tensor& tensor = network.tensors[static_cast<std::size_t>(t)];
      if (removal.count(t) == channels(t)) continue;
      shrink(tensor.constant, t);
      tensor.bytes = left(t, tensor.bytes);
      tensor.text += ", " + std::to_string(removal.count(t)) + " of " + std::to_string(channels(t)) + " channels";
    }
  }

 private:
  std::int32_t channels(int tensor) const { return static_cast<std::int32_t>(removal.kept[static_cast<std::size_t>(tensor)].size()); }
  bool kept(int tensor, std::int32_t c) const {
    return removal.kept[static_cast<std::size_t>(tensor)][static_cast<std::size_t>(c % channels(tensor))];
  }
  bool blank(int tensor, std::int32_t c) const { return removal.blank[static_cast<std::size_t>(tensor)][static_cast<std::size_t>(c)]; }

  // So many of `extent` elements of a tensor stay.
  std::int32_t left(int tensor, std::int32_t extent) const {
    return removal.count(tensor) == channels(tensor) ? extent : extent / channels(tensor) * removal.count(tensor);
  }
  std::vector<std::int32_t> kept_of(int tensor, std::int32_t extent) const {
    std::vector<std::int32_t> all;
    for (std::int32_t c = 0; c < extent; ++c)
      if (kept(tensor, c)) all.push_back(c);
    return all;
  }

  // Weights, biases and scales without what is not kept. What is folded in is constant; where padding would make a difference,
  // it is what padding holds.
  Rows shrunk(const Rows& all, const Applied& applied) {
    const int x = applied.inputs[0];
    const std::vector<std::int32_t> outputs = kept_of(applied.output, all.outputs);
    Rows rest = all;
    rest.outputs = rest.window.output.channels = static_cast<std::int32_t>(outputs.size());
    rest.window.input.channels = left(x, all.window.input.channels);
    rest.reads = all.depthwise() ? 1 : rest.window.input.channels;
    std::vector<std::int8_t>& weight = network.bytes.emplace_back(static_cast<std::size_t>(rest.outputs * rest.taps() * rest.reads));
    std::vector<std::int32_t>& bias = network.words.emplace_back();
    std::vector<Scale>& scale = network.scales.emplace_back();
    for (std::int32_t i = 0; i < rest.outputs; ++i) {
      const std::int32_t o = outputs[static_cast<std::size_t>(i)];
      const Scale own = all.scale[o * all.scale_step];
      const bool is_blank = blank(applied.output, o);
      const std::int32_t code = proven.at(applied.output, o, all.outputs).low;
      if (all.scale_step == 1 || i == 0) scale.push_back(is_blank && all.scale_step == 1 ? Scale{1 << 30, -1} : own);  // a quarter
      if (is_blank)
        bias.push_back(all.scale_step == 1 ? 4 * (code - all.range.zero) : sum_for(code, own, all.range));
      else
        bias.push_back(copy_row(all, o, x, rest, i, weight));
    }
    rest.weight = weight.data();
    rest.bias = bias.data();
    rest.scale = scale.data();
    return rest;
  }

  // Output o of `all` becomes output i of `rest`; returns its bias.
  std::int32_t copy_row(const Rows& all, std::int32_t o, int x, const Rows& rest, std::int32_t i, std::vector<std::int8_t>& weight) const {
    std::uint32_t bias = static_cast<std::uint32_t>(all.bias[o]);
    for (std::int32_t c = 0, to = 0; c < all.reads; ++c) {
      const bool stays = all.depthwise() || kept(x, c);
      const std::int32_t code = proven.at(x, c, all.window.input.channels).low;
      for (std::int32_t t = 0; t < all.taps(); ++t)
        if (stays)
          weight[static_cast<std::size_t>(rest.place(i, t, to))] = static_cast<std::int8_t>(all.w(o, t, c));
        else
          bias += static_cast<std::uint32_t>(all.w(o, t, c) * code);
      if (stays) ++to;
    }
    return static_cast<std::int32_t>(bias);
  }

  bool changes(const Rows& all, const Applied& applied) const {
    bool any = removal.count(applied.inputs[0]) != channels(applied.inputs[0]);
    for (std::int32_t o = 0; o < all.outputs; ++o) any = any || !kept(applied.output, o) || blank(applied.output, o);
    return any;
  }

  void shrink(std::vector<std::int8_t>& constant, int tensor) const {
    std::vector<std::int8_t> rest;
    for (std::size_t i = 0; i < constant.size(); ++i)
      if (kept(tensor, static_cast<std::int32_t>(i))) rest.push_back(constant[i]);
    constant = rest;
  }

  static void shrink(auto&, const Applied&) {}  // others keep all
  void shrink(Conv2d& o, const Applied& applied) { shrink_rows(o, applied); }
  void shrink(DepthwiseConv2d& o, const Applied& applied) { shrink_rows(o, applied); }
  void shrink(FullyConnected& o, const Applied& applied) { shrink_rows(o, applied); }
  void shrink_rows(auto& o, const Applied& applied) {
    const Rows all = *rows(applied.operation);
    if (!changes(all, applied)) return;
    const Rows rest = shrunk(all, applied);
    o.weight = rest.weight;
    o.bias = rest.bias;
    o.scale = rest.scale;
    o.simple = simple(network.words.back(), network.bytes.back(), network.scales.back(),
                      [&rest](std::size_t i) { return static_cast<std::size_t>(rest.owner(static_cast<std::int32_t>(i))); });
    if constexpr (requires { o.window; }) {
      o.window = rest.window;
    } else {
      o.inputs = rest.reads;
      o.outputs = rest.outputs;
    }
  }
  void shrink(AveragePool2d& o, const Applied& applied) { shrink(o.window, applied); }
  void shrink(MaxPool2d& o, const Applied& applied) { shrink(o.window, applied); }
  void shrink(Mean& o, const Applied& applied) { shrink(o.window, applied); }
  void shrink(Window& window, const Applied& applied) {
    window.input.channels = window.output.channels = left(applied.inputs[0], window.input.channels);
  }
  void shrink(Lookup& o, const Applied& applied) { o.count = left(applied.inputs[0], o.count); }
  void shrink(Pad& o, const Applied& applied) { o.input[4] = o.output[4] = left(applied.inputs[0], o.input[4]); }
  void shrink(Add& o, const Applied& applied) { shrink(o.shape, applied); }
  void shrink(Mul& o, const Applied& applied) { shrink(o.shape, applied); }
  void shrink(Broadcast& shape, const Applied& applied) {
    const std::int32_t before = shape.extent[4];
    const std::int32_t after = left(applied.output, before);
    for (std::int32_t* step : {shape.a_step, shape.b_step})
      for (int d = 0; d < 4 && step[4] != 0; ++d) step[d] = step[d] / before * after;
    shape.extent[4] = after;
  }
  void shrink(Concatenation& o, const Applied& applied) {
    std::vector<std::int32_t>& part = network.words.emplace_back();
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) part.push_back(left(applied.inputs[i], o.part[i]));
    o.part = part.data();
  }

  Network& network;
  const Intervals& proven;
  const Removal& removal;
};

// Ranges that cut nothing become those of the type. Returns how many.
int remove_clamps(Network& network, const Intervals& proven) {
  int count = 0;
  for (std::size_t i = 0; i < network.operators.size(); ++i)
    if (quantized(network, network.operators[i]))
      std::visit(
          [&](auto& o) {
            if constexpr (requires { o.range.least; }) {
              const Interval codes = proven.unclamped[i];
              const bool cuts = std::max(codes.low, -128) < o.range.least || std::min(codes.high, 127) > o.range.most;
              if (cuts || (o.range.least <= -128 && o.range.most >= 127)) return;
              o.range.least = -128;
              o.range.most = 127;
              ++count;
            }
          },
          network.operators[i].operation);
  return count;
}

}  // namespace

void remove_constants(Network& network) {
  Saving saving{network};
  remove_operators(network);
  const Intervals proven = intervals(network);
  const Removal decided = removal(network, proven);
  saving.clamps = remove_clamps(network, proven);
  saving.prove(network, proven, decided);
  Rewriting{network, proven, decided}.run();
  network.report = saving.sentences(network);
}

}  // namespace tools::importer
