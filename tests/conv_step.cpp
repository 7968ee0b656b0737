// The convolutional network for MNIST that tests/tools/conv.cmake trains learns on every core that has room for it: one step on
// an image, in float, in 16 bits and in 8, to the same bits as on the host.
#include "expect.hpp"
#include "nn/nn.hpp"
#include "tools/conv.hpp"
#include "trained.hpp"

int main() {
  expect_equal(trained<conv::Net, nn::CrossEntropy, nn::Sgd>({.rate = 0.01f}, 1), 0x66f18445u);
  expect_equal(trained<conv::Net16, nn::CrossEntropy, nn::Sgd>({.rate = 0.01f}, 1), 0x7bd4926cu);
  expect_equal(trained<conv::Net8, nn::CrossEntropy, nn::Sgd>({.rate = 0.01f}, 1), 0x7f582df5u);
  return expectations_failed();
}
