#include "tools/import/settings.hpp"

#include <algorithm>
#include <iterator>

#include "tools/data/failure.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace tools::importer {

const char* const help = R"(import MODEL --name NAMESPACE --out FILE.hpp
import MODEL --inputs FILE[,FILE …] --outputs FILE[,FILE …] [--cases N (all)] [--reset] [--name … --out …]
  [--constants keep|remove (remove)] [--keep-input] [--signature NAME] [--until TENSOR] [--plan FILE.svg]
  [--input-layout nchw|nhwc (nchw)] [--rounding reference|float32] [--unoptimized] [--stream [HOP (1)]]
  [--rows auto|off|N (off)] [--push-rows] [--add-tables]
import MODEL --trainable --name NAMESPACE --out FILE.hpp [--image FILE.image] [--last softmax|sigmoid]
  [--mean M (0)] [--scale S (1)] [--until TENSOR] [--inputs … --outputs …]

MODEL: a .tflite or .onnx file. The first writes the model as a header: its topology as a type, nn::Graph, and its constants.
The second runs the model on this machine and compares: each file holds one tensor of all cases back to back, or one holds all
tensors, case after case. Cases are one stream unless --reset begins anew with each. With --out they are written into the header
instead.

--trainable: not as a graph but as an nn::Network that learns, with its parameters, where layers of nn/ express the model, of
float32, in chains, sums and concatenations; images have their channels last. --image: the parameters as train --start,
quantize_…, export_… and a device read them. --last: with such a layer behind it, which PyTorch leaves to its loss; a LogSoftmax
becomes a Softmax.
--mean, --scale: what the network takes of raw numbers, (raw - mean) * scale; header and image say so, and data are normalized
by it.
--input-layout: how images go into and come out of a network made of an .onnx file; inside, channels are last, so nhwc spares a
transposition. The files of --inputs and --outputs are in the layout of the model, always.
--rounding: how codes of int8 are rounded. reference, as TensorFlow Lite's reference kernels and TensorFlow Lite Micro do, is
that of .tflite files unless stated; float32, as LiteRT with XNNPACK and ONNX Runtime do on a desktop, that of .onnx files,
always.
--unoptimized: of a quantized .onnx file, the codes of ONNX Runtime with its optimizations off: sums, products and means of
codes that stand between DequantizeLinear and QuantizeLinear have their zero point added behind the rounding, not before it.
--stream: of a model whose input's first axis is time, a network that takes the HOP newest frames and computes what they change:
its answer is that of the model on the last window. What it computes and keeps is printed. Cases are windows, compared but not
written.
--rows: a convolutional net runs row by row, N rows at once, in rings of rows instead of whole maps, with the same bits; both
plans are printed. auto: if that takes less memory, or rows are pushed.
--push-rows: its input comes row by row, net.push_row(row), and is never whole in memory.
--add-tables: sums of int8 read the terms of their inputs from tables, which takes up to 2 KiB of flash for each sum, and less
where scales are equal. The bits are the same; cores that are no faster so make no tables.
--plan: what lies where in the workspace while the operators run, as a picture.
--signature: which of a file's signatures or subgraphs, if it has several.
--until: the model ends with this tensor, by its name or number, as the body of a network of your own; all behind it is left
out.
--keep-input: running does not overwrite the inputs, which takes the memory of them.
What is the same for every input is computed here and removed, and what was removed is printed; --constants keep leaves it.
)";

namespace {

std::vector<std::string> parts(const std::optional<std::string>& list) {
  if (!list) return {};
  std::vector<std::string> all(1);
  for (char c : *list)
    if (c == ',')
      all.emplace_back();
    else
      all.back() += c;
  return all;
}

void require_kind_of_model(const Settings& settings, bool signature, const std::string& rounding) {
  if (settings.is_onnx() && signature)
    throw Failure{"--signature of an .onnx file, which has none; expected it of a .tflite file alone"};
  if (!settings.is_onnx() && settings.unoptimized)
    throw Failure{"--unoptimized of a model that is no .onnx file; expected --rounding, which chooses a .tflite file's codes"};
  if (settings.is_onnx() && rounding != "float32")
    throw Failure{"--rounding reference of an .onnx file; expected float32, which is how ONNX Runtime rounds"};
  if (!settings.is_onnx() && settings.channels_last)
    throw Failure{"--input-layout nhwc of a model that is no .onnx file; expected one"};
}

void require_trainable(const Settings& settings) {
  if (settings.last && *settings.last != "softmax" && *settings.last != "sigmoid")
    throw Failure{"--last " + *settings.last + "; expected softmax or sigmoid"};
  if (settings.trainable) return;
  if (settings.last) throw Failure{"--last of a graph; expected --trainable, whose last layer it adds"};
  if (settings.mean != 0 || settings.scale != 1)
    throw Failure{"--mean or --scale of a graph; expected --trainable, whose normalization they say"};
  if (settings.image) throw Failure{"--image of a graph; expected --trainable, whose parameters it takes"};
}

void require_work(const Settings& settings, bool inputs, bool outputs) {
  if (settings.hop && inputs && settings.out)
    throw Failure{
        "--stream with --inputs and --out: cases are windows, which a stream's header cannot hold; expected one of them"};
  if (inputs != outputs)
    throw Failure{std::string{"there are "} + (inputs ? "--inputs without --outputs" : "--outputs without --inputs") +
                  "; expected both or none"};
  if (settings.trainable && !settings.out) throw Failure{"--trainable without --out; expected --out with the header to write"};
  if (!settings.out && !settings.plan && !inputs)
    throw Failure{"nothing to do; expected --out, --plan, or --inputs and --outputs (see --help)"};
  std::vector<std::string> read{settings.file}, written;
  for (const auto& files : {settings.inputs, settings.outputs}) std::ranges::copy(files, std::back_inserter(read));
  for (const auto& result : {settings.out, settings.image, settings.plan})
    if (result) written.push_back(*result);
  require_results(read, written);
}

}  // namespace

Settings read_settings(int count, char** arguments) {
  Options options{count - 1, arguments + 1, {"reset", "keep-input", "unoptimized", "trainable", "push-rows", "add-tables"},
                  {{"stream", "1"}}};
  Settings settings{};
  settings.file = arguments[1];
  settings.command_line = command_line(count, arguments);
  settings.out = options.text("out");
  const auto inputs = options.text("inputs"), outputs = options.text("outputs");
  settings.inputs = parts(inputs);
  settings.outputs = parts(outputs);
  settings.plan = options.text("plan");
  settings.name = options.identifier("name").value_or("model");
  settings.cases = options.whole("cases", 1'000'000, 1, 1'000'000);
  settings.removes_constants = options.one_of("constants", "remove", {"keep", "remove"}) == "remove";
  settings.reset = options.flag("reset");
  settings.keeps_inputs = options.flag("keep-input");
  settings.adds_by_tables = options.flag("add-tables");
  settings.signature = options.text("signature").value_or("");
  settings.until = options.text("until");
  settings.channels_last = options.one_of("input-layout", "nchw", {"nchw", "nhwc"}) == "nhwc";
  settings.unoptimized = options.flag("unoptimized");
  settings.rows = options.text("rows").value_or("off");
  settings.pushes_rows = options.flag("push-rows");
  const std::string rounding = options.one_of("rounding", settings.is_onnx() ? "float32" : "reference", {"reference", "float32"});
  settings.rounding = rounding == "float32" ? Rounding::float32 : Rounding::reference;
  settings.trainable = options.flag("trainable");
  settings.image = options.text("image");
  settings.last = options.text("last");
  settings.mean = static_cast<float>(options.number("mean", 0, -1e6, 1e6));
  settings.scale = static_cast<float>(options.number("scale", 1, 1e-6, 1e6));
  if (settings.trainable)
    for (const char* other : {"plan", "constants", "input-layout", "rounding", "keep-input", "unoptimized", "reset", "stream",
                              "rows", "push-rows", "add-tables"})
      options.refuse_together("trainable", other, "do not go together, since a network that learns is no graph");
  if (options.has("stream")) settings.hop = static_cast<std::int32_t>(options.whole("stream", 1, 1, 1'000'000));
  for (const char* other : {"rows", "push-rows"})
    options.refuse_together("stream", other, "do not go together, since rows and frames are both the first axis");
  options.refuse_others();
  for (const char* of_cases : {"cases", "reset"}) options.require_together(of_cases, "inputs");
  options.require_together("add-tables", "out");
  require_kind_of_model(settings, options.has("signature"), rounding);
  require_trainable(settings);
  require_work(settings, inputs.has_value(), outputs.has_value());
  return settings;
}

}  // namespace tools::importer
