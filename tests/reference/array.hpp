// Array: the numbers of a tensor, and walks over shapes.
#pragma once

#include <cstddef>
#include <functional>

#include "arithmetic.hpp"

namespace reference {

using Index = std::vector<int>;

inline std::size_t count(const Shape& shape) {
  std::size_t product = 1;
  for (int extent : shape) product *= static_cast<std::size_t>(extent);
  return product;
}
inline int rank(const Shape& shape) { return static_cast<int>(shape.size()); }
inline bool is_float(Type type) { return type == Type::float32 || type == Type::float16; }

struct Array {
  Type type = Type::int8;
  Shape shape;
  std::vector<Integer> code;  // of integers and truth values
  std::vector<double> real;   // of floats, each a float32

  Array() = default;
  Array(Type of, Shape extents) : type{of}, shape{std::move(extents)} {
    if (is_float(type))
      real.resize(count(shape));
    else
      code.resize(count(shape));
  }
  std::size_t size() const { return is_float(type) ? real.size() : code.size(); }
  void copy(std::size_t to, const Array& from, std::size_t at) {
    if (is_float(type))
      real.at(to) = from.real.at(at);
    else
      code.at(to) = from.code.at(at);
  }
};

inline std::size_t flat(const Shape& shape, const Index& at) {
  std::size_t place = 0;
  for (std::size_t d = 0; d < shape.size(); ++d)
    place = place * static_cast<std::size_t>(shape[d]) + static_cast<std::size_t>(at[d]);
  return place;
}

inline Index index_of(const Shape& shape, std::size_t place) {
  Index at(shape.size());
  for (std::size_t d = shape.size(); d-- > 0;) {
    at[d] = static_cast<int>(place % static_cast<std::size_t>(shape[d]));
    place /= static_cast<std::size_t>(shape[d]);
  }
  return at;
}

inline void for_each(const Shape& shape, const std::function<void(const Index&, std::size_t)>& act) {
  for (std::size_t i = 0; i < count(shape); ++i) act(index_of(shape, i), i);
}

// Where the element lies in a tensor that is broadcast to the shape that `at` is an index of.
inline std::size_t broadcast(const Shape& shape, const Index& at) {
  Index own(shape.size());
  for (std::size_t d = 0; d < shape.size(); ++d) own[d] = shape[d] == 1 ? 0 : at[at.size() - shape.size() + d];
  return flat(shape, own);
}

inline int axis_of(int axis, int of_rank) { return axis < 0 ? axis + of_rank : axis; }

Array decode(const Tensor& tensor, const std::vector<std::uint8_t>& bytes);
std::vector<std::uint8_t> encode(const Array& array);

}  // namespace reference
