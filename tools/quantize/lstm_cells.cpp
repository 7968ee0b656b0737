#include "tools/quantize/lstm_cells.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "nn/float32/lstm_sequence.hpp"
#include "tools/import/operators/recurrent.hpp"

namespace tools::quantizer {

struct LstmCells {
  static constexpr std::string_view kind = "LstmCells";

  std::int32_t steps;
  nn::float32::LstmSequence step;  // of one, whose cell stands behind its output

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::no_overlap; }
  constexpr std::int32_t scratch() const { return step.scratch() + 16 * step.shape.units; }
  constexpr void members(auto&& list) const {
    list("steps", steps);
    list("step", step);
  }

  template <class Kernels>
  void run(nn::graph::Call call, float* y, const float* x) const {
    const std::int32_t units = step.shape.units;
    float* before = nn::graph::begin_numbers<float>(call.scratch + step.scratch(), static_cast<std::size_t>(4 * units));
    float* after = before + 2 * units;
    nn::graph::fill(before, 2 * units, 0.0f);
    for (std::int32_t done = 0; done < steps; ++done) {
      const std::int32_t t = step.shape.reversed ? steps - 1 - done : done;
      const std::array<const float*, 3> from{x + t * step.shape.inputs, before, before + units};
      step.run_all<Kernels>(call, after, from);
      nn::graph::copy(y + t * units, after + units, units);
      std::swap(before, after);
    }
  }
};

namespace {

void check_lstm_cells(const importer::Node& node) {
  importer::check_recurrent(node, 4, 4, 0);
  node.require(node.input().shape[1] == 1, "has a batch", "one sample");
}

void lower_lstm_cells(importer::Lowering& node) {
  nn::graph::Recurrence shape = importer::recurrence(node);
  const std::int32_t steps = shape.steps;
  shape.steps = 1;
  node.apply(LstmCells{steps, {.shape = shape, .gates = importer::gates(node), .coupled = false, .gives_cells = true}});
}

}  // namespace

const importer::OperatorKind lstm_cells{
    {.name = "lstm_cells", .types = {importer::Type::float32}, .check = check_lstm_cells, .lower = lower_lstm_cells}};

}  // namespace tools::quantizer
