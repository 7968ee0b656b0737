// Everything of quantized layers.
#pragma once

#include "nn/int8/add.hpp"
#include "nn/int8/affine.hpp"
#include "nn/int8/average_pool_2d.hpp"
#include "nn/int8/concatenation.hpp"
#include "nn/int8/conv_2d.hpp"
#include "nn/int8/depthwise_conv_2d.hpp"
#include "nn/int8/fully_connected.hpp"
#include "nn/int8/graph.hpp"
#include "nn/int8/lookup.hpp"
#include "nn/int8/max_pool_2d.hpp"
#include "nn/int8/mean.hpp"
#include "nn/int8/mul.hpp"
#include "nn/int8/pad.hpp"
#include "nn/int8/print_plan.hpp"
#include "nn/int8/quantize.hpp"
#include "nn/int8/softmax.hpp"
