#include "tools/import/standardize.hpp"

#include <map>
#include <optional>

#include "tools/import/node.hpp"

namespace tools::importer {

namespace {

class Standardization {
 public:
  explicit Standardization(Model& of) : model{of} {
    for (std::size_t i = 0; i < model.operators.size(); ++i)
      for (int output : model.operators[i].outputs) writer[output] = i;
  }

  void replace() {
    for (Operator& op : model.operators) {
      if (op.kind != "div") continue;
      const auto found = standardized(op);
      if (!found) continue;
      op.kind = "standardize";
      op.inputs = {found->x};
      op.attributes = {{"epsilon", found->epsilon}};
    }
  }

 private:
  struct Found {
    int x;
    float epsilon;
  };

  const Operator* made_by(int tensor, std::string_view kind) const {
    const auto found = writer.find(tensor);
    return found != writer.end() && model.operators[found->second].kind == kind ? &model.operators[found->second] : nullptr;
  }

  // What it is the mean of, over the last dimension, which stays.
  std::optional<int> averaged(int tensor) const {
    const Operator* mean = made_by(tensor, "mean");
    if (mean == nullptr || mean->inputs.size() != 2 || model.tensor(mean->inputs[1]).data.empty()) return std::nullopt;
    const Shape &x = model.tensor(mean->inputs[0]).shape, &y = model.tensor(tensor).shape;
    if (x.empty() || y.size() != x.size() || y.back() != 1 || !std::equal(x.begin(), x.end() - 1, y.begin())) return std::nullopt;
    return mean->inputs[0];
  }
  // What it is the square of.
  std::optional<int> squared(int tensor) const {
    if (const Operator* square = made_by(tensor, "square")) return square->inputs[0];
    if (const Operator* product = made_by(tensor, "mul"); product != nullptr && product->inputs[0] == product->inputs[1])
      return product->inputs[0];
    if (const Operator* power = made_by(tensor, "power"))
      if (const auto* exponent = power->attributes.find<float>("exponent"); exponent != nullptr && *exponent == 2)
        return power->inputs[0];
    return std::nullopt;
  }

  std::optional<Found> standardized(const Operator& quotient) const {
    const Operator* deviation = made_by(quotient.inputs[1], "sqrt");
    const Operator* sum = deviation == nullptr ? nullptr : made_by(deviation->inputs[0], "add");
    const Operator* difference = made_by(quotient.inputs[0], "sub");
    if (sum == nullptr || difference == nullptr || sum->inputs.size() != 2) return std::nullopt;
    for (std::size_t i = 0; i < 2; ++i) {
      const Tensor& epsilon = model.tensor(sum->inputs[1 - i]);
      const std::optional<int> variance = averaged(sum->inputs[i]);
      if (!variance || epsilon.data.size() != sizeof(float) || epsilon.type != Type::float32) continue;
      const std::optional<int> mean = averaged(difference->inputs[1]);
      if (squared(*variance) == quotient.inputs[0] && mean == difference->inputs[0])
        return Found{*mean, first_number<float>(epsilon)};
    }
    return std::nullopt;
  }

  Model& model;
  std::map<int, std::size_t> writer;
};

}  // namespace

void standardize(Model& model) { Standardization{model}.replace(); }

}  // namespace tools::importer
