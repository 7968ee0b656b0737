#include "tools/import/saving.hpp"

#include "nn/int8/fully_connected.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

std::string number(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

// Of nothing, all remains.
std::string percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "100 %" : std::to_string((200 * part + whole) / (2 * whole)) + " %";
}

std::string counted(std::int64_t count, const std::string& what) { return number(count) + " " + what + (count == 1 ? "" : "s"); }

}  // namespace

Saving::Size Saving::size(const Network& network) {
  Size all{network.operators.size(), 0, 0};
  for (const Applied& applied : network.operators) {
    all.products += applied.operation->products();
    if (const auto with = Rules::of(applied.operation).rows(applied.operation))
      all.weights += std::int64_t{with->outputs} * with->taps() * with->reads;
  }
  return all;
}

void Saving::prove(const Network& network, const Intervals& intervals, const Removal& removal) {
  for (const Applied& applied : network.operators) {
    const auto with = Rules::of(applied.operation).rows(applied.operation);
    if (!with || !quantized(network, applied)) continue;
    const bool full = applied.operation.as<nn::int8::FullyConnected>() != nullptr ||
                      applied.operation.as<nn::int8::FullyConnectedOf<nn::int8::Float32>>() != nullptr;
    Channels& kind = channels[full ? 3 : with->depthwise() ? 2 : with->taps() == 1 ? 0 : 1];
    for (const Interval& codes : intervals.codes[static_cast<std::size_t>(applied.output)]) {
      ++kind.all;
      kind.constant += codes.constant();
    }
    gone += with->outputs - removal.count(applied.output);
  }
}

std::vector<std::string> Saving::sentences(const Network& after) const {
  constexpr const char* kinds[]{"channels of pointwise convolutions", "channels of other convolutions",
                                "channels of depthwise convolutions", "outputs of fully connected layers"};
  std::string constant;
  for (std::size_t k = 0; k < channels.size(); ++k)
    if (channels[k].constant > 0)
      constant +=
          (constant.empty() ? "" : ", ") + number(channels[k].constant) + " of " + number(channels[k].all) + " " + kinds[k];
  const Size now = size(after);
  std::string removed;
  const auto add = [&](std::int64_t count, const std::string& what) {
    if (count > 0) removed += (removed.empty() ? "" : ", ") + counted(count, what);
  };
  add(gone, "channel");
  add(static_cast<std::int64_t>(before.operators - now.operators), "operator");
  add(clamps, "clamp");
  std::vector<std::string> all;
  if (!constant.empty()) all.push_back("constant whatever the input: " + constant);
  if (!removed.empty()) all.push_back("removed, as they cannot change the output: " + removed);
  if (before.products > 0 && (gone > 0 || now.operators < before.operators))
    all.push_back(percent(now.products, before.products) + " of the multiplications and " + percent(now.weights, before.weights) +
                  " of the weights remain");
  return all;
}

}  // namespace tools::importer
