#include "tools/import/passage.hpp"

#include <algorithm>

namespace tools::importer {

namespace {

using namespace nn::int8;
using Channels = std::vector<std::int32_t>;

Passage alike(std::int32_t channels) { return {channels, 1, {{channels, 0, true}}}; }

// The most channels that any input has, if they go into the last dimension and those of the others into them.
Passage broadcast(const Broadcast& shape, const Channels& channels) {
  const bool passed[]{shape.extent[4] == 1 || shape.a_step[4] != 0, shape.extent[4] == 1 || shape.b_step[4] != 0};
  std::int32_t most = 1;
  for (std::size_t i = 0; i < 2; ++i)
    if (passed[i]) most = std::max(most, channels[i]);
  bool fit = shape.extent[4] % most == 0;
  for (std::size_t i = 0; i < 2; ++i) fit = fit && (!passed[i] || most % channels[i] == 0);
  if (!fit) most = shape.extent[4];
  return {most, 1, {{most, 0, passed[0]}, {most, 0, passed[1]}}};
}

// Along the channels, the parts stand side by side; along another dimension, all have the same channels.
Passage concatenation(const Concatenation& o, const Channels& channels) {
  bool side_by_side = true;
  bool same = true;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    side_by_side = side_by_side && o.part[i] == channels[i];
    same = same && channels[i] == channels[0] && o.part[i] % channels[0] == 0;
  }
  if (same && !side_by_side) return {channels[0], 1, std::vector<Passage::Part>(channels.size(), {channels[0], 0, true})};
  Passage all{0, 1, {}};
  for (std::size_t i = 0; i < channels.size(); ++i) {
    all.parts.push_back({o.part[i], all.channels, true});
    all.channels += o.part[i];
  }
  return all;
}

}  // namespace

std::optional<Passage> passage(const Operation& operation, const Channels& channels) {
  return std::visit(
      [&]<class Of>(const Of& o) -> std::optional<Passage> {
        if constexpr (std::is_same_v<Of, DepthwiseConv2d>)
          return Passage{o.window.output.channels, o.multiplier, {{o.window.input.channels, 0, true}}};
        else if constexpr (std::is_same_v<Of, AveragePool2d> || std::is_same_v<Of, MaxPool2d> || std::is_same_v<Of, Mean>)
          return alike(o.window.input.channels);
        else if constexpr (std::is_same_v<Of, Lookup>)
          return alike(channels[0]);
        else if constexpr (std::is_same_v<Of, Add> || std::is_same_v<Of, Mul>)
          return broadcast(o.shape, channels);
        else if constexpr (std::is_same_v<Of, Concatenation>)
          return concatenation(o, channels);
        else if constexpr (std::is_same_v<Of, Pad>)
          return o.input[4] == o.output[4] ? std::optional{alike(o.input[4])} : std::nullopt;
        else
          return std::nullopt;
      },
      operation);
}

}  // namespace tools::importer
