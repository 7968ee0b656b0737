#include "tools/quantize/ranges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "tools/data/failure.hpp"
#include "tools/import/names.hpp"
#include "tools/import/run.hpp"
#include "tools/quantize/floats.hpp"
#include "tools/quantize/lstm_cells.hpp"

namespace tools::quantizer {

namespace {

// How often a tensor's numbers fell into each part of its range.
class Histogram {
 public:
  explicit Histogram(Interval range) : whole{range} {}

  void add(float value) {
    const double part = (static_cast<double>(value) - low()) / width() * bins;
    ++count[std::min(static_cast<std::size_t>(std::max(part, 0.0)), bins - 1)];
    ++all;
  }

  Interval without(double share) const {
    const double most = share * static_cast<double>(all);
    std::size_t first = 0, last = bins;
    for (std::size_t below = count[0]; static_cast<double>(below) <= most && first + 1 < last; below += count[++first]) {}
    for (std::size_t above = count[bins - 1]; static_cast<double>(above) <= most && last > first + 1;
         above += count[--last - 1]) {
    }
    return {std::min(edge(first), 0.0f), std::max(edge(last), 0.0f)};
  }

 private:
  static constexpr std::size_t bins = 8192;
  double low() const { return static_cast<double>(whole.low); }
  double width() const { return std::max(static_cast<double>(whole.high) - low(), 1e-30); }
  float edge(std::size_t bin) const { return static_cast<float>(low() + width() * static_cast<double>(bin) / bins); }

  Interval whole;
  std::size_t all = 0;
  std::array<std::size_t, bins> count{};
};

}  // namespace

std::vector<Interval> ranges(const importer::Model& model, const std::vector<std::vector<float>>& inputs,
                             std::optional<double> percentile) {
  // With every tensor that is computed as an output, a run gives all numbers but those of the input.
  importer::Model open = model;
  open.outputs.clear();
  for (const importer::Operator& operation : open.operators) open.outputs.push_back(operation.outputs[0]);
  const importer::Network network = importer::lower(open);
  std::vector<int> tensors = open.inputs;
  tensors.insert(tensors.end(), open.outputs.begin(), open.outputs.end());

  // Calls visit(place among tensors, number) for each number of each tensor.
  const auto for_each_number = [&](auto visit) {
    for (const std::vector<float>& input : inputs) {
      std::vector<float> all = input;
      const std::vector<float> computed = floats_of(importer::run(network, {bytes_of(input)}));
      all.insert(all.end(), computed.begin(), computed.end());
      std::size_t at = 0;
      for (std::size_t t = 0; t < tensors.size(); ++t)
        for (std::size_t end = at + elements(open, tensors[t]); at < end; ++at) visit(t, all[at]);
    }
  };

  const auto from = [&](std::size_t t) {
    if (t < open.inputs.size()) return std::string{"the input has"};
    const std::size_t operation = t - open.inputs.size();
    return importer::label(open.operators[operation], operation) + " computes";
  };
  std::vector<Interval> whole(tensors.size());
  for_each_number([&](std::size_t t, float value) {
    // Operators hold what goes beyond all floats at the largest.
    if (!(std::abs(value) < std::numeric_limits<float>::max()))
      throw failure(model.file, from(t) + " a number that is not finite in the calibration data", "finite ones");
    whole[t] = {std::min(whole[t].low, value), std::max(whole[t].high, value)};
  });
  if (percentile) {
    std::vector<Histogram> histograms(whole.begin(), whole.end());
    for_each_number([&](std::size_t t, float value) { histograms[t].add(value); });
    for (std::size_t t = 0; t < whole.size(); ++t)
      if (t < open.inputs.size() || open.operators[t - open.inputs.size()].kind != lstm_cells.name)
        whole[t] = histograms[t].without(1 - *percentile / 100);
  }
  std::vector<Interval> result(model.tensors.size());
  for (std::size_t t = 0; t < whole.size(); ++t) result[static_cast<std::size_t>(tensors[t])] = whole[t];
  return result;
}

}  // namespace tools::quantizer
