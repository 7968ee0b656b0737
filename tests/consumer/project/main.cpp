#include <nn/nn.hpp>

using Net = nn::Network<float, nn::Input<2>, nn::Dense<1>>;

int main() { return Net::forward({{{.weight = {{{2, -1}}}, .bias = {10}}}}, {3, 4})[0] == 12 && nn::same_bits() ? 0 : 1; }
