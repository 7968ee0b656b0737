// The one place where the tests of this folder meet the importer: a file is imported and run in the workspace that the planner
// finds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace reference {

using Bytes = std::vector<std::uint8_t>;

class Imported {
 public:
  // Throws std::exception with the sentence that refuses the model. Without `removes`, what is constant is computed again in each
  // run. rows: so many at once, row by row, where the model can (nn/graph/by_rows.hpp); 0: whole maps.
  Imported(const Bytes& file, bool removes, int rows = 0);
  ~Imported();

  // How many operators run by rows.
  int row_operators() const;

  // The bytes of each output; what is kept from run to run is kept.
  std::vector<Bytes> run(const std::vector<Bytes>& inputs);

  // The generated header, with cases to compare with.
  std::string header(const std::string& name, const std::vector<std::vector<Bytes>>& inputs,
                     const std::vector<std::vector<Bytes>>& outputs) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts;
};

}  // namespace reference
