// Operators that keep a state, and variables.
#include <algorithm>

#include "builder.hpp"

namespace reference {

namespace {

// Codes of weights, one scale.
int weights(Builder& b, Type of, Shape shape, float scale) {
  if (of == float_) return b.random_constant(float_, std::move(shape));
  Array codes{of, std::move(shape)};
  const auto [least, most] = Builder::limits(of);
  for (auto& code : codes.code) code = b.random.between(least + 1, most);
  return b.constant(codes, {scale}, {0});
}

int variable(Builder& b, Type of, Shape shape, float scale, std::int64_t zero) {
  Tensor tensor{.type = of, .shape = std::move(shape), .variable = true};
  if (of != float_) tensor.scale = {scale}, tensor.zero_point = {zero};
  return b.add(std::move(tensor));
}

void svdf(Builder& b) {
  const bool floats = b.random.one_in(2);
  const int batch = b.random.one_in(4) ? 2 : 1, inputs = b.random.number(1, 6), units = b.random.number(1, 5),
            per_unit = b.random.number(1, 3), memory = b.random.number(1, 5);
  const int filters = units * per_unit;
  const int x = b.like(floats ? float_ : int8_, {batch, inputs});
  const Type kept = floats ? float_ : b.random.one_in(2) ? int8_ : int16_;
  const float feature = static_cast<float>(b.random.real(0.002, 0.02)), time = kept == int16_ ? 1.0f / 32768 : 1.0f / 128;
  const double size = floats ? 1 : static_cast<double>(b.at(x).scale[0] * feature) * 74 * 74 * std::sqrt(inputs);
  const float state_scale = static_cast<float>(size / (kept == int16_ ? 12000 : 40));
  const int w = weights(b, x >= 0 && floats ? float_ : int8_, {filters, inputs}, feature),
            v = weights(b, kept, {filters, memory}, time);
  int bias = -1;
  if (floats)
    bias = b.random_constant(float_, {units});
  else if (!b.random.one_in(3)) {
    Array codes{int32_, {units}};
    for (auto& code : codes.code) code = b.random.number(-3000, 3000) * (kept == int16_ ? 20000 : 1);
    bias = b.constant(codes, {state_scale * time}, {0});
  }
  const int state = variable(b, kept, {batch, filters * memory}, state_scale,
                             kept == int8_ && b.random.one_in(2) ? b.random.number(-128, 127) : 0);
  const int y =
      floats ? b.tensor(float_, {batch, units})
             : b.tensor(int8_, {batch, units}, static_cast<float>(size * std::sqrt(per_unit * memory) / 60), b.zero_point(int8_));
  b.run(Op::svdf, {x, w, v, bias, state}, {y}, {{"rank", per_unit}, {"activation", floats ? b.random.number(0, 3) : 0}});
}

void lstm(Builder& b) {
  const Type type = b.random.pick(std::vector<Type>{int8_, int16_, float_});
  const bool floats = type == float_, time_major = b.random.one_in(2);
  const int steps = b.random.number(1, 4), batch = b.random.one_in(3) ? 2 : 1, inputs = b.random.number(1, 4),
            units = b.random.number(1, 5);
  const Shape shape = time_major ? Shape{steps, batch, inputs} : Shape{batch, steps, inputs};
  const Shape out = time_major ? Shape{steps, batch, units} : Shape{batch, steps, units};
  const int x = floats ? b.like(float_, shape) : b.input(type, shape);
  if (!floats)
    b.graph().tensors[static_cast<std::size_t>(x)].scale = {
        static_cast<float>(b.random.real(0.5, 4) / (type == int8_ ? 128 : 32768))};
  const float hidden_scale = type == int8_ ? static_cast<float>(b.random.real(0.004, 0.012)) : 1.0f / 32768;
  const std::int64_t hidden_zero = type == int8_ ? b.random.number(-20, 20) : 0;
  std::vector<int> all{x};
  for (int side = 0; side < 2; ++side)
    for (int gate = 0; gate < 4; ++gate)
      all.push_back(weights(b, floats ? float_ : int8_, {units, side == 0 ? inputs : units},
                            static_cast<float>(b.random.real(0.002, 0.012))));
  for (int i = 0; i < 3; ++i) all.push_back(-1);
  for (int gate = 0; gate < 4; ++gate) {
    if (floats) {
      all.push_back(b.random_constant(float_, {units}));
      continue;
    }
    const float scale = b.at(x).scale[0] * b.at(all[static_cast<std::size_t>(1 + gate)]).scale[0];
    Array codes{type == int8_ ? int32_ : Type::int64, {units}};
    for (auto& code : codes.code) code = static_cast<Integer>(b.random.real(-1, 1) / static_cast<double>(scale));
    all.push_back(b.constant(codes, {scale}, {0}));
  }
  all.push_back(-1);
  all.push_back(-1);
  all.push_back(variable(b, type, {batch, units}, hidden_scale, hidden_zero));
  all.push_back(
      variable(b, floats ? float_ : int16_, {batch, units}, static_cast<float>(std::ldexp(1.0, -b.random.number(10, 13))), 0));
  for (int i = 0; i < 4; ++i) all.push_back(-1);
  const int y = floats ? b.tensor(float_, out) : b.tensor(type, out, hidden_scale, hidden_zero);
  const double clip = b.random.one_in(2) ? 0 : static_cast<double>(static_cast<float>(b.random.real(0.3, 4)));
  b.run(Op::lstm, all, {y}, {{"activation", 4}, {"cell_clip", clip}, {"time_major", time_major}});
}

// A streaming model's pattern: the state and the new rows, of which the last stay.
void ring(Builder& b) {
  const Type type = b.random.pick(std::vector<Type>{int8_, float_});
  const int kept = b.random.number(1, 5), rows = b.random.number(1, 3), width = b.random.number(1, 4);
  const int x = b.input(type, {1, rows, width});
  const std::string name = std::to_string(b.graph().operators.size());
  const int handle = b.add({.type = Type::resource, .shape = {}});
  // CALL_ONCE sets it, or nothing does.
  if (b.random.one_in(2) || type == float_) {
    if (b.model.graphs.size() == 1) {
      b.model.graphs.emplace_back();
      b.graph().operators.insert(b.graph().operators.begin(), Operator{Op::call_once, {}, {}, {{"init_subgraph_index", 1}}});
    }
    Graph& init = b.model.graphs[1];
    const int own = static_cast<int>(init.tensors.size());
    init.tensors.push_back({.type = Type::resource, .shape = {}});
    Tensor value = b.at(x);
    value.shape = {1, kept, width};
    Array start{type, value.shape};
    if (type == float_ && b.random.one_in(2)) std::fill(start.real.begin(), start.real.end(), 0.5);
    for (auto& code : start.code) code = value.zero_point[0];
    value.data = encode(start);
    init.tensors.push_back(value);
    init.operators.push_back({Op::var_handle, {}, {own}, {}, {}, name});
    init.operators.push_back({Op::assign_variable, {own, own + 1}, {}});
  }
  b.graph().operators.push_back({Op::var_handle, {}, {handle}, {}, {}, name});
  const int before = b.same(x, {1, kept, width}), all = b.same(x, {1, kept + rows, width}), after = b.same(x, {1, kept, width});
  b.run(Op::read_variable, {handle}, {before});
  if (b.random.one_in(3)) b.run(Op::reverse_v2, {before, b.integers({0})}, {b.same(x, {1, kept, width})});
  b.run(Op::concatenation, {before, x}, {all}, {{"axis", b.random.one_in(2) ? 1 : -2}});
  b.run(Op::strided_slice, {all, b.integers({0, -kept, 0}), b.integers({0, 0, 0}), b.integers({1, 1, 1})}, {after},
        {{"begin_mask", 5}, {"end_mask", 7}});
  b.run(Op::assign_variable, {handle, after}, {});
  // The window is seen, at least through something that only names it anew; now and then what it was made of is, too.
  b.run(Op::reshape, {all}, {b.same(x, {(kept + rows) * width})}, {}, {{"new_shape", {(kept + rows) * width}}});
  if (b.random.one_in(3)) b.run(Op::reverse_v2, {all, b.integers({0})}, {b.same(x, {1, kept + rows, width})});
}

}  // namespace

void add_state_generators(std::vector<Named>& to) { to.insert(to.end(), {{"svdf", svdf}, {"lstm", lstm}, {"ring", ring}}); }

}  // namespace reference
