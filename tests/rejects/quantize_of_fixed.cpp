// error: tools/quantize: the network to be quantized must be in float
#include "tools/quantize/layers.hpp"

using Net = nn::Network<nn::Fixed16, nn::Input<4>, nn::Dense<2>>;
auto model = tools::quantizer::float_model<Net>("made", {});
