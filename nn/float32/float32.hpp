// Everything of imported operators on float32. They run in an nn::Graph.
#pragma once

#include "nn/float32/activation.hpp"
#include "nn/float32/arithmetic.hpp"
#include "nn/float32/batch_matmul.hpp"
#include "nn/float32/conv_2d.hpp"
#include "nn/float32/depthwise_conv_2d.hpp"
#include "nn/float32/fully_connected.hpp"
#include "nn/float32/function.hpp"
#include "nn/float32/log_softmax.hpp"
#include "nn/float32/lstm.hpp"
#include "nn/float32/pool_2d.hpp"
#include "nn/float32/prelu.hpp"
#include "nn/float32/reduce.hpp"
#include "nn/float32/softmax.hpp"
#include "nn/float32/svdf.hpp"
#include "nn/float32/transpose_conv_2d.hpp"
#include "nn/graph/operators.hpp"
