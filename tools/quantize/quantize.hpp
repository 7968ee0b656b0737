// quantize: brings a float-trained network to int8 as TensorFlow Lite computes it, with ranges found on calibration data, tells
// what that costs, and writes it as a header of tools/import's kind.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "nn/nn.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/quantize/layers.hpp"
#include "tools/quantize/quantize_command.hpp"

namespace tools {

template <class Net, class Loss, class FrontEnd>
class Quantization : public QuantizeCommand {
  using Small = nn::Folded<Net>;

 public:
  Quantization(int count, char** arguments, const HeaderText& defaults)
      : QuantizeCommand{count,
                        arguments,
                        defaults,
                        {.input = Net::input_shape,
                         .outputs = Net::outputs,
                         .parameter_bytes = sizeof(typename Small::Parameters),
                         .workspace_bytes = sizeof(typename Small::Workspace),
                         .front_end = FrontEnd::fingerprint}} {}

 private:
  std::shared_ptr<const ClipFeatures> clip_features() const override { return tools::clip_features<Net, FrontEnd>(); }
  Meaning read_weights(const std::string& file) override { return read_image<Net>(file, trained, normalization, &learnt); }
  importer::Model float_model() const override { return quantizer::float_model<Net>(image, nn::fold<Net>(trained)); }

  void compare(std::size_t k, std::span<const float> x, std::span<const float> y) override {
    const float threshold = Loss::template threshold<typename Net::LastArithmetic>(false);
    const auto answer = exact(std::span<const float, Net::inputs>{x});
    comparison.add(tested(), k, meaning, x, {answer, threshold}, {std::span<const float, Net::outputs>{y}, threshold});
  }

  typename Net::Parameters trained{};
  nn::Inference<Net> exact{trained};
};

template <class Net, class Loss, class FrontEnd = no_front_end::FrontEnd>
int quantize_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Quantization<Net, Loss, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools
