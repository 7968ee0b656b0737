// lstm 32-32 step: int8
#include "gates.hpp"

static constexpr bench::Gates<4, 32, 32> gates;

inline constexpr nn::int8::Lstm lstm{.shape = {.batch = 1, .time_first = false, .steps = 1, .inputs = 32, .units = 32},
                                     .gates = {gates[0], gates[1], gates[2], gates[3]},
                                     .cell_bits = 12,
                                     .output_scale = {1 << 30, -22},
                                     .cell_input = {3, 0},
                                     .clip = 32768,
                                     .zero = 0,
                                     .table = bench::gate_table.data()};

int main() { return bench::infer<bench::Alone<lstm, 32, 32>>(sizeof gates); }
