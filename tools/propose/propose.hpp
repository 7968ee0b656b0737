// propose: trains in float, as train does, watches how far the numbers of each layer go, and proposes formats for them.
//
// To learn in 16 bits a format must hold what occurs in the course of training: weights and activations grow, and may grow
// further on other data, hence the headroom; gradients are largest in the beginning. To infer in 8 bits it must hold the
// weights and activations of the trained network, and as tightly as can be: the largest may lose one step.
#pragma once

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "tools/propose/formats.hpp"
#include "tools/propose/type_name.hpp"
#include "tools/train/train.hpp"

namespace tools {

inline constexpr const char* propose_help =
    R"(formats  --headroom FACTOR          room for weights and activations to grow, to learn in 16 bits (2)

Trains as above, then prints for each layer the largest weight, bias, output and gradient, and formats for them as code:
to learn in 16 bits, and to infer in 8.
)";

template <class Net, class Loss, class FrontEnd, class Watched = typename Net::template As<nn::Watched<typename Net::Arithmetic>>>
class Proposal : public Training<Watched, Loss, FrontEnd> {
  using Base = Training<Watched, Loss, FrontEnd>;

 public:
  using Base::Base;

 private:
  // The largest magnitudes of a layer.
  struct Extent {
    float weight = 0, bias = 0, activation = 0, gradient = 0, cell = 0;
  };
  using Extents = std::array<Extent, Net::layers>;

  std::string help() const override { return std::string{train_help} + propose_help; }
  void read_more_options() override { headroom = this->options.number("headroom", 2, 1, 1024); }
  void before_step() override { note_parameters(learning); }

  void finish() override {
    note_parameters(learning);
    note_ranges(learning, this->learner().ranges());
    note_parameters(trained);
    infer();
    std::printf("\nlargest in the course of training\n");
    print(learning);
    std::printf("\nlargest once trained\n");
    print(trained);
    std::printf("\nTo learn and to infer in 16 bits, with a headroom of %g for weights and activations:\n", headroom);
    print_code(16, learning);
    std::printf("\nTo infer in 8 bits:\n");
    print_code(8, trained);
    std::fflush(stdout);
  }

  void note_parameters(Extents& extents) {
    auto& parameters = this->learner().parameters();
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (nn::has_parameters<Layer>) note(extents[I], nn::get<I>(parameters));
    });
  }
  // Parameters of a layer, or of those inside it.
  template <class Parameters>
  static void note(Extent& extent, const Parameters& p) {
    const auto widen = [](float& largest) {
      return [&largest](const auto& row) {
        for (float value : row) largest = std::max(largest, std::abs(value));
      };
    };
    if constexpr (requires { p.weight, p.bias; }) {
      nn::for_each_row(widen(extent.weight), p.weight);
      nn::for_each_row(widen(extent.bias), p.bias);
      if constexpr (requires { p.recurrent; }) nn::for_each_row(widen(extent.weight), p.recurrent);
      if constexpr (requires { p.candidate; }) nn::for_each_row(widen(extent.weight), p.candidate);
      if constexpr (requires { p.recurrent_bias; }) nn::for_each_row(widen(extent.bias), p.recurrent_bias);
    } else if constexpr (requires { Parameters::count; }) {
      [&]<std::size_t... Inside>(std::index_sequence<Inside...>) {
        (note(extent, nn::get<Inside>(p)), ...);
      }(std::make_index_sequence<Parameters::count>{});
    } else {
      nn::for_each_row(widen(extent.weight), p);
    }
  }

  // Functions that are bounded note nothing; rectifiers keep the format that they are given.
  void note_ranges(Extents& extents, std::span<const nn::LayerRanges> ranges) {
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      extents[i].activation = std::max(extents[i].activation, ranges[i].activation.largest);
      extents[i].gradient = ranges[i].gradient.largest;
      extents[i].cell = std::max(extents[i].cell, ranges[i].cell.largest);
    }
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      using Spec = typename Net::template Spec<I>;
      if constexpr (bounded<Spec>) extents[I].activation = 1;
      if constexpr (std::is_same_v<Spec, nn::Softplus> && I > 0) extents[I].activation = extents[I - 1].activation + 1;
      if constexpr (std::is_same_v<Spec, nn::Relu> && I > 0) extents[I].activation = extents[I - 1].activation;
    });
  }
  template <class Spec>
  static constexpr bool bounded =
      std::is_same_v<Spec, nn::Softmax> || std::is_same_v<Spec, nn::Sigmoid> || std::is_same_v<Spec, nn::Tanh>;

  // The trained network on what it was trained on.
  void infer() {
    nn::Inference<Watched> inference{this->learner().parameters()};
    for (const auto& example : this->train()) {
      inference(input_of<Net>(example));
      for (float value : example.input) largest_input = std::max(largest_input, std::abs(value));
    }
    note_ranges(trained, inference.ranges);
  }

  void print(const Extents& extents) const {
    // Where there is an Lstm.
    const bool cells = std::any_of(extents.begin(), extents.end(), [](const Extent& extent) { return extent.cell > 0; });
    std::printf("%-12s%12s%12s%12s%12s%s\n", "layer", "weight", "bias", "activation", "gradient", cells ? "        cell" : "");
    const auto figure = [](float value) {
      if (value > 0) std::printf("%12.4f", static_cast<double>(value));
      else std::printf("%12s", "-");
    };
    std::printf("%-12s%12s%12s%12.4f\n", "input", "", "", static_cast<double>(largest_input));
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      std::printf("%-12s", std::string{Net::template Spec<I>::name}.c_str());
      for (float value : {extents[I].weight, extents[I].bias, extents[I].activation, extents[I].gradient}) figure(value);
      if (cells) figure(extents[I].cell);
      std::printf("\n");
    });
  }

  template <std::size_t I>
  Fractions fractions(int bits, const Extents& extents) const {
    const Extent& extent = extents[I];
    const double room = bits == 16 && !bounded<typename Net::template Spec<I>> ? headroom : 1;
    const double beyond = bits == 16 ? 0 : 1.5;
    const auto of = [&](float largest, double factor) {
      return largest > 0 ? std::optional{fraction_bits(bits, factor * static_cast<double>(largest), beyond)} : std::nullopt;
    };
    Fractions found{.weight = of(extent.weight, room), .activation = of(extent.activation, room), .gradient = {}, .input = {}};
    if (bits == 16) found.gradient = of(extent.gradient, 1);
    if (extent.cell > 0) found.cell = fraction_bits(16, room * static_cast<double>(extent.cell), 0);
    return found;
  }

  // One format for all, then a network with one for each layer.
  void print_code(int bits, const Extents& extents) const {
    Fractions all{.weight = {},
                  .activation = {},
                  .gradient = {},
                  .input = fraction_bits(bits, static_cast<double>(largest_input), bits == 16 ? 0 : 1.5)};
    Net::for_each_layer([&]<std::size_t I, class Layer>() { all.add(fractions<I>(bits, extents)); });
    std::printf("  one format for all\n    %s\n", all.code(bits).c_str());
    std::printf("  one for each layer\n    nn::Network<%s, %s", all.code(bits).c_str(), input_code(Net::input_shape).c_str());
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      Fractions own = fractions<I>(bits, extents);
      if (!own.weight) own.weight = all.weight;
      const std::string layer{type_name<typename Net::template Spec<I>>()};
      std::printf(",\n                nn::With<%s, %s>", own.code(bits).c_str(), layer.c_str());
    });
    std::printf(">\n");
  }

  double headroom = 2;
  Extents learning{}, trained{};
  float largest_input = 0;
};

template <class Net, class Loss = UsualLoss<Net>, class FrontEnd = no_front_end::FrontEnd>
int propose_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Proposal<Net, Loss, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools
