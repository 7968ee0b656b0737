#include "tools/import/probe.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "tools/data/failure.hpp"

namespace tools::importer {

namespace {

const std::string report = "; this is a fault of the importer: please report it with the file";

// Numbers that differ from one to the next.
Bytes numbers_of(const Place& tensor, std::uint32_t seed) {
  Bytes values(static_cast<std::size_t>(tensor.bytes));
  std::uint32_t state = seed;
  const auto next = [&] { return static_cast<std::int8_t>((state = state * 1664525 + 1013904223) >> 24); };
  const std::size_t size = static_cast<std::size_t>(bytes_of(tensor.type));
  for (std::size_t i = 0; i < values.size(); i += size) {
    if (tensor.type == Type::float32) {
      const float number = static_cast<float>(next()) / 32;
      std::memcpy(&values[i], &number, sizeof number);
    } else if (tensor.type == Type::int32) {  // small and not negative: it may count or point to something
      values[i] = static_cast<std::int8_t>(next() & 3);
    } else if (tensor.type == Type::boolean) {
      values[i] = next() & 1;
    } else {
      for (std::size_t k = 0; k < size; ++k) values[i + k] = next();
    }
  }
  return values;
}

// Memory of one tensor between guards, in words, so that all numbers are aligned.
class Guarded {
 public:
  explicit Guarded(std::size_t size, std::uint8_t fill = 0) : bytes{size}, memory((size + 7) / 8 + 2 * guard, 0) {
    std::memset(memory.data(), pattern, memory.size() * sizeof memory[0]);
    std::memset(data(), fill, bytes);
  }

  std::byte* data() { return reinterpret_cast<std::byte*>(memory.data() + guard); }
  const std::byte* data() const { return reinterpret_cast<const std::byte*>(memory.data() + guard); }
  Bytes content() const {
    return {reinterpret_cast<const std::int8_t*>(data()), reinterpret_cast<const std::int8_t*>(data()) + bytes};
  }
  void set(const Bytes& content) { std::copy(content.begin(), content.end(), reinterpret_cast<std::int8_t*>(data())); }

  // Is all around it as it was?
  bool whole() const {
    const auto* all = reinterpret_cast<const std::uint8_t*>(memory.data());
    const std::size_t begin = guard * sizeof memory[0], end = memory.size() * sizeof memory[0];
    const auto same = [](std::uint8_t byte) { return byte == pattern; };
    return std::all_of(all, all + begin, same) && std::all_of(all + begin + bytes, all + end, same);
  }

 private:
  static constexpr std::size_t guard = 8;
  static constexpr std::uint8_t pattern = 0x5a;

  std::size_t bytes;
  std::vector<std::int64_t> memory;
};

// How often it is run: what is kept shows in later ones.
std::uint32_t runs(const Network& network) {
  const bool keeps = std::ranges::any_of(network.tensors, &Place::variable) ||
                     std::ranges::any_of(network.operators, [](const Applied& each) { return each.operation->state() > 0; });
  return keeps ? 3 : 1;
}

class Apart {
 public:
  Apart(const std::string& name, const Network& all) : file{name}, network{all} {
    for (const Place& tensor : network.tensors) {
      memory.emplace_back(static_cast<std::size_t>(tensor.bytes));
      memory.back().set(tensor.variable ? tensor.initial : tensor.constant);
    }
  }

  std::vector<Bytes> run(const std::vector<Bytes>& x) {
    for (std::size_t i = 0; i < x.size(); ++i) write(network.inputs[i], x[i]);
    for (const Applied& applied : network.operators) apply(applied);
    std::vector<Bytes> y;
    for (int output : network.outputs) y.push_back(read(output));
    return y;
  }

 private:
  Guarded& at(int tensor) { return memory[static_cast<std::size_t>(tensor)]; }

  // A part lies in another tensor.
  Bytes read(int tensor) {
    const Place& of = network.tensor(tensor);
    if (of.whole < 0) return at(tensor).content();
    const Bytes whole = at(of.whole).content();
    const auto first = whole.begin() + of.begin * bytes_of(of.type);
    return {first, first + of.bytes};
  }
  void write(int tensor, const Bytes& content) {
    const Place& of = network.tensor(tensor);
    std::byte* const to = of.whole < 0 ? at(tensor).data() : at(of.whole).data() + of.begin * bytes_of(of.type);
    std::memcpy(to, content.data(), content.size());
  }

  [[noreturn]] void refuse(const Applied& applied, const std::string& wrong) const {
    throw Fault{failure(file + ": " + applied.name, wrong, "a whole output and nothing else" + report)};
  }

  void apply(const Applied& applied) {
    const Bytes forward = output(applied, false, 0x33), backward = output(applied, true, 0xcc);
    if (forward != backward) refuse(applied, "leaves part of its output as it was");
    write(applied.output, forward);
    states[&applied] = state_after;
  }

  Bytes output(const Applied& applied, bool backward, std::uint8_t fill) {
    std::vector<Guarded> x;
    for (int input : applied.inputs) {
      x.emplace_back(static_cast<std::size_t>(network.tensor(input).bytes));
      x.back().set(read(input));
    }
    const std::vector<Guarded> before = x;
    Guarded y{static_cast<std::size_t>(network.tensor(applied.output).bytes), fill};
    if (std::ranges::find(applied.inputs, applied.output) != applied.inputs.end())
      y.set(read(applied.output));  // it works in place
    Guarded scratch{static_cast<std::size_t>(applied.operation->scratch()), fill},
        state{static_cast<std::size_t>(applied.operation->state())};
    if (const auto kept = states.find(&applied); kept != states.end()) state.set(kept->second);
    std::vector<nn::graph::Source> from;
    for (const Guarded& each : x) from.push_back({each.data()});
    applied.operation->run({scratch.data(), backward, state.data()}, y.data(), from);
    for (std::size_t i = 0; i < x.size(); ++i)
      if (x[i].content() != before[i].content()) refuse(applied, "writes into its input");
    if (!y.whole() || !scratch.whole() || !state.whole()) refuse(applied, "writes beyond its output, scratch or state");
    state_after = state.content();
    return y.content();
  }

  const std::string& file;
  const Network& network;
  std::vector<Guarded> memory;
  std::map<const Applied*, Bytes> states;
  Bytes state_after;
};

}  // namespace

Probe probe(const std::string& file, const Network& apart, const Network& network) {
  Apart model{file, apart};
  Runner header{network};
  Probe made;
  for (std::uint32_t run = 1; run <= runs(apart); ++run) {
    std::vector<Bytes> inputs;
    for (int input : apart.inputs) inputs.push_back(numbers_of(apart.tensor(input), run));
    const std::vector<Bytes> outputs = model.run(inputs);
    Bytes expected;
    for (const Bytes& output : outputs) expected.insert(expected.end(), output.begin(), output.end());
    if (header.run(inputs) != expected)
      throw Fault{failure(file, "gives another answer in the planned workspace than apart, in run " + std::to_string(run),
                          "the same" + report)};
    if (run == 1) made = {std::move(inputs), outputs};
  }
  return made;
}


void probe_windows(const std::string& file, const Network& apart, const Streamed& streamed) {
  constexpr std::int32_t windows = 5;
  Apart model{file, apart};
  Runner header{streamed.network};
  const std::int32_t times = (streamed.frames + streamed.hop - 1) / streamed.hop + windows - 1;
  const Place& input = apart.tensor(apart.inputs[0]);
  const std::ptrdiff_t hop = input.bytes / streamed.frames * streamed.hop;
  Place frames = input;
  frames.bytes = static_cast<std::int32_t>(hop) * times;
  const Bytes all = numbers_of(frames, 1);
  for (std::int32_t time = 1; time <= times; ++time) {
    const auto end = all.begin() + time * hop;
    const Bytes found = header.run({Bytes(end - hop, end)});
    if (time <= times - windows) continue;
    Bytes expected;
    for (const Bytes& output : model.run({Bytes(end - input.bytes, end)}))
      expected.insert(expected.end(), output.begin(), output.end());
    if (found != expected)
      throw Fault{failure(file, "gives another answer frame by frame than in a window, in run " + std::to_string(time),
                          "the same" + report)};
  }
}

}  // namespace tools::importer
