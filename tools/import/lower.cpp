#include <algorithm>
#include <cctype>

#include "nn/graph/copy.hpp"
#include "tools/import/check.hpp"
#include "tools/import/dilation.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/rings.hpp"

namespace tools::importer {

namespace {

Failure refusal(const Model& model, int tensor, const std::string& wrong, const std::string& expected) {
  return failure(model.file + ": " + label(model, tensor), wrong, expected);
}

std::int64_t require_size(const Model& model, int number) {
  const std::int64_t bytes = element_count(model.tensor(number).shape) * bytes_of(model.tensor(number).type);
  if (bytes > most_tensor_bytes) throw refusal(model, number, text("has ", bytes, " bytes"), text("at most ", most_tensor_bytes));
  return bytes;
}

bool is_known(const Model& model, const Operator& op) {
  for (int output : op.outputs)
    if (model.tensor(output).data.empty() || model.tensor(output).variable) return false;
  return !op.outputs.empty();
}

}  // namespace

void lower_operator(Lowering& node) {
  for (const std::vector<int>* tensors : {&node.op.inputs, &node.op.outputs})
    for (int number : *tensors)
      if (number >= 0) require_size(node.model, number);
  const OperatorKind& kind = *OperatorKind::find(node.op.kind);
  if (kind.lower == nullptr) node.refuse("is not supported where its inputs are computed", "constants");
  if (node.has_input(kind.main) && !kind.takes(node.input(kind.main).type)) node.refuse_type(node.input(kind.main).type);
  node.with_scales([&] { kind.lower(node); });
}

int Building::tensor(const Model& model, int of_model) {
  if (const auto found = place.find(of_model); found != place.end()) return found->second;
  if (model.tensor(of_model).variable)
    throw refusal(model, of_model, "is a variable that is read as an input", "a tensor that is computed, or a constant");
  return place[of_model] = add(model, of_model);
}

// Without initial numbers it begins at its zero point.
int Building::variable(const Model& model, int of_model) {
  if (const auto found = place.find(of_model); found != place.end()) return found->second;
  const int made = place[of_model] = add(model, of_model);
  Place& of = network.tensor(made);
  of.variable = true;
  of.initial = std::exchange(of.constant, {});
  const bool fills = of.initial.empty() && of.affine.zero != 0;
  const auto zero = static_cast<std::uint16_t>(of.affine.zero);
  for (std::int32_t i = 0; fills && i < of.bytes; ++i)
    of.initial.push_back(static_cast<std::int8_t>(zero >> (8 * (i % bytes_of(of.type)))));
  return made;
}

int Building::add(const Model& model, int of_model) {
  const Tensor& source = model.tensor(of_model);
  const auto require = [&](bool good, const std::string& wrong, const std::string& expected) {
    if (!good) throw refusal(model, of_model, wrong, expected);
  };
  switch (source.type) {
    case Type::float32:
    case Type::int8:
    case Type::int16:
    case Type::int32:
    case Type::uint8:
    case Type::boolean: break;
    default: require(false, text("has the type ", name(source.type)), "float32, int8, int16, int32, uint8 or bool");
  }
  const std::vector<float>& scale = source.quantization.scale;
  require(scale.size() <= 1, text("has ", scale.size(), " scales"), "one");
  bytes += require_size(model, of_model);
  require(bytes <= most_bytes, text("and those before it have ", bytes, " bytes"), text("at most ", most_bytes, " in all"));
  Place made{static_cast<std::int32_t>(require_size(model, of_model)), source.type, source.shape,
             text(name(source.type), " ", source.shape)};
  if (!scale.empty()) {
    made.affine = {scale[0], static_cast<std::int32_t>(source.quantization.zero_point[0])};
    made.text += text(", scale ", std::to_string(made.affine.scale), ", zero point ", made.affine.zero);
  }
  made.constant.assign(source.data.begin(), source.data.end());
  if (source.type == Type::boolean)
    for (std::int8_t& each : made.constant) each = each != 0;
  made.outside = source.outside;
  network.tensors.push_back(std::move(made));
  return static_cast<int>(network.tensors.size()) - 1;
}

void Lowering::apply(Operation operation, const std::vector<std::size_t>& inputs, std::size_t to) {
  std::vector<int> tensors;
  for (std::size_t i : inputs) tensors.push_back(op.inputs[i]);
  apply_to(tensors, std::move(operation), to);
}

void Lowering::apply_to(const std::vector<int>& tensors, Operation operation, std::size_t to) {
  std::vector<int> from;
  for (int tensor : tensors) from.push_back(building.tensor(model, tensor));
  std::string name;
  for (char c : op.name)
    name +=
        std::isalnum(static_cast<unsigned char>(c)) != 0 ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  name += text("_", index);
  if (op.outputs.size() > 1) name += text("_", to);
  const int made = building.tensor(model, op.outputs[to]);
  building.steps += steps(operation, building.network.tensor(made).bytes);
  if (building.steps > most_steps)
    refuse(text("and those before it read ", building.steps, " numbers"), text("at most ", most_steps));
  building.network.operators.push_back({std::move(operation), name, made, from});
}

void Lowering::copy(std::size_t from, std::size_t to) {
  with_number_of(input(from).type, [&]<class Number>(Number) { apply(nn::graph::Copy<Number>{count(from)}, {from}, to); });
}

void Lowering::pass(std::size_t from, std::size_t to) {
  if (building.place.contains(op.outputs[to])) return copy(from, to);
  building.place[op.outputs[to]] = building.tensor(model, op.inputs[from]);
  building.network.removed.push_back(text(op.name, " ", index));
}

void Lowering::refuse_type(Type type) const { refuse(text("is not supported on ", name(type)), OperatorKind::expected(type)); }

void Lowering::require_type(const Tensor& tensor, const std::string& what, Type type) const {
  if (tensor.type != type) refuse(text("has ", what, " of type ", name(tensor.type)), name(type));
}

// Where an output lies. An input that is passed on, but that a file holds in another order, is copied.
static int output_place(Building& building, const Model& model, int output) {
  Network& network = building.network;
  const int place = building.tensor(model, output);
  const Outside& outside = model.tensor(output).outside;
  if (std::ranges::find(network.inputs, place) == network.inputs.end() || network.tensor(place).outside == outside) {
    if (outside != Outside{}) network.tensor(place).outside = outside;
    return place;
  }
  Place own = network.tensor(place);
  own.outside = outside;
  const auto made = static_cast<int>(network.tensors.size());
  const Operation copy = with_number_of(own.type, [&]<class Number>(Number) -> Operation {
    return nn::graph::Copy<Number>{own.bytes / static_cast<std::int32_t>(sizeof(Number))};
  });
  network.tensors.push_back(std::move(own));
  network.operators.push_back({copy, "output", made, {place}});
  return made;
}

Network lower(Model model, Manner manner) {
  check(model);
  const bool merges = manner == Manner::merged;
  if (merges) dilate(model);
  Building building{.manner = manner};
  const Rings rings = merges ? Rings{model, building} : Rings{};
  for (int input : model.inputs) building.network.inputs.push_back(building.tensor(model, input));
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    if (is_known(model, model.operators[i]) || rings.replace(i)) continue;
    Lowering node{model, i, building};
    lower_operator(node);
  }
  Network& network = building.network;
  network.report = model.notes;
  rings.slide(model, building);
  for (int output : model.outputs) {
    network.outputs.push_back(output_place(building, model, output));
    if (!network.tensor(network.outputs.back()).constant.empty())
      throw refusal(model, output, "is a constant, though an output of the model", "a tensor that is computed");
  }
  return std::move(building.network);
}

}  // namespace tools::importer
