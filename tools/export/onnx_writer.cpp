#include "tools/export/onnx_writer.hpp"

namespace tools {

std::vector<float> OnnxWriter::numbers(const std::string& part) const {
  for (const pytorch::Part& one : module->parts)
    if (one.name == part) return one.give();
  return {};
}

std::string OnnxWriter::parameter(const std::string& part, std::size_t rank) {
  for (std::size_t k = 0; k < module->parts.size(); ++k) {
    const pytorch::Part& one = module->parts[k];
    if (one.name != part) continue;
    for (const pytorch::Extents& shape : one.shapes)
      if (shape.size() == rank) {
        const std::string& name = (*names)[k].name;
        return graph.initializer(name.empty() ? module->name + "." + part : name, Dims(shape.begin(), shape.end()), one.give());
      }
  }
  return "";
}

OnnxValue function(OnnxWriter& writer, OnnxValue x, const std::string& type,
                   const std::vector<OnnxGraph::Attribute>& attributes) {
  x.name = writer.node(type, {x.name}, attributes);
  return x;
}

}  // namespace tools
