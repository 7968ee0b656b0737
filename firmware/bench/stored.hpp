// Saving and loading a training. The flash that is counted is that of store, driver and image; of `load`, which has to save
// first, both. The trainer does not learn; it counts as weights.
#pragma once

#include "board_store.hpp"
#include "nets.hpp"

namespace bench {

template <bool Loads, class Net, class Optimizer>
int stored() {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, Optimizer>;
  static const typename Net::Parameters start{};  // in flash, where it counts as samples
  static Trainer trainer{{}, nn::at_run_time(start), nn::at_run_time(1)};
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, trainer.parameters);
  static std::uint32_t step = 0;
  nn::TrainingImage image{trainer, step};
  static platform::Store store{image.size()};
  bool good = nn::save(store, image) == nn::StoreStatus::ok;
  if constexpr (Loads)
    measure(work, [&] { good = nn::load(store, image) == nn::ImageStatus::ok && good; });
  else
    measure(work, [&] { good = nn::save(store, image) == nn::StoreStatus::ok && good; });
  print(work, "weights", sizeof trainer);
  print(work, "samples", sizeof start);
  print_stack(work);
  return good ? 0 : 1;
}

}  // namespace bench
