// The oracle: a model is run as the definitions of its operators read, slowly. Integers are exact; what is float32 is computed in
// double and rounded once for each operator.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "array.hpp"

namespace reference {

// A model with what it keeps from run to run.
class Evaluation {
 public:
  // noise: by how much of itself each float that is computed is moved, up or down, to see how far a rounding reaches.
  explicit Evaluation(const Model& of, double moves = 0) : model{of}, noise{moves} { reset(); }

  void reset();
  // The outputs of the first graph.
  std::vector<Array> run(const std::vector<Array>& inputs);

 private:
  friend class Call;
  std::vector<Array> run(const Graph& graph, const std::vector<Array>& inputs, std::map<int, Array>& states);

  const Model& model;
  const double noise;
  std::map<int, Array> states;             // of variable tensors of the first graph
  std::map<std::string, Array> variables;  // of VAR_HANDLE
  bool initialised = false;
};

// One operator on its tensors.
class Call {
 public:
  Call(Evaluation& of, const Graph& within, const Operator& operation, std::vector<std::optional<Array>>& all,
       std::map<int, Array>& kept)
      : evaluation{of}, graph{within}, what{operation}, values{all}, states{kept} {}

  std::size_t inputs() const { return what.inputs.size(); }
  std::size_t outputs() const { return what.outputs.size(); }
  bool has(std::size_t i) const { return i < what.inputs.size() && what.inputs[i] >= 0; }
  const Tensor& tensor(std::size_t i) const { return graph.tensors.at(static_cast<std::size_t>(what.inputs.at(i))); }
  const Tensor& result(std::size_t o = 0) const { return graph.tensors.at(static_cast<std::size_t>(what.outputs.at(o))); }
  const Array& in(std::size_t i) const;
  Array& state(std::size_t i) { return states.at(what.inputs.at(i)); }
  Array out(std::size_t o = 0) const { return {result(o).type, result(o).shape}; }
  void set(Array value, std::size_t o = 0);
  // The elements of an int32 or int64 tensor.
  std::vector<int> list(std::size_t i) const;

  int number(const char* name) const { return static_cast<int>(real(name)); }
  double real(const char* name) const {
    const auto found = what.number.find(name);
    return found == what.number.end() ? 0 : found->second;
  }

  Op op() const { return what.op; }
  Type type(std::size_t i = 0) const { return tensor(i).type; }

  // Variables.
  void initialise();
  void read_variable();
  void assign_variable();

 private:
  std::string handle(std::size_t i) const;

  Evaluation& evaluation;
  const Graph& graph;
  const Operator& what;
  std::vector<std::optional<Array>>& values;
  std::map<int, Array>& states;
};

inline double scale(const Tensor& of) { return of.scale.empty() ? 0 : static_cast<double>(of.scale[0]); }
inline float scale_float(const Tensor& of) { return of.scale.empty() ? 0 : of.scale[0]; }
inline Integer zero(const Tensor& of) { return of.zero_point.empty() ? 0 : of.zero_point[0]; }

inline double to_float(double x) { return static_cast<double>(static_cast<float>(x)); }

// The codes of a type.
struct Range {
  Integer least, most;
};
Range range_of(Type type);
// Of an output with a fused activation.
Range activation_range(const Tensor& out, int activation);
double activated(double x, int activation);

using Rule = std::function<void(Call&)>;
using Rules = std::map<Op, Rule>;
void add_products(Rules& to);
void add_pooling(Rules& to);
void add_elements(Rules& to);
void add_activations(Rules& to);
void add_softmax(Rules& to);
void add_movements(Rules& to);
void add_reductions(Rules& to);
void add_recurrent(Rules& to);

}  // namespace reference
