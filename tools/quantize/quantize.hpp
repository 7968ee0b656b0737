// quantize: brings a float-trained network to int8 as TensorFlow Lite computes it, with ranges found on calibration data, tells
// what that costs, and writes it as a header of tools/import's kind.
#pragma once

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "nn/nn.hpp"
#include "tools/data/source.hpp"
#include "tools/import/probe.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/normalize.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/options.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/layers.hpp"
#include "tools/quantize/report.hpp"
#include "tools/results.hpp"

namespace tools {

inline constexpr const char* quantize_help = R"(Brings a float-trained network to int8, as TensorFlow Lite computes it, and writes it as a C++ header.

weights  --image FILE              the parameter image, of the trainer of this network
data     --calibration FILE        CSV: numbers, then a class number; such rows as the network was trained on
         --calibration-images FILE --calibration-labels FILE    IDX, as MNIST has it
         --rows N                  how many of them are run, evenly spread (1000)
         --test FILE, --test-images FILE --test-labels FILE     for the accuracy (the calibration data)
         --label first|last        column of the class number in CSV (last)
ranges   --range minmax|percentile                              what codes stand for: all numbers that occur (minmax), or
         --percentile P            all but the largest and the least 100 - P per cent (99.9)
results  --out FILE.hpp            the header, an nn::Graph                --name NAMESPACE
         --cases N                 the first N rows of the test data with their outputs in it, to compare with (0)

Prints which numbers the codes of each operator's output stand for, with scale and zero point; the accuracy before and
after; the bytes of weights and workspace.
)";

template <class Net, class Loss>
class Quantization {
 public:
  Quantization(int count, char** arguments, const HeaderText& defaults) : options{count, arguments, {"help"}}, text{defaults} {
    text.command = command_line(count, arguments);
  }

  int run() {
    if (options.flag("help")) {
      std::cout << quantize_help;
      return 0;
    }
    read_options();
    quantize();
    infer();
    print_bytes();
    write_results();
    return 0;
  }

 private:
  using Small = nn::Folded<Net>;
  using Row = std::vector<std::int8_t>;

  void read_options() {
    const auto from = options.text("image");
    out = options.text("out");
    text.name = options.identifier("name").value_or(text.name);
    const LabelColumn label = label_column(options);
    rows = options.whole("rows", 1000, 1, 1'000'000);
    cases = options.whole("cases", 0, 0, 1'000'000);
    const bool cuts = options.one_of("range", "minmax", {"minmax", "percentile"}) == "percentile";
    if (!cuts && options.text("percentile")) throw Failure{"--percentile is for --range percentile; expected both or neither"};
    if (cuts) percentile = options.number("percentile", 99.9, 50, 100);
    for (const char* role : {"calibration", "test"})
      for (const char* part : {"", "-images", "-labels"}) options.text(std::string{role} + part);
    options.refuse_others();
    require_results(options, {"image", "calibration", "calibration-images", "calibration-labels", "test", "test-images", "test-labels"}, {"out"});
    if (!from) throw Failure{"no weights; expected --image FILE, as the trainer of this network writes it (see --help)"};
    image = *from;
    read_image<Net>(image, trained, normalization);
    auto source = read_source(options, "calibration", label);
    if (!source) throw Failure{"no calibration data; expected --calibration FILE or --calibration-images and --calibration-labels (see --help)"};
    calibration = std::move(*source);
    require_fit(calibration, Net::inputs, nn::Evaluation<Net::outputs>::classes);
    if (auto other = read_source(options, "test", label)) test = std::move(*other);
    require_fit(tested(), Net::inputs, nn::Evaluation<Net::outputs>::classes);
  }

  const Dataset& tested() const { return test.size() > 0 ? test : calibration; }

  typename Net::Input input(const Dataset& data, std::size_t k) const {
    typename Net::Input x;
    normalize_row<Net::inputs, float>(normalization, data.row(k), x);
    return x;
  }

  void quantize() {
    const importer::Model floats = quantizer::float_model<Net>(image, nn::fold<Net>(trained));
    const std::size_t count = std::min(rows, calibration.size());
    std::vector<std::vector<float>> inputs;
    for (std::size_t i = 0; i < count; ++i) {
      const auto x = input(calibration, i * calibration.size() / count);
      inputs.emplace_back(x.begin(), x.end());
    }
    const std::vector<quantizer::Interval> ranges = quantizer::ranges(floats, inputs, percentile);
    const importer::Model codes = quantizer::int8_model(floats, ranges);
    std::cout << quantizer::table(codes);
    network = importer::lower(codes);
    char line[120];
    if (percentile) std::snprintf(line, sizeof line, "ranges that hold %g %% at either end, of %zu rows", *percentile, count);
    else std::snprintf(line, sizeof line, "ranges that hold all numbers of %zu rows", count);
    more.notes.push_back(line);
  }

  // Both networks on the test data.
  void infer() {
    const nn::int8::Affine input_code = network.tensor(network.inputs[0]).affine;
    const nn::int8::Affine output_code = network.tensor(network.outputs[0]).affine;
    nn::Inference<Net> exact{trained};
    importer::Runner runner{network};
    std::size_t right_before = 0, right_after = 0, differ = 0;
    golden = {std::min(cases, tested().size()), {{}}, {{}}};
    for (std::size_t k = 0; k < tested().size(); ++k) {
      const typename Net::Input x = input(tested(), k);
      Row codes;
      for (float value : x) codes.push_back(input_code.code(value));
      const Row answer = runner.run({codes});
      std::array<float, Net::outputs> y;
      for (std::size_t o = 0; o < y.size(); ++o) y[o] = output_code.real(answer[o]);
      const float threshold = Loss::template threshold<typename Net::LastArithmetic>(false);
      const std::size_t expected = nn::decision(exact(x), threshold);
      const std::size_t found = nn::decision(std::span<const float, Net::outputs>{y}, threshold);
      right_before += expected == tested().labels[k];
      right_after += found == tested().labels[k];
      differ += expected != found;
      if (k >= golden.count) continue;
      golden.inputs[0].insert(golden.inputs[0].end(), codes.begin(), codes.end());
      golden.outputs[0].insert(golden.outputs[0].end(), answer.begin(), answer.end());
    }
    const auto share = [&](std::size_t part) { return 100.0 * static_cast<double>(part) / static_cast<double>(tested().size()); };
    char line[160];
    std::snprintf(line, sizeof line, "accuracy on %zu %s samples: %.2f %% in float, %.2f %% in int8; %zu decisions differ", tested().size(),
                  test.size() > 0 ? "test" : "calibration", share(right_before), share(right_after), differ);
    std::cout << '\n' << line << '\n';
    more.notes.push_back(line);
  }

  void print_bytes() const {
    const quantizer::Bytes bytes = quantizer::bytes(network);
    std::cout << "bytes: " << bytes.constants << " of weights, biases, scales and tables, " << bytes.workspace << " of workspace with the input; in float "
              << sizeof(typename Small::Parameters) << ", and " << sizeof(typename Small::Workspace) << " without it\n";
  }

  void write_results() {
    if (!out) return;
    more.includes = "#include \"nn/normalization.hpp\"\n";
    more.code = "// What is to be done to raw inputs before they become codes.\n" + normalization_code(normalization);
    replace_file(*out, importer::header(network, text.name, text.command, importer::probe(text.name, network, network), golden, more));
  }

  Options options;
  HeaderText text;
  std::string image;
  std::optional<std::string> out;
  std::optional<double> percentile;
  std::size_t rows = 0, cases = 0;

  Dataset calibration, test;
  nn::StoredNormalization<Net::inputs> normalization;
  typename Net::Parameters trained{};

  importer::Network network;
  importer::Cases golden;
  importer::Addition more;
};

template <class Net, class Loss>
int quantize_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Quantization<Net, Loss>>(count, arguments, defaults);
}

}  // namespace tools
