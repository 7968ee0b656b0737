// streaming_cost: what a Streaming network keeps and computes each time that frames come, beside the same of whole windows.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"
#include "nn/streaming/streaming.hpp"
#include "nn/text.hpp"

namespace nn {

struct StreamingLayerCost {
  std::string_view name;
  std::size_t frames;       // of the layer's output in a window; 1 where it has no time any more
  std::size_t fresh;        // of these, computed anew each time
  std::size_t edges;        // of these, only because they touch padding at the edges of the window
  std::size_t state_bytes;  // of what is kept from time to time: of the layer's input, and of its own
  std::size_t macs;         // multiply-accumulates each time
  std::size_t window_macs;  // of a whole window
};

template <std::size_t Layers>
struct StreamingCost {
  std::array<StreamingLayerCost, Layers> layers;
  std::size_t output_bytes;  // of the output's window, where that has time
  std::size_t state_bytes;
  std::size_t bytes;  // of the whole Streaming network
  std::size_t macs;
  std::size_t edge_macs;  // those of edges
  std::size_t window_macs;
};

// What a chain of layers computes each time, and of it for the edges alone.
struct StreamingMacs {
  std::size_t all = 0;
  std::size_t edges = 0;

  constexpr StreamingMacs& operator+=(StreamingMacs more) {
    all += more.all;
    edges += more.edges;
    return *this;
  }
};
template <class Plan, std::size_t Index>
constexpr StreamingMacs streaming_macs();
template <class Plan>
constexpr StreamingMacs plan_macs() {
  StreamingMacs sum;
  if constexpr (requires { Plan::layers; }) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      ((sum += streaming_macs<Plan, Index>()), ...);
    }
    (std::make_index_sequence<Plan::layers>{});
  }
  return sum;
}
template <class Plan, std::size_t Index>
constexpr StreamingMacs streaming_macs() {
  using Layer = typename Plan::template Layer<Index>;
  constexpr Frames out = Plan::template frames<Index + 1>, in = Plan::template frames<Index>;
  if constexpr (Plan::template how<Index> == AlongTime::branches) {
    StreamingMacs sum;
    Layer::for_each_branch([&]<std::size_t Which>() {
      sum += plan_macs<typename Plan::template BranchAt<Index, Which>>();
    });
    return sum;
  } else if constexpr (Plan::template how<Index> == AlongTime::carried) {
    return {macs<Layer> / in.count() * in.hop, 0};
  } else {
    return {macs<Layer> / out.count() * Plan::template fresh<Index>,
            macs<Layer> / out.count() * Plan::template fresh_edges<Index>};
  }
}

template <class Stream>
constexpr auto streaming_cost = [] {
  using Plan = typename Stream::Plan;
  StreamingCost<Plan::layers> result{};
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    const auto add = [&]<std::size_t Here>() {
      const StreamingMacs each = streaming_macs<Plan, Here>();
      const std::size_t kept = Here == 0
                                   ? Stream::kept_frames * sizeof(typename Stream::InputNumber) * (Stream::inputs / Stream::hop)
                                   : Plan::template kept_bytes<Here>;
      result.layers[Here] = {.name = Plan::template name<Here>,
                             .frames = Plan::template frames<Here + 1>.count(),
                             .fresh = Plan::template fresh<Here>,
                             .edges = Plan::template fresh_edges<Here>,
                             .state_bytes = kept + StreamedMemory<Plan>::template carried_bytes<Here>,
                             .macs = each.all,
                             .window_macs = macs<typename Plan::template Layer<Here>>};
      result.state_bytes += result.layers[Here].state_bytes;
      result.macs += each.all;
      result.edge_macs += each.edges;
      result.window_macs += result.layers[Here].window_macs;
    };
    (add.template operator()<Index>(), ...);
  }
  (std::make_index_sequence<Plan::layers>{});
  result.output_bytes = Plan::template kept_bytes<Plan::layers>;
  result.state_bytes += result.output_bytes;
  result.bytes = sizeof(Stream);
  return result;
}();

// Writes the table through `write`, which takes a std::string_view.
template <class Stream>
void print_streaming_cost(auto&& write) {
  static constexpr auto& total = streaming_cost<Stream>;
  const auto line = [&](auto name, auto... figures) { print(write, left(name, 16), right(figures, 12)..., '\n'); };
  using Text = std::string_view;
  line(Text{"layer"}, Text{"frames"}, Text{"computed"}, Text{"at edges"}, Text{"state"}, Text{"MACs"}, Text{"of a window"});
  for (const StreamingLayerCost& layer : total.layers)
    line(layer.name, layer.frames, layer.fresh, layer.edges, layer.state_bytes, layer.macs, layer.window_macs);
  line(Text{"total"}, Text{}, Text{}, Text{}, total.state_bytes, total.macs, total.window_macs);
  print(write, Stream::hop, " of ", Stream::window, " frames at a time: ", total.bytes, " bytes of RAM; ", total.edge_macs,
        " of ", total.macs, " MACs are for the edges of the window\n");
}

}  // namespace nn
