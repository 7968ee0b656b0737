// MovementLowering: the operators that put numbers elsewhere, whatever their type.
#pragma once

#include <cmath>

#include "tools/import/lowering.hpp"

namespace tools::importer {

class MovementLowering : public Lowering {
 protected:
  using Lowering::Lowering;

  // False: it is none of these.
  bool move() {
    switch (operation().op) {
      case Op::slice:
      case Op::strided_slice: slice(); return true;
      case Op::split: split(); return true;
      case Op::transpose: transpose(); return true;
      case Op::resize_nearest_neighbor: resize_nearest(); return true;
      case Op::resize_bilinear: resize_bilinear(); return true;
      default: return false;
    }
  }

 private:
  // One dimension of an output: so many times, so many numbers of the input apart.
  struct Loop {
    std::int32_t extent;
    std::int32_t step;
  };

  // Numbers from one index to the next along each dimension.
  static std::vector<std::int32_t> strides(const tflite::Tensor& tensor) {
    std::vector<std::int32_t> stride(tensor.shape.size(), 1);
    for (std::size_t d = stride.size(); d-- > 1;) stride[d - 1] = stride[d] * tensor.shape[d];
    return stride;
  }

  void slice() {
    const std::vector<std::int32_t> stride = strides(in(0));
    std::vector<Loop> loops;
    std::int32_t start = 0;
    std::size_t of_output = 0;
    for (std::size_t d = 0; d < stride.size(); ++d) {
      start += options().begin[d] * stride[d];
      if ((options().shrink_mask >> d & 1) == 0) loops.push_back({out().shape[of_output++], options().step[d] * stride[d]});
    }
    copy(loops, start);
  }

  void split() {
    const std::vector<std::int32_t> stride = strides(in(0));
    const std::size_t axis = static_cast<std::size_t>(options().axis);
    for (std::size_t output = 0; output < operation().outputs.size(); ++output) {
      std::vector<Loop> loops;
      for (std::size_t d = 0; d < stride.size(); ++d) loops.push_back({out().shape[d], stride[d]});
      copy(loops, static_cast<std::int32_t>(output) * out().shape[axis] * stride[axis], output);
    }
  }

  void transpose() {
    const std::vector<std::int32_t> stride = strides(in(0));
    std::vector<Loop> loops;
    for (std::size_t d = 0; d < stride.size(); ++d)
      loops.push_back({out().shape[d], stride[static_cast<std::size_t>(options().permutation[d])]});
    copy(loops, 0);
  }

  // Loops that go on where the ones within them end become one; what then lies together is a block. Nothing remains of a copy
  // of all.
  void copy(const std::vector<Loop>& loops, std::int32_t start, std::size_t output = 0) {
    std::int32_t block = 1;
    std::vector<Loop> merged;  // from the innermost
    for (std::size_t d = loops.size(); d-- > 0;) {
      const Loop& loop = loops[d];
      if (loop.extent == 1) continue;
      if (merged.empty() && loop.step == block)
        block *= loop.extent;
      else if (!merged.empty() && loop.step == merged.back().extent * merged.back().step)
        merged.back().extent *= loop.extent;
      else
        merged.push_back(loop);
    }
    if (merged.empty() && block == elements(in(0).shape)) return remove();
    require(merged.size() <= 5, "moves numbers along " + std::to_string(merged.size()) + " dimensions", "at most 5");
    typed([&]<class Number>(Number) {
      nn::graph::StridedCopy<Number> lowered{{1, 1, 1, 1, 1}, {}, start, block};
      for (std::size_t i = 0; i < merged.size(); ++i) {
        lowered.extent[4 - i] = merged[i].extent;
        lowered.step[4 - i] = merged[i].step;
      }
      apply(lowered, 1, output);
    });
  }

  void resize_nearest() {
    const Extent input = image(in(0));
    const Extent output = image(out());
    const std::int32_t* rows = nearest(input.height, output.height);
    const std::int32_t* columns = nearest(input.width, output.width);
    typed([&]<class Number>(Number) { apply(nn::graph::ResizeNearest<Number>{in(0).shape[0], input, output, rows, columns}); });
  }

  // GetNearestNeighbor of TensorFlow Lite's reference kernels, in float, for each index of the output.
  const std::int32_t* nearest(std::int32_t input, std::int32_t output) {
    const bool corners = options().align_corners;
    const float scale = corners && output > 1 ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                                              : static_cast<float>(input) / static_cast<float>(output);
    const float offset = options().half_pixel_centers ? 0.5f : 0.0f;
    std::vector<std::int32_t>& list = result.words.emplace_back();
    for (std::int32_t i = 0; i < output; ++i) {
      const float at = (static_cast<float>(i) + offset) * scale;
      list.push_back(std::min(static_cast<std::int32_t>(corners ? std::round(at) : std::floor(at)), input - 1));
    }
    return list.data();
  }

  void resize_bilinear() {
    if (in(0).type != Type::int8) refuse_type(in(0).type);
    const Extent input = image(in(0));
    const Extent output = image(out());
    const auto [scale_h, offset_h] = between(input.height, output.height);
    const auto [scale_w, offset_w] = between(input.width, output.width);
    apply(ResizeBilinear{in(0).shape[0], input, output, {scale_h, scale_w}, {offset_h, offset_w}});
  }

  // In 1/1024: how far two places of the output lie apart in the input, and where the first one lies.
  struct Places {
    std::int32_t scale;
    std::int32_t offset;
  };
  Places between(std::int64_t input, std::int64_t output) const {
    const bool corners = options().align_corners && output > 1;
    const std::int64_t first = corners ? input - 1 : input;
    const std::int64_t last = corners ? output - 1 : output;
    const std::int64_t scale = (1024 * first + last / 2) / last;
    const std::int64_t offset = options().half_pixel_centers ? scale / 2 - 512 : 0;
    const std::int64_t farthest = ((output - 1) * scale + offset) / 1024;
    require(farthest < input && input < 1 << 20 && output < 1 << 20,
            "makes " + std::to_string(output) + " rows or columns of " + std::to_string(input), "an enlargement whose last place lies within the input");
    return {static_cast<std::int32_t>(scale), static_cast<std::int32_t>(offset)};
  }
};

}  // namespace tools::importer
