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
