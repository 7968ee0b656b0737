#include "tools/quantize/layers.hpp"

#include <cstdint>
#include <string>

namespace tools::quantizer {

importer::Attributes Layers::steps(const nn::Axis& rows, const nn::Axis& columns) {
  Attributes made{{"padding", rows.same ? "same" : "valid"},
                  {"stride_h", whole(rows.stride)},     {"stride_w", whole(columns.stride)},
                  {"dilation_h", whole(rows.dilation)}, {"dilation_w", whole(columns.dilation)},
                  {"filter_h", whole(rows.taps)},       {"filter_w", whole(columns.taps)}};
  if (rows.given || columns.given || columns.causal) {
    made.set("padding", std::string{"explicit"});
    made.set("pads", std::vector<std::int64_t>{whole(rows.before()), whole(columns.before()), whole(rows.after()),
                                               whole(columns.after())});
  }
  return made;
}

int Layers::alone(std::string_view kind, int x, const nn::Shape& output, const Attributes& attributes) {
  return apply(std::string{kind}, {x}, output, attributes);
}

int Layers::weighted(const char* kind, int x, std::span<const float> weight, std::initializer_list<int> shape,
                     std::span<const float> bias, const nn::Shape& output, const Attributes& attributes) {
  const int weights = constant(shape, std::vector<float>(weight.begin(), weight.end()));
  const int biases = constant({whole(bias.size())}, std::vector<float>(bias.begin(), bias.end()));
  return apply(kind, {x, weights, biases}, output, attributes);
}

int Layers::rectified(const char* kind, int x, const nn::Shape& output) { return fuse(x, kind) ? x : alone(kind, x, output); }

}  // namespace tools::quantizer
