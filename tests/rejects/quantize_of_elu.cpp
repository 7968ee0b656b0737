// error: tools/quantize: a layer of this network has no int8 form; expected those of tools/quantize/layers.hpp
#include "tools/quantize/layers.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<2>, nn::Elu>;
auto model = tools::quantizer::float_model<Net>("made", {});
