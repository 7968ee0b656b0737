// Everything of imported operators on whole numbers of 32 bits.
#pragma once

#include "nn/graph/operators.hpp"
#include "nn/int32/arithmetic.hpp"
