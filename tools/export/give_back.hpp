// Gives back to PyTorch and ONNX Runtime what a network has learnt, here or on a device: export_<NAME> --safetensors FILE --onnx
// FILE.
#pragma once

#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/data/text.hpp"
#include "tools/export/onnx_network.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/options.hpp"
#include "tools/pytorch/flattened.hpp"
#include "tools/pytorch/modules.hpp"
#include "tools/pytorch/names.hpp"
#include "tools/results.hpp"

namespace tools {

inline constexpr const char* give_back_help = R"(Gives back what the network has learnt, in float.

weights  --image FILE              the parameter image, of a trainer of this network or of the device
results  --safetensors FILE        a state dict, for model.load_state_dict(safetensors.torch.load_file(FILE))
         --onnx FILE               a model of opset 17, for ONNX Runtime
names    --like FILE.safetensors   those of this file, such as the one that was imported
         --map FILE                lines "ours = theirs"; otherwise as those of an nn.Sequential, 0.weight
         --flatten channels-first|channels-last, --epsilon E   as in import
)";

// Every weight is a float, and none has a format of its own.
template <class Net>
constexpr bool is_of_float = []<class... Policy>(std::type_identity<std::tuple<Policy...>>) {
  return (std::is_same_v<typename Policy::Weight, float> && ...);
}(std::type_identity<typename Net::Arithmetics>{});

// Device: the same layers in the arithmetic that a device learns in, whose images are taken, too.
template <class Net, class Device = Net>
class GiveBack {
  using Float = typename Net::template As<float>;

 public:
  GiveBack(int count, char** arguments, const HeaderText&) : options{count, arguments, {"help"}} {}

  int run() {
    if (options.flag("help")) {
      std::cout << give_back_help;
      return 0;
    }
    const auto image = options.text("image"), safetensors = options.text("safetensors"), onnx = options.text("onnx"),
               like = options.text("like"), map = options.text("map");
    const pytorch::Order order = pytorch::flattened(options);
    const double epsilon = options.number("epsilon", 1e-5, 0, 1);
    options.refuse_others();
    require_results(options, {"image", "like", "map"}, {"safetensors", "onnx"});
    if (!image)
      throw Failure{"no weights; expected --image FILE, as a trainer of this network or a device writes it (see --help)"};
    if (!safetensors && !onnx) throw Failure{"nothing to do; expected --safetensors FILE or --onnx FILE (see --help)"};
    if constexpr (is_of_float<Float>) {
      read(*image);
      const auto modules = pytorch::modules_of<Float>(*parameters, order, epsilon);
      const pytorch::NameMap names = map ? pytorch::NameMap{*map, modules} : pytorch::NameMap{};
      const pytorch::PartNames named =
          pytorch::names_of(modules, names, like ? std::optional{safetensors::read(*like)} : std::nullopt);
      const std::string state = safetensors ? safetensors::bytes_of(pytorch::state_dict(modules, named), {{"format", "pt"}}) : "";
      const std::string model = onnx ? onnx_bytes<Float>(modules, named, order) : "";
      if (safetensors) replace_file(*safetensors, state);
      if (onnx) replace_file(*onnx, model);
      report(modules, named);
      return 0;
    } else {
      throw Failure{
          "this network has layers with formats of their own (nn::With); expected NETWORK without them, and the same layers"};
    }
  }

 private:
  void read(const std::string& file) {
    if constexpr (!std::is_same_v<Net, Device>) {
      std::string bytes = read_file(file);
      take_ranges(bytes, file);
      take_meaning(bytes, file, Net::outputs);
      const auto of_device = std::make_unique<typename Device::Parameters>();
      nn::StoredNormalization<Net::inputs> stored;
      if (nn::Image<Device>::read(std::as_bytes(std::span{bytes}), *of_device, stored) == nn::ImageStatus::ok) {
        normalization = loaded(stored);
        nn::convert<Device, Float>(*of_device, *parameters);
        return;
      }
    }
    const auto own = std::make_unique<typename Net::Parameters>();
    read_image<Net>(file, *own, normalization);
    if constexpr (std::is_same_v<Net, Float>)
      *parameters = *own;
    else
      nn::convert<Net, Float>(*own, *parameters);
    if (!nn::is_finite(*parameters))
      throw failure(file, "holds a weight that is not finite", "the image of a training that did not diverge");
  }

  void report(const std::vector<pytorch::Module>& modules, const pytorch::PartNames& named) const {
    for (std::size_t m = 0; m < modules.size(); ++m) {
      std::cout << modules[m].text() << ":";
      for (const pytorch::PartName& part : named[m])
        if (!part.name.empty()) std::cout << ' ' << part.name << ' ' << safetensors::shape_text(part.shape);
      std::cout << '\n';
    }
    if (normalization.count() > 0)
      std::cout << "inputs are normalized before they go in, as nn::normalized does: (x - mean) * scale\n";
  }

  Options options;
  Normalization normalization;
  std::unique_ptr<typename Float::Parameters> parameters = std::make_unique<typename Float::Parameters>();
};

// Whether a command asks for it.
inline bool gives_back(int count, char** arguments) {
  for (int k = 1; k < count; ++k)
    if (std::string_view{arguments[k]} == "--safetensors" || std::string_view{arguments[k]} == "--onnx") return true;
  return false;
}

template <class Net, class Device = Net>
int give_back_main(int count, char** arguments) {
  return tool_main<GiveBack<Net, Device>>(count, arguments, {});
}

}  // namespace tools
