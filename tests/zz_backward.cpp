#include "backward_sums.hpp"
#include <cstdio>
namespace backward {
template <class A> void more() {
  using namespace nn;
  compare<A, nn::Shape{1, 9, 1}, Conv2d<2, 1, 3, Stride<1, 4>>>();
  compare<A, nn::Shape{9, 1, 1}, Conv2d<2, 3, 1, Stride<4, 1>>>();
  compare<A, nn::Shape{1, 1, 1}, Conv2d<1, 1, 1>>();
  compare<A, nn::Shape{1, 1, 1}, Conv2d<3, 3, 3, Same>>();
  compare<A, nn::Shape{10, 11, 1}, Conv2d<3, 3, 3, Stride<3>>>();
  compare<A, nn::Shape{11, 10, 1}, Conv2d<3, 3, 3, Stride<4>, Same>>();
  compare<A, nn::Shape{11, 10, 2}, Conv2d<3, 3, 3, Stride<3, 2>, Same>>();
  compare<A, nn::Shape{2, 3, 1}, Conv2d<2, 3, 3, ZeroPadding<5, 4, 3, 6>>>();
  compare<A, nn::Shape{2, 3, 3}, Conv2d<2, 2, 2, ZeroPadding<4, 4, 4, 4>, Stride<3>>>();
  compare<A, nn::Shape{2, 3, 1}, Conv2d<2, 3, 3, ZeroPadding<5, 4, 3, 6>, Dilation<2>>>();
  compare<A, nn::Shape{9, 9, 1}, Conv2d<2, 3, 3, Dilation<3>>>();
  compare<A, nn::Shape{9, 9, 1}, Conv2d<2, 3, 3, Dilation<3>, Same, Stride<2>>>();
  compare<A, nn::Shape{9, 9, 1}, Conv2d<2, 3, 3, Dilation<1, 2>>>();
  compare<A, nn::Shape{9, 9, 1}, Conv2d<2, 3, 3, Dilation<2, 1>>>();
  compare<A, nn::Shape{3, 3, 13}, Conv2d<7, 2, 2>>();
  compare<A, nn::Shape{3, 3, 15}, Conv2d<13, 1, 1>>();
  compare<A, nn::Shape{2, 2, 33}, Conv2d<17, 1, 1, Stride<2>>>();
  compare<A, nn::Shape{2, 2, 64}, Conv2d<3, 2, 1>>();
  compare<A, nn::Shape{3, 5, 6}, Conv2d<3, 2, 2, Same>>();
  compare<A, nn::Shape{3, 5, 10}, Conv2d<3, 3, 3, Same>>();
  compare<A, nn::Shape{3, 5, 12}, Conv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{3, 5, 14}, Conv2d<1, 1, 3, Same>>();
  compare<A, nn::Shape{5, 5, 2}, Conv2d<3, 3, 4>>();
  compare<A, nn::Shape{5, 5, 1}, Conv2d<3, 5, 5, Same>>();
  compare<A, nn::Shape{8, 8, 1}, Conv2d<3, 7, 7, Same>>();
  compare<A, nn::Shape{5, 17, 1}, Conv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{5, 16, 1}, Conv2d<1, 3, 3, Stride<1, 2>, Same>>();
  compare<A, nn::Shape{5, 4, 1}, Conv2d<1, 3, 2>>();
  compare<A, nn::Shape{5, 4, 3}, Conv2d<1, 3, 1>>();
  compare<A, nn::Shape{5, 4, 3}, Conv2d<2, 3, 1, Stride<2, 3>>>();
  compare<A, nn::Shape{5, 4, 3}, Conv2d<2, 3, 1, Dilation<2, 1>>>();
  compare<A, nn::Shape{1, 9, 3}, Conv1d<5, 3, Causal, Dilation<3>>>();
  compare<A, nn::Shape{1, 9, 1}, DepthwiseConv2d<1, 1, 3, Stride<1, 4>>>();
  compare<A, nn::Shape{9, 1, 2}, DepthwiseConv2d<3, 3, 1, Stride<4, 1>>>();
  compare<A, nn::Shape{1, 1, 1}, DepthwiseConv2d<1, 1, 1>>();
  compare<A, nn::Shape{2, 3, 5}, DepthwiseConv2d<1, 3, 3, ZeroPadding<5, 4, 3, 6>>>();
  compare<A, nn::Shape{2, 3, 7}, DepthwiseConv2d<1, 2, 2, ZeroPadding<4, 4, 4, 4>, Stride<3>>>();
  compare<A, nn::Shape{9, 9, 13}, DepthwiseConv2d<1, 3, 3, Dilation<3>, Same, Stride<2>>>();
  compare<A, nn::Shape{5, 5, 15}, DepthwiseConv2d<1, 3, 3, Stride<4>>>();
  compare<A, nn::Shape{5, 5, 33}, DepthwiseConv2d<1, 3, 3, Stride<3>, Same>>();
  compare<A, nn::Shape{3, 3, 64}, DepthwiseConv2d<1, 3, 3>>();
  compare<A, nn::Shape{3, 3, 2}, DepthwiseConv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{3, 3, 6}, DepthwiseConv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{3, 3, 9}, DepthwiseConv2d<2, 3, 3, Same>>();
  compare<A, nn::Shape{3, 3, 10}, DepthwiseConv2d<3, 2, 2, Dilation<2, 1>>>();
}
}
int main() {
  backward::more<float>();
  backward::more<nn::Fixed16>();
  backward::more<nn::Fixed32>();
  backward::pass_over<float>();
  return expectations_failed();
}
