// ByRows<Net>: a network of layers that runs row by row of its input as far as it can, and then the rest of it as usual. Each
// layer holds the rows that the next one still reads: three for a convolution of 3x3; a Residual those that wait for its body.
// The compiler derives schedule and rings from the type. Nothing is computed twice, the sums are the same, and so are the bits.
//
//   nn::ByRows<Net> net{parameters};                        const auto y = net(image);
//   nn::ByRows<Net, 1, nn::Feed::rows> net{parameters};     while (!net.push_row(row)) …;    const auto y = net.output();
//
// A row of the input is a row of its shape, [W][C]. By rows go convolutions, poolings, Pad, recurrent layers, Residual and Concat
// of them, and what is computed number by number or pixel by pixel; GlobalAvgPool adds its rows up as they come. What it takes:
// nn::rows_cost (nn/rows/cost.hpp). A static one wants its parameters through at_run_time, as Inference does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/graph/feed.hpp"
#include "nn/mistaken.hpp"
#include "nn/network.hpp"
#include "nn/rows/rest.hpp"
#include "nn/rows/run.hpp"

namespace nn::graph {

template <class Net, std::int32_t AtOnce, Feed Fed>
  requires requires { typename Net::Bounds; }  // an nn::Network, laid out or not
class ByRows<Net, AtOnce, Fed> {
 public:
  using Topology = Net;
  using Chain = RowChain<Topology>;
  static_assert(AtOnce == 1, "nn::ByRows<Network, AtOnce>: layers of a network make one row at once; expected 1");
  static_assert(Topology::input_shape.height > 1,
                "nn::ByRows<Network>: its input is one row; expected several, or nn::Streaming for frames over time");
  static_assert(Chain::layers > 0 || Topology::input_shape.height == 1,
                "nn::ByRows<Network>: the first layer cannot run by rows; expected an input of several rows, and a convolution, "
                "a pooling or what is computed pixel by pixel");
  static_assert(!Topology::Arithmetic::watched, "nn::ByRows<Network>: Watched looks at whole maps; expected nn::Inference");
  static_assert(Topology::input_shape.height < 1 << 15, "nn::ByRows<Network>: an input has at most 32767 rows");
  static_assert(Chain::highest < 1 << 16, "nn::ByRows<Network>: what a layer gives has at most 65535 rows");

  using Plan = RowPlan<Chain, Fed == Feed::rows>;
  using Rest = RowsRest<Chain>;
  using InputNumber = typename Topology::InputNumber;
  using OutputNumber = typename Topology::OutputNumber;
  static constexpr std::size_t rows = Topology::input_shape.height;
  static constexpr std::size_t row_numbers = Chain::template row_numbers<0>;
  static constexpr std::size_t inputs = Topology::inputs;
  static constexpr std::size_t outputs = Topology::outputs;
  using Row = std::array<InputNumber, row_numbers>;

  constexpr explicit ByRows(const typename Topology::Parameters& weights) : parameters{weights} {}
  template <class Given>
    requires(!std::is_convertible_v<Given, typename Topology::Parameters&> && !std::is_convertible_v<Given, const ByRows&>)
  constexpr explicit ByRows(Given&&) : parameters{refuse<Given>()} {}
  ByRows(const ByRows&) = delete;  // its output lies within
  ByRows& operator=(const ByRows&) = delete;

  // The outputs for x; good until the next call.
  template <class Kernels = target::Kernels>
  constexpr std::span<const OutputNumber, outputs> operator()(std::span<const InputNumber, inputs> x) {
    static_assert(Fed == Feed::whole, "nn::ByRows<Network, 1, Feed::rows>: its input comes by push_row");
    begin();
    for (std::size_t row = 0; row < rows; ++row) go_on<Kernels>(x.data());
    finish<Kernels>();
    return output();
  }

  template <class Given>
    requires(!std::is_convertible_v<Given, std::span<const InputNumber, inputs>>)
  constexpr auto operator()(Given&&) {
    static_assert(mistaken<Given>,
                  "nn::ByRows: the input is a std::array or std::span of exactly Net::inputs numbers of type Net::InputNumber; "
                  "of a longer or dynamic span, its .first<Net::inputs>()");
  }

  // The next row of the input. True: it was the last one, the output is there; the next row begins another input.
  template <class Kernels = target::Kernels>
  [[nodiscard]] constexpr bool push_row(std::span<const InputNumber, row_numbers> x) {
    static_assert(Fed == Feed::rows, "nn::ByRows<Network>: rows are pushed with Feed::rows; else it takes the whole input");
    if constexpr (Fed == Feed::rows) {
      if (there.rows[0] == 0) begin();
      auto& held = memory.template begun<0>();
      InputNumber* const first = get<0>(held.rings).data();
      running<Kernels>(first).template make_room<0>(there.rows[0]);
      InputNumber* const to = first + static_cast<std::size_t>(there.rows[0] - held.above.rows[0]) * row_numbers;
      for (std::size_t i = 0; i < row_numbers; ++i) to[i] = x[i];
      go_on<Kernels>(first);
      if (there.rows[0] < rows) return false;
      finish<Kernels>();
    }
    return true;
  }

  template <class Given>
    requires(!std::is_convertible_v<Given, std::span<const InputNumber, row_numbers>>)
  constexpr bool push_row(Given&&) {
    static_assert(mistaken<Given>,
                  "nn::ByRows: a row is a std::array or std::span of exactly row_numbers numbers of the input's type; "
                  "of a longer or dynamic span, its .first<row_numbers>()");
    return false;
  }

  // Of the last image that was complete; good until the next row. Before the first one there is none: its data() is nullptr.
  constexpr std::span<const OutputNumber, outputs> output() const {
    return std::span<const OutputNumber, outputs>{result, outputs};
  }

  // Another input begins.
  constexpr void reset() { there = {}; }

 private:
  template <class Given>
  static const typename Topology::Parameters& refuse() {
    static_assert(std::is_convertible_v<Given, const typename Topology::Parameters&>,
                  "nn::ByRows: expected parameters of this network, of type Net::Parameters");
    static_assert(!std::is_convertible_v<Given, const typename Topology::Parameters&>,
                  "nn::ByRows: expected parameters that stay, a variable; these would be gone before the first call");
  }
  constexpr void begin() {
    there = {};
    memory.template begin<0>();
  }
  template <class Kernels>
  constexpr void go_on(const InputNumber* first) {
    ++there.rows[0];
    while (Chain::pass(there, running<Kernels>(first))) {
    }
  }
  template <class Kernels>
  constexpr RowRun<KernelsFor<typename Topology::Arithmetic, Kernels>, Plan> running(const InputNumber* first) {
    return {.parameters = parameters, .there = there, .first = first, .first_above = 0, .last = map.data(), .joined = 0,
            .memory = memory.template begun<0>()};
  }
  template <class Kernels>
  constexpr void finish() {
    using Fastest = KernelsFor<typename Topology::Arithmetic, Kernels>;
    result = Rest::template run<Fastest>(parameters, map, memory.template begin<1>()).data();
    there = {};
  }

  const typename Topology::Parameters& parameters;
  RowPlaces<Chain> there{};
  const OutputNumber* result = nullptr;
  typename Rest::Map map{};
  OneOf<RowMemory<Plan>, typename Rest::Memory> memory{};
};

}  // namespace nn::graph
