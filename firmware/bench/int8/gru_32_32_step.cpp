// gru 32-32 step: int8
#include "gates.hpp"

static constexpr bench::Gates<3, 32, 32> gates;

inline constexpr nn::int8::GruSequence gru{
    .shape = {.steps = 1, .batch = 1, .inputs = 32, .units = 32, .reversed = false, .last_only = true},
    .update = gates[0],
    .reset = gates[1],
    .candidate = gates[2],
    .resets_before = false,
    .output_scale = {1 << 30, -22},
    .zero = 0,
    .table = bench::gate_table.data()};

int main() { return bench::infer<bench::Alone<gru, 32, 32>>(sizeof gates); }
