// What operators that work by rows read for each, and what they are for some of their rows.
#include "nn/graph/copy.hpp"
#include "nn/graph/rows.hpp"
#include "nn/graph/slide.hpp"
#include "nn/int8/int8.hpp"

using nn::graph::on_rows;
using nn::graph::row_need;
using nn::graph::RowNeed;
using Kind = RowNeed::Kind;

// 3 rows of every second, the first of them padding.
constexpr nn::int8::Conv2d conv = [] {
  nn::int8::Conv2d made{};
  made.window = {.input = {9, 5, 2}, .output = {5, 3, 4}, .kernel = {3, 3}, .stride = {2, 2}, .before = {1, 1}};
  return made;
}();
constexpr RowNeed need = row_need(conv, 0, 5, 9);
static_assert(need.kind == Kind::rows);
static_assert(need.first(0) == 0 && need.end(0) == 2);
static_assert(need.first(2) == 3 && need.end(2) == 6);
static_assert(need.first(4) == 7 && need.end(4) == 9);
static_assert(row_need(conv, 0, 5, 8).kind == Kind::nothing);

constexpr nn::graph::Window of_rows(std::int32_t first, std::int32_t rows) { return on_rows(conv, {first, rows, 5}).window; }
static_assert(of_rows(0, 1).input.height == 2 && of_rows(0, 1).before.height == 1 && of_rows(0, 1).output.height == 1);
static_assert(of_rows(1, 2).input.height == 5 && of_rows(1, 2).before.height == 0 && of_rows(1, 2).output.height == 2);
static_assert(of_rows(4, 1).input.height == 2 && of_rows(4, 1).before.height == 0);

// Rows 1 to 3 reach over no edge.
using nn::graph::first_in_the_middle;
using nn::graph::in_the_middle;
static_assert(in_the_middle(conv, {1, 3, 5}) && !in_the_middle(conv, {0, 1, 5}) && !in_the_middle(conv, {4, 1, 5}));
static_assert(first_in_the_middle(conv, 1, 5) == 1 && first_in_the_middle(conv, 3, 5) == 1 && first_in_the_middle(conv, 4, 5) == -1);
static_assert(first_in_the_middle(nn::graph::Copy<float>{12}, 2, 3) == 0);

// Columns that reach over neither edge, against each by itself: from the first to the last of them.
constexpr bool whole_columns_as_each() {
  for (std::int32_t input = 1; input <= 9; ++input)
    for (std::int32_t kernel = 1; kernel <= 4; ++kernel)
      for (std::int32_t stride = 1; stride <= 3; ++stride)
        for (std::int32_t dilation = 1; dilation <= 2; ++dilation)
          for (std::int32_t before = -1; before <= 3; ++before)
            for (std::int32_t output = 1; output <= 6; ++output) {
              const nn::graph::Window window{.input = {1, input, 1}, .output = {1, output, 1}, .kernel = {1, kernel},
                                             .stride = {1, stride}, .dilation = {1, dilation}, .before = {0, before}};
              std::int32_t count = 0, sum = 0;
              for (std::int32_t j = 0; j < output; ++j)
                if (j * stride - before >= 0 && j * stride - before + (kernel - 1) * dilation < input) ++count, sum += j;
              const nn::graph::Window::Whole found = window.whole_columns(1);
              if (found.end - found.first != count || (count > 0 && (found.first + found.end - 1) * count != 2 * sum))
                return false;
            }
  return true;
}
static_assert(whole_columns_as_each());

// Added number by number, or the same row to each.
constexpr nn::int8::Add add_of(nn::graph::Broadcast shape) {
  nn::int8::Add made{};
  made.shape = shape;
  return made;
}
constexpr nn::int8::Add add = add_of({.extent = {1, 1, 1, 1, 90}, .a_step = {0, 0, 0, 0, 1}, .b_step = {0, 0, 0, 0, 1}});
static_assert(row_need(add, 1, 9, 9).kind == Kind::rows && row_need(add, 1, 9, 9).first(7) == 7);
static_assert(row_need(add, 1, 9, 3).kind == Kind::nothing && row_need(add, 0, 7, 7).kind == Kind::nothing);
static_assert(on_rows(add, {4, 2, 9}).shape.extent[4] == 20);
constexpr nn::int8::Add row_to_each = add_of({.extent = {1, 1, 1, 9, 10}, .a_step = {0, 0, 0, 10, 1}, .b_step = {0, 0, 0, 0, 1}});
static_assert(row_need(row_to_each, 0, 9, 9).kind == Kind::rows && row_need(row_to_each, 1, 9, 1).kind == Kind::whole);

// Numbers that stay at their places, and such that do not.
static_assert(row_need(nn::graph::Copy<float>{12}, 0, 3, 3).kind == Kind::rows);
static_assert(row_need(nn::graph::Slide<float>{12, 4}, 0, 3, 3).kind == Kind::nothing);

int main() { return 0; }
