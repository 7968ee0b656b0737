// What a device finds of normal data while they pass: normalization and threshold, against all of the data at once.
#include <algorithm>
#include <functional>
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "nn/running_normalization.hpp"
#include "nn/threshold.hpp"

namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();

bool near(float found, float expected) { return found - expected < 1e-4f && expected - found < 1e-4f; }

void normalization() {
  // Means 2 and 1000.5, deviations 1 and 0; the third column stands still.
  nn::RunningNormalization<3> running;
  const float rows[][3]{{1, 999.5f, 7}, {3, 1001.5f, 7}, {1, 1001.5f, 7}, {3, 999.5f, 7}};
  for (const auto& row : rows) running.add(row);
  running.add(std::array{nan, 0.0f, 0.0f});
  running.add(std::array{0.0f, 0.0f, infinity});
  const nn::Normalization<3> found = running.value();
  expect(near(found.mean[0], 2) && near(found.scale[0], 1) && near(found.mean[1], 1000.5f) && near(found.scale[1], 1));
  expect(found.mean[2] == 7 && found.scale[2] == 1);
  const nn::Normalization<3> nothing = nn::RunningNormalization<3>{}.value();
  expect(nothing.mean[0] == 0 && nothing.scale[0] == 1);

  // Far from 0, where sums of squares would lose everything.
  nn::RunningNormalization<1> far;
  for (int i = 0; i < 1000; ++i) far.add(std::array{i % 2 == 0 ? 100000.0f : 100001.0f});
  const float scale = far.value().scale[0];
  expect(scale > 1.99f && scale < 2.01f);
}

// The k-th largest of random errors, by sorting them all.
template <std::size_t Beyond>
void threshold(std::size_t count) {
  nn::Random random{static_cast<std::uint32_t>(count)};
  std::array<float, 300> errors{};
  nn::Threshold<Beyond> found;
  for (std::size_t i = 0; i < count; ++i) found.add(errors[i] = static_cast<float>(random.below(50)));
  found.add(nan);
  found.add(infinity);
  std::sort(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>{});
  if (count < Beyond) {
    expect(found.value() == std::numeric_limits<float>::max() && !found.is_beyond(1e30f) && found.is_beyond(nan) &&
           found.is_beyond(infinity));
  } else {
    const float expected = errors[Beyond - 1];
    expect(found.value() == expected && !found.is_beyond(expected) && found.is_beyond(expected + 1) && found.is_beyond(nan) &&
           found.is_beyond(-nan));
    expect(found.is_beyond(infinity));
  }
}

}  // namespace

int main() {
  normalization();
  for (std::size_t count : {0u, 1u, 2u, 3u, 7u, 50u, 300u}) {
    threshold<1>(count);
    threshold<3>(count);
    threshold<50>(count);
  }
  return expectations_failed();
}
