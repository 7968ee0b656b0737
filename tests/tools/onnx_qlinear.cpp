// Operators of ONNX on codes, in all their ranks and with all their attributes, against the rules by which ONNX Runtime rounds:
// to the last bit.
#include <algorithm>

#include "onnx_array.hpp"

namespace {

using namespace onnx_array;

constexpr int uint8 = 2, int8 = 3, int32 = 6;

struct Codes {
  Extents shape;
  std::vector<int> code;
};

struct Scaled {
  float scale;
  int zero;
  int type;

  int saturated(float value) const {
    const float least = type == uint8 ? 0 : -128, most = type == uint8 ? 255 : 127;
    return static_cast<int>(std::clamp(value, least, most));
  }
  float real(int code) const { return static_cast<float>(code - zero) * scale; }
  // After the rounding.
  int rounded(float quotient) const { return saturated(std::nearbyint(quotient) + static_cast<float>(zero)); }
  int code(float value) const { return rounded(value / scale); }
  // Before it.
  int zero_first(float with_zero) const { return saturated(std::nearbyint(with_zero)); }
};

Message constant(const std::string& name, const Extents& shape, int type, const std::vector<int>& values) {
  std::string raw;
  for (int value : values)
    for (int shift = 0; shift < (type == int32 ? 32 : 8); shift += 8) raw.push_back(static_cast<char>(value >> shift));
  return Message{}.packed(1, shape).whole(2, type).bytes(8, name).bytes(9, raw);
}

Codes drawn_codes(const Extents& shape, int type) {
  Codes made{shape, {}};
  for (std::size_t i = 0; i < count(shape); ++i)
    made.code.push_back(static_cast<int>(source.below(256)) - (type == int8 ? 128 : 0));
  return made;
}

// One operator with its scales and zero points as constants: x0, x1 … are inputs of the model.
struct Node {
  std::string operation;
  std::vector<Codes> x = {};
  std::vector<Scaled> of = {};           // of x0, x1 …, then that of y
  std::vector<std::string> inputs = {};  // of constants too: s0, z0 … the scales and zero points
  std::vector<Message> attributes = {}, constants = {};
  bool microsofts = true;
};

void check(const Node& made, const Codes& y, int line = __builtin_LINE()) {
  Model model;
  model.initializers = made.constants;
  for (std::size_t i = 0; i < made.of.size(); ++i) {
    model.initializers.push_back(tensor("s" + std::to_string(i), {}, Numbers{made.of[i].scale}));
    model.initializers.push_back(constant("z" + std::to_string(i), {}, made.of[i].type, {made.of[i].zero}));
  }
  std::vector<tools::importer::Bytes> inputs;
  for (std::size_t i = 0; i < made.x.size(); ++i) {
    model.inputs.push_back(value("x" + std::to_string(i), made.x[i].shape, made.of[i].type));
    inputs.emplace_back(made.x[i].code.begin(), made.x[i].code.end());
  }
  model.outputs = {value("y", y.shape, made.of.back().type)};
  Message one = node(made.operation, made.inputs, {"y"}, made.attributes);
  if (made.microsofts) one.bytes(7, "com.microsoft");
  model.nodes = {one};
  const std::string content = model.file() + Message{}.message(8, Message{}.bytes(1, "com.microsoft").whole(2, 1)).text;
  try {
    const Network network = imported(content);
    const tools::importer::Bytes found = tools::importer::run(network, inputs);
    tools::importer::probe("m.onnx", network, network);
    std::uint32_t different = 0;
    for (std::size_t i = 0; i < y.code.size(); ++i) different += found[i] != static_cast<std::int8_t>(y.code[i]);
    if (found.size() != y.code.size() || different > 0) report_failure("", line, made.operation, ": other codes: ", different);
  } catch (const tools::Failure& failure) {
    report_failure("", line, failure.what());
  }
}

// of(index) for each.
Codes made_codes(const Extents& shape, const std::function<int(const Index&)>& of) {
  Codes all{shape, {}};
  made(shape, [&](const Index& index) {
    all.code.push_back(of(index));
    return 0.0;
  });
  return all;
}

std::size_t place(const Codes& of, const Index& index) { return Array{of.shape, {}}.place(index); }
bool holds(const Codes& of, const Index& index) { return Array{of.shape, {}}.holds(index); }

Scaled in_of(int type) { return {0.037f, type == uint8 ? 121 : -9, type}; }
Scaled out_of(int type, float scale = 0.41f) { return {scale, type == uint8 ? 131 : 5, type}; }

void convolutions() {
  for (const auto& [x_type, w_type] : {std::pair{uint8, uint8}, std::pair{uint8, int8}, std::pair{int8, int8}})
    for (bool flat : {false, true})
      for (std::int64_t groups : {1, 2, 4})
        for (std::int64_t stride : {1, 2})
          for (bool each_its_scale : {false, true})
            for (bool biased : {false, true}) {
              const std::int64_t outputs = 8, own = 4 / groups, high = flat ? 1 : 6, tall = flat ? 1 : 3, wide = 7;
              const auto shaped = [flat](Extents all) {
                if (flat) all.erase(all.begin() + 2);
                return all;
              };
              const Scaled in = in_of(x_type), out = out_of(x_type, 2.0f);
              const Codes x = drawn_codes(shaped({2, 4, high, wide}), x_type),
                          w = drawn_codes(shaped({outputs, own, tall, 3}), w_type);
              Numbers scales;
              for (std::int64_t o = 0; o < outputs; ++o)
                scales.push_back(each_its_scale ? 0.01f + 0.003f * static_cast<float>(o) : 0.02f);
              const int w_zero = w_type == uint8 ? 120 : 0;
              std::vector<int> bias;
              for (std::int64_t o = 0; o < outputs; ++o) bias.push_back(static_cast<int>(source.below(4001)) - 2000);
              const std::int64_t rows = flat ? 1 : (high + 2 - 3) / stride + 1, columns = (wide + 1 - 3) / stride + 1;
              const Codes y = made_codes(shaped({2, outputs, rows, columns}), [&](const Index& at) {
                const std::int64_t o = at[1], row = flat ? 0 : at[2], column = at.back();
                int sum = biased ? bias[static_cast<std::size_t>(o)] : 0;
                made({own, tall, 3}, [&](const Index& k) {
                  const Index from = shaped(
                      {at[0], o / (outputs / groups) * own + k[0], row * stride + k[1] - (flat ? 0 : 1), column * stride + k[2]});
                  if (holds(x, from))
                    sum += (x.code[place(x, from)] - in.zero) * (w.code[place(w, shaped({o, k[0], k[1], k[2]}))] - w_zero);
                  return 0.0;
                });
                return out.rounded(static_cast<float>(sum) * ((in.scale * scales[static_cast<std::size_t>(o)]) / out.scale));
              });
              Node one{"QLinearConv", {x}, {in, out}, {"x0", "s0", "z0", "w", "ws", "wz", "s1", "z1"}, {}, {}, false};
              const std::int64_t many = each_its_scale ? outputs : 1;
              scales.resize(static_cast<std::size_t>(many));
              one.constants = {constant("w", w.shape, w_type, w.code), tensor("ws", {many}, scales),
                               constant("wz", {many}, w_type, std::vector<int>(static_cast<std::size_t>(many), w_zero))};
              if (biased) {
                one.inputs.push_back("b");
                one.constants.push_back(constant("b", {outputs}, int32, bias));
              }
              one.attributes = {attribute("group", groups),
                                attribute("strides", flat ? Extents{stride} : Extents{stride, stride}),
                                attribute("pads", flat ? Extents{0, 1} : Extents{1, 0, 1, 1})};
              check(one, y);
            }
}

// QLinearMatMul of rows in up to three dimensions, QGemm of two, with a matrix on its side, with biases, and to float32.
void products() {
  for (const auto& [type, w_type] : {std::pair{uint8, int8}, std::pair{int8, int8}, std::pair{uint8, uint8}})
    for (const Extents& rows : {Extents{}, Extents{3}, Extents{2, 3}})
      for (bool each_its_scale : {false, true})
        for (bool turned : {false, true}) {
          const std::int64_t depth = 12, outputs = 5;
          Extents shape = rows;
          shape.push_back(depth);
          const Codes x = drawn_codes(shape, type),
                      w = drawn_codes(turned ? Extents{outputs, depth} : Extents{depth, outputs}, w_type);
          shape.back() = outputs;
          const Scaled in = in_of(type), out = out_of(type, 1.3f);
          Numbers scales{0.02f};
          if (each_its_scale) scales = {0.02f, 0.01f, 0.5f, 0.03f, 0.007f};
          const int w_zero = w_type == uint8 ? 140 : 0;
          const std::vector<int> bias{100, -2000, 3, 40000, 0};
          const auto sum_of = [&](const Index& at) {
            int sum = 0;
            Index from = at;
            for (std::int64_t i = 0; i < depth; ++i) {
              from.back() = i;
              sum += (x.code[place(x, from)] - in.zero) *
                     (w.code[place(w, turned ? Index{at.back(), i} : Index{i, at.back()})] - w_zero);
            }
            return sum;
          };
          const auto scale_of = [&](const Index& at) {
            return in.scale * scales[each_its_scale ? static_cast<std::size_t>(at.back()) : 0];
          };
          const auto many = static_cast<std::int64_t>(scales.size());
          const std::vector<Message> constants{constant("w", w.shape, w_type, w.code), tensor("ws", {many}, scales),
                                               constant("b", {outputs}, int32, bias),
                                               constant("wz", {many}, w_type, std::vector<int>(scales.size(), w_zero))};
          if (!turned)
            check({"QLinearMatMul", {x}, {in, out}, {"x0", "s0", "z0", "w", "ws", "wz", "s1", "z1"}, {}, constants, false},
                  made_codes(shape, [&](const Index& at) {
                    return out.rounded(static_cast<float>(sum_of(at)) * (scale_of(at) / out.scale));
                  }));
          if (rows.size() == 1)
            check({"QGemm",
                   {x},
                   {in, out},
                   {"x0", "s0", "z0", "w", "ws", "wz", "b", "s1", "z1"},
                   {attribute("transB", std::int64_t{turned})},
                   constants},
                  made_codes(shape, [&](const Index& at) {
                    return out.rounded(static_cast<float>(sum_of(at) + bias[static_cast<std::size_t>(at.back())]) *
                                       (scale_of(at) / out.scale));
                  }));
        }
}

void combinations() {
  const std::vector<std::pair<Extents, Extents>> pairs{{{3}, {3}},          {{2, 3, 4}, {2, 3, 4}}, {{1, 3, 4, 5}, {3, 1, 1}},
                                                       {{2, 3, 4}, {3, 1}}, {{2, 1, 4}, {5, 1}},    {{4}, {2, 3, 4}}};
  for (int type : {uint8, int8})
    for (const auto& pair : pairs) {
      const Extents &a_shape = pair.first, &b_shape = pair.second;
      const Codes a = drawn_codes(a_shape, type), b = drawn_codes(b_shape, type);
      const Scaled first = in_of(type), second{0.11f, first.zero + 3, type}, sum = out_of(type, 0.13f),
                   product = out_of(type, 0.9f);
      Extents shape(std::max(a_shape.size(), b_shape.size()), 1);
      for (const Extents* each : {&a_shape, &b_shape})
        for (std::size_t d = 0; d < each->size(); ++d)
          shape[d + shape.size() - each->size()] = std::max(shape[d + shape.size() - each->size()], (*each)[d]);
      const auto code = [&](const Codes& of, const Index& at) {
        Index from;
        for (std::size_t d = 0; d < of.shape.size(); ++d)
          from.push_back(of.shape[d] == 1 ? 0 : at[d + at.size() - of.shape.size()]);
        return of.code[place(of, from)];
      };
      const std::vector<std::string> inputs{"x0", "s0", "z0", "x1", "s1", "z1", "s2", "z2"};
      check({"QLinearAdd", {a, b}, {first, second, sum}, inputs}, made_codes(shape, [&](const Index& at) {
              const float ra = first.scale / sum.scale, rb = second.scale / sum.scale;
              const float rest = static_cast<float>(sum.zero) -
                                 std::fma(ra, static_cast<float>(first.zero), rb * static_cast<float>(second.zero));
              return sum.zero_first(
                  std::fma(static_cast<float>(code(a, at)), ra, std::fma(static_cast<float>(code(b, at)), rb, rest)));
            }));
      check({"QLinearMul", {a, b}, {first, second, product}, inputs}, made_codes(shape, [&](const Index& at) {
              const float scale = first.scale * second.scale / product.scale;
              const int exact = (code(a, at) - first.zero) * (code(b, at) - second.zero);
              return product.zero_first(static_cast<float>(exact) * scale + static_cast<float>(product.zero));
            }));
    }
}

// One code alone, along an axis, side by side, and over windows.
void others() {
  for (int type : {uint8, int8})
    for (const Extents& shape : {Extents{9}, Extents{2, 5}, Extents{1, 3, 5}, Extents{2, 3, 4, 5}}) {
      const Scaled in = in_of(type), out = out_of(type, 0.03f);
      const Codes x = drawn_codes(shape, type);
      const std::vector<std::string> inputs{"x0", "s0", "z0", "s1", "z1"};
      check({"QLinearLeakyRelu", {x}, {in, out}, inputs, {attribute("alpha", 0.3f)}}, made_codes(shape, [&](const Index& at) {
              const float v = in.real(x.code[place(x, at)]);
              return out.code(v < 0 ? 0.3f * v : v);
            }));
      const Scaled fine{1.0f / 256, type == uint8 ? 0 : -128, type};
      check({"QLinearSigmoid", {x}, {in, fine}, inputs}, made_codes(shape, [&](const Index& at) {
              return fine.code(static_cast<float>(1 / (1 + std::exp(-static_cast<double>(in.real(x.code[place(x, at)]))))));
            }));
      for (std::int64_t axis = -static_cast<std::int64_t>(shape.size()); axis < static_cast<std::int64_t>(shape.size()); ++axis) {
        const std::size_t along = static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(shape.size()) : axis);
        check({"QLinearSoftmax", {x}, {in, fine}, inputs, {attribute("axis", axis), attribute("opset", std::int64_t{13})}},
              made_codes(shape, [&](const Index& at) {
                double sum = 0;
                Index from = at;
                for (from[along] = 0; from[along] < shape[along]; ++from[along])
                  sum += std::exp(static_cast<double>(in.real(x.code[place(x, from)])));
                return fine.code(static_cast<float>(std::exp(static_cast<double>(in.real(x.code[place(x, at)]))) / sum));
              }));
        Extents other = shape;
        other[along] = 2;
        const Codes more = drawn_codes(other, type);
        const Scaled second{0.05f, in.zero - 1, type};
        Extents together = shape;
        together[along] += 2;
        check({"QLinearConcat",
               {x, more},
               {in, second, out},
               {"s2", "z2", "x0", "s0", "z0", "x1", "s1", "z1"},
               {attribute("axis", axis)}},
              made_codes(together, [&](const Index& at) {
                Index from = at;
                if (at[along] < shape[along]) return out.code(in.real(x.code[place(x, at)]));
                from[along] -= shape[along];
                return out.code(second.real(more.code[place(more, from)]));
              }));
      }
      if (shape.size() < 3) continue;
      const std::size_t all = count(Extents(shape.begin() + 2, shape.end()));
      Extents one = shape;
      std::fill(one.begin() + 2, one.end(), 1);
      check({"QLinearGlobalAveragePool", {x}, {in, out}, inputs, {attribute("channels_last", std::int64_t{0})}},
            made_codes(one, [&](const Index& at) {
              int sum = 0;
              const std::size_t begin = place(x, Index(at));
              for (std::size_t i = 0; i < all; ++i) sum += x.code[begin + i] - in.zero;
              return out.rounded(static_cast<float>(sum) * (in.scale / (out.scale * static_cast<float>(all))));
            }));
      for (bool counts_pads : {false, true}) {
        Extents windows = shape;
        Extents kernel, strides, pads(2 * (shape.size() - 2), 1);
        for (std::size_t d = 2; d < shape.size(); ++d) {
          kernel.push_back(3);
          strides.push_back(2);
          windows[d] = (shape[d] + 2 - 3) / 2 + 1;
        }
        check({"QLinearAveragePool",
               {x},
               {in, out},
               inputs,
               {attribute("kernel_shape", kernel), attribute("strides", strides), attribute("pads", pads),
                attribute("count_include_pad", std::int64_t{counts_pads})}},
              made_codes(windows, [&](const Index& at) {
                float sum = 0;
                int cells = 0;
                made(kernel, [&](const Index& k) {
                  Index from{at[0], at[1]};
                  for (std::size_t d = 2; d < shape.size(); ++d) from.push_back(at[d] * 2 + k[d - 2] - 1);
                  if (holds(x, from)) sum += in.real(x.code[place(x, from)]);
                  if (counts_pads || holds(x, from)) ++cells;
                  return 0.0;
                });
                return out.zero_first(sum / static_cast<float>(cells) / out.scale + static_cast<float>(out.zero));
              }));
      }
    }
}

}  // namespace

int main() {
  convolutions();
  products();
  combinations();
  others();
  return expectations_failed();
}
