// How a batch is learnt by the threads of a Crew.
//
// Each thread takes some samples of it through the network; then each adds the gradients of all samples, in their order, to
// some rows of the parameters' gradient, and updates these. Every sum is that of one thread, and so are all bits, whatever the
// number of threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "tools/train/crew.hpp"

namespace tools {

// Adds a batch to the trainer's sum; visit(loss) of each sample in order.
template <class Trainer>
void accumulate_together(Crew& crew, Trainer& trainer, std::span<const typename Trainer::Sample> samples,
                         std::vector<typename Trainer::Pass>& passes, auto visit) {
  constexpr std::size_t most = 1024;  // at a time: each takes memory
  const auto begin = [&](std::size_t count, std::size_t part) { return count * part / crew.size(); };
  for (std::size_t first = 0; first < samples.size(); first += most) {
    const auto some = samples.subspan(first, std::min(most, samples.size() - first));
    passes.resize(some.size());
    crew.together([&](std::size_t part) {
      const std::size_t from = begin(some.size(), part), count = begin(some.size(), part + 1) - from;
      trainer.pass(some.subspan(from, count), std::span{passes}.subspan(from, count));
    });
    crew.together([&](std::size_t part) { trainer.add(passes, part, crew.size()); });
    trainer.count_refused(passes);
    for (const auto& pass : passes) visit(pass.loss);
  }
}

}  // namespace tools
