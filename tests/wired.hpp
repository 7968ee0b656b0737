// A small device that learns, with a store, for the tests of the wire.
#pragma once

#include "chips/simulated_flash.hpp"
#include "nn/nn.hpp"
#include "nn/wire/device.hpp"

namespace wired {

using Net = nn::Network<float, nn::Input<7>, nn::Dense<5>, nn::Relu, nn::Dense<3>, nn::Softmax>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Momentum>;
using Flash = SimulatedFlash<8, 512, 8>;
using Store = nn::Store<Flash>;
using Device = nn::wire::Device<Trainer, 1, Store>;

constexpr nn::Normalization<1> normalization{{1}, {0.5f}};
constexpr nn::Momentum settings{.rate = 0.05f};

struct Board {
  SimulatedCells<8, 512> cells{};
  Trainer trainer{settings, nn::at_run_time(1)};
  Store store{Device::image_bytes(trainer), Flash{cells}};
  Device device{trainer, normalization, store, "test", "none"};
};

}  // namespace wired
