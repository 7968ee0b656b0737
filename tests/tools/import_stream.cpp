// Networks over a window that were made to take new frames: probe_windows compares each with the whole one, run apart, on every
// window of a stream; and in sentences what cannot stream.
#include <string_view>

#include "expect.hpp"
#include "nn/graph/slide.hpp"
#include "nn/random.hpp"
#include "refused.hpp"
#include "tflite_models.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/stream.hpp"

namespace {

using namespace models;
using namespace tools::importer;

nn::Random random_bytes{7};

Tensor drawn(const char* name, std::vector<int> shape, float scale = 0.02f) {
  Tensor tensor{name, Type::int8, shape, {.scale = {scale}, .zero_point = {0}, .dimension = 0}, {}, false};
  std::size_t count = 1;
  for (int extent : shape) count *= static_cast<std::size_t>(extent);
  for (std::size_t i = 0; i < count; ++i) tensor.data.push_back(static_cast<std::uint8_t>(random_bytes.next() >> 24));
  return tensor;
}
Tensor codes(const char* name, std::vector<int> shape) {
  return {name, Type::int8, std::move(shape), {.scale = {0.5f}, .zero_point = {-3}, .dimension = 0}, {}, false};
}
Tensor shares(std::vector<int> shape) {
  return {"shares", Type::int8, std::move(shape), {.scale = {1.0f / 256}, .zero_point = {-128}, .dimension = 0}, {}, false};
}

struct Made : Builder {
  int input(std::vector<int> shape) {
    model.inputs = {add(codes("x", std::move(shape)))};
    return model.inputs[0];
  }
  int conv(int x, std::vector<int> weight, std::vector<int> shape, Attributes attributes) {
    const int w = add(drawn("w", weight)),
              b = add(int32("b", {weight[0]}, std::vector<std::int32_t>(static_cast<std::size_t>(weight[0]), 90)));
    return run("CONV_2D", {x, w, b}, codes("conv", std::move(shape)), std::move(attributes));
  }
  int depthwise(int x, std::vector<int> weight, std::vector<int> shape, Attributes attributes) {
    return run("DEPTHWISE_CONV_2D", {x, add(drawn("w", weight)), -1}, codes("depthwise", std::move(shape)),
               std::move(attributes));
  }
  int dense(int x, std::vector<int> weight, std::vector<int> shape, Attributes attributes = {}) {
    return run("FULLY_CONNECTED", {x, add(drawn("w", std::move(weight)))}, codes("dense", std::move(shape)),
               std::move(attributes));
  }
  Model with_outputs(std::vector<int> outputs) {
    model.outputs = std::move(outputs);
    return model;
  }
};

// Padded at both ends in every layer, with strides and dilations.
Model keywords() {
  Made b;
  int x = b.input({1, 21, 5, 2});
  x = b.conv(x, {6, 4, 3, 2}, {1, 11, 3, 6}, {{"padding", "same"}, {"stride_h", 2}, {"stride_w", 2}, {"activation", "relu"}});
  x = b.depthwise(x, {1, 3, 3, 6}, {1, 11, 3, 6}, {{"padding", "same"}, {"activation", "relu"}});
  x = b.conv(x, {5, 1, 1, 6}, {1, 11, 3, 5}, {{"padding", "same"}});
  x = b.depthwise(x, {1, 2, 2, 5}, {1, 11, 3, 5}, {{"padding", "same"}, {"dilation_h", 2}});
  x = b.run("MAX_POOL_2D", {x}, codes("pool", {1, 11, 3, 5}), {{"padding", "same"}, {"filter_h", 3}, {"filter_w", 2}});
  x = b.run("AVERAGE_POOL_2D", {x}, codes("pool", {1, 11, 1, 5}),
            {{"padding", "same"}, {"filter_h", 2}, {"filter_w", 3}, {"stride_w", 3}});
  x = b.run("RESHAPE", {x, b.add(int32("flat", {2}, {1, 55}))}, codes("flat", {1, 55}));
  x = b.dense(x, {4, 55}, {1, 4});
  return b.with_outputs({b.run("SOFTMAX", {x}, shares({1, 4}), {{"beta", 1.0f}})});
}

// Rows of one line, padded by hand; branches that see different edges; an output that keeps its time.
Model lines() {
  Made b;
  int x = b.input({1, 1, 16, 3});
  x = b.run("PAD", {x, b.add(int32("padding", {4, 2}, {0, 0, 0, 0, 2, 1, 0, 0}))}, codes("padded", {1, 1, 19, 3}));
  x = b.conv(x, {4, 1, 3, 3}, {1, 1, 17, 4}, {{"padding", "valid"}});
  const int left = b.conv(x, {4, 1, 5, 4}, {1, 1, 17, 4}, {{"padding", "same"}});
  const int right = b.run("LOGISTIC", {x}, shares({1, 1, 17, 4}));
  const int sum = b.run("ADD", {left, right}, codes("sum", {1, 1, 17, 4}));
  const int scaled = b.run("MUL", {sum, b.add(drawn("factor", {4}, 0.01f))}, codes("scaled", {1, 1, 17, 4}));
  const int both = b.run("CONCATENATION", {scaled, left}, codes("both", {1, 1, 17, 8}), {{"axis", 3}});
  const int slopes = b.run("LEAKY_RELU", {both}, codes("leaky", {1, 1, 17, 8}), {{"alpha", 0.25f}});
  const int frames = b.run("RESHAPE", {slopes, b.add(int32("rows", {2}, {17, 8}))}, codes("rows", {17, 8}));
  const int each = b.dense(frames, {3, 8}, {17, 3});
  const int soft = b.run("SOFTMAX", {each}, shares({17, 3}), {{"beta", 1.0f}});
  const int mean = b.run("MEAN", {slopes, b.add(int32("axes", {2}, {1, 2}))}, codes("mean", {1, 8}), {{"keep_dims", false}});
  return b.with_outputs({soft, mean});
}

// A gate that comes with each window; channels that are sliced; sums of a frame; the greatest of each frame and of all.
Model gates() {
  Made b;
  const int x = b.input({1, 12, 4, 2});
  const int y = b.conv(x, {4, 3, 1, 2}, {1, 10, 4, 4}, {{"padding", "valid"}});
  const int mean = b.run("MEAN", {y, b.add(int32("axes", {2}, {1, 2}))}, codes("mean", {1, 1, 1, 4}), {{"keep_dims", true}});
  const int gate = b.run("LOGISTIC", {mean}, shares({1, 1, 1, 4}));
  const int gated = b.run("MUL", {y, gate}, codes("gated", {1, 10, 4, 4}));
  const int begin = b.add(int32("begin", {4}, {0, 0, 1, 1})), size = b.add(int32("size", {4}, {1, 10, 2, 3}));
  const int slice = b.run("SLICE", {y, begin, size}, codes("slice", {1, 10, 2, 3}));
  const int most =
      b.run("REDUCE_MAX", {slice, b.add(int32("axes", {2}, {2, 3}))}, codes("most", {1, 10}), {{"keep_dims", false}});
  return b.with_outputs(
      {gated, most,
       b.run("REDUCE_MAX", {slice, b.add(int32("axes", {2}, {1, 2}))}, codes("most", {1, 3}), {{"keep_dims", false}})});
}

// Nothing but an operator on floats, a frame at a time.
Model floats() {
  Builder b;
  const int x = b.add(float32("x", {1, 9, 2}));
  const int w = b.add(float32("w", {3, 2}, 6));
  b.model.inputs = {x};
  const int y = b.run("FULLY_CONNECTED", {x, w}, float32("y", {1, 9, 3}), {{"keep_num_dims", true}});
  b.model.outputs = {b.run("MEAN", {y, b.add(int32("axes", {1}, {1}))}, float32("mean", {1, 3}), {{"keep_dims", false}})};
  return b.model;
}

Streamed checked(const Model& model, std::int32_t hop) {
  const Network window = lower(model);
  Streamed streamed = stream(window, hop, "made");
  probe_windows("made", lower(model, Manner::apart), streamed);
  return streamed;
}

std::int64_t products(const Streamed& streamed) {
  std::int64_t all = 0;
  for (const Applied& applied : streamed.network.operators) all += applied.operation->products();
  return all;
}

void refuses(const Model& model, std::int32_t hop, std::string_view sentence, int line = __builtin_LINE()) {
  refused([&] { stream(lower(model), hop, "made"); }, {sentence}, line);
}

// One operator over time.
Model of_one(const char* name, Tensor output, Attributes attributes = {}, std::vector<Tensor> more = {},
             std::vector<int> shape = {1, 8, 1, 2}) {
  Made b;
  std::vector<int> inputs{b.input(shape)};
  for (Tensor& tensor : more) inputs.push_back(b.add(std::move(tensor)));
  return b.with_outputs({b.run(name, inputs, std::move(output), std::move(attributes))});
}

}  // namespace

int main() {
  for (std::int32_t hop : {2, 4, 6}) checked(keywords(), hop);
  for (std::int32_t hop : {1, 2, 3, 5}) checked(lines(), hop);
  for (std::int32_t hop : {1, 2, 7}) checked(gates(), hop);
  for (std::int32_t hop : {1, 3}) checked(floats(), hop);

  // No padding: of the convolution one frame of ten, of six products a number.
  Made b;
  const int x = b.input({1, 12, 4, 2});
  b.conv(x, {4, 3, 1, 2}, {1, 10, 4, 4}, {{"padding", "valid"}});
  const Streamed plain = checked(b.with_outputs({x + 3}), 1);
  expect(products(plain) == 4 * 4 * 6 && plain.frames == 12 && plain.input_state == 3 * 4 * 2);
  // A slide takes the oldest frame: with another step the answer is another.
  Streamed broken = checked(keywords(), 2);
  for (Applied& applied : broken.network.operators)
    if (auto* slide = applied.operation.as<nn::graph::Slide<std::int8_t>>()) ++slide->by;
  refused([&] { probe_windows("made", lower(keywords(), Manner::apart), broken); }, {"frame by frame"});

  refuses(keywords(), 3,
          "conv_2d_0: has a stride of 2 frames, where 3 of its input are new each time; expected --stream with a multiple of 2");
  refuses(keywords(), 21, "21 frames along its first axis, of which 21 would be new each time");
  Made sum;
  const int left = sum.input({1, 8}), right = sum.add(codes("right", {1, 8}));
  sum.model.inputs.push_back(right);
  const Model two = sum.with_outputs({sum.run("ADD", {left, right}, codes("y", {1, 8}))});
  refuses(two, 1, "the model: has 2 inputs; expected one, whose first axis is time, to stream");
  refuses(models::stream(), 1, "svdf_0: keeps a state of its own, so it cannot stream");
  refuses(of_one("SOFTMAX", shares({1, 8}), {{"beta", 1.0f}}, {}, {1, 8}), 1,
          "softmax_0: normalizes over time, which changes every frame, so it cannot stream");
  refuses(of_one("REVERSE_V2", codes("y", {1, 8, 1, 2}), {}, {int32("axis", {1}, {1})}), 1,
          "reverse_v2_0: moves frames to other places of the window, so it cannot stream");
  refuses(of_one("MIRROR_PAD", codes("y", {1, 10, 1, 2}), {{"mode", "reflect"}},
                 {int32("padding", {4, 2}, {0, 0, 1, 1, 0, 0, 0, 0})}),
          1, "mirrors frames at the edges of the window, so it cannot stream");
  refuses(of_one("RESIZE_NEAREST_NEIGHBOR", codes("y", {1, 16, 1, 2}), {}, {int32("size", {2}, {16, 1})}), 1,
          "is not known to work frame by frame, so it cannot stream");
  return expectations_failed();
}
