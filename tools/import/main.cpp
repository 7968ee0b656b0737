// import: makes a C++ header of a TensorFlow Lite or ONNX model.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>

#include "tools/data/file.hpp"
#include "tools/import/by_rows.hpp"
#include "tools/import/compare.hpp"
#include "tools/import/header.hpp"
#include "tools/import/plan_picture.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/import/trainable.hpp"
#include "tools/import/trainable_header.hpp"
#include "tools/import/until.hpp"
#include "tools/onnx/read.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"
#include "tools/tflite/read.hpp"

namespace {

constexpr const char* help = R"(import MODEL --name NAMESPACE --out FILE.hpp
import MODEL --inputs FILE[,FILE …] --outputs FILE[,FILE …] [--cases N (all)] [--reset] [--name … --out …]
  [--constants keep|remove (remove)] [--keep-input] [--signature NAME] [--until TENSOR] [--plan FILE.svg]
  [--input-layout nchw|nhwc (nchw)] [--rounding reference|float32] [--unoptimized] [--stream [HOP (1)]]
  [--rows auto|off|N (off)] [--push-rows]
import MODEL --trainable --name NAMESPACE --out FILE.hpp [--image FILE.image] [--last softmax|sigmoid]
  [--mean M (0)] [--scale S (1)] [--until TENSOR] [--inputs … --outputs …]

MODEL: a .tflite or .onnx file. The first writes the model as a header: its topology as a type, nn::Graph, and its constants. The
second runs the model on this machine and compares: each file holds one tensor of all cases back to back, or one holds all tensors,
case after case. Cases are one stream unless --reset begins anew with each. With --out they are written into the header instead.

--trainable: not as a graph but as an nn::Network that learns, with its parameters, where layers of nn/ express the model, of float32,
in chains, sums and concatenations; images have their channels last. --image: the parameters as train --start, quantize_…, export_… and
a device read them. --last: with such a layer behind it, which PyTorch leaves to its loss; a LogSoftmax becomes a Softmax.
--mean, --scale: what the network takes of raw numbers, (raw - mean) * scale; header and image say so, and data are normalized by it.
--input-layout: how images go into and come out of a network made of an .onnx file; inside, channels are last, so nhwc spares
a transposition. The files of --inputs and --outputs are in the layout of the model, always.
--rounding: how codes of int8 are rounded. reference, as TensorFlow Lite's reference kernels and TensorFlow Lite Micro do, is that of
.tflite files unless stated; float32, as LiteRT with XNNPACK and ONNX Runtime do on a desktop, that of .onnx files, always.
--unoptimized: of a quantized .onnx file, the codes of ONNX Runtime with its optimizations off: sums, products and means of codes that
stand between DequantizeLinear and QuantizeLinear have their zero point added behind the rounding, not before it.
--stream: of a model whose input's first axis is time, a network that takes the HOP newest frames and computes what they change: its
answer is that of the model on the last window. What it computes and keeps is printed. Cases are windows, compared but not written.
--rows: a convolutional net runs row by row, N rows at once, in rings of rows instead of whole maps, with the same bits; both plans are
printed. auto: if that takes less memory, or rows are pushed.
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

// The header and the image of a network that learns. `cases` reads them as the graph has inputs and outputs; the header gets what
// the graph answers.
void write_trainable(const tools::importer::Model& model, const tools::importer::TrainableText& text, const std::string& out,
                     const std::optional<std::string>& image, const auto& cases) {
  const tools::importer::Chain network = tools::importer::trainable(model);
  const tools::importer::Network graph = tools::importer::lower(model), apart = tools::importer::lower(model, tools::importer::Manner::apart);
  tools::importer::Cases golden = cases(graph);
  if (golden.count > 0) tools::importer::compare(graph, golden);
  tools::importer::answer(graph, golden);
  const std::string header = tools::importer::trainable_header(network, text, tools::importer::probe(model.file, apart, graph), golden);
  if (image) tools::replace_file(*image, tools::importer::trainable_image(network, text));
  tools::replace_file(out, header);
}

int run(int count, char** arguments) {
  const std::string file = count > 1 ? arguments[1] : "--help";
  if (file == "--help") {
    std::cout << help;
    return 0;
  }
  tools::Options options{count - 1, arguments + 1, {"reset", "keep-input", "unoptimized", "trainable", "push-rows"}, {{"stream", "1"}}};
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
  const bool trainable = options.flag("trainable");
  const auto image = options.text("image");
  const auto last = options.text("last");
  const auto mean = static_cast<float>(options.number("mean", 0, -1e6, 1e6)), scale = static_cast<float>(options.number("scale", 1, 1e-6, 1e6));
  if (trainable)
    for (const char* other : {"plan", "constants", "input-layout", "rounding", "keep-input", "unoptimized", "reset", "stream", "rows", "push-rows"})
      options.refuse_together("trainable", other, "do not go together, since a network that learns is no graph");
  const bool streams = options.has("stream");
  const auto hop = static_cast<std::int32_t>(options.whole("stream", 1, 1, 1'000'000));
  for (const char* other : {"rows", "push-rows"})
    options.refuse_together("stream", other, "do not go together, since rows and frames are both the first axis");
  options.refuse_others();
  for (const char* of_cases : {"cases", "reset"}) options.require_together(of_cases, "inputs");
  if (is_onnx(file) && options.has("signature"))
    throw tools::Failure{"--signature of an .onnx file, which has none; expected it of a .tflite file alone"};
  if (!is_onnx(file) && unoptimized)
    throw tools::Failure{"--unoptimized of a model that is no .onnx file; expected --rounding, which chooses a .tflite file's codes"};
  if (last && *last != "softmax" && *last != "sigmoid") throw tools::Failure{"--last " + *last + "; expected softmax or sigmoid"};
  if (last && !trainable) throw tools::Failure{"--last of a graph; expected --trainable, whose last layer it adds"};
  if ((mean != 0 || scale != 1) && !trainable) throw tools::Failure{"--mean or --scale of a graph; expected --trainable, whose normalization they say"};
  if (image && !trainable) throw tools::Failure{"--image of a graph; expected --trainable, whose parameters it takes"};
  if (streams && inputs && out)
    throw tools::Failure{"--stream with --inputs and --out: cases are windows, which a stream's header cannot hold; expected one of them"};
  if (is_onnx(file) && rounding != "float32")
    throw tools::Failure{"--rounding reference of an .onnx file; expected float32, which is how ONNX Runtime rounds"};
  if (!is_onnx(file) && channels_last) throw tools::Failure{"--input-layout nhwc of a model that is no .onnx file; expected one"};
  if (inputs.has_value() != outputs.has_value())
    throw tools::Failure{std::string{"there are "} + (inputs ? "--inputs without --outputs" : "--outputs without --inputs") +
                         "; expected both or none"};
  if (trainable && !out) throw tools::Failure{"--trainable without --out; expected --out with the header to write"};
  if (!out && !plan && !(inputs && outputs))
    throw tools::Failure{"nothing to do; expected --out, --plan, or --inputs and --outputs (see --help)"};
  std::vector<std::string> read{file};
  std::vector<std::string> written;
  for (const auto& list : {inputs, outputs})
    if (list) std::ranges::copy(parts(*list), std::back_inserter(read));
  for (const auto& result : {out, image, plan})
    if (result) written.push_back(*result);
  tools::require_results(read, written);

  tools::importer::Model model =
      is_onnx(file) ? tools::onnx::read_model(file, {.channels_last = channels_last || trainable, .unoptimized = unoptimized, .keeps_normalizations = trainable}) : tools::tflite::read_model(file, signature);
  model.rounding = rounding == "float32" ? tools::importer::Rounding::float32 : tools::importer::Rounding::reference;
  const std::string cut = until ? tools::importer::cut(model, *until) : "";
  if (trainable) {
    if (last) tools::importer::end_with(model, *last == "softmax" ? "softmax" : "logistic");
    write_trainable(model, {name, tools::command_line(count, arguments), until ? std::vector{cut} : std::vector<std::string>{}, mean, scale}, *out, image,
                    [&](const auto& of) { return inputs ? tools::importer::read_cases(of, parts(*inputs), parts(*outputs), cases) : tools::importer::Cases{}; });
    return 0;
  }
  tools::importer::Network network = tools::importer::lower(model);
  network.keeps_inputs = keeps_inputs;
  if (removes) tools::importer::remove_constants(network);
  const tools::importer::Network window = network;
  tools::importer::Streamed streamed;
  if (streams) {
    streamed = tools::importer::stream(window, hop, file);
    network = streamed.network;
    for (std::string& line : streamed.table()) network.report.push_back(std::move(line));
  }
  if (until) network.report.insert(network.report.begin(), cut);
  if (const std::string plans = tools::importer::choose_rows(network, rows, pushes_rows); !plans.empty()) network.report.push_back(plans);
  for (const std::string& sentence : network.report) std::cout << name << ": " << sentence << '\n';
  if (plan) tools::replace_file(*plan, tools::importer::plan_picture(network, name));
  if (!out && !inputs) return 0;
  tools::importer::Cases golden;
  if (inputs && outputs) golden = tools::importer::read_cases(window, parts(*inputs), parts(*outputs), cases);
  golden.reset = reset;
  if (!out && streams) return tools::importer::compare(streamed, window, golden) ? 0 : 1;
  if (!out) return tools::importer::compare(network, golden) ? 0 : 1;
  const tools::importer::Network whole = tools::importer::lower(model, tools::importer::Manner::apart);
  if (streams) tools::importer::probe_windows(file, whole, streamed);
  tools::replace_file(*out, tools::importer::header(network, name, tools::command_line(count, arguments),
                                                   tools::importer::probe(file, streams ? network : whole, network), golden));
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
