// train conv 28x28 sgd b1: float fused fixed16 fixed8_stochastic
#include "nets.hpp"
#include "digits_28x28.hpp"
#include "tests/tools/conv.hpp"

// The network of tests/tools/conv.hpp, in 8 bits with 8 bits of the gradients of its widest output.
using Net =
    std::conditional_t<std::is_same_v<bench::Arithmetic, nn::Fixed8Stochastic>, conv::Net8, conv::Digits<bench::Arithmetic>>;

int main() { return bench::train<Net, nn::Sgd, 1>(bench::digits_28x28, 10, {.rate = 0.01f}); }
