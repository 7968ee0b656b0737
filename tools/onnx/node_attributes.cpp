// The attributes of a node, and the dimensions that they name.
#include <algorithm>
#include <cmath>

#include "tools/onnx/node.hpp"

namespace tools::onnx {

using importer::in_quotes;

const Attribute* Node::attribute(const std::string& name) const {
  asked.insert(name);
  const auto found = data.attributes.find(name);
  return found == data.attributes.end() ? nullptr : &found->second;
}

bool Node::has_attribute(const std::string& name) const { return attribute(name) != nullptr; }

namespace {

template <class Of>
void require_kind(const Node& node, const Attribute& attribute, const std::string& name, AttributeKind kind, const Of& expected) {
  if (attribute.kind != kind) node.refuse("its attribute " + in_quotes(name) + " is of another kind", expected);
}

}  // namespace

std::int64_t Node::whole(const std::string& name, std::int64_t otherwise) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  require_kind(*this, *found, name, AttributeKind::whole, "a whole number");
  return found->whole;
}

std::int64_t Node::whole(const std::string& name, std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
  const std::int64_t stated = whole(name, otherwise);
  if (stated < least || stated > most) refuse(text("its ", name, " is ", stated), text(least, " to ", most));
  return stated;
}

float Node::real(const std::string& name, float otherwise) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  require_kind(*this, *found, name, AttributeKind::real, "a real number");
  if (!std::isfinite(found->real)) refuse("its " + name + " is not finite", "a number");
  return found->real;
}

std::string Node::word(const std::string& name, const std::string& otherwise) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  require_kind(*this, *found, name, AttributeKind::text, "a word");
  return found->text;
}

std::vector<std::string> Node::words(const std::string& name, std::vector<std::string> otherwise) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  require_kind(*this, *found, name, AttributeKind::texts, "words");
  return found->texts;
}

std::vector<std::int64_t> Node::list(const std::string& name, std::vector<std::int64_t> otherwise) const {
  const Attribute* found = attribute(name);
  if (found == nullptr) return otherwise;
  require_kind(*this, *found, name, AttributeKind::wholes, "whole numbers");
  return found->wholes;
}

void Node::require_known_attributes() const {
  for (const auto& [name, attribute] : data.attributes)
    if (!asked.contains(name)) refuse("has the attribute " + in_quotes(name), "those of its kind in opset " + text(opset()));
}

std::size_t Node::axis(std::int64_t stated, std::size_t rank) const {
  const auto dimensions = static_cast<std::int64_t>(rank);
  if (stated < -dimensions || stated >= dimensions) refuse(text("has the axis ", stated), text("one of ", rank, " dimensions"));
  return static_cast<std::size_t>(stated < 0 ? stated + dimensions : stated);
}

std::vector<std::size_t> Node::axes(const std::vector<std::int64_t>& stated, std::size_t rank) const {
  std::vector<std::size_t> made;
  for (std::int64_t each : stated) {
    made.push_back(axis(each, rank));
    if (std::ranges::count(made, made.back()) > 1) refuse(text("has the axis ", each, " twice"), "each once");
  }
  return made;
}

std::vector<std::int64_t> Node::stated_axes(std::size_t i, bool& given) const {
  if (has_attribute("axes")) {
    given = true;
    return list("axes");
  }
  given = has(i);
  return given ? integers(i) : std::vector<std::int64_t>{};
}

}  // namespace tools::onnx
