// Pooling and resizing of images.
#include <algorithm>

#include "evaluate.hpp"

namespace reference {

namespace {

void pool(Call& call) {
  const Array& x = call.in(0);
  Array y = call.out();
  const int filter_h = call.number("filter_h"), filter_w = call.number("filter_w"), stride_h = call.number("stride_h"),
            stride_w = call.number("stride_w");
  const bool same = call.number("padding") == 0, average = call.op() == Op::average_pool_2d;
  const auto before = [&](int input, int output, int filter, int stride) {
    return same ? std::max(0, (output - 1) * stride + filter - input) / 2 : 0;
  };
  const int top = before(x.shape[1], y.shape[1], filter_h, stride_h), left = before(x.shape[2], y.shape[2], filter_w, stride_w);
  const bool floats = is_float(x.type);
  const Range range = floats ? Range{0, 0} : activation_range(call.result(), call.number("activation"));
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    std::vector<std::size_t> window;
    for (int r = 0; r < filter_h; ++r)
      for (int c = 0; c < filter_w; ++c) {
        const int row = at[1] * stride_h - top + r, column = at[2] * stride_w - left + c;
        if (row >= 0 && row < x.shape[1] && column >= 0 && column < x.shape[2])
          window.push_back(flat(x.shape, {at[0], row, column, at[3]}));
      }
    if (window.empty()) throw Undefined{"a window without elements"};
    const auto number = static_cast<Integer>(window.size());
    if (floats) {
      double sum = 0, most = -HUGE_VAL;
      for (std::size_t place : window) sum += x.real[place], most = std::max(most, x.real[place]);
      y.real[i] = to_float(activated(average ? sum / static_cast<double>(number) : most, call.number("activation")));
      return;
    }
    Integer sum = 0, most = range_of(x.type).least;
    for (std::size_t place : window) sum += x.code[place], most = std::max(most, x.code[place]);
    const Integer mean = sum > 0 ? (sum + number / 2) / number : (sum - number / 2) / number;
    y.code[i] = clamped(average ? mean : most, range.least, range.most);
  });
  call.set(y);
}

void resize_nearest(Call& call) {
  const Array& x = call.in(0);
  Array y = call.out();
  const bool corners = call.number("align_corners") != 0, centers = call.number("half_pixel_centers") != 0;
  const auto nearest = [&](int at, int input, int output) {
    const float step = corners && output > 1 ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                                             : static_cast<float>(input) / static_cast<float>(output);
    const float place = (static_cast<float>(at) + (centers ? 0.5f : 0.0f)) * step;
    const int found = std::min(static_cast<int>(corners ? std::round(place) : std::floor(place)), input - 1);
    return centers ? std::max(0, found) : found;
  };
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    y.copy(i, x, flat(x.shape, {at[0], nearest(at[1], x.shape[1], y.shape[1]), nearest(at[2], x.shape[2], y.shape[2]), at[3]}));
  });
  call.set(y);
}

// Integers: places with ten bits behind the point.
void resize_bilinear(Call& call) {
  const Array& x = call.in(0);
  Array y = call.out();
  const bool corners = call.number("align_corners") != 0, centers = call.number("half_pixel_centers") != 0;
  struct Between {
    int low, high;
    Integer weight;  // of high, of 1024
    double real;
  };
  const auto between = [&](int at, int input, int output) {
    const bool ends = corners && output > 1;
    const Integer step = ends ? (1024 * (input - 1) + (output - 1) / 2) / (output - 1) : (1024 * input + output / 2) / output;
    const Integer place = centers ? at * step + step / 2 - 512 : at * step;
    const Integer low = std::max<Integer>(place / 1024, 0), high = std::min<Integer>((place + 1023) / 1024, input - 1);
    if (!is_float(x.type)) return Between{static_cast<int>(low), static_cast<int>(high), place - 1024 * low, 0};
    const float real_step = ends ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                                 : static_cast<float>(input) / static_cast<float>(output);
    const float real = centers ? (static_cast<float>(at) + 0.5f) * real_step - 0.5f : static_cast<float>(at) * real_step;
    const int first = std::max(0, static_cast<int>(std::floor(real)));
    return Between{first, std::min(static_cast<int>(std::ceil(real)), input - 1), 0,
                   static_cast<double>(real - static_cast<float>(first))};
  };
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Between row = between(at[1], x.shape[1], y.shape[1]), column = between(at[2], x.shape[2], y.shape[2]);
    const auto place = [&](int r, int c) { return flat(x.shape, {at[0], r, c, at[3]}); };
    if (is_float(x.type)) {
      const double above =
          x.real[place(row.low, column.low)] * (1 - column.real) + x.real[place(row.low, column.high)] * column.real;
      const double below =
          x.real[place(row.high, column.low)] * (1 - column.real) + x.real[place(row.high, column.high)] * column.real;
      y.real[i] = to_float(above * (1 - row.real) + below * row.real);
      return;
    }
    const Integer sum = x.code[place(row.low, column.low)] * (1024 - row.weight) * (1024 - column.weight) +
                        x.code[place(row.low, column.high)] * (1024 - row.weight) * column.weight +
                        x.code[place(row.high, column.low)] * row.weight * (1024 - column.weight) +
                        x.code[place(row.high, column.high)] * row.weight * column.weight;
    y.code[i] = (sum + (sum > 0 ? power(19) : -power(19))) / power(20);
  });
  call.set(y);
}

}  // namespace

void add_pooling(Rules& to) {
  to[Op::average_pool_2d] = to[Op::max_pool_2d] = pool;
  to[Op::resize_nearest_neighbor] = resize_nearest;
  to[Op::resize_bilinear] = resize_bilinear;
}

}  // namespace reference
