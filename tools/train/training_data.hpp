// TrainingData: the rows that a training has, what is asked of them, and the normalization of an image that it goes on from.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tools/data/dataset.hpp"
#include "tools/model/meaning.hpp"
#include "tools/options.hpp"
#include "tools/train/material.hpp"
#include "tools/train/network_facts.hpp"
#include "tools/train/settings.hpp"

namespace tools {

class TrainingData {
 public:
  TrainingData(const Settings& asked, const NetworkFacts& of_network) : settings{asked}, network{of_network} {}

  // Reads what the options name, and sees whether it fits the network; read_image(file, its normalization).
  void read(Options& options, const std::function<Meaning(const std::string&, Normalization&)>& read_image);

  // The last of a shuffled order are set aside for validation.
  template <class Input, class Target>
  std::unique_ptr<Material<Input, Target>> make_material(std::span<std::size_t> order,
                                                         std::span<const std::size_t> left_out) const {
    std::vector<std::size_t> tested;
    return std::make_unique<Material<Input, Target>>(network.input, split(order, left_out, tested), kinds,
                                                     settings.start ? &start_normalization : nullptr,
                                                     settings.start ? &meaning.targets : nullptr);
  }

  Dataset data;
  std::optional<Dataset> tests;
  Meaning meaning;
  std::vector<float> weights;  // of classes

 private:
  void read_start(const std::function<Meaning(const std::string&, Normalization&)>& read_image);
  void require_means() const;  // of each column, if they are to fill it
  void require_targets() const;
  void number_classes();

  // `tested` holds rows of the split.
  Split split(std::span<std::size_t> order, std::span<const std::size_t> left_out, std::vector<std::size_t>& tested) const;

  const Settings& settings;
  const NetworkFacts& network;
  Normalization start_normalization;
  Kinds kinds;
};

}  // namespace tools
