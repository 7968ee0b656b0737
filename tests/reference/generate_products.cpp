// Convolutions, matrices, pooling, resizing.
#include <algorithm>

#include "builder.hpp"

namespace reference {

namespace {

// An output on which sums of `terms` products are neither all lost nor all clamped; now and then they are.
int result_of_products(Builder& b, int x, double scale_w, int terms, Shape shape) {
  if (b.floats(x)) return b.tensor(float_, std::move(shape));
  const double codes = b.type(x) == int16_ ? 19000 : 74, out = b.type(x) == int16_ ? 10000 : 40;
  const double size = static_cast<double>(b.at(x).scale[0]) * codes * scale_w * 40 * std::sqrt(terms);
  const double spread = b.random.one_in(8) ? std::exp(b.random.real(-7, 7)) : std::exp(b.random.real(-1, 1));
  return b.tensor(b.type(x), std::move(shape), b.scale_near(size / out * spread), b.zero_point(b.type(x)));
}

struct Weights {
  int tensor;
  double scale;
};

// Weights whose dimension `channel_dimension` has a scale for each index, if `per_channel`.
Weights weights(Builder& b, int x, Shape shape, int channel_dimension, bool per_channel, bool narrow) {
  if (b.floats(x)) return {b.random_constant(float_, std::move(shape)), 1};
  const int channels = per_channel ? shape[static_cast<std::size_t>(channel_dimension)] : 1;
  std::vector<float> scales;
  const double base = std::exp(b.random.real(std::log(0.001), std::log(0.05)));
  for (int c = 0; c < channels; ++c)
    scales.push_back(b.scale_near(base * std::exp(b.random.one_in(12) ? b.random.real(-15, 3) : b.random.real(-0.7, 0.7))));
  Array codes{int8_, shape};
  const int limit = narrow ? 7 : 127;
  for (auto& code : codes.code) code = b.random.number(-limit, limit);
  const int t = b.constant(codes, scales, std::vector<std::int64_t>(scales.size(), 0),
                           per_channel          ? channel_dimension
                           : b.random.one_in(3) ? 3
                                                : 0);
  if (narrow) {
    Tensor& tensor = b.graph().tensors[static_cast<std::size_t>(t)];
    tensor.type = Type::int4;
    tensor.data.assign((codes.size() + 1) / 2, 0);
    for (std::size_t i = 0; i < codes.size(); ++i)
      tensor.data[i / 2] = static_cast<std::uint8_t>(tensor.data[i / 2] | (codes.code[i] & 15) << (i % 2 * 4));
  }
  return {t, base};
}

enum class Wide { always, chosen };

// -1: none.
int biases(Builder& b, int x, int w, int outputs, Wide wide, int terms) {
  if (b.random.one_in(4)) return -1;
  if (b.floats(x)) return b.random_constant(float_, {outputs});
  const bool long_ones = b.type(x) == int16_ && (wide == Wide::always || b.random.one_in(2));
  Array codes{long_ones ? Type::int64 : int32_, {outputs}};
  std::vector<float> scales;
  for (float scale : b.at(w).scale) scales.push_back(scale * b.at(x).scale[0]);
  const double size = (b.type(x) == int16_ ? 1e6 : 4000) * std::sqrt(terms);
  for (auto& code : codes.code) code = static_cast<Integer>(b.random.real(-size, size) * (b.random.one_in(10) ? 30 : 1));
  const std::vector<std::int64_t> zeros(scales.size(), 0);
  return b.constant(codes, scales, zeros, scales.size() == 1 && b.random.one_in(3) ? 3 : 0);
}

// One dimension of a window that fits.
struct Window {
  int kernel, stride, dilation, output;
};
Window window(Builder& b, int input, bool same, bool dilates) {
  Window w{b.random.number(1, 4), b.random.number(1, 3), dilates && b.random.one_in(3) ? b.random.number(2, 3) : 1, 0};
  if (!same) {
    w.kernel = std::min(w.kernel, input);
    while ((w.kernel - 1) * w.dilation + 1 > input) w.dilation > 1 ? --w.dilation : --w.kernel;
  }
  w.output = same ? (input + w.stride - 1) / w.stride : (input - (w.kernel - 1) * w.dilation - 1) / w.stride + 1;
  return w;
}

std::vector<int> with_bias(std::vector<int> inputs, int bias, Builder& b) {
  if (bias >= 0 || b.random.one_in(2)) inputs.push_back(bias);
  return inputs;
}

void conv_2d(Builder& b) {
  const int x = b.image();
  const Shape shape = b.shape(x);
  const bool same = b.random.one_in(2);
  const Window rows = window(b, shape[1], same, true), columns = window(b, shape[2], same, true);
  const int groups = b.type(x) == int8_ && shape[3] % 2 == 0 && b.random.one_in(4) ? 2 : 1;
  const int outputs = groups * b.random.number(1, 5), terms = rows.kernel * columns.kernel * shape[3] / groups;
  const Weights w = weights(b, x, {outputs, rows.kernel, columns.kernel, shape[3] / groups}, 0, !b.random.one_in(3),
                            b.type(x) == int8_ && groups == 1 && b.random.one_in(10));
  const int bias = biases(b, x, w.tensor, outputs, Wide::chosen, terms);
  const int y = result_of_products(b, x, w.scale, terms, {shape[0], rows.output, columns.output, outputs});
  b.run(Op::conv_2d, with_bias({x, w.tensor}, bias, b), {y},
        {{"padding", same ? 0 : 1},
         {"stride_h", rows.stride},
         {"stride_w", columns.stride},
         {"dilation_h", rows.dilation},
         {"dilation_w", columns.dilation},
         {"activation", b.random.number(0, 3)}});
}

void depthwise(Builder& b, int x) {
  const Shape shape = b.shape(x);
  const bool same = b.random.one_in(2);
  const Window rows = window(b, shape[1], same, true), columns = window(b, shape[2], same, true);
  const int multiplier = b.random.one_in(2) ? 1 : b.random.number(1, 3), outputs = shape[3] * multiplier,
            terms = rows.kernel * columns.kernel;
  const Weights w = weights(b, x, {1, rows.kernel, columns.kernel, outputs}, 3, !b.random.one_in(3), false);
  const int bias = biases(b, x, w.tensor, outputs, Wide::always, terms);
  const int y = result_of_products(b, x, w.scale, terms, {shape[0], rows.output, columns.output, outputs});
  b.run(Op::depthwise_conv_2d, with_bias({x, w.tensor}, bias, b), {y},
        {{"padding", same ? 0 : 1},
         {"stride_h", rows.stride},
         {"stride_w", columns.stride},
         {"dilation_h", rows.dilation},
         {"dilation_w", columns.dilation},
         {"depth_multiplier", multiplier},
         {"activation", b.random.number(0, 3)}});
}

// Depthwise convolutions of parts: of some channels of an image, of some of its rows and columns, or of parts of these, as
// MixConv has them. Now and then somebody else reads the part, too.
void depthwise_of_part(Builder& b) {
  const int whole = b.image();
  const Shape shape = b.shape(whole);
  std::vector<int> parts;
  for (int left = shape[3]; left > 0; left -= parts.back()) parts.push_back(b.random.number(1, left));
  std::vector<int> outputs;
  for (int part : parts) outputs.push_back(b.same(whole, {shape[0], shape[1], shape[2], part}));
  if (parts.size() > 1 || b.random.one_in(2))
    b.run(Op::split_v, {whole, b.integers(parts), b.integers({b.random.one_in(2) ? 3 : -1}, Shape{})}, outputs,
          {{"num_splits", static_cast<int>(parts.size())}});
  else
    outputs = {whole};
  for (int x : outputs) {
    if (b.random.one_in(2)) {
      const int top = b.random.number(0, shape[1] - 1), left = b.random.one_in(2) ? 0 : b.random.number(0, shape[2] - 1);
      const int height = b.random.one_in(2) ? shape[1] - top : b.random.number(1, shape[1] - top),
                width = b.random.number(1, shape[2] - left);
      const int cut = b.same(x, {shape[0], height, width, b.shape(x)[3]});
      const std::vector<int> begin{0, top, left, 0};
      if (b.random.one_in(2))
        b.run(Op::slice, {x, b.integers(begin), b.integers({-1, height, width, -1})}, {cut});
      else
        b.run(Op::strided_slice, {x, b.integers(begin), b.integers({0, top + height, left + width, 0}), b.integers({1, 1, 1, 1})},
              {cut}, {{"begin_mask", 9}, {"end_mask", 9}});
      x = cut;
    }
    depthwise(b, x);
    if (b.random.one_in(6)) b.run(Op::reverse_v2, {x, b.integers({1})}, {b.same(x, b.shape(x))});
  }
}

// A dilated convolution as converters write it: divided, convolved part by part, and put together again. Of rows alone a
// dimension is added and taken away. Edges are those of SAME or VALID, or any.
void dilated_conv(Builder& b) {
  const bool image = b.random.one_in(2), depthwise = b.random.one_in(3), lies = b.random.one_in(2);
  const int depth = b.random.number(1, 3), manner = b.random.number(0, 2), batch = b.random.one_in(3) ? 2 : 1;
  Shape shape{batch}, parts{batch}, made, out{batch};
  std::vector<int> block, pads, crops, kernels;
  for (int d = 0; d < (image ? 2 : 1); ++d) {
    const int size = b.random.number(1, 3), kernel = b.random.number(1, 4), reach = (kernel - 1) * size;
    const int extent = std::max(b.random.number(1, 9), manner == 1 ? reach + 1 : 1);
    int before = manner == 0   ? reach / 2
                 : manner == 1 ? 0
                               : b.random.number(0, 4),
        after = manner == 0 ? reach - before : 0, more = 0;
    while ((extent + before + after + more) % size != 0 || (extent + before + after + more) / size < kernel) ++more;
    const int whole = extent + before + after + more - reach;
    const int first = manner == 2 ? b.random.number(0, std::min(2, whole - 1)) : 0;
    const int last = manner == 2 ? b.random.number(0, std::min(2, whole - 1 - first)) : more;
    shape.push_back(extent), block.push_back(size), kernels.push_back(kernel);
    pads.insert(pads.end(), {before, after + more});
    crops.insert(crops.end(), {first, last});
    parts[0] *= size;
    parts.push_back((extent + before + after + more) / size);
    made.push_back(parts.back() - kernel + 1);
    out.push_back(whole - first - last);
  }
  const int outputs = depthwise ? depth * b.random.number(1, 2) : b.random.number(1, 4);
  shape.push_back(depth), parts.push_back(depth), out.push_back(outputs);
  const int x = b.like(b.random.pick(std::vector<Type>{int8_, float_, int16_}), shape);
  const int blocks = b.integers(block), rank_of_edges = image ? 2 : 1;
  int at = b.same(x, parts);
  b.run(Op::space_to_batch_nd, {x, blocks, b.integers(pads, Shape{rank_of_edges, 2})}, {at});
  // Rows lie along the width or along the height.
  const auto unfolded = [&](int batches, const std::vector<int>& extents, int channels) {
    if (image) return Shape{batches, extents[0], extents[1], channels};
    return lies ? Shape{batches, 1, extents[0], channels} : Shape{batches, extents[0], 1, channels};
  };
  if (!image) {
    const int y = b.same(at, unfolded(parts[0], {parts[1]}, depth));
    b.run(Op::expand_dims, {at, b.integers({lies ? 1 : 2}, Shape{})}, {y});
    at = y;
  }
  const int height = image ? kernels[0] : lies ? 1 : kernels[0], width = image ? kernels[1] : lies ? kernels[0] : 1;
  const Weights w = depthwise ? weights(b, x, {1, height, width, outputs}, 3, !b.random.one_in(3), false)
                              : weights(b, x, {outputs, height, width, depth}, 0, !b.random.one_in(3), false);
  const int terms = height * width * (depthwise ? 1 : depth);
  const int bias = biases(b, x, w.tensor, outputs, Wide::always, terms);
  int y = result_of_products(b, x, w.scale, terms, unfolded(parts[0], made, outputs));
  std::map<std::string, double> number{{"padding", 1}, {"stride_h", 1}, {"stride_w", 1}, {"dilation_h", 1}, {"dilation_w", 1},
                                       {"activation", b.random.number(0, 3)}};
  if (depthwise) number["depth_multiplier"] = outputs / depth;
  b.run(depthwise ? Op::depthwise_conv_2d : Op::conv_2d, with_bias({at, w.tensor}, bias, b), {y}, number);
  if (!image) {
    const int flat = b.same(y, {parts[0], made[0], outputs});
    b.run(Op::squeeze, {y}, {flat}, {}, {{"squeeze_dims", {lies ? 1 : 2}}});
    y = flat;
  }
  b.run(Op::batch_to_space_nd, {y, blocks, b.integers(crops, Shape{rank_of_edges, 2})}, {b.same(y, out)});
}

void transpose_conv(Builder& b) {
  const int x = b.image();
  const Shape shape = b.shape(x);
  const bool same = b.random.one_in(2);
  const int stride_h = b.random.number(1, 3), stride_w = b.random.number(1, 3);
  const int height = b.random.number(1, 4), width = b.random.number(1, 4), outputs = b.random.number(1, 4);
  const auto extent = [&](int input, int kernel, int stride) {
    return (same ? input * stride - b.random.number(0, stride - 1)
                 : (input - 1) * stride + kernel + b.random.number(0, stride - 1));
  };
  const int terms = height * width * shape[3];
  const Weights w = weights(b, x, {outputs, height, width, shape[3]}, 0, !b.random.one_in(3), false);
  const int bias = biases(b, x, w.tensor, outputs, Wide::always, terms);
  const Shape out{shape[0], extent(shape[1], height, stride_h), extent(shape[2], width, stride_w), outputs};
  const int y = result_of_products(b, x, w.scale, terms, out);
  std::vector<int> inputs{b.integers(out), w.tensor, x};
  if (bias >= 0) inputs.push_back(bias);
  b.run(Op::transpose_conv, inputs, {y},
        {{"padding", same ? 0 : 1}, {"stride_h", stride_h}, {"stride_w", stride_w}, {"activation", b.random.number(0, 3)}});
}

void fully_connected(Builder& b) {
  const int x = b.take({{int8_, int16_, float_}, 1, 4});
  const Shape shape = b.shape(x);
  const bool keeps = b.random.one_in(3);
  const int all = static_cast<int>(count(shape));
  const int depth = keeps || b.random.one_in(2) ? shape.back() : all / shape[0];
  const int outputs = b.random.number(1, 7);
  const Weights w = weights(b, x, {outputs, depth}, 0, b.random.one_in(3), b.type(x) == int8_ && b.random.one_in(10));
  const int bias = biases(b, x, w.tensor, outputs, Wide::chosen, depth);
  Shape out = keeps ? shape : Shape{all / depth, outputs};
  out.back() = outputs;
  const int y = result_of_products(b, x, w.scale, depth, out);
  b.run(Op::fully_connected, with_bias({x, w.tensor}, bias, b), {y},
        {{"activation", b.random.number(0, 3)}, {"keep_num_dims", keeps}});
}

void batch_matmul(Builder& b) {
  const int x = b.take({{int8_, int16_, float_}, 2, 5});
  const Shape shape = b.shape(x);
  const bool turned_x = b.random.one_in(3), turned_y = b.random.one_in(2);
  const std::size_t r = shape.size();
  const int depth = shape[r - (turned_x ? 2 : 1)], rows = shape[r - (turned_x ? 1 : 2)], columns = b.random.number(1, 5);
  Shape other(shape.begin(), shape.end() - 2), batch = other;
  for (std::size_t d = 0; d < other.size(); ++d) {
    if (b.random.one_in(5)) other[d] = 1;
    if (shape[d] == 1 && b.random.one_in(4)) other[d] = batch[d] = 2;
  }
  if (!other.empty() && batch[0] == 1 && b.random.one_in(3)) other.erase(other.begin());
  other.push_back(turned_y ? columns : depth);
  other.push_back(turned_y ? depth : columns);
  const int second = b.random.one_in(3) ? b.random_constant(b.type(x), other) : b.like(b.type(x), other);
  Shape out = batch;
  out.push_back(rows);
  out.push_back(columns);
  const double scale_w = b.floats(x) ? 1 : static_cast<double>(b.at(second).scale[0]) * (b.type(x) == int16_ ? 400 : 2);
  const int y = result_of_products(b, x, scale_w, depth, out);
  b.run(Op::batch_matmul, {x, second}, {y}, {{"adj_x", turned_x}, {"adj_y", turned_y}});
}

void pool(Builder& b, Op op) {
  const int x = b.image();
  const Shape shape = b.shape(x);
  const bool same = b.random.one_in(2);
  const Window rows = window(b, shape[1], same, false), columns = window(b, shape[2], same, false);
  const int y = b.same(x, {shape[0], rows.output, columns.output, shape[3]});
  b.run(op, {x}, {y},
        {{"padding", same ? 0 : 1},
         {"stride_h", rows.stride},
         {"stride_w", columns.stride},
         {"filter_h", rows.kernel},
         {"filter_w", columns.kernel},
         {"activation", b.random.number(0, 3)}});
}

void resize(Builder& b, Op op) {
  const int x = op == Op::resize_bilinear ? b.image({int8_, float_}) : b.image();
  const Shape shape = b.shape(x);
  const int height = b.random.number(1, 9), width = b.random.number(1, 9), manner = b.random.number(0, 2);
  const Shape out{shape[0], height, width, shape[3]};
  const int y = op == Op::resize_bilinear && b.floats(x) ? b.tensor(float_, out) : b.same(x, out);
  b.run(op, {x, b.integers({height, width})}, {y}, {{"align_corners", manner == 1}, {"half_pixel_centers", manner == 2}});
}

}  // namespace

void add_product_generators(std::vector<Named>& to) {
  to.insert(to.end(), {{"conv_2d", conv_2d},
                       {"depthwise_conv_2d", [](Builder& b) { depthwise(b, b.image()); }},
                       {"depthwise_of_part", depthwise_of_part},
                       {"dilated_conv", dilated_conv},
                       {"transpose_conv", transpose_conv},
                       {"fully_connected", fully_connected},
                       {"batch_matmul", batch_matmul},
                       {"average_pool_2d", [](Builder& b) { pool(b, Op::average_pool_2d); }},
                       {"max_pool_2d", [](Builder& b) { pool(b, Op::max_pool_2d); }},
                       {"resize_nearest_neighbor", [](Builder& b) { resize(b, Op::resize_nearest_neighbor); }},
                       {"resize_bilinear", [](Builder& b) { resize(b, Op::resize_bilinear); }}});
}

}  // namespace reference
