// export: brings float-trained weights to another arithmetic, tells what that costs, and writes them as a header.
//
//   From   the network that was trained, in float        To   the same layers in other formats
//
// A BatchNorm is worked into the layer before it, in float, before anything is rounded (nn/fold.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "nn/nn.hpp"
#include "tools/data/source.hpp"
#include "tools/export/bounds.hpp"
#include "tools/export/give_back.hpp"
#include "tools/model/comparison.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/options.hpp"
#include "tools/report/doubts.hpp"
#include "tools/results.hpp"

namespace tools {

inline constexpr const char* export_help = R"(Brings float-trained weights to another arithmetic and writes them as a C++ header.

weights  --image FILE              the parameter image, of the trainer of this network
data     --test FILE               CSV: numbers and a class; also --test-images FILE --test-labels FILE (IDX),
                                   --test-x FILE --test-y FILE (.npy), --test-folder FOLDER (images
                                   or sounds by class)
         --label COLUMN  --target COLUMNS  --missing drop    as in training
results  --out FILE.hpp            the weights header     --name NAMESPACE
         --out-image FILE          the parameter image of the other arithmetic
         --strict                  no results, and status 1, if a weight saturates or accuracy is lost

A network is exported for inference, with each BatchNorm worked into the layer before it; to learn on with BatchNorm, see
FOR_TRAINING of nn_export_tool.
With --safetensors or --onnx it gives back what the network has learnt, to PyTorch or ONNX Runtime: --safetensors FILE --help.

Prints what became of the parameters: their largest rounding error, also in steps of their format, and how many saturated.
Then what the outputs of each layer do: the range of their format, the most that the weights allow whatever the input is,
the largest on the data, and how many saturated; "cannot" where the weights prove it. Then the accuracy before and after.
)";

// Trained: From as its image has it; unless it is to be folded, From itself.
template <class Trained, class From, class To, class Loss, class FrontEnd>
class Export {
  // The arithmetic of To, counting.
  using Watched = typename To::template As<nn::Watched<typename To::Arithmetic>>;
  using Number = typename To::InputNumber;

 public:
  Export(int count, char** arguments, const HeaderText& defaults)
      : options{count, arguments, {"strict", "help"}}, text{defaults} {
    text.command = command_line(count, arguments);
  }

  int run() {
    if (options.flag("help")) {
      std::cout << export_help;
      return 0;
    }
    read_options();
    const auto changes = convert();
    print_parameters(changes);
    infer();
    print_outputs();
    print_accuracy();
    require_strictly(changes.total);
    write_results(changes.total);
    return 0;
  }

 private:
  using Changes = nn::Changes<To::layers>;

  void read_options() {
    const auto image = options.text("image");
    out = options.text("out");
    out_image = options.text("out-image");
    strict = options.flag("strict");
    text.name = options.identifier("name").value_or(text.name);
    columns = read_columns(options, false);
    columns.channels = From::input_shape.channels;
    columns.front_end = clip_features<From, FrontEnd>();
    std::vector<std::string> read = source_options("test");
    for (const std::string& source : read) options.text(source);
    options.refuse_others();
    read.push_back("image");
    require_results(options, read, {"out", "out-image"});
    if (!image) throw Failure{"no weights; expected --image FILE, as the trainer of this network writes it (see --help)"};
    meaning = read_image<Trained>(*image, trained, normalization);
    if (!nn::is_finite(trained))
      throw failure(*image, "holds a weight that is not finite", "the image of a training that did not diverge");
    if constexpr (std::is_same_v<Trained, From>) before = trained;
    else before = nn::fold<Trained>(trained);
    auto source = read_source(options, "test", columns);
    if (!source) throw Failure{"no test data; expected --test FILE or --test-images and --test-labels (see --help)"};
    data = std::move(*source);
    require_front_end(*image, meaning, data, FrontEnd::fingerprint);
    require_shape(data, From::input_shape);
    comparison.require_fit(data, columns, meaning);
  }

  Changes convert() {
    nn::convert<From, Watched>(before, counting);
    return nn::convert<From, To>(before, after);
  }

  // Both networks on the test data.
  void infer() {
    nn::Inference<From> exact{before};
    nn::Inference<Watched> rounded{counting};
    typename From::Input x;
    typename To::Input narrow;
    for (std::size_t k = 0; k < data.size(); ++k) {
      normalize_row<float>(normalization, data.row(k), x);
      normalize_row<Number>(normalization, data.row(k), narrow);
      for (float value : x) input.add(value, nn::fits<Number>(value));
      if (k == 0) probe = narrow;
      std::array<float, From::outputs> y;
      std::ranges::transform(rounded(narrow), y.begin(), [](auto value) { return static_cast<float>(value); });
      comparison.add(data, k, meaning, x,
                     {exact(x), static_cast<float>(Loss::template threshold<typename From::LastArithmetic>(false))},
                     {std::span<const float, From::outputs>{y},
                      static_cast<float>(Loss::template threshold<typename To::LastArithmetic>(false))});
    }
    comparison.finish();
    ranges = rounded.ranges;
  }

  void print_parameters(const Changes& changes) const {
    static constexpr auto& cost = nn::cost<To>;
    std::printf("%-16s%-14s%10s%15s%10s%11s\n", "parameters", "step", "count", "largest error", "in steps", "saturated");
    const auto line = [](std::string_view name, const std::string& step, std::size_t count, const nn::Change& change) {
      std::printf("%-16s%-14s%10zu%15.8f%10.2f%11u\n", std::string{name}.c_str(), step.c_str(), count,
                  static_cast<double>(change.largest_error), static_cast<double>(change.steps), change.saturated);
    };
    To::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (nn::has_parameters<Layer>)
        line(cost.layers[I].name, "2^-" + std::to_string(To::template ArithmeticAt<I>::Weight::fraction),
             cost.layers[I].parameters, changes.layers[I]);
    });
    line("total", "", cost.parameters, changes.total);
    if (changes.total.saturated > 0)
      std::printf("warning: %u parameters lie beyond their format's range and became its limits\n", changes.total.saturated);
  }

  void print_outputs() {
    std::printf("\n%-16s%-14s%10s%15s%10s%11s\n", "outputs", "step", "range", "at most", "on data", "saturated");
    const auto line = [&](std::string_view name, int fraction, double range, double bound, const nn::Range& seen,
                          std::size_t count, bool cannot) {
      const auto figure = [](double value) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%.3f", value);
        return value > 0 && std::isfinite(value) ? std::string{buffer} : std::string{"-"};
      };
      const std::string saturated = cannot ? "cannot" : std::to_string(seen.saturated) + " of " + std::to_string(count);
      std::printf("%-16s%-14s%10g%15s%10s  %s\n", std::string{name}.c_str(), ("2^-" + std::to_string(fraction)).c_str(), range,
                  figure(bound).c_str(), figure(static_cast<double>(seen.largest)).c_str(), saturated.c_str());
    };
    const auto limit = []<class Format>() { return std::ldexp(1.0, Format::bits - 1 - Format::fraction); };
    line("input", Number::fraction, limit.template operator()<Number>(), 0, input, data.size() * To::inputs, false);

    Bounds bounds{std::vector<Interval>(To::inputs, range_of<Number>())};
    To::for_each_layer([&]<std::size_t I, class Layer>() {
      using Activation = typename To::template ArithmeticAt<I>::Activation;
      bounds = bounds_of<typename To::template Spec<I>, Layer>(nn::get<I>(after), bounds);
      line(To::template Spec<I>::name, Activation::fraction, limit.template operator()<Activation>(), bounds.largest(),
           ranges[I].activation, data.size() * Layer::output.size(), bounds.within(range_of<Activation>()));
      bounds.limit(range_of<Activation>());
    });
  }

  void print_accuracy() {
    const std::string line = comparison.summary("test", std::string{From::Arithmetic::name}, std::string{To::Arithmetic::name});
    std::printf("\n%s\n", line.c_str());
    text.notes.push_back(line);
    doubt = doubt_of_conversion(std::string{To::Arithmetic::name},
                                "look above for what saturates, and try other formats (the propose tool finds them)",
                                comparison.before, comparison.after);
    if (doubt) std::printf("warning: %s\n", doubt->c_str());
    std::fflush(stdout);
  }

  void require_strictly(const nn::Change& total) const {
    if (strict && total.saturated > 0)
      throw Failure{std::to_string(total.saturated) + " parameters lie beyond their format's range; expected none with --strict"};
    if (strict && doubt) throw Failure{"a warning with --strict: " + *doubt};
  }

  void write_results(const nn::Change& total) {
    char line[120];
    std::snprintf(line, sizeof line, "largest rounding error of a parameter: %.8f (%.2f steps); saturated: %u",
                  static_cast<double>(total.largest_error), static_cast<double>(total.steps), total.saturated);
    text.notes.insert(text.notes.begin(), line);
    if (out) replace_file(*out, weights_header<To>(text, after, normalization, probe, meaning));
    if (out_image) write_image<To>(*out_image, after, normalization, meaning);
  }

  Options options;
  HeaderText text;
  std::optional<std::string> out, out_image;
  bool strict = false;

  Columns columns;
  Dataset data;
  Meaning meaning;
  Comparison comparison{From::inputs, From::outputs};
  std::optional<std::string> doubt;
  Normalization normalization;
  typename Trained::Parameters trained{};
  typename From::Parameters before{};
  typename To::Parameters after{};
  typename Watched::Parameters counting{};
  typename To::Input probe{};

  nn::Range input;
  std::array<nn::LayerRanges, To::layers> ranges;
};

// FOR_TRAINING: BatchNorms stay.
template <class From, class To, class Loss, bool for_training, class FrontEnd = no_front_end::FrontEnd>
int export_main(int count, char** arguments, HeaderText defaults) {
  if (gives_back(count, arguments)) return give_back_main<From, std::conditional_t<for_training, To, From>>(count, arguments);
  if constexpr (for_training) {
    return tool_main<Export<From, From, To, Loss, FrontEnd>>(count, arguments, defaults);
  } else {
    defaults.net = folded_name<To>(defaults.net);
    return tool_main<Export<From, nn::Folded<From>, nn::Folded<To>, Loss, FrontEnd>>(count, arguments, defaults);
  }
}

}  // namespace tools
