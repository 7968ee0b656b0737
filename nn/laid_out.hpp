// LaidOut<Net, parameters>: a network whose parameters the compiler knows, in the order in which the core reads them fastest. It
// lays them out; they themselves are then in no image that does not use them otherwise. The bits are the same.
//
//   using Quick = nn::LaidOut<digits_weights::Net, digits_weights::parameters>;
//   nn::Inference<Quick> network{nn::at_run_time(Quick::parameters)};
//
// Inference, Profiled, Streaming and ByRows take it, at run time. Cores and arithmetics that lay nothing out read the parameters
// as they are: so far, cores with the DSP instructions lay out Dense of Fixed8, where it is no part of another layer.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "nn/kernels.hpp"
#include "nn/network.hpp"
#include "nn/pack.hpp"

namespace nn {

// Of layer Index: what its forward reads, and whether that is laid out.
template <class Layer, class Kernels, const auto& Constants, std::size_t Index>
struct LaidOutLayer {
  static constexpr std::size_t bytes = [] {
    if constexpr (requires { Layer::template laid_out_bytes<Kernels>(get<Index>(Constants)); })
      return Layer::template laid_out_bytes<Kernels>(get<Index>(Constants));
    return std::size_t{0};
  }();
  static constexpr auto read = [] {
    if constexpr (bytes > 0) return Layer::template lay_out<Kernels, bytes>(get<Index>(Constants));
    else return get<Index>(Constants);
  };
  using Parameters = decltype(read());
};

template <class Net, class Kernels, const auto& Constants, class Indices>
struct LaidOutNetwork;
template <class Net, class Kernels, const auto& Constants, std::size_t... Index>
struct LaidOutNetwork<Net, Kernels, Constants, std::index_sequence<Index...>> {
  template <std::size_t Number>
  using At = LaidOutLayer<typename Net::template Layer<Number>, Kernels, Constants, Number>;
  static constexpr bool any = ((At<Index>::bytes > 0) || ...);
  using Parameters = Pack<typename At<Index>::Parameters...>;

  static constexpr Parameters all = [] {
    Parameters made{};
    ([&made] {
      if constexpr (!std::is_empty_v<typename At<Index>::Parameters>) get<Index>(made) = At<Index>::read();
    }(),
     ...);
    return made;
  }();
};

template <const auto& Constants>
concept KnownParameters = requires { typename std::bool_constant<(std::remove_cvref_t<decltype(Constants)>(Constants), true)>; };

template <class Net, const auto& Constants, class Kernels = target::Kernels>
struct LaidOut : Net {
  static constexpr bool fits = std::is_same_v<const typename Net::Parameters&, decltype(Constants)>;
  static constexpr bool known = KnownParameters<Constants>;
  static_assert(fits, "nn::LaidOut<Net, parameters>: expected parameters of this network, of type Net::Parameters");
  static_assert(!fits || known,
                "nn::LaidOut<Net, parameters>: the compiler does not know these parameters; expected a constexpr variable");
  static constexpr bool laid_out = true;

  static constexpr const auto& parameters = []() -> const auto& {
    if constexpr (fits && known) {
      using Found =
          LaidOutNetwork<Net, KernelsFor<typename Net::Arithmetic, Kernels>, Constants, std::make_index_sequence<Net::layers>>;
      if constexpr (Found::any) return Found::all;
      else return Constants;
    } else {
      return Constants;
    }
  }();
  using Parameters = std::remove_cvref_t<decltype(parameters)>;
};

}  // namespace nn
