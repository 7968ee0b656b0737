// error: tools/quantize: nn::Embedding has no int8 form, since its input is symbols and no numbers of a scale; expected a network that begins behind it, or one that stays in float or nn::Fixed16
#include "tools/quantize/layers.hpp"

using Net = nn::Network<float, nn::Input<6>, nn::Embedding<10, 3>, nn::Gru<4, nn::LastStep>, nn::Dense<2>>;
auto model = tools::quantizer::float_model<Net>("made", {});
