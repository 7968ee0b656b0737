// Where the time of a whole model goes: lines `profile <model> <step> <operator>,arithmetic,metric,value`. On the host the mean
// of half a second, on a board one inference.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "golden.hpp"
#include "measure.hpp"
#include "nn/profiled.hpp"

namespace bench {

template <class Models, class Net, std::size_t Inputs>
void profile(std::string_view name, std::string_view arithmetic, golden::Files<Inputs> inputs) {
  auto& net = *std::construct_at(reinterpret_cast<nn::Profiled<Net>*>(Models::memory.data()));
  const auto run = [&] {
    golden::load(net, 0, inputs);
    net.run(platform::clock);
  };
  run();
  if constexpr (platform::is_host) {
    net.profile.clear();
    for (const std::uint64_t begin = platform::clock(); platform::clock() - begin < 500'000'000;) run();
  }
  for (std::size_t step = 0; step < net.steps.size(); ++step) {
    const auto line = [&](std::string_view metric, std::uint64_t value) {
      nn::print(console::write, name, step < 10 ? " 0" : " ", step, " ", net.steps[step].name, ",", arithmetic);
      nn::print(console::write, ",", metric, ",", value, '\n');
    };
    line("macs", net.steps[step].macs);
    line(platform::clock_unit, net.profile.of_step(step));
  }
}

}  // namespace bench
