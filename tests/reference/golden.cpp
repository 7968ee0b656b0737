// check_reference FOLDER…: runs the oracle over golden folders, each with model.tflite, inputs*.bin, outputs*.bin, and prints
// what differs. So the oracle is itself compared with TensorFlow Lite's kernels.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "evaluate.hpp"

namespace {

namespace fs = std::filesystem;
using namespace reference;
using Bytes = std::vector<std::uint8_t>;

Bytes content(const fs::path& file) {
  std::ifstream from{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{from}, {}};
}

// inputs.bin, or inputs0.bin, inputs1.bin …; of a sequence: inputs_a.bin, or inputs0_a.bin ….
std::vector<Bytes> tensors(const fs::path& folder, const std::string& kind, const std::string& sequence) {
  std::vector<Bytes> all;
  if (fs::exists(folder / (kind + sequence + ".bin"))) return {content(folder / (kind + sequence + ".bin"))};
  for (int i = 0; fs::exists(folder / (kind + std::to_string(i) + sequence + ".bin")); ++i)
    all.push_back(content(folder / (kind + std::to_string(i) + sequence + ".bin")));
  return all;
}

// What lies between `kind` and ".bin" of the names of files.
std::vector<std::string> sequences(const fs::path& folder) {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("inputs")) continue;
    const std::size_t line = name.find('_');
    const std::string sequence = line == name.npos ? "" : name.substr(line, name.size() - line - 4);
    if (std::ranges::find(all, sequence) == all.end()) all.push_back(sequence);
  }
  std::ranges::sort(all);
  return all;
}

std::size_t size_of(Type type) {
  switch (type) {
    case Type::float32:
    case Type::int32:
      return 4;
    case Type::int64:
      return 8;
    case Type::int16:
      return 2;
    default:
      return 1;
  }
}

struct Compared {
  std::size_t numbers = 0, wrong = 0;
};

void compare(const Array& found, const Array& expected, Compared& sum) {
  double largest = 0;
  for (double x : expected.real) largest = std::isfinite(x) ? std::max(largest, std::abs(x)) : largest;
  for (std::size_t i = 0; i < found.size(); ++i) {
    ++sum.numbers;
    if (!is_float(found.type))
      sum.wrong += found.code[i] != expected.code[i];
    else
      sum.wrong += !(found.real[i] == expected.real[i] ||
                     std::abs(found.real[i] - expected.real[i]) <= 1e-4 * std::abs(expected.real[i]) + 1e-6 * largest);
  }
}

Array part(const Tensor& tensor, const Bytes& all, std::size_t c) {
  const std::size_t bytes = count(tensor.shape) * size_of(tensor.type);
  if ((c + 1) * bytes > all.size()) throw Unknown{"fewer cases than another file has"};
  return decode(
      tensor, {all.begin() + static_cast<std::ptrdiff_t>(c * bytes), all.begin() + static_cast<std::ptrdiff_t>((c + 1) * bytes)});
}

Compared check(const fs::path& folder, std::size_t most) {
  const Model model = read(content(folder / "model.tflite"));
  const Graph& graph = model.graphs.at(0);
  std::ifstream meta{folder / "meta.txt"};
  const std::string text{std::istreambuf_iterator<char>{meta}, {}};
  const bool reset = text.find("\nstate: ") != text.npos && text.find("before every case") != text.npos;
  Compared sum;
  for (const std::string& sequence : sequences(folder)) {
    const auto inputs = tensors(folder, "inputs", sequence), outputs = tensors(folder, "outputs", sequence);
    if (inputs.size() != graph.inputs.size() || outputs.size() != graph.outputs.size())
      throw Unknown{"another number of files than of tensors"};
    const auto of = [&](int t) -> const Tensor& { return graph.tensors.at(static_cast<std::size_t>(t)); };
    const std::size_t cases = inputs.at(0).size() / (count(of(graph.inputs[0]).shape) * size_of(of(graph.inputs[0]).type));
    Evaluation evaluation{model};
    for (std::size_t c = 0; c < std::min(cases, most); ++c) {
      if (reset) evaluation.reset();
      std::vector<Array> x;
      for (std::size_t i = 0; i < inputs.size(); ++i) x.push_back(part(of(graph.inputs[i]), inputs[i], c));
      const std::vector<Array> y = evaluation.run(x);
      for (std::size_t o = 0; o < y.size(); ++o) compare(y[o], part(of(graph.outputs[o]), outputs[o], c), sum);
    }
  }
  return sum;
}

}  // namespace

int main(int arguments, char** argument) {
  std::vector<fs::path> folders;
  std::size_t most = 1'000'000;
  for (int i = 1; i < arguments; ++i) {
    if (std::string_view{argument[i]} == "--cases" && i + 1 < arguments) {
      most = static_cast<std::size_t>(std::stoul(argument[++i]));
      continue;
    }
    if (!fs::is_directory(argument[i])) continue;
    for (const auto& entry : fs::recursive_directory_iterator{argument[i]})
      if (entry.path().filename() == "model.tflite" && !sequences(entry.path().parent_path()).empty())
        folders.push_back(entry.path().parent_path());
  }
  std::ranges::sort(folders);
  if (folders.empty()) {
    std::cout << "skipped: no folder with model.tflite, inputs and outputs\n";
    return 0;
  }
  std::size_t exact = 0;
  for (const fs::path& folder : folders) {
    try {
      const Compared sum = check(folder, most);
      exact += sum.wrong == 0;
      if (sum.wrong != 0)
        std::cout << folder.filename().string() << ": " << sum.wrong << " of " << sum.numbers << " numbers differ\n";
    } catch (const std::exception& problem) {
      std::cout << folder.filename().string() << ": " << problem.what() << '\n';
    }
  }
  std::cout << exact << " of " << folders.size() << " models equal\n";
  return exact == folders.size() ? 0 : 1;
}
