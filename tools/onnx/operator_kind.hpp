// OperatorKind: an operator of ONNX, which a file of operators/ translates and registers:
//
//   void translate(Node& node) { node.define_like(node.input(), node.emit("relu", {node.input().tensor})); }
//   const OperatorKind relu{"Relu", translate};
#pragma once

#include <string>
#include <vector>

#include "tools/onnx/node.hpp"

namespace tools::onnx {

class OperatorKind {
 public:
  OperatorKind(const char* operation, void (*by)(Node&), const char* domain = "");

  void (*translate)(Node&);

  static const OperatorKind* find(const std::string& domain, const std::string& operation);  // nullptr: nobody knows it
  static std::string names(const std::string& domain);
};

inline constexpr const char* microsoft = "com.microsoft";

}  // namespace tools::onnx
