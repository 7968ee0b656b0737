#include "tools/import/plan_picture.hpp"

#include <algorithm>

#include "tools/import/run.hpp"
#include "tools/report/panel.hpp"

namespace tools::importer {
namespace {

constexpr double width = 900, height = 420, left = 80, top = 50, bottom = 110;

// What a block is, and its colour.
struct Kind {
  std::string name;
  const char* colour;
};

Kind kind(const Network& network, const Runner& runner, std::size_t block) {
  const nn::graph::Facts& facts = runner.planned();
  if (block >= facts.blocks()) return {"rows for later passes", "#edc948"};
  if (block >= facts.scratch_block(0) + facts.steps.size()) return {"state", "#b07aa1"};
  if (block >= facts.scratch_block(0)) return {"scratch", "#bab0ac"};
  if (facts.tensors[block].variable) return {"variable", "#b07aa1"};
  for (const std::int32_t input : facts.inputs)
    if (facts.block_of(input) == block) return {"input", "#59a14f"};
  for (const std::int32_t output : facts.outputs)
    if (facts.block_of(output) == block) return {"output", "#f28e2b"};
  for (std::size_t s = 0; s < facts.steps.size(); ++s)
    if (facts.block_of(facts.steps[s].output) == block) return {network.operators[s].name, "#a0cbe8"};
  return {"", "#a0cbe8"};
}

}  // namespace

std::string plan_picture(const Network& network, const std::string& name) {
  const Runner runner{network};
  const std::size_t steps = network.operators.size();
  const double bytes = static_cast<double>(runner.workspace_bytes());
  const Panel panel{left, top, width, height, 0, bytes, 0, static_cast<double>(steps)};
  std::string svg = format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='%g' height='%g' font-family='sans-serif' font-size='11'>\n"
      "<rect width='100%%' height='100%%' fill='white'/>\n",
      left + width + 30, top + height + bottom);
  svg += panel.axis(format("%s: %g bytes of workspace", name.c_str(), bytes));
  for (std::size_t b = 0; b < runner.plan().size(); ++b) {
    const nn::graph::Block& block = runner.plan()[b];
    if (block.bytes == 0) continue;
    const double from = panel.x(std::max(block.first, 0)), to = panel.x(std::min(block.last + 1.0, static_cast<double>(steps)));
    const double high = panel.y(block.offset + block.bytes), low = panel.y(block.offset);
    const auto [text, colour] = kind(network, runner, b);
    svg += format(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s' fill-opacity='0.8' stroke='#444' stroke-width='0.5'>", from,
        high, std::max(to - from, 1.0), low - high, colour);
    svg += "<title>" + escaped(text) + format(": %d bytes at %d", block.bytes, block.offset) + "</title></rect>\n";
    if (to - from > 45 && low - high > 24) svg += format("<text x='%.1f' y='%.1f'>%d</text>\n", from + 4, low - 6, block.bytes);
  }
  for (std::size_t s = 0; s < steps; ++s) {
    const double x = panel.x(static_cast<double>(s) + 0.5);
    svg += format("<text x='%.1f' y='%g' transform='rotate(60 %.1f %g)'>", x, top + height + 12, x, top + height + 12);
    svg += escaped(network.operators[s].name) + "</text>\n";
  }
  return svg + "</svg>\n";
}

}  // namespace tools::importer
