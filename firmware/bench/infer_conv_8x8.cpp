// infer conv 8x8: float
#include "firmware/digits/model_conv.hpp"
#include "nets.hpp"

// The network of firmware/digits/model_conv.hpp, on whole maps.
int main() { return bench::infer<digits_conv::Net>(); }
