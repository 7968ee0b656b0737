// Conv, ConvTranspose, pooling and Resize of ONNX in one and two dimensions, with all their attributes, against their
// definitions.
#include <algorithm>
#include <array>

#include "onnx_array.hpp"

namespace {

using namespace onnx_array;

// Along one dimension.
struct Along {
  std::int64_t kernel = 3, stride = 1, dilation = 1, before = 0, after = 0, extra = 0;
  std::int64_t reach() const { return (kernel - 1) * dilation + 1; }
};
using Ways = std::vector<Along>;

std::vector<Message> attributes(const Ways& ways, const std::string& automatic, bool with_dilation = true) {
  Extents kernel, strides, dilations, before, after;
  for (const Along& way : ways) {
    kernel.push_back(way.kernel);
    strides.push_back(way.stride);
    dilations.push_back(way.dilation);
    before.push_back(way.before);
    after.push_back(way.after);
  }
  std::vector<Message> made{attribute("kernel_shape", kernel), attribute("strides", strides)};
  if (with_dilation) made.push_back(attribute("dilations", dilations));
  before.insert(before.end(), after.begin(), after.end());
  if (automatic.empty())
    made.push_back(attribute("pads", before));
  else
    made.push_back(attribute("auto_pad", automatic));
  return made;
}

// The pads that auto_pad stands for.
void pad(Ways& ways, const Extents& x, const std::string& automatic) {
  for (std::size_t d = 0; d < ways.size() && !automatic.empty(); ++d) {
    Along& way = ways[d];
    const std::int64_t output = (x[2 + d] + way.stride - 1) / way.stride;
    const std::int64_t all =
        automatic == "VALID" ? 0 : std::max<std::int64_t>(0, (output - 1) * way.stride + way.reach() - x[2 + d]);
    way.before = automatic == "SAME_LOWER" ? all - all / 2 : all / 2;
    way.after = all - way.before;
  }
}

std::int64_t windows(const Along& way, std::int64_t extent) {
  return (extent + way.before + way.after - way.reach()) / way.stride + 1;
}

Array convolution(const Array& x, const Array& w, const Numbers& b, const Ways& ways, std::int64_t groups) {
  Extents shape{x.shape[0], w.shape[0]};
  for (std::size_t d = 0; d < ways.size(); ++d) shape.push_back(windows(ways[d], x.shape[2 + d]));
  return made(shape, [&](const Index& y) {
    double sum = b.empty() ? 0 : static_cast<double>(b[static_cast<std::size_t>(y[1])]);
    Index tap(w.shape.begin(), w.shape.end());
    made(Extents(w.shape.begin() + 1, w.shape.end()), [&](const Index& k) {
      Index at{y[0], y[1] / (w.shape[0] / groups) * w.shape[1] + k[0]}, of{y[1], k[0]};
      for (std::size_t d = 0; d < ways.size(); ++d) {
        at.push_back(y[2 + d] * ways[d].stride + k[1 + d] * ways[d].dilation - ways[d].before);
        of.push_back(k[1 + d]);
      }
      if (x.holds(at)) sum += static_cast<double>(x.at(at)) * static_cast<double>(w.at(of));
      return 0.0;
    });
    return sum;
  });
}

void convolutions() {
  for (std::size_t rank : {1u, 2u})
    for (const std::string automatic : {"", "VALID", "SAME_UPPER", "SAME_LOWER"})
      for (std::int64_t stride : {1, 2, 3})
        for (std::int64_t dilation : {1, 2})
          for (const auto& [groups, outputs] : {std::pair{1, 3}, std::pair{2, 6}, std::pair{4, 4}, std::pair{4, 8}}) {
            Ways ways{{2, stride, dilation, 1, 2}, {3, stride, 1, 0, 1}};
            ways.resize(rank);
            if (rank == 1) ways[0].kernel = 4;
            Extents x_shape{2, 4, 7, 8}, w_shape{outputs, 4 / groups};
            x_shape.resize(2 + rank);
            for (const Along& way : ways) w_shape.push_back(way.kernel);
            const Array x = drawn(x_shape), w = drawn(w_shape), b = drawn({outputs});
            pad(ways, x_shape, automatic);
            std::vector<Message> stated = attributes(ways, automatic);
            stated.push_back(attribute("group", std::int64_t{groups}));
            for (bool biased : {false, true}) {
              if (!seen()) continue;
              std::vector<Message> constants{tensor("c0", w.shape, w.number)};
              if (biased) constants.push_back(tensor("c1", b.shape, b.number));
              check({"Conv", x, stated, constants}, convolution(x, w, biased ? b.number : Numbers{}, ways, groups), 4e-6f);
            }
          }
}

// Each input number is added to what its window of the output has.
Array transposed(const Array& x, const Array& w, const Ways& ways, std::int64_t groups) {
  Extents shape{x.shape[0], w.shape[1] * groups};
  for (std::size_t d = 0; d < ways.size(); ++d)
    shape.push_back((x.shape[2 + d] - 1) * ways[d].stride + ways[d].reach() + ways[d].extra - ways[d].before - ways[d].after);
  std::vector<double> sums(count(shape), 0.0);
  Array y{shape, Numbers(sums.size())};
  made(x.shape, [&](const Index& at) {
    made(Extents(w.shape.begin() + 1, w.shape.end()), [&](const Index& k) {
      Index to{at[0], at[1] / (x.shape[1] / groups) * w.shape[1] + k[0]}, of{at[1], k[0]};
      for (std::size_t d = 0; d < ways.size(); ++d) {
        to.push_back(at[2 + d] * ways[d].stride + k[1 + d] * ways[d].dilation - ways[d].before);
        of.push_back(k[1 + d]);
      }
      if (y.holds(to)) sums[y.place(to)] += static_cast<double>(x.at(at)) * static_cast<double>(w.at(of));
      return 0.0;
    });
    return 0.0;
  });
  for (std::size_t i = 0; i < sums.size(); ++i) y.number[i] = static_cast<float>(sums[i]);
  return y;
}

void transposed_convolutions() {
  for (std::size_t rank : {1u, 2u})
    for (std::int64_t groups : {1, 2, 4})
      for (std::int64_t stride : {1, 2, 3})
        for (std::int64_t dilation : {1, 2})
          for (int padding = 0; padding < 5; ++padding) {
            if (!seen()) continue;
            Ways ways{{3, stride, dilation}, {4, 2, 1}};
            ways.resize(rank);
            Extents x_shape{2, 4, 4, 3}, w_shape{4, 3};
            x_shape.resize(2 + rank);
            for (const Along& way : ways) w_shape.push_back(way.kernel);
            std::vector<Message> stated;
            if (padding == 1) ways[0].before = 1, ways.back().after = 2;
            if (padding == 2) ways[0].extra = stride - 1;
            // auto_pad: stride times the input; output_shape: what is stated.
            if (padding >= 3) {
              Extents output;
              for (std::size_t d = 0; d < rank; ++d) {
                Along& way = ways[d];
                output.push_back(padding == 3 ? x_shape[2 + d] * way.stride
                                              : (x_shape[2 + d] - 1) * way.stride + way.reach() - 2);
                const std::int64_t all = std::max<std::int64_t>(0, (x_shape[2 + d] - 1) * way.stride + way.reach() - output[d]);
                way.before = all / 2;
                way.after = all - way.before;
                way.extra = output[d] - ((x_shape[2 + d] - 1) * way.stride + way.reach() - all);
              }
              stated = attributes(ways, "SAME_UPPER");
              if (padding == 4) stated.push_back(attribute("output_shape", output));
            } else {
              stated = attributes(ways, "");
              Extents extra;
              for (const Along& way : ways) extra.push_back(way.extra);
              stated.push_back(attribute("output_padding", extra));
            }
            stated.push_back(attribute("group", groups));
            const Array x = drawn(x_shape), w = drawn(w_shape);
            check({"ConvTranspose", x, stated, {tensor("c0", w.shape, w.number)}}, transposed(x, w, ways, groups), 4e-6f);
          }
}

Array pooled(const Array& x, const Ways& ways, bool largest, bool counts_pads, bool up) {
  Extents shape{x.shape[0], x.shape[1]};
  for (std::size_t d = 0; d < ways.size(); ++d) {
    const std::int64_t room = x.shape[2 + d] + ways[d].before + ways[d].after - ways[d].reach();
    std::int64_t output = (room + (up ? ways[d].stride - 1 : 0)) / ways[d].stride + 1;
    if (up && (output - 1) * ways[d].stride >= x.shape[2 + d] + ways[d].before) --output;
    shape.push_back(output);
  }
  Extents kernel;
  for (const Along& way : ways) kernel.push_back(way.kernel);
  return made(shape, [&](const Index& y) {
    double sum = 0, most = -1e30, cells = 0;
    made(kernel, [&](const Index& k) {
      Index at{y[0], y[1]};
      bool within = true;  // of the image with its pads
      for (std::size_t d = 0; d < ways.size(); ++d) {
        at.push_back(y[2 + d] * ways[d].stride + k[d] * ways[d].dilation - ways[d].before);
        within = within && at[2 + d] < x.shape[2 + d] + ways[d].after;
      }
      if (x.holds(at)) {
        sum += static_cast<double>(x.at(at));
        most = std::max(most, static_cast<double>(x.at(at)));
      }
      if (x.holds(at) || (counts_pads && within)) ++cells;
      return 0.0;
    });
    return largest ? most : sum / cells;
  });
}

void poolings() {
  for (std::size_t rank : {1u, 2u})
    for (bool largest : {false, true})
      for (const std::string automatic : {"", "VALID", "SAME_UPPER", "SAME_LOWER"})
        for (std::int64_t stride : {1, 2, 3})
          for (std::int64_t dilation : {1, 2})
            for (bool up : {false, true})
              for (bool counts_pads : {false, true}) {
                if ((largest && counts_pads) || (up && !automatic.empty()) || !seen()) continue;
                Ways ways{{3, stride, dilation, 1, 1}, {2, stride, 1, 0, 1}};
                ways.resize(rank);
                Extents shape{2, 3, 7, 8};
                shape.resize(2 + rank);
                const Array x = drawn(shape);
                pad(ways, shape, automatic);
                std::vector<Message> stated = attributes(ways, automatic, dilation > 1);
                if (up) stated.push_back(attribute("ceil_mode", std::int64_t{1}));
                if (counts_pads) stated.push_back(attribute("count_include_pad", std::int64_t{1}));
                check({largest ? "MaxPool" : "AveragePool", x, stated, {}, {}, dilation > 1 ? 19 : 13},
                      pooled(x, ways, largest, counts_pads, up));
              }
  for (std::size_t rank : {1u, 2u})
    for (bool largest : {false, true}) {
      Extents shape{2, 3, 4, 5}, one{2, 3};
      shape.resize(2 + rank);
      const Array x = drawn(shape);
      Ways all;
      for (std::size_t d = 0; d < rank; ++d) all.push_back({shape[2 + d]});
      check({largest ? "GlobalMaxPool" : "GlobalAveragePool", x}, pooled(x, all, largest, false, false));
    }
}

// Where output i falls on the input.
double place(const std::string& mode, double i, double input, double output, double scale) {
  if (mode == "asymmetric") return i / scale;
  if (mode == "align_corners") return output == 1 ? 0 : i * (input - 1) / (output - 1);
  if (mode == "pytorch_half_pixel" && output == 1) return 0;
  if (mode == "tf_half_pixel_for_nn") return (i + 0.5) / scale;
  if (mode == "half_pixel_symmetric") return input / 2 * (1 - output / (scale * input)) + (i + 0.5) / scale - 0.5;
  return (i + 0.5) / scale - 0.5;
}

void resizes() {
  for (std::size_t rank : {1u, 2u})
    for (const std::string coordinates :
         {"half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "tf_half_pixel_for_nn", "align_corners", "asymmetric"})
      for (bool linear : {false, true})
        for (bool by_sizes : {false, true})
          for (const auto& [high, wide] : {std::pair{8, 10}, std::pair{2, 15}, std::pair{6, 1}, std::pair{4, 5}}) {
            if (!seen()) continue;
            Extents shape{1, 3, 4, 5}, output{1, 3, high, wide};
            shape.resize(2 + rank);
            output.resize(2 + rank);
            const Array x = drawn(shape);
            Numbers scales;
            for (std::size_t d = 0; d < shape.size(); ++d)
              scales.push_back(static_cast<float>(output[d]) / static_cast<float>(shape[d]));
            const Array y = made(output, [&](const Index& at) {
              double sum = 0;
              for (int corner = 0; corner < (linear ? 1 << rank : 1); ++corner) {
                Index from{at[0], at[1]};
                double share = 1;
                for (std::size_t d = 0; d < rank; ++d) {
                  const double input = static_cast<double>(shape[2 + d]);
                  double p = place(coordinates, static_cast<double>(at[2 + d]), input, static_cast<double>(output[2 + d]),
                                   static_cast<double>(scales[2 + d]));
                  if (!linear) {
                    from.push_back(std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(static_cast<float>(p))), 0,
                                                            shape[2 + d] - 1));
                    continue;
                  }
                  p = std::clamp(p, 0.0, input - 1);
                  const double low = std::floor(p);
                  const bool after = (corner >> d & 1) != 0;
                  share *= after ? p - low : 1 - (p - low);
                  from.push_back(std::min(static_cast<std::int64_t>(low) + (after ? 1 : 0), shape[2 + d] - 1));
                }
                sum += share * static_cast<double>(x.at(from));
              }
              return sum;
            });
            const std::vector<Message> constants{by_sizes ? tensor("c0", {static_cast<std::int64_t>(output.size())}, output)
                                                          : tensor("c0", {static_cast<std::int64_t>(scales.size())}, scales)};
            check({"Resize",
                   x,
                   {attribute("mode", std::string{linear ? "linear" : "nearest"}),
                    attribute("coordinate_transformation_mode", coordinates), attribute("nearest_mode", std::string{"floor"})},
                   constants,
                   by_sizes ? std::vector<std::string>{"x", "", "", "c0"} : std::vector<std::string>{"x", "", "c0"}},
                  y, 4e-6f);
          }
}

}  // namespace

int main() {
  convolutions();
  transposed_convolutions();
  poolings();
  resizes();
  return expectations_failed();
}
