// import: makes a C++ header of a TensorFlow Lite or ONNX model.
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/import/by_rows.hpp"
#include "tools/import/compare.hpp"
#include "tools/import/header.hpp"
#include "tools/import/plan_picture.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/import/until.hpp"
#include "tools/onnx/read.hpp"
#include "tools/options.hpp"
#include "tools/tflite/read.hpp"

namespace {

constexpr const char* help = R"(import MODEL --name NAMESPACE --out FILE.hpp
import MODEL --inputs FILE[,FILE …] --outputs FILE[,FILE …] [--cases N (all)] [--reset] [--name … --out …]
  [--constants keep|remove (remove)] [--keep-input] [--signature NAME] [--until TENSOR] [--plan FILE.svg]
  [--input-layout nchw|nhwc (nchw)] [--rounding reference|float32] [--unoptimized]
  [--rows auto|off|N (off)] [--push-rows]

MODEL: a .tflite or .onnx file. The first writes the model as a header: its topology as a type, nn::Graph, and its constants. The
second runs the model on this machine and compares: each file holds one tensor of all cases back to back, or one holds all tensors,
case after case. Cases are one stream unless --reset begins anew with each. With --out they are written into the header instead.

--input-layout: how images go into and come out of a network made of an .onnx file; inside, channels are last, so nhwc spares
a transposition. The files of --inputs and --outputs are in the layout of the model, always.
--rounding: how codes of int8 are rounded. reference, as TensorFlow Lite's reference kernels and TensorFlow Lite Micro do, is that of
.tflite files unless stated; float32, as LiteRT with XNNPACK and ONNX Runtime do on a desktop, that of .onnx files, always.
--unoptimized: of a quantized .onnx file, the codes of ONNX Runtime with its optimizations off: sums, products and means of codes that
stand between DequantizeLinear and QuantizeLinear have their zero point added behind the rounding, not before it.
--rows: a convolutional net runs row by row, N rows at once, in rings of rows instead of whole maps, with the same bits; both plans are
printed. auto: if that takes less memory.
--push-rows: its input comes row by row, net.push_row(row), and is never whole in memory.
--plan: what lies where in the workspace while the operators run, as a picture.
--signature: which of a file's signatures or subgraphs, if it has several.
--until: the model ends with this tensor, by its name or number, as the body of a network of your own; all behind it is left out.
--keep-input: running does not overwrite the inputs, which takes the memory of them.
What is the same for every input is computed here and removed, and what was removed is printed; --constants keep leaves it.
)";

bool is_onnx(const std::string& file) { return file.ends_with(".onnx"); }

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> all(1);
  for (char c : list)
    if (c == ',')
      all.emplace_back();
    else
      all.back() += c;
  return all;
}

int run(int count, char** arguments) {
  const std::string file = count > 1 ? arguments[1] : "--help";
  if (file == "--help") {
    std::cout << help;
    return 0;
  }
  tools::Options options{count - 1, arguments + 1, {"reset", "keep-input", "unoptimized", "push-rows"}};
  const auto out = options.text("out");
  const auto inputs = options.text("inputs");
  const auto outputs = options.text("outputs");
  const auto plan = options.text("plan");
  const std::string name = options.identifier("name").value_or("model");
  const std::size_t cases = options.whole("cases", 1'000'000, 1, 1'000'000);
  const bool removes = options.one_of("constants", "remove", {"keep", "remove"}) == "remove";
  const bool reset = options.flag("reset");
  const bool keeps_inputs = options.flag("keep-input");
  const std::string signature = options.text("signature").value_or("");
  const auto until = options.text("until");
  const bool channels_last = options.one_of("input-layout", "nchw", {"nchw", "nhwc"}) == "nhwc";
  const bool unoptimized = options.flag("unoptimized");
  const std::string rows = options.text("rows").value_or("off");
  const bool pushes_rows = options.flag("push-rows");
  const std::string rounding = options.one_of("rounding", is_onnx(file) ? "float32" : "reference", {"reference", "float32"});
  options.refuse_others();
  if (is_onnx(file) && rounding != "float32")
    throw tools::Failure{"--rounding reference of an .onnx file; expected float32, which is how ONNX Runtime rounds"};
  if (!is_onnx(file) && channels_last) throw tools::Failure{"--input-layout nhwc of a model that is no .onnx file; expected one"};
  if (inputs.has_value() != outputs.has_value())
    throw tools::Failure{std::string{"there are "} + (inputs ? "--inputs without --outputs" : "--outputs without --inputs") +
                         "; expected both or none"};
  if (!out && !plan && !(inputs && outputs))
    throw tools::Failure{"nothing to do; expected --out, --plan, or --inputs and --outputs (see --help)"};

  tools::importer::Model model =
      is_onnx(file) ? tools::onnx::read_model(file, {.channels_last = channels_last, .unoptimized = unoptimized}) : tools::tflite::read_model(file, signature);
  model.rounding = rounding == "float32" ? tools::importer::Rounding::float32 : tools::importer::Rounding::reference;
  const std::string cut = until ? tools::importer::cut(model, *until) : "";
  tools::importer::Network network = tools::importer::lower(model);
  network.keeps_inputs = keeps_inputs;
  if (removes) tools::importer::remove_constants(network);
  if (until) network.report.insert(network.report.begin(), cut);
  if (const std::string plans = tools::importer::choose_rows(network, rows, pushes_rows); !plans.empty()) network.report.push_back(plans);
  for (const std::string& sentence : network.report) std::cout << name << ": " << sentence << '\n';
  if (plan) tools::replace_file(*plan, tools::importer::plan_picture(network, name));
  if (!out && !inputs) return 0;
  tools::importer::Cases golden;
  if (inputs && outputs) golden = tools::importer::read_cases(network, parts(*inputs), parts(*outputs), cases);
  golden.reset = reset;
  if (!out) return tools::importer::compare(network, golden) ? 0 : 1;
  const tools::importer::Network whole = tools::importer::lower(model, tools::importer::Manner::apart);
  tools::replace_file(*out, tools::importer::header(network, name, tools::command_line(count, arguments),
                                                   tools::importer::probe(file, whole, network), golden));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "import: " << problem.what() << '\n';
    return 1;
  }
}
