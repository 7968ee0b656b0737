// Operators that only move numbers.
#include <algorithm>

#include "evaluate.hpp"

namespace reference {

namespace {

// Each element of the output is the one of input `from` at of(index).
void moved(Call& call, std::size_t from, const std::function<std::size_t(const Index&)>& of, std::size_t o = 0) {
  Array y = call.out(o);
  for_each(y.shape, [&](const Index& at, std::size_t i) { y.copy(i, call.in(from), of(at)); });
  call.set(y, o);
}

void reshape(Call& call) {
  Array y = call.in(0);
  y.shape = call.result().shape;
  y.type = call.result().type;
  call.set(y);
}

// Before each dimension: how many elements are added.
std::vector<int> befores(const std::vector<int>& pairs) {
  std::vector<int> all;
  for (std::size_t d = 0; 2 * d < pairs.size(); ++d) all.push_back(pairs[2 * d]);
  return all;
}

bool shifted(const Index& at, const std::vector<int>& before, const Shape& shape, Index& place) {
  place.resize(shape.size());
  bool inside = true;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    place[d] = at[d] - before[d];
    inside = inside && place[d] >= 0 && place[d] < shape[d];
  }
  return inside;
}

void pad(Call& call) {
  const Array& x = call.in(0);
  const std::vector<int> before = befores(call.list(1));
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    Index place;
    if (shifted(at, before, x.shape, place)) return y.copy(i, x, flat(x.shape, place));
    if (call.op() == Op::pad_v2 && call.has(2)) return y.copy(i, call.in(2), 0);
    if (!is_float(y.type)) y.code[i] = zero(call.result());
  });
  call.set(y);
}

// mode 0: REFLECT, without the edge; 1: SYMMETRIC.
void mirror_pad(Call& call) {
  const Shape& x = call.in(0).shape;
  const std::vector<int> before = befores(call.list(1));
  const int edge = call.number("mode") == 0 ? 0 : 1;
  moved(call, 0, [&](const Index& at) {
    Index place(x.size());
    for (std::size_t d = 0; d < x.size(); ++d) {
      const int from = at[d] - before[d];
      place[d] = from < 0 ? -from - edge : from >= x[d] ? 2 * x[d] - from - 2 + edge : from;
    }
    return flat(x, place);
  });
}

void concatenation(Call& call) {
  Array y = call.out();
  const auto axis = static_cast<std::size_t>(axis_of(call.number("axis"), rank(y.shape)));
  for_each(y.shape, [&](Index at, std::size_t i) {
    std::size_t part = 0;
    for (; at[axis] >= call.in(part).shape[axis]; ++part) at[axis] -= call.in(part).shape[axis];
    y.copy(i, call.in(part), flat(call.in(part).shape, at));
  });
  call.set(y);
}

void split_along(Call& call, std::size_t x, int axis_number) {
  const Shape& shape = call.in(x).shape;
  const auto axis = static_cast<std::size_t>(axis_of(axis_number, rank(shape)));
  int begin = 0;
  for (std::size_t o = 0; o < call.outputs(); ++o) {
    moved(
        call, x,
        [&](Index at) {
          at[axis] += begin;
          return flat(shape, at);
        },
        o);
    begin += call.result(o).shape[axis];
  }
}

void pack(Call& call) {
  Array y = call.out();
  const int axis = axis_of(call.number("axis"), rank(y.shape));
  for_each(y.shape, [&](Index at, std::size_t i) {
    const auto part = static_cast<std::size_t>(at[static_cast<std::size_t>(axis)]);
    at.erase(at.begin() + axis);
    y.copy(i, call.in(part), flat(call.in(part).shape, at));
  });
  call.set(y);
}

void unpack(Call& call) {
  const Shape& x = call.in(0).shape;
  const int axis = axis_of(call.number("axis"), rank(x));
  for (std::size_t o = 0; o < call.outputs(); ++o)
    moved(
        call, 0,
        [&](Index at) {
          at.insert(at.begin() + axis, static_cast<int>(o));
          return flat(x, at);
        },
        o);
}

void slice(Call& call) {
  const Shape& x = call.in(0).shape;
  const std::vector<int> begin = call.list(1);
  moved(call, 0, [&](Index at) {
    for (std::size_t d = 0; d < at.size(); ++d) at[d] += begin[d];
    return flat(x, at);
  });
}

void strided_slice(Call& call) {
  const Shape& x = call.in(0).shape;
  if (call.number("ellipsis_mask") != 0 || call.number("new_axis_mask") != 0)
    throw Unknown{"STRIDED_SLICE with an ellipsis or a new axis"};
  const std::vector<int> begins = call.list(1), strides = call.list(3);
  std::vector<int> first(x.size(), 0), step(x.size(), 1);
  std::vector<std::size_t> kept;
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (d >= begins.size()) {
      kept.push_back(d);
      continue;
    }
    const bool shrunk = call.number("shrink_axis_mask") >> d & 1;
    step[d] = shrunk ? 1 : strides[d];
    first[d] = begins[d] < 0 ? begins[d] + x[d] : begins[d];
    first[d] = step[d] > 0 ? std::clamp(first[d], 0, x[d]) : std::clamp(first[d], -1, x[d] - 1);
    if (call.number("begin_mask") >> d & 1) first[d] = step[d] > 0 ? 0 : x[d] - 1;
    if (!shrunk) kept.push_back(d);
  }
  moved(call, 0, [&](const Index& at) {
    Index place = first;
    for (std::size_t d = 0; d < kept.size(); ++d) place[kept[d]] += at[d] * step[kept[d]];
    return flat(x, place);
  });
}

void transpose(Call& call) {
  const Shape& x = call.in(0).shape;
  const std::vector<int> permutation = call.list(1);
  moved(call, 0, [&](const Index& at) {
    Index place(x.size());
    for (std::size_t d = 0; d < x.size(); ++d) place[static_cast<std::size_t>(permutation[d])] = at[d];
    return flat(x, place);
  });
}

void reverse(Call& call) {
  const Shape& x = call.in(0).shape;
  const std::vector<int> axes = call.list(1);
  moved(call, 0, [&](Index at) {
    for (int axis : axes) {
      const auto d = static_cast<std::size_t>(axis_of(axis, rank(x)));
      at[d] = x[d] - 1 - at[d];
    }
    return flat(x, at);
  });
}

void gather(Call& call) {
  const Array& x = call.in(0);
  const Array& indices = call.in(1);
  const int axis = axis_of(call.number("axis"), rank(x.shape)), batch = axis_of(call.number("batch_dims"), rank(indices.shape));
  moved(call, 0, [&](const Index& at) {
    Index index(at.begin(), at.begin() + batch);
    index.insert(index.end(), at.begin() + axis, at.begin() + axis + rank(indices.shape) - batch);
    Index place(at.begin(), at.begin() + axis);
    const Integer chosen = indices.code[flat(indices.shape, index)];
    if (chosen < 0 || chosen >= x.shape[static_cast<std::size_t>(axis)]) throw Undefined{"GATHER outside its table"};
    place.push_back(static_cast<int>(chosen));
    place.insert(place.end(), at.begin() + axis + rank(indices.shape) - batch, at.end());
    return flat(x.shape, place);
  });
}

void depth_to_space(Call& call) {
  const Shape& x = call.in(0).shape;
  const int block = call.number("block_size"), depth = call.result().shape[3];
  moved(call, 0, [&](const Index& at) {
    return flat(x, {at[0], at[1] / block, at[2] / block, (at[1] % block * block + at[2] % block) * depth + at[3]});
  });
}

void space_to_depth(Call& call) {
  const Shape& x = call.in(0).shape;
  const int block = call.number("block_size");
  moved(call, 0, [&](const Index& at) {
    const int part = at[3] / x[3];
    return flat(x, {at[0], at[1] * block + part / block, at[2] * block + part % block, at[3] % x[3]});
  });
}

void space_to_batch(Call& call) {
  const Array& x = call.in(0);
  const std::vector<int> block = call.list(1), pads = call.list(2);
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    int part = at[0] / x.shape[0];
    Index place = at;
    place[0] = at[0] % x.shape[0];
    bool inside = true;
    for (std::size_t d = block.size(); d-- > 0;) {
      place[d + 1] = at[d + 1] * block[d] + part % block[d] - pads[2 * d];
      part /= block[d];
      inside = inside && place[d + 1] >= 0 && place[d + 1] < x.shape[d + 1];
    }
    if (inside)
      y.copy(i, x, flat(x.shape, place));
    else if (!is_float(y.type))
      y.code[i] = zero(call.result());
  });
  call.set(y);
}

void batch_to_space(Call& call) {
  const Shape& x = call.in(0).shape;
  const std::vector<int> block = call.list(1), crops = call.list(2);
  const int batch = call.result().shape[0];
  moved(call, 0, [&](Index at) {
    int part = 0;
    for (std::size_t d = 0; d < block.size(); ++d) {
      const int from = at[d + 1] + crops[2 * d];
      part = part * block[d] + from % block[d];
      at[d + 1] = from / block[d];
    }
    at[0] += part * batch;
    return flat(x, at);
  });
}

void shape(Call& call) {
  Array y = call.out();
  for (std::size_t d = 0; d < y.size(); ++d) y.code[d] = call.tensor(0).shape[d];
  call.set(y);
}

}  // namespace

void add_movements(Rules& to) {
  to[Op::reshape] = to[Op::squeeze] = to[Op::expand_dims] = reshape;
  to[Op::pad] = to[Op::pad_v2] = pad;
  to[Op::mirror_pad] = mirror_pad;
  to[Op::concatenation] = concatenation;
  to[Op::split] = [](Call& call) { split_along(call, 1, call.list(0)[0]); };
  to[Op::split_v] = [](Call& call) { split_along(call, 0, call.list(2)[0]); };
  to[Op::pack] = pack;
  to[Op::unpack] = unpack;
  to[Op::slice] = slice;
  to[Op::strided_slice] = strided_slice;
  to[Op::transpose] = transpose;
  to[Op::reverse_v2] = reverse;
  to[Op::gather] = gather;
  to[Op::depth_to_space] = depth_to_space;
  to[Op::space_to_depth] = space_to_depth;
  to[Op::space_to_batch_nd] = space_to_batch;
  to[Op::batch_to_space_nd] = batch_to_space;
  to[Op::shape] = shape;
}

}  // namespace reference
