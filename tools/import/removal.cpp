#include "tools/import/removal.hpp"

#include <algorithm>
#include <numeric>

#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

// Channels of several tensors that stay or go together, as the output of a depthwise convolution with its input, are one
// group. At first all groups go; then those are kept that something needs, and those that these need.
class Decision {
 public:
  Decision(const Network& all, const Intervals& proven) : network{all}, codes{proven} {
    for (const auto& channels : codes.codes) {
      first.push_back(static_cast<int>(group_of.size()));
      group_of.resize(group_of.size() + channels.size());
    }
    std::iota(group_of.begin(), group_of.end(), 0);
    keeps.assign(group_of.size(), false);
  }

  Removal removal() && {
    for (int tensor : network.inputs) keep_whole(tensor);
    for (int tensor : network.outputs) keep_whole(tensor);
    for (int t = 0; t < static_cast<int>(first.size()); ++t)
      if (network.tensor(t).variable || network.tensor(t).whole >= 0) keep_whole(t);
    for (const Applied& applied : network.operators) join(applied);
    while (keep_what_is_read()) {
    }
    Removal result;
    result.blank = of_each_channel([&](int t, std::int32_t c) { return !kept(t, c) || codes.at(t, c, channels(t)).constant(); });
    while (keep_fours()) {
    }
    result.kept = of_each_channel([&](int t, std::int32_t c) { return kept(t, c); });
    return result;
  }

 private:
  std::int32_t channels(int tensor) const {
    return static_cast<std::int32_t>(codes.codes[static_cast<std::size_t>(tensor)].size());
  }

  std::vector<std::vector<bool>> of_each_channel(auto of) const {
    std::vector<std::vector<bool>> all(first.size());
    for (int t = 0; t < static_cast<int>(first.size()); ++t)
      for (std::int32_t c = 0; c < channels(t); ++c) all[static_cast<std::size_t>(t)].push_back(of(t, c));
    return all;
  }

  std::size_t place(int tensor, std::int32_t channel) const {
    return static_cast<std::size_t>(first[static_cast<std::size_t>(tensor)] + channel);
  }
  std::size_t group(int tensor, std::int32_t channel) const {
    std::size_t at = place(tensor, channel);
    while (group_of[at] != static_cast<int>(at)) at = static_cast<std::size_t>(group_of[at]);
    return at;
  }
  bool kept(int tensor, std::int32_t channel) const { return keeps[group(tensor, channel)]; }
  void keep(int tensor, std::int32_t channel) { keeps[group(tensor, channel)] = true; }
  void keep_whole(int tensor) {
    for (std::int32_t c = 0; c < channels(tensor); ++c) keep(tensor, c);
  }
  void join(int tensor, std::int32_t channel, int with, std::int32_t its) {
    const std::size_t a = group(tensor, channel);
    const std::size_t b = group(with, its);
    keeps[a] = keeps[b] = keeps[a] || keeps[b];
    for (const std::size_t joined : {b, place(tensor, channel), place(with, its)}) group_of[joined] = static_cast<int>(a);
  }

  void keep_all_of(const Applied& applied) {
    keep_whole(applied.output);
    for (int input : applied.inputs) keep_whole(input);
  }

  void join(const Applied& applied) {
    if (!quantized(network, applied)) return keep_all_of(applied);
    const Rules& rules = Rules::of(applied.operation);
    if (const auto with = rules.rows(applied.operation); with && !with->depthwise()) {
      if (with->reads % channels(applied.inputs[0]) != 0) keep_whole(applied.inputs[0]);
      return;
    }
    const auto passed = rules.passage(applied.operation, codes.channels(applied.inputs));
    if (!passed || !fits(applied, *passed)) return keep_all_of(applied);
    for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
      const Passage::Part& part = passed->parts[i];
      if (!part.passed) keep_whole(applied.inputs[i]);
      for (std::int32_t c = 0; part.passed && c < part.channels; ++c)
        for (std::int32_t k = 0; k < passed->repeat; ++k)
          join(applied.inputs[i], c % channels(applied.inputs[i]), applied.output, (part.offset + c) * passed->repeat + k);
    }
  }
  bool fits(const Applied& applied, const Passage& passed) const {
    bool all = passed.channels == channels(applied.output);
    for (std::size_t i = 0; i < applied.inputs.size(); ++i)
      all = all && (!passed.parts[i].passed || passed.parts[i].channels % channels(applied.inputs[i]) == 0);
    return all;
  }

  // Can channel c go, that output o reads, with a constant in the bias instead? At the image's edge it would have to be what
  // padding holds.
  bool folds(const Rows& with, std::int32_t o, std::int32_t c, const Interval& code) const {
    return (code.constant() && (!with.window.padded() || code.low == with.zero)) || with.ignores(o, c);
  }

  bool keep_what_is_read() {
    bool more = false;
    for (const Applied& applied : network.operators) {
      const auto with = Rules::of(applied.operation).rows(applied.operation);
      if (!with || with->depthwise() || !quantized(network, applied)) continue;
      const int x = applied.inputs[0];
      for (std::int32_t o = 0; o < with->outputs; ++o) {
        if (!kept(applied.output, o) || codes.at(applied.output, o, with->outputs).constant()) continue;
        for (std::int32_t c = 0; c < with->reads; ++c) {
          const std::int32_t channel = c % channels(x);
          if (kept(x, channel) || folds(*with, o, c, codes.at(x, c, with->reads))) continue;
          keep(x, channel);
          more = true;
        }
      }
    }
    return more;
  }

  bool keep_fours() {
    bool more = false;
    for (int t = 0; t < static_cast<int>(first.size()); ++t) {
      std::int32_t count = 0;
      for (std::int32_t c = 0; c < channels(t); ++c) count += kept(t, c);
      std::int32_t wanted = std::max(4, (count + 3) / 4 * 4);
      if (wanted > channels(t)) wanted = count == 0 ? channels(t) : count;
      for (std::int32_t c = 0; c < channels(t) && count < wanted; ++c) {
        if (kept(t, c)) continue;
        keep(t, c);
        more = true;
        for (std::int32_t other = count = 0; other < channels(t); ++other) count += kept(t, other);
      }
    }
    return more;
  }

  const Network& network;
  const Intervals& codes;
  std::vector<int> first;     // [tensor]: where its channels begin below
  std::vector<int> group_of;  // [channel of any tensor]: another of its group, or itself
  std::vector<bool> keeps;    // [group]
};

}  // namespace

std::int32_t Removal::count(int tensor) const {
  const std::vector<bool>& channels = kept[static_cast<std::size_t>(tensor)];
  return static_cast<std::int32_t>(std::count(channels.begin(), channels.end(), true));
}

Removal removal(const Network& network, const Intervals& intervals) { return Decision{network, intervals}.removal(); }

}  // namespace tools::importer
