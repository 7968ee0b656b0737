// Codes of a body as inputs of a head: every code, in float and in fixed point the same number, computed here from its
// definition.
#include "expect.hpp"
#include "nn/nn.hpp"
#include "nn/int8/features.hpp"

namespace {

template <class Number>
constexpr bool every_code(std::int32_t zero) {
  std::array<std::int8_t, 256> codes{};
  for (int i = 0; i < 256; ++i) codes[static_cast<std::size_t>(i)] = static_cast<std::int8_t>(i - 128);
  const auto x = nn::int8::features<Number>(std::span<const std::int8_t, 256>{codes}, {.scale = 0.1f, .zero = zero});
  for (int i = 0; i < 256; ++i)
    if (static_cast<float>(x[static_cast<std::size_t>(i)]) * 128 != static_cast<float>(i - 128 - zero)) return false;
  return true;
}

static_assert(every_code<float>(-128) && every_code<float>(127) && every_code<nn::Fixed<16, 13>>(-128) &&
              every_code<nn::Fixed<16, 14>>(127) && every_code<nn::Fixed<16, 7>>(3) && every_code<nn::Fixed<32, 20>>(-1));

}  // namespace

int main() {
  expect(every_code<float>(-128) && every_code<nn::Fixed<16, 10>>(-128) && every_code<nn::Fixed<16, 10>>(127));
  return expectations_failed();
}
