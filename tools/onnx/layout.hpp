// Layout: in which order the numbers of a tensor lie in memory. ONNX counts them in the order of its dimensions, the last one
// fastest; that count is a number whose digits are the axes here, outermost first. Numbers follow each other in memory as the
// digits count up.
//
//   4 images of 3 channels, 8 x 9      as ONNX counts   {864, 1}                     one axis: all in order
//                                      channels last    {4, 216} {72, 1} {3, 72}     extent, and how far apart in ONNX's count
//
// So a reshape changes no layout, and a transposition changes nothing else: neither moves a number. Numbers move where an
// operator wants them in another order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tools/import/model.hpp"

namespace tools::onnx {

using importer::Shape;

struct Axis {
  std::int64_t extent, stride;
  friend bool operator==(const Axis&, const Axis&) = default;
};
using Layout = std::vector<Axis>;  // no extents of 1; axes that count on within each other are one

using Order = std::vector<std::size_t>;  // of dimensions, outermost first

// In order of the dimensions; of images, channels behind height and width (of rows of numbers likewise).
Order in_order(std::size_t rank);
Order channels_last(std::size_t rank);

Layout layout_of(const Shape& shape, const Order& order);
Layout natural(const Shape& shape);
Layout joined(const std::vector<Axis>& axes);

// The order of dimensions that makes this layout, if one does: in_order or channels_last where they do.
std::optional<Order> order_of(const Layout& layout, const Shape& shape);

// What makes one layout of another: the numbers seen with the extents `shape`, and which of these becomes each of the result.
struct Move {
  Shape shape;
  std::vector<std::int64_t> permutation;
};
std::optional<Move> move(const Layout& from, const Layout& to);

// The layout of a transposition's output, of which dimension d is dimension permutation[d] of the input.
Layout transposed(const Layout& layout, const Shape& shape, const Order& permutation);

// Of rows of `depth` numbers: the layout within each row, if every row lies in one piece, and that of the rows (in rows).
struct Rows {
  Layout rows, within;
};
std::optional<Rows> rows_of(const Layout& layout, std::int64_t depth);

}  // namespace tools::onnx
