// Kernels: the inner loops. Portable (nn/portable.hpp) defines the answer; `target.hpp`, found by the include path
// (targets/<isa>/), may hide any of them with a faster one that returns the same bits.
//
//   W  [Outputs][Inputs]  weight, row o feeds output o      x  [Inputs]   input
//   b  [Outputs]          bias                              g  [Outputs]  ∂L/∂y
//
// Summation order, part of the contract since it decides the last bit of a float:
//   dot      Fewer than 8 products are added in order. Otherwise eight lanes: product i goes to lane i mod 8, each lane
//            adds its products in order, then the lanes are added as ((0+4)+(2+6)) + ((1+5)+(3+7)). The bias enters last.
//   columns  Σ_o g[o]·W[o][i] is added in the order of o.
// Eight lanes fill a 256-bit register of the host, two of a Helium core and half the FPU registers of an M4.
// Those of FusedFloat have the same order: nn/fused_kernels.hpp.
// Sums of fixed-point numbers are exact, in whatever order: nn/fixed_kernels.hpp, and nn/int8/kernels.hpp and
// nn/int16/kernels.hpp for quantized layers.
#pragma once

#include "nn/fused_kernels.hpp"
#include "nn/portable.hpp"

#include "target.hpp"
