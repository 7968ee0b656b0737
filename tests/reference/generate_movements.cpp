// Operators that only move numbers.
#include <algorithm>
#include <numeric>

#include "builder.hpp"

namespace reference {

namespace {

// As axes are written: now and then from the end.
int written(Builder& b, int axis, int of_rank) { return b.random.one_in(3) ? axis - of_rank : axis; }

void reshape(Builder& b) {
  const int x = b.take({movable});
  Shape out;
  int left = static_cast<int>(count(b.shape(x)));
  for (int d = b.random.number(0, 4); d > 0 && left > 1; --d) {
    std::vector<int> divisors;
    for (int i = 1; i <= left; ++i)
      if (left % i == 0) divisors.push_back(i);
    out.push_back(b.random.pick(divisors));
    left /= out.back();
  }
  out.push_back(left);
  std::vector<int> asked = out;
  if (b.random.one_in(3)) asked[static_cast<std::size_t>(b.random.number(0, rank(out) - 1))] = -1;
  const int y = b.same(x, out);
  if (b.random.one_in(2))
    b.run(Op::reshape, {x, b.integers(asked)}, {y}, {}, {{"new_shape", asked}});
  else
    b.run(Op::reshape, {x}, {y}, {}, {{"new_shape", asked}});
}

void squeeze(Builder& b) {
  const int x = b.take({movable, 2, 5});
  Shape out;
  std::vector<int> dims;
  for (int d = 0; d < rank(b.shape(x)); ++d) {
    if (b.shape(x)[static_cast<std::size_t>(d)] == 1 && static_cast<int>(dims.size()) + 1 < rank(b.shape(x)) &&
        b.random.one_in(2))
      dims.push_back(written(b, d, rank(b.shape(x))));
    else
      out.push_back(b.shape(x)[static_cast<std::size_t>(d)]);
  }
  if (dims.empty()) return reshape(b);
  b.run(Op::squeeze, {x}, {b.same(x, out)}, {}, {{"squeeze_dims", dims}});
}

void expand_dims(Builder& b) {
  const int x = b.take({movable, 1, 4});
  Shape out = b.shape(x);
  const int axis = b.random.number(0, rank(out));
  out.insert(out.begin() + axis, 1);
  b.run(Op::expand_dims, {x, b.integers({written(b, axis, rank(out))}, b.random.one_in(2) ? Shape{} : Shape{1})},
        {b.same(x, out)});
}

std::vector<int> paddings(Builder& b, Shape& shape, const std::vector<int>& limits) {
  std::vector<int> pairs;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    for (int side = 0; side < 2; ++side) pairs.push_back(b.random.one_in(2) ? 0 : b.random.number(0, limits[d]));
    shape[d] += pairs[2 * d] + pairs[2 * d + 1];
  }
  return pairs;
}

void pad(Builder& b) {
  const int x = b.take({movable, 1, 4});
  Shape out = b.shape(x);
  const std::vector<int> pairs = paddings(b, out, std::vector<int>(out.size(), 3));
  const int list = b.integers(pairs, Shape{rank(out), 2});
  const int y = b.same(x, out);
  if (b.random.one_in(2)) return b.run(Op::pad, {x, list}, {y});
  Array value{b.type(x), {1}};
  if (b.floats(x))
    value.real[0] = b.random.pick(std::vector<double>{-HUGE_VAL, 0, 1.5, -3.25});
  else
    value.code[0] = b.random.between(Builder::limits(b.type(x)).first, Builder::limits(b.type(x)).second);
  b.run(Op::pad_v2, {x, list, b.constant(value, b.at(x).scale, b.at(x).zero_point)}, {y});
}

void mirror_pad(Builder& b) {
  const int x = b.take({{int8_, float_}, 1, 4});
  Shape out = b.shape(x);
  const bool symmetric = b.random.one_in(2);
  std::vector<int> limits;
  for (int extent : out) limits.push_back(std::min(3, symmetric ? extent : extent - 1));
  const std::vector<int> pairs = paddings(b, out, limits);
  b.run(Op::mirror_pad, {x, b.integers(pairs, Shape{rank(out), 2})}, {b.same(x, out)}, {{"mode", symmetric}});
}

void concatenation(Builder& b) {
  const int x = b.take({movable});
  Shape out = b.shape(x);
  const int axis = b.random.number(0, rank(out) - 1);
  std::vector<int> parts{x};
  for (int more = b.random.number(1, 3); more > 0; --more) {
    if (b.random.one_in(4)) {
      parts.push_back(x);
      continue;
    }
    Shape part = b.shape(x);
    part[static_cast<std::size_t>(axis)] = b.random.number(1, 3);
    // The parts have one quantization.
    const int t = b.same(x, part);
    if (b.random.one_in(3)) {
      b.graph().tensors[static_cast<std::size_t>(t)].data = encode(b.random_array(t));
    } else {
      b.graph().inputs.push_back(t);
    }
    parts.push_back(t);
  }
  if (b.random.one_in(2)) std::reverse(parts.begin(), parts.end());
  out[static_cast<std::size_t>(axis)] = 0;
  for (int part : parts) out[static_cast<std::size_t>(axis)] += b.shape(part)[static_cast<std::size_t>(axis)];
  const int y = b.same(x, out);
  b.run(Op::concatenation, parts, {y}, {{"axis", written(b, axis, rank(out))}});
}

void split(Builder& b) {
  const int x = b.take({movable});
  const Shape shape = b.shape(x);
  const int axis = b.random.number(0, rank(shape) - 1), extent = shape[static_cast<std::size_t>(axis)];
  std::vector<int> divisors;
  for (int i = 1; i <= extent; ++i)
    if (extent % i == 0) divisors.push_back(i);
  const int parts = b.random.pick(divisors);
  std::vector<int> outputs;
  for (int p = 0; p < parts; ++p) {
    Shape out = shape;
    out[static_cast<std::size_t>(axis)] = extent / parts;
    outputs.push_back(b.same(x, out));
  }
  b.run(Op::split, {b.integers({written(b, axis, rank(shape))}, Shape{}), x}, outputs, {{"num_splits", parts}});
}

void split_v(Builder& b) {
  const int x = b.take({});
  const Shape shape = b.shape(x);
  const int axis = b.random.number(0, rank(shape) - 1);
  int left = shape[static_cast<std::size_t>(axis)];
  std::vector<int> sizes, outputs;
  while (left > 0) {
    sizes.push_back(b.random.number(1, left));
    left -= sizes.back();
    Shape out = shape;
    out[static_cast<std::size_t>(axis)] = sizes.back();
    outputs.push_back(b.same(x, out));
  }
  if (b.random.one_in(3)) sizes[static_cast<std::size_t>(b.random.number(0, static_cast<int>(sizes.size()) - 1))] = -1;
  const auto parts = static_cast<int>(sizes.size());
  b.run(Op::split_v, {x, b.integers(sizes), b.integers({written(b, axis, rank(shape))}, Shape{})}, outputs,
        {{"num_splits", parts}});
}

void pack(Builder& b) {
  const int x = b.take({movable, 1, 4});
  std::vector<int> parts{x};
  for (int more = b.random.number(0, 3); more > 0; --more) {
    const int t = b.random.one_in(3) ? x : b.same(x, b.shape(x));
    if (t != x) b.graph().inputs.push_back(t);
    parts.push_back(t);
  }
  Shape out = b.shape(x);
  const int axis = b.random.number(0, rank(out));
  out.insert(out.begin() + axis, static_cast<int>(parts.size()));
  b.run(Op::pack, parts, {b.same(x, out)},
        {{"values_count", static_cast<int>(parts.size())}, {"axis", written(b, axis, rank(out))}});
}

void unpack(Builder& b) {
  const int x = b.take({movable, 2, 5});
  Shape out = b.shape(x);
  const int axis = b.random.number(0, rank(out) - 1), parts = out[static_cast<std::size_t>(axis)];
  out.erase(out.begin() + axis);
  std::vector<int> outputs;
  for (int p = 0; p < parts; ++p) outputs.push_back(b.same(x, out));
  b.run(Op::unpack, {x}, outputs, {{"num", parts}, {"axis", written(b, axis, rank(out) + 1)}});
}

void slice(Builder& b) {
  const int x = b.take({movable});
  std::vector<int> begins, sizes;
  Shape out;
  for (int extent : b.shape(x)) {
    begins.push_back(b.random.number(0, extent - 1));
    const bool rest = b.random.one_in(3);
    out.push_back(rest ? extent - begins.back() : b.random.number(1, extent - begins.back()));
    sizes.push_back(rest ? -1 : out.back());
  }
  b.run(Op::slice, {x, b.integers(begins), b.integers(sizes)}, {b.same(x, out)});
}

void strided_slice(Builder& b) {
  const int x = b.take({movable});
  const Shape shape = b.shape(x);
  std::vector<int> begins, ends, strides;
  int begin_mask = 0, end_mask = 0, shrink_mask = 0;
  Shape out;
  for (int d = 0; d < rank(shape); ++d) {
    const int extent = shape[static_cast<std::size_t>(d)], bit = 1 << d;
    const bool shrinks = b.random.one_in(6) && (!out.empty() || d + 1 < rank(shape));
    const int stride = shrinks ? 1 : b.random.one_in(4) ? b.random.number(-3, -1) : b.random.number(1, 3);
    int first = b.random.number(0, extent - 1);
    int size = stride > 0 ? b.random.number(1, (extent - 1 - first) / stride + 1) : b.random.number(1, first / -stride + 1);
    if (!shrinks && b.random.one_in(4)) {
      begin_mask |= bit;
      first = stride > 0 ? 0 : extent - 1;
      size = 1 + b.random.number(0, (extent - 1) / std::abs(stride));
    }
    int end = first + (size - 1) * stride + (stride > 0 ? 1 : -1);
    if (!shrinks && b.random.one_in(4)) {
      end_mask |= bit;
      size = stride > 0 ? (extent - 1 - first) / stride + 1 : first / -stride + 1;
    }
    int begin = first;
    if (b.random.one_in(3)) begin -= extent;
    // An end before the first element cannot be written from the end.
    if (end < 0)
      end -= extent;
    else if (end < extent && b.random.one_in(3))
      end -= extent;
    begins.push_back(begin_mask & bit ? b.random.number(-2, 2) : begin);
    ends.push_back(end_mask & bit ? b.random.number(-2, 2) : end);
    strides.push_back(stride);
    if (shrinks)
      shrink_mask |= bit;
    else
      out.push_back(size);
  }
  b.run(Op::strided_slice, {x, b.integers(begins), b.integers(ends), b.integers(strides)}, {b.same(x, out)},
        {{"begin_mask", begin_mask}, {"end_mask", end_mask}, {"shrink_axis_mask", shrink_mask}});
}

void transpose(Builder& b) {
  const int x = b.take({movable});
  std::vector<int> permutation(b.shape(x).size());
  std::iota(permutation.begin(), permutation.end(), 0);
  for (std::size_t i = permutation.size(); i-- > 1;)
    std::swap(permutation[i], permutation[static_cast<std::size_t>(b.random.number(0, static_cast<int>(i)))]);
  Shape out;
  for (int d : permutation) out.push_back(b.shape(x)[static_cast<std::size_t>(d)]);
  b.run(Op::transpose, {x, b.integers(permutation)}, {b.same(x, out)});
}

void reverse(Builder& b) {
  const int x = b.take({movable});
  const int axis = b.random.number(0, rank(b.shape(x)) - 1);
  b.run(Op::reverse_v2, {x, b.integers({written(b, axis, rank(b.shape(x)))})}, {b.same(x, b.shape(x))});
}

void gather(Builder& b) {
  const bool table = b.random.one_in(3);
  const int x =
      table ? b.random_constant(b.random.pick(std::vector<Type>{int8_, float_}), b.random_shape(1, 3)) : b.take({movable, 1, 4});
  const Shape shape = b.shape(x);
  const int axis = b.random.number(0, rank(shape) - 1);
  const Shape chosen = b.random.one_in(4) ? Shape{} : b.random_shape(1, 2);
  // Indices are a constant, or an input such as words of a text.
  const int most = shape[static_cast<std::size_t>(axis)] - 1;
  const int indices = b.add({.type = int32_, .shape = chosen});
  b.bound(indices, 0, most);
  if (b.random.one_in(2))
    b.graph().inputs.push_back(indices);
  else
    b.graph().tensors[static_cast<std::size_t>(indices)].data = encode(b.random_array(indices));
  Shape out(shape.begin(), shape.begin() + axis);
  out.insert(out.end(), chosen.begin(), chosen.end());
  out.insert(out.end(), shape.begin() + axis + 1, shape.end());
  b.run(Op::gather, {x, indices}, {b.same(x, out)}, {{"axis", written(b, axis, rank(shape))}, {"batch_dims", 0}});
}

void depth_to_space(Builder& b) {
  const int block = b.random.number(2, 3), depth = b.random.number(1, 3);
  const Type type = b.random.pick(std::vector<Type>{int8_, float_});
  const int height = b.random.number(1, 3), width = b.random.number(1, 3);
  const bool back = b.random.one_in(2);
  const Shape deep{1, height, width, depth * block * block}, wide{1, height * block, width * block, depth};
  const int x = b.like(type, back ? wide : deep);
  b.run(back ? Op::space_to_depth : Op::depth_to_space, {x}, {b.same(x, back ? deep : wide)}, {{"block_size", block}});
}

// An image or rows, divided and put together again, with edges that need not be equal.
void space_to_batch(Builder& b) {
  const bool image = b.random.one_in(2);
  const int dimensions = image ? 2 : 1;
  Shape shape{b.random.number(1, 2)};
  std::vector<int> block, pads, crops;
  Shape parts{shape}, out{shape};
  for (int d = 0; d < dimensions; ++d) {
    const int extent = b.random.number(1, 6), size = b.random.number(1, 3), before = b.random.number(0, 3);
    int after = b.random.number(0, 2);
    while ((extent + before + after) % size != 0) ++after;
    shape.push_back(extent);
    block.push_back(size);
    pads.insert(pads.end(), {before, after});
    parts[0] *= size;
    parts.push_back((extent + before + after) / size);
    const int whole = extent + before + after, left_out = b.random.number(0, whole - 1), first = b.random.number(0, left_out);
    crops.insert(crops.end(), {first, left_out - first});
    out.push_back(whole - left_out);
  }
  const int depth = b.random.number(1, 3);
  for (Shape* each : {&shape, &parts, &out}) each->push_back(depth);
  const int x = b.like(b.random.pick(movable), shape), middle = b.same(x, parts), blocks = b.integers(block);
  b.run(Op::space_to_batch_nd, {x, blocks, b.integers(pads, Shape{dimensions, 2})}, {middle});
  b.run(Op::batch_to_space_nd, {middle, blocks, b.integers(crops, Shape{dimensions, 2})}, {b.same(x, out)});
}

}  // namespace

void add_movement_generators(std::vector<Named>& to) {
  to.insert(to.end(), {{"reshape", reshape},
                       {"squeeze", squeeze},
                       {"expand_dims", expand_dims},
                       {"pad", pad},
                       {"mirror_pad", mirror_pad},
                       {"concatenation", concatenation},
                       {"split", split},
                       {"split_v", split_v},
                       {"pack", pack},
                       {"unpack", unpack},
                       {"slice", slice},
                       {"strided_slice", strided_slice},
                       {"transpose", transpose},
                       {"reverse_v2", reverse},
                       {"gather", gather},
                       {"depth_to_space", depth_to_space},
                       {"space_to_batch_nd", space_to_batch}});
}

}  // namespace reference
