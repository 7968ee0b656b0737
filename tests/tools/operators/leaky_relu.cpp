// LEAKY_RELU with slopes of both signs, below and above 1, against its formula with the two roundings of TensorFlow Lite.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "expect.hpp"
#include "tflite_models.hpp"
#include "tools/import/run.hpp"

namespace {

using namespace models;

// code·factor as a multiplier of 31 bits and a shift: rounded to a whole number, ties upwards; then shifted, ties away from 0.
std::int64_t rescaled(std::int64_t code, double factor) {
  if (factor == 0) return 0;
  int shift = 0;
  const long double multiplier = static_cast<long double>(std::round(std::frexp(factor, &shift) * 2147483648.0));
  const long double left = shift > 0 ? std::exp2(static_cast<long double>(shift)) : 1;
  const long double high = std::floor(static_cast<long double>(code) * left * multiplier / 2147483648.0L + 0.5L);
  return static_cast<std::int64_t>(shift < 0 ? std::round(high / std::exp2(static_cast<long double>(-shift))) : high);
}

template <class Code>
void leaky(Type type, float alpha, float x_scale, float y_scale, int x_zero, int y_zero) {
  constexpr int step = sizeof(Code) == 1 ? 1 : 37;
  std::vector<Code> x;
  for (int code = std::numeric_limits<Code>::min(); code <= std::numeric_limits<Code>::max(); code += step)
    x.push_back(static_cast<Code>(code));
  const int count = static_cast<int>(x.size());
  const auto tensor = [&](float scale, int zero) {
    return Tensor{"t", type, {count}, {.scale = {scale}, .zero_point = {zero}, .dimension = 0}, {}, false};
  };
  Builder b;
  b.model.inputs = {b.add(tensor(x_scale, x_zero))};
  b.model.outputs = {b.run("LEAKY_RELU", b.model.inputs, tensor(y_scale, y_zero), {{"alpha", alpha}})};
  tools::importer::Bytes bytes(x.size() * sizeof(Code));
  std::memcpy(bytes.data(), x.data(), bytes.size());
  const tools::importer::Bytes answer = tools::importer::run(tools::importer::lower(b.model), {bytes});
  for (std::size_t i = 0; i < x.size(); ++i) {
    Code y;
    std::memcpy(&y, &answer[i * sizeof(Code)], sizeof y);
    const double factor = static_cast<double>(x[i] >= x_zero ? x_scale / y_scale : x_scale * alpha / y_scale);
    const std::int64_t code = y_zero + rescaled(x[i] - x_zero, factor);
    expect(y == std::clamp<std::int64_t>(code, std::numeric_limits<Code>::min(), std::numeric_limits<Code>::max()));
  }
}

}  // namespace

int main() {
  for (float alpha : {0.1f, -0.1f, -0.5f, -1.0f, -1.7f, 3.0f, -0.0003f, 0.0f})
    for (float scale : {0.5f, 0.031f, 0.0007f}) {
      leaky<std::int8_t>(Type::int8, alpha, 0.03f, scale, -17, 5);
      leaky<std::int8_t>(Type::int8, alpha, 0.5f, scale, 127, -128);
      leaky<std::int16_t>(Type::int16, alpha, 0.03f, scale, 0, 0);
    }
  return expectations_failed();
}
