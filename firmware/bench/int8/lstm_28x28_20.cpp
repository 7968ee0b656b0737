// lstm 28x28-20: int8
#include "gates.hpp"

static constexpr bench::Gates<4, 28, 20> gates;

inline constexpr nn::int8::LstmSequence lstm{
    .shape = {.steps = 28, .batch = 1, .inputs = 28, .units = 20, .reversed = false, .last_only = true},
    .step = {.shape = {.batch = 1, .time_first = true, .steps = 1, .inputs = 28, .units = 20},
             .gates = {gates[0], gates[1], gates[2], gates[3]},
             .cell_bits = 12,
             .output_scale = {1 << 30, -22},
             .cell_input = {3, 0},
             .clip = 32768,
             .zero = 0,
             .table = bench::gate_table.data()}};

int main() { return bench::infer<bench::Alone<lstm, 28 * 28, 20>>(sizeof gates); }
