#include "tools/import/intervals.hpp"

#include <algorithm>
#include <limits>

#include "tools/import/passage.hpp"
#include "tools/import/sum.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;

constexpr std::int64_t most_int32 = std::numeric_limits<std::int32_t>::max();

// An operator that passes on more of them is not looked at.
constexpr std::int32_t most_channels = 1 << 16;

constexpr Interval unknown{-(1 << 30), 1 << 30};

Interval hull(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

Interval clamped(const Interval& codes, const Range& range) {
  return {clamp(codes.low, range.least, range.most), clamp(codes.high, range.least, range.most)};
}

// As requantize gives it; unknown where a sum or its shift may wrap to the other end of 32 bits.
Interval requantized(Sum sum, Scale scale, std::int32_t zero) {
  if (scale.multiplier == 0) return {zero, zero};
  const std::int64_t low = static_cast<std::int32_t>(sum.low);  // sums wrap: both ends by as much, or not to be known
  const std::int64_t high = low + (sum.high - sum.low);
  const int left = std::max(scale.shift, 0);
  if (high > most_int32 >> left || low < -(most_int32 >> left)) return unknown;
  const auto end = [&](std::int64_t x) { return std::int64_t{requantize(static_cast<std::int32_t>(x), scale)} + zero; };
  if (end(low) < unknown.low || end(high) > unknown.high) return unknown;
  return {static_cast<std::int32_t>(end(low)), static_cast<std::int32_t>(end(high))};
}

// What an operator that passes channels on makes of one channel of each input, before its range.
Interval of(const AveragePool2d&, const Interval& x, const Interval&) { return x; }
Interval of(const MaxPool2d&, const Interval& x, const Interval&) { return x; }
Interval of(const Concatenation&, const Interval& x, const Interval&) { return x; }
Interval of(const Pad& o, const Interval& x, const Interval&) { return hull(x, {o.value, o.value}); }
Interval of(const Lookup& o, const Interval& x, const Interval&) {
  const auto [low, high] = std::minmax_element(o.table + 128 + x.low, o.table + 128 + x.high + 1);
  return {*low, *high};
}
Interval of(const Mean& o, const Interval& x, const Interval&) {
  const std::int64_t count = std::int64_t{o.window.kernel.height} * o.window.kernel.width;
  return requantized({o.bias + count * x.low, o.bias + count * x.high}, o.scale, o.range.zero);
}
Interval of(const Add& o, const Interval& a, const Interval& b) {
  const auto scaled = [](const Interval& x, std::int32_t zero, Scale scale) {
    return requantized({std::int64_t{x.low - zero} << 20, std::int64_t{x.high - zero} << 20}, scale, 0);
  };
  const Interval left = scaled(a, o.a_zero, o.a_scale);
  const Interval right = scaled(b, o.b_zero, o.b_scale);
  if (left == unknown || right == unknown) return unknown;
  Sum both{left.low, left.high};
  both.add(std::int64_t{o.sign} * right.low, std::int64_t{o.sign} * right.high);
  return requantized(both, o.scale, o.range.zero);
}
Interval of(const Mul& o, const Interval& a, const Interval& b) {
  const auto [low, high] = std::minmax({(a.low - o.a_zero) * (b.low - o.b_zero), (a.low - o.a_zero) * (b.high - o.b_zero),
                                        (a.high - o.a_zero) * (b.low - o.b_zero), (a.high - o.a_zero) * (b.high - o.b_zero)});
  return requantized({low, high}, o.scale, o.range.zero);
}

template <class Operator>
Range range_of(const Operator& o) {
  if constexpr (requires { o.range; })
    return o.range;
  else
    return {};
}

class Analysis {
 public:
  explicit Analysis(const Network& all) : network{all}, result{std::vector(all.tensors.size(), std::vector(1, Interval{})), {}} {
    for (std::size_t t = 0; t < network.tensors.size(); ++t)
      if (network.tensors[t].type == tflite::Type::int8 && !network.tensors[t].constant.empty()) result.codes[t] = constant(network.tensors[t]);
  }

  Intervals intervals() && {
    for (const Applied& applied : network.operators) {
      result.unclamped.push_back(unknown);
      if (quantized(network, applied)) step(applied);
    }
    return std::move(result);
  }

 private:
  // From the least to the largest code of each channel.
  static std::vector<Interval> constant(const Tensor& tensor) {
    const std::size_t channels = static_cast<std::size_t>(tensor.channels);
    std::vector<Interval> all(channels);
    for (std::size_t i = 0; i < tensor.constant.size(); ++i) {
      const Interval code{tensor.constant[i], tensor.constant[i]};
      all[i % channels] = i < channels ? code : hull(all[i % channels], code);
    }
    return all;
  }

  auto weighted(const Rows& rows, int input) {
    const std::int32_t channels = rows.window.input.channels;
    std::vector<Interval> x;
    for (std::int32_t c = 0; c < channels; ++c) x.push_back(result.at(input, c, channels));
    return [rows, x, at = placements(rows.window)](std::int32_t o) {
      Sum sum = products(rows, o, x, at);
      sum.add(rows.bias[o], rows.bias[o]);
      return requantized(sum, rows.scale[o * rows.scale_step], rows.range.zero);
    };
  }

  void step(const Applied& applied) {
    if (const auto with_rows = rows(applied.operation))
      store(applied, with_rows->outputs, with_rows->range, weighted(*with_rows, applied.inputs[0]));
    else if (const auto passed = passage(applied.operation, result.channels(applied.inputs)); passed && passed->channels <= most_channels)
      std::visit(
          [&](const auto& o) {
            if constexpr (requires { of(o, Interval{}, Interval{}); })
              store(applied, passed->channels, range_of(o), [&](std::int32_t c) { return joined(o, applied, *passed, c); });
          },
          applied.operation);
  }

  Interval joined(const auto& o, const Applied& applied, const Passage& passed, std::int32_t c) {
    std::vector<Interval> x;
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
      const Passage::Part& part = passed.parts[i];
      if (!part.passed)
        x.push_back(result.at(applied.inputs[i], 0, 0));
      else if (part.offset <= c && c < part.offset + part.channels)
        x.push_back(result.at(applied.inputs[i], c - part.offset, part.channels));
    }
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(o)>, Concatenation>)
      for (const Interval& other : x) x[0] = hull(x[0], other);
    return of(o, x.front(), x.back());
  }

  void store(const Applied& applied, std::int32_t channels, const Range& range, auto channel) {
    std::vector<Interval>& codes = result.codes[static_cast<std::size_t>(applied.output)];
    codes.clear();
    Interval& all = result.unclamped.back();
    for (std::int32_t c = 0; c < channels; ++c) {
      const Interval one = channel(c);
      all = c == 0 ? one : hull(all, one);
      codes.push_back(clamped(one, range));
    }
  }

  const Network& network;
  Intervals result;
};

}  // namespace

std::vector<std::int32_t> Intervals::channels(const std::vector<int>& tensors) const {
  std::vector<std::int32_t> counts;
  for (int tensor : tensors) counts.push_back(static_cast<std::int32_t>(codes[static_cast<std::size_t>(tensor)].size()));
  return counts;
}

Interval Intervals::at(int tensor, std::int32_t c, std::int32_t channels) const {
  const std::vector<Interval>& own = codes[static_cast<std::size_t>(tensor)];
  const std::int32_t count = static_cast<std::int32_t>(own.size());
  if (channels > 0 && channels % count == 0) return own[static_cast<std::size_t>(c % count)];
  Interval all = own[0];
  for (const Interval& one : own) all = hull(all, one);
  return all;
}

Intervals intervals(const Network& network) { return Analysis{network}.intervals(); }

bool quantized(const Network& network, const Applied& applied) {
  const auto is_int8 = [&](int tensor) { return network.tensors[static_cast<std::size_t>(tensor)].type == tflite::Type::int8; };
  return is_int8(applied.output) && std::ranges::all_of(applied.inputs, is_int8);
}

}  // namespace tools::importer
