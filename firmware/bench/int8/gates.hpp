// Gates of a recurrent layer on int8, drawn as those of Layer are.
#pragma once

#include <array>
#include <cstdint>

#include "nn/int8/gru_sequence.hpp"
#include "nn/int8/lstm_sequence.hpp"
#include "operators.hpp"

namespace bench {

// They rise from 0.5 to 1 (nn/int16/sigmoid.hpp); a straight line serves for counting.
inline constexpr std::array<std::uint16_t, 256> gate_table = [] {
  std::array<std::uint16_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(32768 + 257 * i / 2);
  return values;
}();

template <std::int32_t Count, std::int32_t Inputs, std::int32_t Units>
struct Gates : Layer<std::size_t{Count * Units * (Inputs + Units)}, std::size_t{Units}, 1, 8> {
  constexpr nn::int8::Gate operator[](std::int32_t index) const {
    const std::int8_t* const first = this->weight.data() + index * Units * (Inputs + Units);
    return {{first, first + Units * Inputs, this->bias.data()}, this->scale[0], this->scale[0], this->bias.data(), true};
  }
};

}  // namespace bench
