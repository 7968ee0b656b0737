// import: makes a C++ header of a TensorFlow Lite or ONNX model.
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/import/add_tables.hpp"
#include "tools/import/by_rows.hpp"
#include "tools/import/compare.hpp"
#include "tools/import/header.hpp"
#include "tools/import/plan_picture.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/import/settings.hpp"
#include "tools/import/trainable.hpp"
#include "tools/import/trainable_header.hpp"
#include "tools/import/until.hpp"
#include "tools/onnx/read.hpp"
#include "tools/tflite/read.hpp"

namespace tools::importer {

namespace {

Model read(const Settings& settings) {
  Model model = settings.is_onnx()
                    ? onnx::read_model(settings.file, {.channels_last = settings.channels_last || settings.trainable,
                                                       .unoptimized = settings.unoptimized,
                                                       .keeps_normalizations = settings.trainable})
                    : tflite::read_model(settings.file, settings.signature);
  model.rounding = settings.rounding;
  return model;
}

Cases cases_of(const Network& network, const Settings& settings) {
  if (settings.inputs.empty()) return {};
  return read_cases(network, settings.inputs, settings.outputs, settings.cases);
}

// The header and the image of a network that learns. The header's cases get what the graph answers.
void write_trainable(Model model, const std::string& cut, const Settings& settings) {
  if (settings.last) end_with(model, *settings.last == "softmax" ? "softmax" : "logistic");
  const Chain network = trainable(model);
  const Network graph = lower(model), apart = lower(model, Manner::apart);
  Cases golden = cases_of(graph, settings);
  if (golden.count > 0) compare(graph, golden);
  answer(graph, golden);
  const TrainableText text{settings.name, settings.command_line, cut.empty() ? std::vector<std::string>{} : std::vector{cut},
                           settings.mean, settings.scale};
  const std::string header = trainable_header(network, text, probe(model.file, apart, graph), golden);
  if (settings.image) replace_file(*settings.image, trainable_image(network, text));
  replace_file(*settings.out, header);
}

// True: what was to be compared is equal.
bool write_graph(const Model& model, const std::string& cut, const Settings& settings) {
  Network network = lower(model);
  network.keeps_inputs = settings.keeps_inputs;
  if (settings.removes_constants) remove_constants(network);
  const Network window = network;
  Streamed streamed;
  if (settings.hop) {
    streamed = stream(window, *settings.hop, settings.file);
    network = streamed.network;
    for (std::string& line : streamed.table()) network.report.push_back(std::move(line));
  }
  if (!cut.empty()) network.report.insert(network.report.begin(), cut);
  if (const std::string plans = choose_rows(network, settings.rows, settings.pushes_rows); !plans.empty())
    network.report.push_back(plans);
  if (settings.adds_by_tables) add_by_tables(network, settings.file);
  for (const std::string& sentence : network.report) std::cout << settings.name << ": " << sentence << '\n';
  if (settings.plan) replace_file(*settings.plan, plan_picture(network, settings.name));
  if (!settings.out && settings.inputs.empty()) return true;
  Cases golden = cases_of(window, settings);
  golden.reset = settings.reset;
  if (!settings.out) return settings.hop ? compare(streamed, window, golden) : compare(network, golden);
  const Network whole = lower(model, Manner::apart);
  if (settings.hop) probe_windows(settings.file, whole, streamed);
  replace_file(*settings.out, header(network, settings.name, settings.command_line,
                                     probe(settings.file, settings.hop ? network : whole, network), golden));
  return true;
}

int import_model(int count, char** arguments) {
  if (count < 2 || std::string{arguments[1]} == "--help") {
    std::cout << help;
    return 0;
  }
  const Settings settings = read_settings(count, arguments);
  Model model = read(settings);
  const std::string cut = settings.until ? importer::cut(model, *settings.until) : "";
  if (!settings.trainable) return write_graph(model, cut, settings) ? 0 : 1;
  write_trainable(std::move(model), cut, settings);
  return 0;
}

}  // namespace

}  // namespace tools::importer

int main(int count, char** arguments) {
  try {
    return tools::importer::import_model(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "import: " << problem.what() << '\n';
    return 1;
  }
}
