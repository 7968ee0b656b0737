// QuantizeCommand: what quantize does, but for what only code of its network can do, which Quantization adds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "nn/shape.hpp"
#include "tools/data/csv.hpp"
#include "tools/data/dataset.hpp"
#include "tools/import/header.hpp"
#include "tools/import/network.hpp"
#include "tools/model/comparison.hpp"
#include "tools/model/header.hpp"
#include "tools/model/tensor_range.hpp"
#include "tools/options.hpp"

namespace tools {

class QuantizeCommand {
 public:
  // Of the network; bytes are those of its float form.
  struct Sizes {
    nn::Shape input;
    std::size_t outputs, parameter_bytes, workspace_bytes;
    std::uint64_t front_end;  // fingerprint
  };
  QuantizeCommand(int count, char** arguments, const HeaderText& defaults, const Sizes& of_network);
  virtual ~QuantizeCommand();
  QuantizeCommand(const QuantizeCommand&) = delete;
  QuantizeCommand& operator=(const QuantizeCommand&) = delete;

  int run();

 protected:
  virtual std::shared_ptr<const ClipFeatures> clip_features() const = 0;
  virtual Meaning read_weights(const std::string& file) = 0;  // with `normalization` and `learnt`
  virtual importer::Model float_model() const = 0;
  // Adds the outputs of both networks for sample k of what is tested, y being those of int8.
  virtual void compare(std::size_t k, std::span<const float> x, std::span<const float> y) = 0;

  const Dataset& tested() const;

  Options options;
  HeaderText text;
  Sizes sizes;
  std::string image;
  Meaning meaning;
  Comparison comparison;
  Normalization normalization;
  std::vector<TensorRange> learnt;  // of each tensor

 private:
  using Row = std::vector<std::int8_t>;

  void read_options();
  std::vector<float> input(const Dataset& data, std::size_t k) const;
  void quantize();
  importer::Network lowered(const importer::Model& codes) const;

  // Of the tensors, as they occur on calibration data; `found` says how.
  std::vector<TensorRange> calibrated(const importer::Model& floats, std::string& found);

  // Both networks on the test data.
  void infer();
  void tell_doubts() const;
  void print_bytes() const;
  void write_results();

  std::optional<std::string> out, until;
  std::optional<double> percentile;
  std::size_t rows = 0, cases = 0;

  bool strict = false, removes = true;
  importer::Rounding rounding = importer::Rounding::reference;
  std::vector<std::string> doubts;

  Columns columns;
  Dataset calibration, test;

  importer::Network network, written, apart;  // whole; as far as --until; the same with nothing merged or removed
  importer::Cases golden;
  importer::Addition more;
};

}  // namespace tools
