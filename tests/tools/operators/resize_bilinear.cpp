// RESIZE_BILINEAR on float32 in its three manners, larger and smaller, against tents put on the pixels.
#include <algorithm>
#include <cmath>

#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/random.hpp"
#include "tools/import/probe.hpp"

namespace {

using namespace models;

// How much of pixel i of so many there is at a place; beyond the edge lies the edge.
double share(double place, int i, int extent) { return std::max(0.0, 1 - std::abs(std::clamp(place, 0.0, extent - 1.0) - i)); }

double place(int at, int input, int output, bool corners, bool centers) {
  if (corners && output > 1) return static_cast<double>(at) * (input - 1) / (output - 1);
  const double scale = static_cast<double>(input) / output;
  return centers ? (at + 0.5) * scale - 0.5 : at * scale;
}

void resize(int height, int width, int to_height, int to_width, bool corners, bool centers) {
  constexpr int batch = 2, channels = 3;
  nn::Random random{static_cast<std::uint32_t>(height * 100 + to_width)};
  Builder b;
  b.model.inputs = {b.add(float32("x", {batch, height, width, channels}))};
  const int size = b.add(int32("size", {2}, {to_height, to_width}));
  b.model.outputs = {b.run("RESIZE_BILINEAR", {b.model.inputs[0], size}, float32("y", {batch, to_height, to_width, channels}),
                           {{"align_corners", corners}, {"half_pixel_centers", centers}})};
  std::vector<float> x(static_cast<std::size_t>(batch * height * width * channels));
  for (float& each : x) each = static_cast<float>(static_cast<int>(random.below(2001)) - 1000) / 100;
  const auto y = run<float>(b.model, {bytes_of(x)});
  std::size_t at = 0;
  for (int n = 0; n < batch; ++n)
    for (int r = 0; r < to_height; ++r)
      for (int s = 0; s < to_width; ++s)
        for (int c = 0; c < channels; ++c) {
          double sum = 0;
          for (int i = 0; i < height; ++i)
            for (int j = 0; j < width; ++j)
              sum += share(place(r, height, to_height, corners, centers), i, height) *
                     share(place(s, width, to_width, corners, centers), j, width) *
                     static_cast<double>(x[static_cast<std::size_t>(((n * height + i) * width + j) * channels + c)]);
          expect(std::abs(static_cast<double>(y[at++]) - sum) < 1e-4);
        }
  const tools::importer::Network network = tools::importer::lower(b.model);
  tools::importer::probe("made", network, network);
}

}  // namespace

int main() {
  for (const auto& [corners, centers] : {std::pair{false, false}, {true, false}, {false, true}})
    for (int height : {1, 2, 5})
      for (int to : {1, 2, 3, 7, 11}) {
        resize(height, 4, to, 9, corners, centers);
        resize(height, 3, to, 2, corners, centers);
      }
  return expectations_failed();
}
