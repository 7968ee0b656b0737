// Which optimizers a trainer has. It compiles sooner without those that nobody will ask for: train.cmake specializes this before
// any header uses it.
#pragma once

namespace tools {

template <class Optimizer>
constexpr bool has_optimizer = true;

}  // namespace tools
