// Profiled<Net>: a network whose layers, or a graph whose operators, are timed one by one, with the same bits as without.
//
//   nn::Profiled<Digits> digits{parameters};                     in place of nn::Inference<Digits>
//   digits(image, platform::clock);                              as often as one likes: the mean of all runs
//   nn::Profiled<kws::Net> net;                                  in place of a graph: fill net.input(),
//   net.run(platform::clock);                                    read net.output()
//
//   nn::print_profile(net, platform::clock_unit, console::write);
//
// The clock is anything that is called without arguments and returns a std::uint64_t that does not go back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/profile.hpp"

namespace nn {

template <class Net, class Kernels = target::Kernels>
class Profiled {
 public:
  static constexpr std::array<ProfiledStep, Net::layers> steps = [] {
    std::array<ProfiledStep, Net::layers> all{};
    Net::for_each_layer([&]<std::size_t Index, class Layer>() { all[Index] = {Net::template Spec<Index>::name, macs<Layer>}; });
    return all;
  }();
  Profile<Net::layers> profile{};

  constexpr explicit Profiled(const typename Net::Parameters& weights) : parameters{weights} {}
  Profiled(const typename Net::Parameters&&) = delete;  // they would be gone before the first call

  // The outputs for x; good until the next call.
  std::span<const typename Net::OutputNumber, Net::outputs> operator()(std::span<const typename Net::InputNumber, Net::inputs> x,
                                                                       auto clock) {
    const auto y = Net::template run<Kernels>(parameters, x, workspace, [&](std::size_t layer) { profile.enter(layer, clock); });
    profile.leave(clock);
    return y;
  }

 private:
  const typename Net::Parameters& parameters;
  typename Net::Workspace workspace{};
};

// Of a graph, with all that it has.
template <class Net, class Kernels>
requires requires { Net::operators; }
class Profiled<Net, Kernels> : public Net {
 public:
  static constexpr std::array<ProfiledStep, Net::operators> steps = [] {
    std::array<ProfiledStep, Net::operators> all{};
    for (std::size_t step = 0; step < Net::operators; ++step)
      all[step] = {Net::kinds[step], static_cast<std::uint64_t>(Net::products_of[step])};
    return all;
  }();
  Profile<Net::operators> profile{};

  void run(auto clock) {
    Net::template run<Kernels>([&](std::size_t step) { profile.enter(step, clock); });
    profile.leave(clock);
  }
};

// The table of profile.hpp.
template <class Net, class Kernels>
void print_profile(const Profiled<Net, Kernels>& net, std::string_view unit, auto&& write) {
  print_profile(net.profile, Profiled<Net, Kernels>::steps, unit, write);
}

}  // namespace nn
