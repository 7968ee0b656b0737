#include "tools/export/onnx_network.hpp"

namespace tools {

std::string OnnxNetwork::bytes(const OnnxValue& last) { return writer.graph.bytes(last.name, writer.dims(last)); }

OnnxValue OnnxNetwork::finished(const OnnxValue& last) {
  return last.layout.places() == 1 ? writer.as(OnnxForm::vector, last) : last;
}

std::string OnnxNetwork::branch_name(bool adds_branches, std::size_t inside) {
  if (adds_branches) return inside == 0 ? ".projection." : ".body.";
  return ".branches." + std::to_string(inside) + ".";
}

void OnnxNetwork::begin_layer(const std::string& prefix, std::size_t index, bool has_parameters) {
  if (has_parameters) {
    writer.module = &modules[next];
    writer.names = &names[next++];
  }
  writer.layer = "/" + prefix + std::to_string(index);
}

// All in one form.
OnnxValue OnnxNetwork::joined(const std::vector<OnnxValue>& ends, const OnnxValue& x, const std::string& name, bool adds_branches,
                              const nn::Shape& output) {
  writer.layer = "/" + name;
  const pytorch::Layout layout{output, x.layout.order};
  const bool flat = layout.places() == 1 && x.form == OnnxForm::vector;
  const OnnxForm form = flat                                            ? OnnxForm::vector
                        : layout.order == pytorch::Order::channels_last ? OnnxForm::channels_last
                                                                        : OnnxForm::channels_first;
  std::vector<std::string> inputs;
  for (const OnnxValue& end : ends) inputs.push_back(writer.as(form, end).name);
  if (adds_branches) return {writer.node("Add", inputs), form, layout};
  const std::int64_t axis = form != OnnxForm::channels_last ? 1 : writer.one_axis ? 2 : 3;
  return {writer.node("Concat", inputs, {{"axis", axis}}), form, layout};
}

OnnxValue onnx_input(const pytorch::Layout& layout, const nn::Shape& shape, bool rows) {
  const bool first =
      layout.order == pytorch::Order::channels_first || (layout.order == pytorch::Order::unknown && shape.height > 1);
  return {"input",
          shape.height * shape.width == 1 ? OnnxForm::vector
          : rows                          ? OnnxForm::rows
          : first                         ? OnnxForm::channels_first
                                          : OnnxForm::channels_last,
          layout};
}

}  // namespace tools
