#include "tools/pytorch/table.hpp"

#include <algorithm>

#include "tools/data/text.hpp"

namespace tools::pytorch {

std::string table_of(const std::vector<Module>& modules, const Assignment& assignment) {
  std::vector<std::vector<std::string>> rows{{"layer", "", "tensor", "of the file", "shape", "dtype", ""}};
  std::size_t undecided = 0;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    const Assigned& assigned = assignment.modules[m];
    if (assigned.others > 0) ++undecided;
    for (std::size_t k = 0; k < modules[m].parts.size(); ++k) {
      const Part& part = modules[m].parts[k];
      const bool first = k == 0;
      const safetensors::Tensor* const tensor = assigned.tensors[k];
      rows.push_back({first ? modules[m].name : "", first ? modules[m].layer : "", part.name,
                      tensor == nullptr ? "-" : tensor->name,
                      tensor == nullptr ? text("all ", part.missing) : safetensors::shape_text(tensor->shape),
                      tensor == nullptr ? "" : std::string{safetensors::name_of(tensor->dtype)}, first ? modules[m].note : ""});
    }
  }
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) line += row[c] + std::string(widths[c] - row[c].size() + 2, ' ');
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  if (undecided > 0)
    out += text("the order decided for ", undecided, undecided == 1 ? " layer" : " layers",
                ", which other tensors of the file would fit as well; --map decides by names\n");
  return out;
}

}  // namespace tools::pytorch
