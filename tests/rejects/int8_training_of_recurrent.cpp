// error: nn_train_tool INT8: a recurrent layer has an int8 form, but none that learns; expected a trainer without INT8, and quantize
#include "tools/quantize/rounded_network.hpp"

using Net = nn::Network<float, nn::Input<4, 2>, nn::Gru<3, nn::LastStep>, nn::Dense<2>>;
using Rounding = tools::quantizer::RoundedNetwork<Net, false>;
