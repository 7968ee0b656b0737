// train: trains the network of a model.hpp on data and writes its weights as a header.
#pragma once

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include "nn/nn.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/train/batch_learner.hpp"
#include "tools/train/train_command.hpp"

namespace tools {

// How targets are normalized unless asked otherwise: `unit` before a last layer that is bounded.
template <class Net, class Last = typename Net::template Spec<Net::layers - 1>>
constexpr const char* usual_target_normalization = std::is_same_v<Last, nn::Sigmoid> || std::is_same_v<Last, nn::HardSigmoid> ||
                                                           std::is_same_v<Last, nn::Tanh> || std::is_same_v<Last, nn::Softmax>
                                                       ? "unit"
                                                       : "standard";

// The facts of a network that are known by its type; FrontEnd: what makes features of sounds (tools/model/front_end.hpp).
template <class Net, class Loss, class FrontEnd>
NetworkFacts network_facts() {
  using Asked = tools::Asked<Net, Loss>;
  return {.input = Net::input_shape,
          .layers = Net::layers,
          .outputs = Net::outputs,
          .classes = Asked::classes,
          .by_class = Asked::by_class,
          .by_squares =
              !Asked::by_class && !requires { Loss::takes_probabilities; } && !requires { Loss::takes_distribution; },
          .takes_batches = takes_batches<Net>,
          .is_watched = Net::Arithmetic::watched,
          .targets = usual_target_normalization<Net>,
          .front_end = FrontEnd::fingerprint};
}

template <class Net, class Loss, class FrontEnd = no_front_end::FrontEnd>
class Training : public TrainCommand<typename Net::InputNumber, typename Asked<Net, Loss>::Number> {
  using Base = TrainCommand<typename Net::InputNumber, typename Asked<Net, Loss>::Number>;

 public:
  Training(int count, char** arguments, const HeaderText& defaults)
      : Base{count, arguments, defaults, network_facts<Net, Loss, FrontEnd>()} {}

 protected:
  using typename Base::Example;
  using typename Base::Made;
  using typename Base::Rounds;

  NetworkLearner<Net, Loss>& learner() const { return static_cast<NetworkLearner<Net, Loss>&>(*this->current->learner); }
  const std::vector<Example>& train() const { return this->material->train; }

 private:
  std::shared_ptr<const ClipFeatures> clip_features() const override { return tools::clip_features<Net, FrontEnd>(); }

  Meaning read_start(const std::string& image, Normalization& normalization) override {
    begin = std::make_unique<typename Net::Parameters>();
    return read_image<Net>(image, *begin, normalization);
  }

  Made make_learner(std::uint32_t seed) const override {
    const auto parameters = std::make_unique<typename Net::Parameters>();
    if (begin != nullptr) {
      *parameters = *begin;
    } else {
      nn::Random draw{seed};
      if (this->settings.initializer == "he")
        nn::initialize<Net>(*parameters, nn::He{}, draw);
      else
        nn::initialize<Net>(*parameters, nn::Glorot{}, draw);
    }
    return tools::make_learner<Net, Loss>(this->settings.choice, *parameters, seed);
  }

  bool learns(std::size_t frozen) const override {
    bool any = false;
    Net::for_each_layer([&]<std::size_t Index, class Layer>() {
      any = any || (Index >= frozen && nn::has_parameters<Layer>);
    });
    return any;
  }

  void print_summary() const override {
    nn::print_summary<Net>([](std::string_view part) { std::cout << part; });
  }

  std::uint32_t checksum() const override { return nn::checksum(learner().parameters()); }
  bool is_finite() const override { return nn::is_finite(learner().parameters()); }

  std::string header() const override {
    typename Net::Input probe{};
    std::copy(train()[0].input.begin(), train()[0].input.end(), probe.begin());
    const auto& normalization = this->material->normalization;
    if (this->settings.for_training || !nn::folds<Net>)
      return weights_header<Net>(this->text, learner().parameters(), normalization, probe, this->data.meaning);
    HeaderText folded = this->text;
    folded.net = folded_name<Net>(this->text.net);
    return weights_header<nn::Folded<Net>>(folded, nn::fold<Net>(learner().parameters()), normalization, probe,
                                           this->data.meaning);
  }

  void write_image(const std::string& file) const override {
    tools::write_image<Net>(file, learner().parameters(), this->material->normalization, this->data.meaning,
                            learner().int8_ranges());
  }

  std::unique_ptr<typename Net::Parameters> begin;  // of an image to go on from
};

template <class Net, class Loss = UsualLoss<Net>, class FrontEnd = no_front_end::FrontEnd>
int train_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Training<Net, Loss, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools
