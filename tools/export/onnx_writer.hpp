// OnnxWriter: what an emitter works with: the forms, and the parameters of its layer by PyTorch's names.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/export/onnx_value.hpp"
#include "tools/pytorch/module.hpp"
#include "tools/pytorch/names.hpp"

namespace tools {

struct OnnxWriter : OnnxForms {
  using OnnxForms::OnnxForms;

  const pytorch::Module* module = nullptr;
  const std::vector<pytorch::PartName>* names = nullptr;  // of the module's parts

  std::vector<float> numbers(const std::string& part) const;

  // As an initializer, in the one of its shapes with so many extents.
  std::string parameter(const std::string& part, std::size_t rank);
};

// A function of each number: in any form.
OnnxValue function(OnnxWriter& writer, OnnxValue x, const std::string& type,
                   const std::vector<OnnxGraph::Attribute>& attributes = {});

}  // namespace tools
