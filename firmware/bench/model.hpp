// Whole models, imported, on the cases that came with them: the cost of one inference, and how far its outputs are from those
// of TensorFlow Lite's reference kernels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "golden.hpp"
#include "measure.hpp"

namespace bench {

// The models of one image run one after the other in the same memory.
template <class... Nets>
struct Models {
  alignas(8) inline static std::array<std::byte, std::max({sizeof(Nets)...})> memory;
};

// Bytes, of one step.
template <class Net>
inline constexpr std::uint32_t most_scratch = [] {
  std::int32_t most = 0;
  for (const nn::graph::StepFacts& step : Net::facts.steps) most = std::max(most, step.scratch);
  return static_cast<std::uint32_t>(most);
}();

// As many cases as this many clock() ticks of a board allow, but one at least; on the host all.
inline constexpr std::uint64_t enough = 2'000'000'000;

template <class Models, class Net, bool Reset, std::size_t Inputs, std::size_t Outputs>
[[gnu::noinline]] void model(std::string_view name, std::string_view arithmetic, std::int32_t cases, golden::Files<Inputs> inputs,
                             golden::Files<Outputs> outputs) {
  const Work work{name, arithmetic};
  Net& net = *std::construct_at(reinterpret_cast<Net*>(Models::memory.data()));
  if constexpr (requires { requires Net::pushes_rows; })
    measure(work, [&] { golden::infer(net, 0, inputs); }, [] {});
  else
    measure(work, [&] { net.run(); }, [&] { golden::load(net, 0, inputs); });
  print_stack(work);

  net.reset();
  const std::uint64_t begin = platform::clock();
  std::uint32_t sum = 0;
  std::uint32_t compared = 0;
  while (compared < static_cast<std::uint32_t>(cases) &&
         (platform::is_host || compared == 0 || platform::clock() - begin < enough)) {
    if constexpr (Reset) net.reset();
    golden::infer(net, compared, inputs);
    sum += golden::mismatches(net, compared, outputs);
    ++compared;
  }
  print(work, "cases", compared);
  print(work, "mismatches", sum);
  print(work, "ram", Net::workspace_bytes);
  print(work, "scratch", most_scratch<Net>);
}

// The memory plan, as lines of comment.
template <class Net>
void plan(std::string_view name) {
  console::write("# ");
  console::write(name);
  console::write("\n");
  bool begun = false;
  nn::graph::print_plan<Net>([&](std::string_view text) {
    for (char c : text) {
      if (!begun) console::write("# ");
      begun = c != '\n';
      console::write({&c, 1});
    }
  });
}

}  // namespace bench
