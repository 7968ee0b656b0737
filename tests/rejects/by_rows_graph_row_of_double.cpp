// error: numbers of the input's type
#include "nn/graph/by_rows.hpp"
#include "nn/graph/copy.hpp"

inline constexpr nn::graph::Copy<float> copy{.count = 24};
using Net = nn::Graph<nn::Tensors<nn::Tensor<float, 1, 4, 3, 2>, nn::Tensor<float, 1, 4, 3, 2>>, nn::Inputs<0>, nn::Outputs<1>,
                      nn::Apply<copy, 1, 0>>;
bool push(nn::ByRows<Net, 1, nn::Feed::rows>& net) { return net.push_row(std::array<double, 6>{}); }
