// GlobalAvgPool: the mean of each channel over height and width, [H][W][C] to [C]. An AvgPool2d of one window.
// Lin, Chen and Yan, Network in Network (2014), section 3.2.
#pragma once

#include "nn/layer/avg_pool2d.hpp"

namespace nn {

struct GlobalAvgPool {
  static constexpr std::string_view name = "GlobalAvgPool";

  template <class Arithmetic, Shape Input>
  struct Bound : AvgPool2d<Input.height, Input.width>::template Bound<Arithmetic, Input> {};
};

}  // namespace nn
