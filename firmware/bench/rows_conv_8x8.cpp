// rows conv 8x8: float
#include "firmware/digits/model_conv.hpp"
#include "nets.hpp"
#include "rows.hpp"

int main() { return bench::rows<digits_conv::Net>(); }
