// error: nn::FusedFloat: this core has no fused multiply-add of floats; expected float or nn::Fixed16
#include "nn/nn.hpp"

using Net = nn::Network<nn::FusedFloat, nn::Input<4>, nn::Dense<2>>;

Net::Parameters parameters{};

struct KernelsOfSuchACore : nn::Portable {};

nn::Inference<Net, KernelsOfSuchACore> inference{nn::at_run_time(parameters)};
float first(const Net::Input& x) { return inference(x)[0]; }
