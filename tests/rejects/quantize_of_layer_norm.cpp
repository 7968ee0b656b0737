// error: tools/quantize: nn::LayerNorm has no int8 form, since it divides by what it finds in each step; expected a network with nn::BatchNorm in its place, or one that stays in float or nn::Fixed16
#include "tools/quantize/layers.hpp"

using Net = nn::Network<float, nn::Input<4, 3>, nn::Residual<nn::LayerNorm, nn::Conv1d<3, 3, nn::Same>>, nn::Dense<2>>;
auto model = tools::quantizer::float_model<Net>("made", {});
