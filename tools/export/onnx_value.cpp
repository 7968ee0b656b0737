#include "tools/export/onnx_value.hpp"

namespace tools {

OnnxForms::OnnxForms(const OnnxValue& input, bool along_one_axis) : one_axis{along_one_axis}, graph{dims(input)} {}

Dims OnnxForms::dims(const OnnxValue& value) const {
  const auto h = static_cast<std::int64_t>(value.layout.shape.height), w = static_cast<std::int64_t>(value.layout.shape.width),
             c = static_cast<std::int64_t>(value.layout.shape.channels);
  if (value.form == OnnxForm::vector) return {1, h * w * c};
  if (value.form == OnnxForm::rows) return {1, h, w * c};
  if (value.form == OnnxForm::channels_first) return one_axis ? Dims{1, c, w} : Dims{1, c, h, w};
  return one_axis ? Dims{1, w, c} : Dims{1, h, w, c};
}

OnnxValue OnnxForms::as(OnnxForm form, OnnxValue value) {
  if (value.form == form) return value;
  if (form == OnnxForm::vector) {
    // A vector is what PyTorch flattens; a single place or channel is the same in every order.
    if (value.layout.permuted())
      value = as(OnnxForm::channels_first, value);
    else if (value.form == OnnxForm::channels_first && value.layout.places() > 1 && value.layout.shape.channels > 1)
      value = as(OnnxForm::channels_last, value);
    return reshaped(value, form);
  }
  if (value.form == OnnxForm::vector)
    return as(form, reshaped(value, value.layout.permuted() ? OnnxForm::channels_first : OnnxForm::channels_last));
  if (form == OnnxForm::rows || value.form == OnnxForm::rows) {
    const bool first = value.form == OnnxForm::channels_first || form == OnnxForm::channels_first;
    if (first) return as(form, as(OnnxForm::channels_last, value));
    return reshaped(value, form);
  }
  const Dims to_first = one_axis ? Dims{0, 2, 1} : Dims{0, 3, 1, 2}, to_last = one_axis ? Dims{0, 2, 1} : Dims{0, 2, 3, 1};
  return {node("Transpose", {value.name}, {{"perm", form == OnnxForm::channels_first ? to_first : to_last}}), form,
          value.layout};
}

OnnxValue OnnxForms::as_frames(OnnxValue value) {
  if (!value.layout.permuted() || value.layout.shape.width == 1) return as(OnnxForm::rows, value);
  value = as(OnnxForm::channels_first, value);
  value.name = node("Transpose", {value.name}, {{"perm", Dims{0, 2, 1, 3}}});
  return reshaped(value, OnnxForm::rows);
}

OnnxValue OnnxForms::reshaped(const OnnxValue& value, OnnxForm form) {
  const OnnxValue made{"", form, value.layout};
  return {reshape(value.name, dims(made)), form, value.layout};
}

std::string OnnxForms::reshape(const std::string& name, const Dims& to) { return node("Reshape", {name, constant(to)}); }

std::string OnnxForms::node(const std::string& type, const std::vector<std::string>& inputs,
                            const std::vector<OnnxGraph::Attribute>& attributes, std::size_t place, std::size_t outputs) {
  return graph.node(type, layer, inputs, attributes, place, outputs);
}

std::string OnnxForms::constant(const Dims& numbers) {
  return graph.initializer(next_constant(), {static_cast<std::int64_t>(numbers.size())}, numbers);
}

std::string OnnxForms::constant(float number) { return graph.initializer(next_constant(), {}, std::vector<float>{number}); }

std::string OnnxForms::next_constant() { return layer + "/constant_" + std::to_string(constants++); }

}  // namespace tools
