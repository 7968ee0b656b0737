// The four gates of a long short-term memory, each of type Gate.
#pragma once

#include "nn/graph/members.hpp"

namespace nn::graph {

template <class Gate>
struct LstmGates {
  Gate input;
  Gate forget;
  Gate cell;
  Gate output;

  constexpr void members(auto&& list, const auto& shape) const {
    const auto gate = [&](const char* name, const Gate& of) {
      list(name, Nested{[&](auto&& each) { of.members(each, shape); }});
    };
    gate("input", input);
    gate("forget", forget);
    gate("cell", cell);
    gate("output", output);
  }
};

}  // namespace nn::graph
