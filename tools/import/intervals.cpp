#include "tools/import/intervals.hpp"

#include "tools/import/rules.hpp"
#include "tools/import/sum.hpp"

namespace tools::importer {

namespace {

// An operator that passes on more of them is not looked at.
constexpr std::int32_t most_channels = 1 << 16;

class Analysis {
 public:
  explicit Analysis(const Network& all) : network{all}, result{std::vector(all.tensors.size(), std::vector(1, Interval{})), {}} {
    for (std::size_t t = 0; t < network.tensors.size(); ++t)
      if (network.tensors[t].type == Type::int8 && !network.tensors[t].constant.empty())
        result.codes[t] = constant(network.tensors[t]);
  }

  Intervals intervals() && {
    for (const Applied& applied : network.operators) {
      result.unclamped.push_back(anything);
      if (quantized(network, applied)) step(applied);
    }
    return std::move(result);
  }

 private:
  // From the least to the largest code of each channel.
  static std::vector<Interval> constant(const Place& tensor) {
    const std::size_t channels = static_cast<std::size_t>(tensor.channels());
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
      return rows.scale.codes(sum, o * rows.scale_step, rows.range.zero);
    };
  }

  void step(const Applied& applied) {
    const Rules& rules = Rules::of(applied.operation);
    if (const auto rows = rules.rows(applied.operation)) return store(applied, rows->outputs, weighted(*rows, applied.inputs[0]));
    const auto passed = rules.passage(applied.operation, result.channels(applied.inputs));
    if (!passed || passed->channels > most_channels || rules.interval == nullptr) return;
    store(applied, passed->channels,
          [&](std::int32_t c) { return rules.interval(applied.operation, read(applied, *passed, c)); });
  }

  // The channels that become channel c.
  std::vector<Interval> read(const Applied& applied, const Passage& passed, std::int32_t c) const {
    std::vector<Interval> x;
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
      const Passage::Part& part = passed.parts[i];
      if (!part.passed)
        x.push_back(result.at(applied.inputs[i], 0, 0));
      else if (part.offset <= c && c < part.offset + part.channels)
        x.push_back(result.at(applied.inputs[i], c - part.offset, part.channels));
    }
    return x;
  }

  void store(const Applied& applied, std::int32_t channels, auto channel) {
    Operation operation = applied.operation;
    const nn::int8::Range* own = Rules::of(operation).range(operation);
    const nn::int8::Range range = own == nullptr ? nn::int8::Range{} : *own;
    std::vector<Interval>& codes = result.codes[static_cast<std::size_t>(applied.output)];
    codes.clear();
    Interval& all = result.unclamped.back();
    for (std::int32_t c = 0; c < channels; ++c) {
      const Interval one = channel(c);
      all = c == 0 ? one : hull(all, one);
      codes.push_back({std::clamp(one.low, range.least, range.most), std::clamp(one.high, range.least, range.most)});
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
  const auto is_int8 = [&](int tensor) { return network.tensor(tensor).type == Type::int8; };
  return is_int8(applied.output) && std::ranges::all_of(applied.inputs, is_int8);
}

}  // namespace tools::importer
