// Initializers: where weights start. Each gives the limit of a uniform distribution [-limit, limit); biases start at 0.
//   He       √(6 / inputs)               for ReLU: He et al., Delving Deep into Rectifiers (2015)
//   Glorot   √(6 / (inputs + outputs))   for sigmoid, tanh, softmax: Glorot and Bengio (2010)
//   Uniform  as given
#pragma once

#include <cstddef>

#include "nn/fields.hpp"
#include "nn/number/elementary.hpp"
#include "nn/number/fixed.hpp"
#include "nn/random.hpp"

namespace nn {

struct He {
  constexpr float limit(std::size_t inputs, std::size_t) const {
    return Elementary<float>::sqrt(6.0f / static_cast<float>(inputs));
  }
};

struct Glorot {
  constexpr float limit(std::size_t inputs, std::size_t outputs) const {
    return Elementary<float>::sqrt(6.0f / static_cast<float>(inputs + outputs));
  }
};

struct Uniform {
  float bound = 0.05f;
  constexpr float limit(std::size_t, std::size_t) const { return bound; }
};

// Overwrites the parameters of every layer that states its fan_in and fan_out, or has an initialize() of its own; leaves
// others as they are.
template <class Topology, class Initializer>
constexpr void initialize(typename Topology::Parameters& parameters, const Initializer& initializer, Random& random) {
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    if constexpr (requires { Layer::initialize(get<Index>(parameters), initializer, random); }) {
      Layer::initialize(get<Index>(parameters), initializer, random);
    } else if constexpr (requires { Layer::fan_in; }) {
      const float limit = initializer.limit(Layer::fan_in, Layer::fan_out);
      auto& p = get<Index>(parameters);
      p.bias = {};
      for_each_row(
          [&](auto& row) {
            using Weight = typename std::remove_reference_t<decltype(row)>::value_type;
            for (auto& w : row) w = number<Weight>((2 * random.uniform() - 1) * limit);
          },
          p.weight);
    }
  });
}

}  // namespace nn
