#include "tools/pytorch/modules.hpp"

namespace tools::pytorch {

std::string branch_prefix(const std::string& prefix, std::size_t index, std::string_view layer, std::size_t inside) {
  const std::string branch =
      layer == "Residual" ? (inside == 0 ? ".projection." : ".body.") : ".branches." + std::to_string(inside) + ".";
  return prefix + std::to_string(index) + branch;
}

void refuse_beside_image(std::vector<Module>& modules, std::size_t first) {
  for (std::size_t m = first; m < modules.size(); ++m)
    modules[m].refusal = "stands beside a flattened image, whose numbers PyTorch has in another order";
}

Module& add_module(std::vector<Module>& modules, const std::string& prefix, std::size_t index, std::string_view layer) {
  return modules.emplace_back(Module{
      .name = prefix + std::to_string(index), .layer = std::string{layer}, .parts = {}, .note = {}, .refusal = {}});
}

}  // namespace tools::pytorch
