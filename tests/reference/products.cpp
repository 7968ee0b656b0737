// Sums of products: convolutions, matrices.
#include <algorithm>

#include "evaluate.hpp"

namespace reference {

namespace {

// One product of a sum: elements of input and weights.
struct Tap {
  std::size_t x, w;
};
// What an element of the output is made of: its channel, and its products.
struct Sum {
  std::size_t channel;
  std::vector<Tap> taps;
};

// How the factor from sums to codes is formed.
enum class Form {
  double_product,  // scale_x * scale_w / scale_y in double, for each channel
  float_product    // scale_x * scale_w rounded to float32 first
};

Factor factor_of(const Call& call, std::size_t x, std::size_t w, std::size_t channel, Form form) {
  const Tensor& weights = call.tensor(w);
  const double scale_y = scale(call.result());
  if (form == Form::float_product)
    return factor(static_cast<double>(scale_float(call.tensor(x)) * weights.scale.at(0)) / scale_y);
  const double scale_w = static_cast<double>(weights.scale.size() == 1 ? weights.scale[0] : weights.scale.at(channel));
  return factor(scale(call.tensor(x)) * scale_w / scale_y);
}

// wide: sums of 64 bits.
void sums(Call& call, std::size_t x, std::size_t w, std::size_t b, int activation, Form form, bool wide,
          const std::function<Sum(const Index&)>& of) {
  Array y = call.out();
  const Array& inputs = call.in(x);
  const Array& weights = call.in(w);
  const bool biased = call.has(b);
  if (is_float(y.type)) {
    for_each(y.shape, [&](const Index& at, std::size_t i) {
      const Sum sum = of(at);
      double total = 0;
      for (const Tap& tap : sum.taps) total += inputs.real.at(tap.x) * weights.real.at(tap.w);
      if (biased) total += call.in(b).real.at(sum.channel);
      y.real[i] = to_float(activated(total, activation));
    });
    return call.set(y);
  }
  const Range range = activation_range(call.result(), activation);
  const Integer zero_x = zero(call.tensor(x)), zero_y = zero(call.result());
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Sum sum = of(at);
    const std::vector<Integer>& zeros = call.tensor(w).zero_point;
    const Integer zero_w = zeros.empty() ? 0 : zeros.size() == 1 ? zeros[0] : zeros.at(sum.channel);
    Integer total = 0;
    for (const Tap& tap : sum.taps) {
      total += (inputs.code.at(tap.x) - zero_x) * (weights.code.at(tap.w) - zero_w);
      if (!wide) word(total);
    }
    if (biased) total += call.in(b).code.at(sum.channel);
    const Factor by = factor_of(call, x, w, sum.channel, form);
    y.code[i] = clamped((wide ? scaled_wide(total, by) : scaled(word(total), by)) + zero_y, range.least, range.most);
  });
  call.set(y);
}

// Where a window begins, along one dimension.
int padding_before(const Call& call, int input, int output, int kernel, int stride, int dilation) {
  const bool same = call.number("padding") == 0;
  const int total = (output - 1) * stride + (kernel - 1) * dilation + 1 - input;
  return same ? std::max(0, total) / 2 : 0;
}

struct Geometry {
  int stride_h, stride_w, dilation_h, dilation_w, top, left;

  Geometry(const Call& call, const Shape& input, const Shape& output, int kernel_h, int kernel_w)
      : stride_h{call.number("stride_h")},
        stride_w{call.number("stride_w")},
        dilation_h{std::max(1, call.number("dilation_h"))},
        dilation_w{std::max(1, call.number("dilation_w"))},
        top{padding_before(call, input[1], output[1], kernel_h, stride_h, dilation_h)},
        left{padding_before(call, input[2], output[2], kernel_w, stride_w, dilation_w)} {}
};

bool wide(const Call& call, std::size_t b) { return call.type(0) == Type::int16 && call.has(b) && call.type(b) == Type::int64; }

void conv_2d(Call& call) {
  const Shape& x = call.in(0).shape;
  const Shape& w = call.in(1).shape;  // outputs, height, width, channels of a group
  const Geometry geometry{call, x, call.result().shape, w[1], w[2]};
  const int of_group = w[0] / (x[3] / w[3]);
  sums(call, 0, 1, 2, call.number("activation"), Form::double_product, wide(call, 2), [&](const Index& at) {
    Sum sum{static_cast<std::size_t>(at[3]), {}};
    for (int r = 0; r < w[1]; ++r)
      for (int c = 0; c < w[2]; ++c) {
        const int row = at[1] * geometry.stride_h - geometry.top + r * geometry.dilation_h;
        const int column = at[2] * geometry.stride_w - geometry.left + c * geometry.dilation_w;
        if (row < 0 || row >= x[1] || column < 0 || column >= x[2]) continue;
        for (int i = 0; i < w[3]; ++i)
          sum.taps.push_back({flat(x, {at[0], row, column, at[3] / of_group * w[3] + i}), flat(w, {at[3], r, c, i})});
      }
    return sum;
  });
}

void depthwise_conv_2d(Call& call) {
  const Shape& x = call.in(0).shape;
  const Shape& w = call.in(1).shape;  // 1, height, width, outputs
  const Geometry geometry{call, x, call.result().shape, w[1], w[2]};
  sums(call, 0, 1, 2, call.number("activation"), Form::double_product, call.type(0) == Type::int16, [&](const Index& at) {
    Sum sum{static_cast<std::size_t>(at[3]), {}};
    for (int r = 0; r < w[1]; ++r)
      for (int c = 0; c < w[2]; ++c) {
        const int row = at[1] * geometry.stride_h - geometry.top + r * geometry.dilation_h;
        const int column = at[2] * geometry.stride_w - geometry.left + c * geometry.dilation_w;
        if (row < 0 || row >= x[1] || column < 0 || column >= x[2]) continue;
        sum.taps.push_back({flat(x, {at[0], row, column, at[3] / (w[3] / x[3])}), flat(w, {0, r, c, at[3]})});
      }
    return sum;
  });
}

// Inputs: the output's shape, weights, x, biases. The convolution that would lead from y to x says where its windows lie.
void transpose_conv(Call& call) {
  const Shape& w = call.in(1).shape;  // outputs, height, width, channels
  const Shape& x = call.in(2).shape;
  const Shape y = call.result().shape;
  const int stride_h = call.number("stride_h"), stride_w = call.number("stride_w");
  const bool same = call.number("padding") == 0;
  const auto windows = [&](int extent, int kernel, int stride) {
    return same ? (extent + stride - 1) / stride : (extent - kernel + stride) / stride;
  };
  const int top = padding_before(call, y[1], windows(y[1], w[1], stride_h), w[1], stride_h, 1);
  const int left = padding_before(call, y[2], windows(y[2], w[2], stride_w), w[2], stride_w, 1);
  sums(call, 2, 1, 3, call.number("activation"), Form::double_product, call.type(2) == Type::int16, [&](const Index& at) {
    Sum sum{static_cast<std::size_t>(at[3]), {}};
    for (int r = 0; r < w[1]; ++r)
      for (int c = 0; c < w[2]; ++c) {
        const int row = at[1] + top - r, column = at[2] + left - c;
        if (row < 0 || row % stride_h != 0 || row / stride_h >= x[1] || column < 0 || column % stride_w != 0 ||
            column / stride_w >= x[2])
          continue;
        for (int i = 0; i < w[3]; ++i)
          sum.taps.push_back({flat(x, {at[0], row / stride_h, column / stride_w, i}), flat(w, {at[3], r, c, i})});
      }
    return sum;
  });
}

void fully_connected(Call& call) {
  const Shape& w = call.in(1).shape;  // outputs, inputs
  const auto outputs = static_cast<std::size_t>(w[0]), inputs = static_cast<std::size_t>(w[1]);
  const Form form = call.tensor(1).scale.size() > 1 ? Form::double_product : Form::float_product;
  const Shape y = call.result().shape;
  sums(call, 0, 1, 2, call.number("activation"), form, wide(call, 2), [&](const Index& at) {
    const std::size_t place = flat(y, at);
    Sum sum{place % outputs, {}};
    for (std::size_t i = 0; i < inputs; ++i) sum.taps.push_back({place / outputs * inputs + i, sum.channel * inputs + i});
    return sum;
  });
}

void batch_matmul(Call& call) {
  const Shape& a = call.in(0).shape;
  const Shape& b = call.in(1).shape;
  const bool turned_a = call.number("adj_x") != 0, turned_b = call.number("adj_y") != 0;
  const int depth = a[a.size() - (turned_a ? 2 : 1)];
  const auto place = [](const Shape& shape, Index batch, int row, int column) {
    batch.push_back(row);
    batch.push_back(column);
    Index own(shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d) {
      const std::size_t from = batch.size() - shape.size() + d;
      own[d] = d + 2 < shape.size() && shape[d] == 1 ? 0 : batch[from];
    }
    return flat(shape, own);
  };
  sums(call, 0, 1, 9, 0, Form::float_product, call.type(0) == Type::int16, [&](const Index& at) {
    const Index batch(at.begin(), at.end() - 2);
    const int row = at[at.size() - 2], column = at.back();
    Sum sum{0, {}};
    for (int i = 0; i < depth; ++i)
      sum.taps.push_back({turned_a ? place(a, batch, i, row) : place(a, batch, row, i),
                          turned_b ? place(b, batch, column, i) : place(b, batch, i, column)});
    return sum;
  });
}

}  // namespace

void add_products(Rules& to) {
  to[Op::conv_2d] = conv_2d;
  to[Op::depthwise_conv_2d] = depthwise_conv_2d;
  to[Op::transpose_conv] = transpose_conv;
  to[Op::fully_connected] = fully_connected;
  to[Op::batch_matmul] = batch_matmul;
}

}  // namespace reference
