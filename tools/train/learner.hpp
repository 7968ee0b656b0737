// Learner: what learns from examples of these numbers, whatever its network, optimizer and arithmetic are.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nn/watched.hpp"
#include "tools/model/tensor_range.hpp"
#include "tools/report/scores.hpp"
#include "tools/train/asked.hpp"

namespace tools {

template <class Input, class Target>
class Learner {
 public:
  using Example = tools::Example<Input, Target>;
  using Visit = std::function<void(const Example&, std::span<const float> outputs)>;

  virtual ~Learner() = default;
  virtual float learn(std::span<const Example> batch, float rate) = 0;  // mean loss before the update
  virtual Scores evaluate(std::span<const Example> examples) = 0;       // of classes
  virtual float loss(std::span<const Example> examples) = 0;
  virtual void infer(std::span<const Example> examples, const Visit& visit) = 0;

  virtual void keep() = 0;     // what was learnt so far, for …
  virtual void restore() = 0;  // … later, if anything was kept
  virtual void freeze(std::size_t layers) = 0;
  virtual bool shares_batches() const { return false; }  // whether several threads learn
  virtual std::uint32_t refused() const = 0;  // how many samples the trainer did not learn from
  virtual std::span<const nn::LayerRanges> ranges() const { return {}; }  // what the trainer noted, if its arithmetic is Watched
  virtual std::vector<TensorRange> int8_ranges() const { return {}; }  // of training through the rounding of int8
};

}  // namespace tools
