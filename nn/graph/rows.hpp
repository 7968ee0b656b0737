// Rows: what an operator that works by rows reads for one row of its output, and the operator that computes some of its rows. A
// row is one step of the first axis behind the batch: a line of an image, a frame of a sequence.
//
//   row_need(conv, 0, 25, 49)            conv reads the rows r·stride - before … of its input 0 for row r of its 25
//   on_rows(conv, {4, 2, 25})            the same operator, for rows 4 and 5 alone, from the first row that they need on
//
// Operators say nothing for it: those with a window have it there; those that go number by number, or matrix row by matrix row,
// take as many rows as they make. All others want their inputs whole.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

struct RowNeed {
  enum class Kind : std::uint8_t {
    nothing,   // the operator cannot work by rows
    whole,     // every row of the output reads all there is
    rows,      // row r reads the rows from r·stride - before on, `span` of them; those outside the input are padding
    gathered,  // the one row of the output is made of all rows, which may come one by one (Gathers)
  };
  Kind kind = Kind::nothing;
  std::int32_t stride = 1;
  std::int32_t span = 1;
  std::int32_t before = 0;
  std::int32_t input_rows = 1;

  // Rows of the output that can be made when so many rows of the input are there.
  constexpr std::int32_t possible(std::int32_t there) const {
    if (there == input_rows) return std::numeric_limits<std::int32_t>::max();
    if (kind != Kind::rows || there < span - before) return 0;
    return (there - span + before) / stride + 1;
  }
  // The rows of the input that row r needs: [first, end).
  constexpr std::int32_t first(std::int32_t r) const {
    return kind == Kind::rows ? std::clamp(r * stride - before, std::int32_t{0}, input_rows) : 0;
  }
  constexpr std::int32_t end(std::int32_t r) const {
    return kind == Kind::rows ? std::clamp(r * stride - before + span, std::int32_t{0}, input_rows) : input_rows;
  }
};

// Some rows of an output.
struct RowRange {
  std::int32_t first;
  std::int32_t rows;
  std::int32_t of;  // all of them
};

// An operator whose one output row is a sum over all rows of its input, which it takes as they come: bytes for its sums, which
// begin with 0; rows to be added; and what becomes of the sums.
template <class Type>
concept Gathers = requires(const Type operation) {
  { operation.gathers() } -> std::same_as<bool>;
  { operation.sum_bytes() } -> std::same_as<std::int32_t>;
};

constexpr bool gathers(const auto& operation) {
  if constexpr (Gathers<std::remove_cvref_t<decltype(operation)>>)
    return operation.gathers();
  else
    return false;
}

// One that makes each number of its output from the one at the same place of each input.
template <class Type>
concept NumberByNumber = requires(const Type operation) { operation.count; } &&
                         !requires(const Type operation) { operation.by; } &&
                         !requires(const Type operation) { operation.extent; };

// The dimension of a broadcast that its rows are part of.
constexpr int row_dimension(const Broadcast& shape) {
  int d = 0;
  while (d < 4 && shape.extent[d] == 1) ++d;
  return d;
}

// Of an operator whose output has `rows` rows, from its input number `input`, which has `input_rows`.
template <class Operation>
constexpr RowNeed row_need(const Operation& operation, [[maybe_unused]] int input, std::int32_t rows, std::int32_t input_rows) {
  using Kind = RowNeed::Kind;
  const RowNeed alike{rows == input_rows ? Kind::rows : Kind::nothing, 1, 1, 0, input_rows};
  if constexpr (requires { requires std::same_as<decltype(Operation::window), Window>; }) {
    const Window& window = operation.window;
    if (window.batch != 1 || window.output.height != rows || window.input.height != input_rows) return {};
    if (gathers(operation)) return {Kind::gathered, 1, 1, 0, input_rows};
    return {Kind::rows, window.stride.height, (window.kernel.height - 1) * window.dilation.height + 1, window.before.height,
            input_rows};
  } else if constexpr (requires { requires std::same_as<decltype(Operation::shape), Broadcast>; }) {
    const int d = row_dimension(operation.shape);
    if (operation.shape.extent[d] % rows != 0) return {};
    if constexpr (requires { operation.slope; })
      if (operation.shape.b_step[d] != 0) return {};
    if ((input == 0 ? operation.shape.a_step : operation.shape.b_step)[d] == 0) return {Kind::whole, 1, 1, 0, input_rows};
    return alike;
  } else if constexpr (requires { operation.repeats; operation.part; }) {
    return operation.repeats % rows == 0 ? alike : RowNeed{};
  } else if constexpr (requires { operation.rows; }) {
    return operation.rows % rows == 0 ? alike : RowNeed{};
  } else if constexpr (NumberByNumber<Operation>) {
    return operation.count % rows == 0 ? alike : RowNeed{};
  } else {
    return {};
  }
}

// Makes of an operator the one for these rows of its output. Each input that it reads by rows begins with the first that they
// need.
template <class Operation>
constexpr void narrow_to_rows(Operation& operation, RowRange output) {
  if constexpr (requires { requires std::same_as<decltype(Operation::window), Window>; }) {
    Window& window = operation.window;
    const std::int32_t origin = output.first * window.stride.height - window.before.height;
    const std::int32_t end =
        origin + (output.rows - 1) * window.stride.height + (window.kernel.height - 1) * window.dilation.height + 1;
    const std::int32_t first = std::max(origin, std::int32_t{0});
    window.before.height = first - origin;
    window.input.height = std::min(end, window.input.height) - first;
    window.output.height = output.rows;
  } else if constexpr (requires { requires std::same_as<decltype(Operation::shape), Broadcast>; }) {
    std::int32_t& extent = operation.shape.extent[row_dimension(operation.shape)];
    extent = extent / output.of * output.rows;
  } else if constexpr (requires { operation.repeats; }) {
    operation.repeats = operation.repeats / output.of * output.rows;
  } else if constexpr (requires { operation.rows; }) {
    operation.rows = operation.rows / output.of * output.rows;
  } else if constexpr (requires { operation.count; }) {
    operation.count = operation.count / output.of * output.rows;
  }
}

// Is that operator the same for as many rows anywhere in the middle of the output, where windows do not reach over the edges?
template <class Operation>
constexpr bool in_the_middle([[maybe_unused]] const Operation& operation, [[maybe_unused]] RowRange output) {
  if constexpr (requires { requires std::same_as<decltype(Operation::window), Window>; }) {
    const RowNeed need{RowNeed::Kind::rows, operation.window.stride.height,
                       (operation.window.kernel.height - 1) * operation.window.dilation.height + 1, operation.window.before.height,
                       operation.window.input.height};
    return output.first * need.stride >= need.before &&
           (output.first + output.rows - 1) * need.stride - need.before + need.span <= need.input_rows;
  } else {
    return true;
  }
}
// The first row from which it is, of an output that has `of`; -1: none.
template <class Operation>
constexpr std::int32_t first_in_the_middle(const Operation& operation, std::int32_t rows, std::int32_t of) {
  for (std::int32_t first = 0; first + rows <= of; ++first)
    if (in_the_middle(operation, {first, rows, of})) return first;
  return -1;
}

// That operator.
template <class Operation>
constexpr Operation on_rows(Operation operation, RowRange output) {
  narrow_to_rows(operation, output);
  return operation;
}

}  // namespace nn::graph
