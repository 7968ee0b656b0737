#include "tools/import/trainable_header.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <span>

#include "nn/store/image_writer.hpp"
#include "tools/data/text.hpp"
#include "tools/import/spelling.hpp"
#include "tools/model/compile_time.hpp"

namespace tools::importer {

namespace {

std::string type(const Layer& layer);

std::string types(const std::vector<Layer>& layers) {
  std::string list;
  for (const Layer& layer : layers) list += (list.empty() ? "" : ", ") + type(layer);
  return list;
}

std::string type(const Layer& layer) {
  std::string inner = layer.options;
  if (layer.name == "Residual") {
    const std::string shortcut = types(layer.inside[0].inside);
    inner = "<" + (shortcut.empty() ? "" : "nn::Projection<" + shortcut + ">, ") + types(layer.inside[1].inside) + ">";
  } else if (layer.name == "Branch" || (inner.empty() && !layer.inside.empty())) {
    inner = "<" + types(layer.inside) + ">";
  }
  return "nn::" + layer.name + inner;
}

// A layer with parameters begins a line; what needs none stands behind it.
std::string topology(const Chain& network) {
  const std::string indent = ",\n                        ";
  std::string text = "using Net = nn::Network<float, nn::Input<";
  const nn::Shape in = network.input;
  if (in.height > 1) text += std::to_string(in.height) + ", ";
  if (in.height > 1 || in.width > 1) text += std::to_string(in.width) + ", ";
  text += std::to_string(in.channels) + ">";
  std::size_t width = 0;
  for (const Layer& layer : network.layers) {
    const std::string spelled = type(layer);
    const bool begins = layer.count() > 0 || width == 0 || width + spelled.size() > 100;
    text += (begins ? indent : ", ") + spelled;
    width = (begins ? 0 : width) + spelled.size() + 2;
  }
  return text + ">;\n\n";
}

std::string list(std::span<const float> numbers) {
  std::string line;
  for (float number : numbers) line += (line.empty() ? "" : ", ") + spelled(number);
  return "{{" + line + "}}";
}

std::string array(const ParameterArray& array) {
  if (array.columns == 0) return list(array.numbers);
  std::string rows = "{{\n";
  for (std::size_t at = 0; at < array.numbers.size(); at += array.columns)
    rows += "        " + list(std::span{array.numbers}.subspan(at, array.columns)) + ",\n";
  return rows + "      }}";
}

// As an element of a pack.
std::string parameters(const Layer& layer) {
  if (layer.count() == 0) return "    {},\n";
  std::string fields;
  for (const ParameterArray& each : layer.parameters) fields += "      " + array(each) + ",\n";
  for (const Layer& each : layer.inside) fields += parameters(each);
  return "    {{\n" + fields + "    }},\n";
}

// Of one forward pass, about.
std::size_t products(const std::vector<Layer>& layers) {
  std::size_t sum = 0;
  for (const Layer& layer : layers) {
    if (!layer.parameters.empty()) sum += layer.parameters[0].numbers.size() * layer.output.height * layer.output.width;
    sum += products(layer.inside);
  }
  return sum;
}

std::vector<float> reals(const Bytes& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

std::string extents(nn::Shape shape) { return text(shape.height, "x", shape.width, "x", shape.channels); }

std::string comments(const Chain& network, const TrainableText& about) {
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + about.command + "\n//\n";
  out += text("// A network that learns. Its input is ", extents(network.input),
              ": height, width, channels, row by row, the channels of a pixel together.\n");
  for (const std::string& note : about.notes) out += "// " + note + "\n";
  std::size_t all = 0, number = 0;
  for (const Layer& layer : network.layers) {
    out += text("//   layer ", number++, "  ", layer.name, ", ", extents(layer.output));
    if (layer.count() > 0) out += text(", ", layer.count(), " parameters");
    out += layer.origin.empty() ? "\n" : ", from " + layer.origin + "\n";
    all += layer.count();
  }
  return out + text("// ", all, " parameters in all. trainer.freeze(k) keeps those of the layers before layer k.\n");
}

std::string cases_code(const Chain& network, const Cases& cases) {
  std::string out = text("\n// Cases to compare with.\ninline constexpr std::size_t cases = ", cases.count, ";\n");
  const auto rows = [&](const char* what, const char* of, const Bytes& bytes, std::size_t size) {
    const std::vector<float> values = reals(bytes);
    out += text("inline constexpr std::array<Net::", of, ", cases> ", what, "{{\n");
    for (std::size_t at = 0; at < values.size(); at += size) out += "    " + list(std::span{values}.subspan(at, size)) + ",\n";
    out += "}};\n";
  };
  rows("cases_input", "Input", cases.inputs[0], network.input.size());
  rows("cases_output", "Output", cases.outputs[0], network.output().size());
  return out;
}

}  // namespace

std::string trainable_header(const Chain& network, const TrainableText& about, const Probe& probe, const Cases& cases) {
  char fingerprint[32];
  std::snprintf(fingerprint, sizeof fingerprint, "0x%016llxu", static_cast<unsigned long long>(network.fingerprint()));
  std::string out =
      comments(network, about) + "#pragma once\n\n" + (cases.count > 0 ? "#include <array>\n#include <cstddef>\n\n" : "") +
      "#include \"nn/nn.hpp\"\n\nnamespace " + about.name + " {\n\n" + topology(network) +
      "static_assert(Net::fingerprint == " + fingerprint + ",\n              \"" + about.name +
      ": this library reads the layers in another way than the importer that wrote them; expected to import anew\");\n\n" +
      "inline constexpr Net::Parameters parameters{\n";
  for (const Layer& layer : network.layers) out += "    // " + layer.name + "\n" + parameters(layer);
  out +=
      "};\n\n// What brings raw numbers to those of the network's input.\ninline constexpr nn::Normalization<1> normalization{{" +
      spelled(about.mean) + "}, {" + spelled(about.scale) +
      "}};\n\n// One input, and what the graph of the same model answers.\ninline constexpr Net::Input probe" +
      list(reals(probe.inputs[0])) + ";\ninline constexpr Net::Output answer" + list(reals(probe.outputs[0])) + ";\n";
  if (products(network.layers) <= most_macs_at_compile_time)
    out += "\nstatic_assert(nn::disagreement(Net::forward(parameters, probe), answer) <= 1e-5f,\n              \"" + about.name +
           ": this network does not give what the graph of its model gives\");\n";
  if (cases.count > 0) out += cases_code(network, cases);
  return out + "\n}  // namespace " + about.name + "\n";
}

namespace {

void put_rows(auto& writer, const std::vector<Layer>& layers) {
  for (const Layer& layer : layers) {
    for (const ParameterArray& each : layer.parameters) writer.row(std::span{each.numbers});
    put_rows(writer, layer.inside);
  }
}

}  // namespace

std::string trainable_image(const Chain& network, const TrainableText& text) {
  const bool normalizes = text.mean != 0 || text.scale != 1;
  std::size_t count = normalizes ? 2 : 0;
  for (const Layer& layer : network.layers) count += layer.count();
  std::string bytes;
  const auto put = [&](std::byte byte) { bytes += static_cast<char>(byte); };
  const std::uint32_t number_of_normalizations = normalizes ? 1 : 0;
  nn::ImageWriter writer{put, nn::image_format::version_of_weights, network.fingerprint(), 4 + sizeof(float) * count};
  writer.row(number_of_normalizations);
  if (normalizes) writer.row(std::array{text.mean, text.scale});
  put_rows(writer, network.layers);
  writer.finish();
  return bytes;
}

}  // namespace tools::importer
