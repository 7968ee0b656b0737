// Codes of real numbers: rounded half away from zero, bounded, and back.
#include <limits>

#include "nn/int8/affine.hpp"

namespace {

using nn::int8::Affine;

constexpr Affine halves{.scale = 0.5f, .zero = -3};
static_assert(halves.code(0) == -3 && halves.code(1.25f) == 0 && halves.code(-1.25f) == -6);
static_assert(halves.code(1.24f) == -1 && halves.code(-1.24f) == -5);
static_assert(halves.code(65) == 127 && halves.code(66) == 127 && halves.code(1e30f) == 127);
static_assert(halves.code(-62.5f) == -128 && halves.code(-63) == -128 && halves.code(-1e30f) == -128);
static_assert(halves.code(std::numeric_limits<float>::infinity()) == 127);
static_assert(halves.real(-3) == 0 && halves.real(127) == 65 && halves.real(-128) == -62.5f);

// The farthest that a zero point can be from its code.
static_assert(Affine{1, -128}.code(255) == 127 && Affine{1, -128}.code(600) == 127 && Affine{1, 127}.code(-600) == -128);

}  // namespace

int main() {}
