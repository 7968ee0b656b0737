// import_<NAME>: fills a network of a model.hpp with weights that PyTorch trained, and writes them as a header and as an image.
#pragma once

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/text.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/options.hpp"
#include "tools/pytorch/assignment.hpp"
#include "tools/pytorch/flattened.hpp"
#include "tools/pytorch/input_normalization.hpp"
#include "tools/pytorch/modules.hpp"
#include "tools/pytorch/table.hpp"
#include "tools/results.hpp"
#include "tools/safetensors/tensors.hpp"

namespace tools {

inline constexpr const char* import_help = R"(Fills the network with weights that PyTorch trained.

weights  --safetensors FILE        a state dict: safetensors.torch.save_file(model.state_dict(), FILE)
         --map FILE                lines "ours = theirs" for what order and shape cannot tell: 0 = features.conv1
         --flatten channels-first|channels-last   how the numbers lay that PyTorch flattened; else as the layers before tell
         --epsilon E               of PyTorch's BatchNorms (1e-5)
         --partial                 tensors that no layer takes may be left over
results  --out FILE.hpp            the weights header     --name NAMESPACE
         --for-training            the header with each BatchNorm as it is, not worked into the layer before it
         --image FILE              the parameter image, to train on with, to export, to quantize, for the board
         --mean M --std S          what inputs are normalized by, one number each or one for each channel, 0.485,0.456,0.406;
                                   in the header and the image, for nn::normalized
         --numbers                 the outputs are numbers, not classes

Prints which tensor each layer took. float32, float16, bfloat16 and float64 are read. Two biases of a recurrent layer become one,
and the columns of a Linear behind a flattened convolution are permuted.
)";

// An input of numbers from -1 to 1, or of symbols.
template <class Net>
typename Net::Input drawn_input() {
  typename Net::Input x{};
  nn::Random random{1};
  for (auto& number : x) {
    number = 2 * random.uniform() - 1;
    if constexpr (requires { Net::template Layer<0>::symbols_fit; }) {
      using Rows = std::remove_cvref_t<decltype(nn::get<0>(std::declval<typename Net::Parameters&>()).weight)>;
      number = static_cast<float>(random.next() % std::tuple_size_v<Rows>);
    }
  }
  return x;
}

template <class Net, class FrontEnd>
class Import {
 public:
  Import(int count, char** arguments, const HeaderText& defaults)
      : options{count, arguments, {"for-training", "partial", "numbers", "help"}}, text{defaults} {
    text.command = command_line(count, arguments);
  }

  int run() {
    if (options.flag("help")) {
      std::cout << import_help;
      return 0;
    }
    const auto file = options.text("safetensors"), map = options.text("map"), out = options.text("out"),
               image = options.text("image");
    const pytorch::Order order = pytorch::flattened(options);
    const double epsilon = options.number("epsilon", 1e-5, 0, 1);
    const bool partial = options.flag("partial"), for_training = options.flag("for-training");
    meaning.numbers = options.flag("numbers");
    normalization = pytorch::input_normalization(options, Net::input_shape);
    if constexpr (is_front_end<FrontEnd>) meaning.front_end = FrontEnd::fingerprint;
    text.name = options.identifier("name").value_or(text.name);
    options.refuse_others();
    options.require_together("for-training", "out");
    options.require_together("name", "out");
    require_results(options, {"safetensors", "map"}, {"out", "image"});
    if (!file) throw Failure{"no weights; expected --safetensors FILE (see --help)"};

    const safetensors::Tensors tensors = safetensors::read(*file);
    const std::vector<pytorch::Module> modules = pytorch::modules_of<Net>(*parameters, order, epsilon);
    const pytorch::Assignment assignment =
        pytorch::assign(modules, tensors, map ? pytorch::NameMap{*map, modules} : pytorch::NameMap{});
    if (!assignment.left.empty() && !partial)
      throw failure(
          *file,
          tools::text("holds ", shown(assignment.left[0]->name), ", ", safetensors::shape_text(assignment.left[0]->shape),
                      assignment.left.size() > 1 ? tools::text(", and ", assignment.left.size() - 1, " more") : "",
                      ", which no layer takes"),
          "tensors for layers alone, or --partial");
    pytorch::take(modules, tensors, assignment);
    if (!nn::is_finite(*parameters))
      throw failure(*file, "holds biases whose sum is not finite", "weights of a training that did not diverge");
    std::cout << pytorch::table_of(modules, assignment) << nn::cost<Net>.parameters << " parameters from "
              << tensors.list.size() - assignment.left.size() << " tensors\n";
    if (out) write_header(*out, for_training);
    if (image) write_image<Net>(*image, *parameters, normalization, meaning);
    return 0;
  }

 private:
  void write_header(const std::string& out, bool for_training) {
    const auto probe = drawn_input<Net>();
    if (for_training || !nn::folds<Net>)
      return replace_file(out, weights_header<Net>(text, *parameters, normalization, probe, meaning));
    HeaderText folded = text;
    folded.net = folded_name<Net>(text.net);
    replace_file(out, weights_header<nn::Folded<Net>>(folded, nn::fold<Net>(*parameters), normalization, probe, meaning));
  }

  Options options;
  HeaderText text;
  Meaning meaning;
  Normalization normalization;
  std::unique_ptr<typename Net::Parameters> parameters = std::make_unique<typename Net::Parameters>();
};

template <class Net, class FrontEnd = no_front_end::FrontEnd>
int import_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Import<Net, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools
