// OnnxValue: what is between two layers, as a graph of ONNX has it, which is as PyTorch has it: images [1][C][H][W], sequences
// along which windows move [1][C][T], all others [1][T][C], vectors [1][N].
#pragma once

#include <string>

#include "tools/export/onnx_graph.hpp"
#include "tools/pytorch/layout.hpp"

namespace tools {

enum class OnnxForm {
  vector,          // in the order that its layout has in PyTorch
  channels_first,  // [1][C][H][W], or [1][C][T] in a network of sequences alone
  channels_last,   // [1][H][W][C], or [1][T][C]
  rows,            // [1][H][W·C]
};

struct OnnxValue {
  std::string name;
  OnnxForm form;
  pytorch::Layout layout;
};

// The graph, and how values are brought from form to form. `layer` is the one that nodes are named by.
class OnnxForms {
 public:
  OnnxForms(const OnnxValue& input, bool along_one_axis);

  Dims dims(const OnnxValue& value) const;

  OnnxValue as(OnnxForm form, OnnxValue value);

  // The rows of an image for a recurrent layer, whose columns may be permuted: [1][H][C·W].
  OnnxValue as_frames(OnnxValue value);

  OnnxValue reshaped(const OnnxValue& value, OnnxForm form);
  std::string reshape(const std::string& name, const Dims& to);

  std::string node(const std::string& type, const std::vector<std::string>& inputs,
                   const std::vector<OnnxGraph::Attribute>& attributes = {}, std::size_t place = 0, std::size_t outputs = 1);
  std::string constant(const Dims& numbers);
  std::string constant(float number);

  bool one_axis;
  OnnxGraph graph;
  std::string layer;

 private:
  std::string next_constant();
  std::size_t constants = 0;
};

}  // namespace tools
