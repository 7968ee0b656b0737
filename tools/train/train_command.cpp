#include "tools/train/train_command.hpp"

namespace tools {

template class TrainCommand<float, float>;

}  // namespace tools
