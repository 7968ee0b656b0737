#include "tools/import/remove_constants.hpp"

#include <algorithm>
#include <iterator>

#include "tools/import/remove_operators.hpp"
#include "tools/import/removal.hpp"
#include "tools/import/rules.hpp"
#include "tools/import/saving.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;

// The sum nearest to 0 that becomes this code.
template <class Rounding>
std::int32_t sum_for(std::int32_t wanted, const typename Rounding::Scale& scale, const Range& range) {
  const auto distance = [&](std::int64_t sum) { return Rounding::code(static_cast<std::int32_t>(sum), scale, range) - wanted; };
  if (distance(0) == 0) return 0;
  const bool upward = distance(0) < 0;
  std::int64_t near = 0;
  std::int64_t far = 0x7fffffff;
  if constexpr (std::is_same_v<Rounding, Reference>) far >>= std::max(scale.shift, 0);
  if (!upward) far = -far;
  while (std::abs(far - near) > 1) {
    const std::int64_t middle = (near + far) / 2;
    (upward ? distance(middle) >= 0 : distance(middle) <= 0) ? far = middle : near = middle;
  }
  return static_cast<std::int32_t>(far);
}

class Rewriting {
 public:
  Rewriting(Network& all, const Intervals& intervals, const Removal& decided)
      : network{all}, proven{intervals}, removal{decided} {}

  void run() {
    for (std::size_t i = 0; i < network.operators.size(); ++i) {
      Applied& applied = network.operators[i];
      if (!quantized(network, applied)) continue;
      const Rules& rules = Rules::of(applied.operation);
      if (const auto all = rules.rows(applied.operation)) {
        if (!changes(*all, applied)) continue;
        all->scale.float32 == nullptr ? shrink_rows<Reference>(*all, applied) : shrink_rows<Float32>(*all, applied);
      } else {
        rules.shrink(applied.operation, Elements{*this, applied});
      }
    }
    for (int t = 0; t < static_cast<int>(network.tensors.size()); ++t) {
      Place& tensor = network.tensor(t);
      if (removal.count(t) == channels(t)) continue;
      shrink(tensor.constant, t);
      tensor.bytes = left(t, tensor.bytes);
      if (tensor.shape.back() == channels(t))
        tensor.shape.back() = removal.count(t);
      else
        tensor.shape = {tensor.bytes / removal.count(t), removal.count(t)};
      tensor.text += ", " + std::to_string(removal.count(t)) + " of " + std::to_string(channels(t)) + " channels";
    }
  }

 private:
  std::int32_t channels(int tensor) const {
    return static_cast<std::int32_t>(removal.kept[static_cast<std::size_t>(tensor)].size());
  }
  bool kept(int tensor, std::int32_t c) const {
    return removal.kept[static_cast<std::size_t>(tensor)][static_cast<std::size_t>(c % channels(tensor))];
  }
  bool blank(int tensor, std::int32_t c) const {
    return removal.blank[static_cast<std::size_t>(tensor)][static_cast<std::size_t>(c)];
  }

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

  // What a Rules' shrink() asks for.
  struct Elements final : Shrinking {
    Elements(Rewriting& rewriting, const Applied& applied) : by{rewriting}, of{applied} {}
    std::int32_t input(std::size_t i, std::int32_t elements) const override { return by.left(of.inputs[i], elements); }
    std::int32_t output(std::int32_t elements) const override { return by.left(of.output, elements); }
    const std::int32_t* keep(std::vector<std::int32_t> values) const override {
      return by.network.keep(std::move(values)).data();
    }

    Rewriting& by;
    const Applied& of;
  };

  // Weights, biases and scales without what is not kept. What is folded in is constant; where padding would make a difference,
  // it is what padding holds.
  template <class Rounding>
  void shrink_rows(const Rows& all, Applied& applied) {
    using Scale = typename Rounding::Scale;
    const Scale* const scales = all.scale;
    Scale quarter{};
    if constexpr (std::is_same_v<Rounding, Float32>)
      quarter = 0.25f;
    else
      quarter = {1 << 30, -1};
    const int x = applied.inputs[0];
    const std::vector<std::int32_t> outputs = kept_of(applied.output, all.outputs);
    Rows rest = all;
    rest.outputs = rest.window.output.channels = static_cast<std::int32_t>(outputs.size());
    rest.window.input.channels = left(x, all.window.input.channels);
    rest.reads = all.depthwise() ? 1 : rest.window.input.channels;
    std::vector<std::int8_t>& weight =
        network.keep(std::vector<std::int8_t>(static_cast<std::size_t>(rest.outputs * rest.taps() * rest.reads)));
    std::vector<std::int32_t>& bias = network.keep(std::vector<std::int32_t>{});
    std::vector<Scale>& scale = network.keep(std::vector<Scale>{});
    for (std::int32_t i = 0; i < rest.outputs; ++i) {
      const std::int32_t o = outputs[static_cast<std::size_t>(i)];
      const Scale own = scales[o * all.scale_step];
      const bool is_blank = blank(applied.output, o);
      const std::int32_t code = proven.at(applied.output, o, all.outputs).low;
      if (all.scale_step == 1 || i == 0)
        scale.push_back(is_blank && all.scale_step == 1 ? quarter : own);
      if (is_blank)
        bias.push_back(all.scale_step == 1 ? 4 * (code - all.range.zero) : sum_for<Rounding>(code, own, all.range));
      else
        bias.push_back(copy_row(all, o, x, rest, i, weight));
    }
    rest.weight = weight.data();
    rest.bias = bias.data();
    rest.scale = scale.data();
    const auto owner = [&rest](std::size_t i) { return static_cast<std::size_t>(rest.owner(static_cast<std::int32_t>(i))); };
    Rules::of(applied.operation).set_rows(applied.operation, rest, simple(bias, weight, scale, owner));
  }

  // Output o of `all` becomes output i of `rest`; returns its bias.
  std::int32_t copy_row(const Rows& all, std::int32_t o, int x, const Rows& rest, std::int32_t i,
                        std::vector<std::int8_t>& weight) const {
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

  Network& network;
  const Intervals& proven;
  const Removal& removal;
};

// Ranges that cut nothing become those of the type. Returns how many.
int remove_clamps(Network& network, const Intervals& proven) {
  int count = 0;
  for (std::size_t i = 0; i < network.operators.size(); ++i) {
    Applied& applied = network.operators[i];
    Range* const range = Rules::of(applied.operation).range(applied.operation);
    if (range == nullptr || !quantized(network, applied)) continue;
    const Interval codes = proven.unclamped[i];
    const bool cuts = std::max(codes.low, -128) < range->least || std::min(codes.high, 127) > range->most;
    if (cuts || (range->least <= -128 && range->most >= 127)) continue;
    range->least = -128;
    range->most = 127;
    ++count;
  }
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
  std::ranges::move(saving.sentences(network), std::back_inserter(network.report));
}

}  // namespace tools::importer
