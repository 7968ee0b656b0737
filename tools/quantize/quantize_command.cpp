#include "tools/quantize/quantize_command.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/import/run.hpp"
#include "tools/import/until.hpp"
#include "tools/model/front_end.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/report.hpp"
#include "tools/report/doubts.hpp"
#include "tools/results.hpp"

namespace tools {
namespace {

constexpr const char* quantize_help =
    R"(Brings a float-trained network to int8, as TensorFlow Lite computes it, and writes it as a C++ header.

weights  --image FILE              the parameter image, of the trainer of this network
data     --calibration FILE        CSV: numbers and a class; such rows as the network was trained on
         --test FILE               for the accuracy (the calibration data)
         both also …-images FILE …-labels FILE (IDX), …-x FILE …-y FILE (.npy), …-folder FOLDER (images by class, or
         sounds, of which the FrontEnd in the network's model.hpp makes features)
         --rows N                  how many calibration rows are run, evenly spread (1000)
         --label COLUMN  --target COLUMNS  --missing drop    as in training
ranges   --range auto|learnt|minmax|percentile   what codes stand for: what training through the rounding of int8 found (learnt;
                                   the usual for an image of train --quantize int8), all numbers that occur (minmax;
         --percentile P            the usual for any other), or all but the largest and the least 100 - P per cent (99.9)
results  --out FILE.hpp            the header, an nn::Graph                --name NAMESPACE
         --cases N                 the first N rows of the test data with their outputs in it, to compare with (0)
         --rounding reference|float32   of codes: as TensorFlow Lite Micro, or as LiteRT with XNNPACK on a desktop (reference)
         --constants keep|remove   whether to keep what is the same for every input (remove)
         --until TENSOR            the header ends with this tensor of the table, as the body of a network of your own
         --strict                  no results, and status 1, if there is a warning

Prints which numbers the codes of each operator's output stand for, with scale and zero point; the accuracy before and
after; what needs not be computed; the bytes of weights and workspace.
)";

}  // namespace

QuantizeCommand::QuantizeCommand(int count, char** arguments, const HeaderText& defaults, const Sizes& of_network)
    : options{count, arguments, {"strict", "help"}}, text{defaults}, sizes{of_network},
      comparison{of_network.input.size(), of_network.outputs} {
  text.command = command_line(count, arguments);
}

QuantizeCommand::~QuantizeCommand() = default;

int QuantizeCommand::run() {
  if (options.flag("help")) {
    std::cout << quantize_help;
    return 0;
  }
  read_options();
  quantize();
  infer();
  print_bytes();
  tell_doubts();
  write_results();
  return 0;
}

void QuantizeCommand::read_options() {
  const auto from = options.text("image");
  out = options.text("out");
  text.name = options.identifier("name").value_or(text.name);
  strict = options.flag("strict");
  removes = options.one_of("constants", "remove", {"keep", "remove"}) == "remove";
  if (options.one_of("rounding", "reference", {"reference", "float32"}) == "float32") rounding = importer::Rounding::float32;
  columns = read_columns(options, false);
  columns.channels = sizes.input.channels;
  columns.front_end = clip_features();
  rows = options.whole("rows", 1000, 1, 1'000'000);
  cases = options.whole("cases", 0, 0, 1'000'000);
  const std::string range = options.one_of("range", "auto", {"auto", "learnt", "minmax", "percentile"});
  until = options.text("until");
  const bool cuts = range == "percentile";
  if (!cuts && options.text("percentile")) throw Failure{"--percentile is for --range percentile; expected both or neither"};
  if (cuts) percentile = options.number("percentile", 99.9, 50, 100);
  std::vector<std::string> read{"image"};
  for (const char* role : {"calibration", "test"})
    for (const std::string& name : source_options(role)) {
      options.text(name);
      read.push_back(name);
    }
  options.refuse_others();
  options.require_together("until", "out");
  require_results(options, read, {"out"});
  if (!from) throw Failure{"no weights; expected --image FILE, as the trainer of this network writes it (see --help)"};
  image = *from;
  meaning = read_weights(image);
  if (range == "learnt" && learnt.empty())
    throw failure(image, "has no ranges", "one of train --quantize int8, or another --range");
  if (range == "minmax" || cuts) learnt.clear();
  if (auto other = read_source(options, "test", columns)) test = std::move(*other);
  if (auto source = read_source(options, "calibration", columns)) {
    calibration = std::move(*source);
    require_front_end(image, meaning, calibration, sizes.front_end);
    require_shape(calibration, sizes.input);
    comparison.require_fit(calibration, columns, meaning);
  } else if (learnt.empty()) {
    throw Failure{
        "no calibration data; expected --calibration FILE or --calibration-images and --calibration-labels (see --help)"};
  } else if (test.size() == 0) {
    throw Failure{"no data to run; expected --test FILE or --calibration FILE (see --help)"};
  }
  if (test.size() == 0) return;
  require_front_end(image, meaning, test, sizes.front_end);
  require_shape(test, sizes.input);
  comparison.require_fit(test, columns, meaning);
}

const Dataset& QuantizeCommand::tested() const { return test.size() > 0 ? test : calibration; }

std::vector<float> QuantizeCommand::input(const Dataset& data, std::size_t k) const {
  std::vector<float> x(sizes.input.size());
  normalize_row<float>(normalization, data.row(k), x);
  return x;
}

void QuantizeCommand::quantize() {
  const importer::Model floats = float_model();
  std::string found = "ranges that training learnt";
  if (learnt.empty()) learnt = calibrated(floats, found);
  if (learnt.size() != floats.tensors.size())
    throw failure(image, "has ranges of " + std::to_string(learnt.size()) + " tensors", std::to_string(floats.tensors.size()));
  importer::Model codes = quantizer::int8_model(floats, learnt);
  codes.rounding = rounding;
  std::cout << quantizer::table(codes);
  network = lowered(codes);
  more.notes.push_back(found);
  const std::string sentence = until ? importer::cut(codes, *until) : "";
  written = until ? lowered(codes) : network;
  apart = importer::lower(std::move(codes), importer::Manner::apart);
  if (!until) return;
  written.report.push_back(sentence);
  std::cout << sentence << '\n';
}

importer::Network QuantizeCommand::lowered(const importer::Model& codes) const {
  importer::Network made = importer::lower(codes);
  if (removes) importer::remove_constants(made);
  return made;
}

std::vector<TensorRange> QuantizeCommand::calibrated(const importer::Model& floats, std::string& found) {
  const std::size_t count = std::min(rows, calibration.size());
  std::vector<std::vector<float>> inputs;
  for (std::size_t i = 0; i < count; ++i)
    inputs.push_back(input(calibration, i * calibration.size() / count));
  if (count > 1 && std::all_of(inputs.begin(), inputs.end(), [&](const auto& row) { return row == inputs[0]; }))
    doubts.push_back(
        "all " + std::to_string(count) +
        " calibration rows are equal, so that the ranges hold for nothing else; give rows as various as those of training");
  char line[120];
  if (percentile) std::snprintf(line, sizeof line, "ranges that hold %g %% at either end, of %zu rows", *percentile, count);
  else std::snprintf(line, sizeof line, "ranges that hold all numbers of %zu rows", count);
  found = line;
  return quantizer::ranges(floats, inputs, percentile);
}

void QuantizeCommand::infer() {
  const nn::int8::Affine input_code = network.tensor(network.inputs[0]).affine;
  const nn::int8::Affine output_code = network.tensor(network.outputs[0]).affine;
  importer::Runner runner{network}, recorder{written};
  golden = {std::min(cases, tested().size()), {{}}, {{}}};
  for (std::size_t k = 0; k < tested().size(); ++k) {
    const std::vector<float> x = input(tested(), k);
    Row codes;
    for (float value : x) codes.push_back(input_code.code(value));
    const Row answer = runner.run({codes});
    std::vector<float> y;
    for (std::int8_t code : answer) y.push_back(output_code.real(code));
    compare(k, x, y);
    if (k >= golden.count) continue;
    golden.inputs[0].insert(golden.inputs[0].end(), codes.begin(), codes.end());
    const Row recorded = recorder.run({codes});
    golden.outputs[0].insert(golden.outputs[0].end(), recorded.begin(), recorded.end());
  }
  comparison.finish();
  const std::string line = comparison.summary(test.size() > 0 ? "test" : "calibration", "float", "int8");
  std::cout << '\n' << line << '\n';
  more.notes.push_back(line);
  if (const auto doubt = doubt_of_conversion("int8",
                                             "try --range " + std::string{percentile ? "minmax" : "percentile"} +
                                                 ", more --rows, and calibration data like those of training",
                                             comparison.before, comparison.after))
    doubts.push_back(*doubt);
}

void QuantizeCommand::tell_doubts() const {
  for (const std::string& doubt : doubts) std::cout << "warning: " << doubt << '\n';
  std::cout.flush();
  if (strict && !doubts.empty()) throw Failure{"a warning with --strict: " + doubts.front()};
}

void QuantizeCommand::print_bytes() const {
  const quantizer::Bytes bytes = quantizer::bytes(network);
  for (const std::string& sentence : network.report) std::cout << sentence << '\n';
  std::cout << "bytes: " << bytes.constants << " of weights, biases, scales and tables, " << bytes.workspace
            << " of workspace with the input; in float " << sizes.parameter_bytes << ", and "
            << sizes.workspace_bytes << " without it\n";
}

void QuantizeCommand::write_results() {
  if (!out) return;
  more.includes = "#include \"nn/normalization.hpp\"\n";
  if (meaning.front_end != 0)
    more.includes += "#include \"nn/signal/normalized.hpp\"\n#include \"" + text.model + "\"\n";
  more.code = "// What is to be done to raw inputs before they become codes.\n" + normalization_code(normalization) +
              front_end_code(text, meaning.front_end, "nn::signal::NormalizedCodes<normalization, input_0>") +
              meaning_code(meaning, sizes.outputs);
  replace_file(*out,
               importer::header(written, text.name, text.command, importer::probe(text.name, apart, written), golden, more));
}

}  // namespace tools
