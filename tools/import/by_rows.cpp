#include "tools/import/by_rows.hpp"

#include <charconv>

#include "tools/data/failure.hpp"
#include "tools/import/run.hpp"

namespace tools::importer {

namespace {

// Kernels take pairs of pixels. Where a row has an odd number of them, two rows at once leave none over.
std::int32_t liked_at_once(const Network& network, std::int32_t operators) {
  for (std::int32_t s = 0; s < operators; ++s) {
    const Applied& applied = network.operators[static_cast<std::size_t>(s)];
    const Shape& shape = network.tensor(applied.output).shape;
    if (applied.operation->products() > 0 && shape.size() == 4 && shape[1] > 1 && shape[2] % 2 != 0) return 2;
  }
  return 1;
}

// Of a model of which no operator runs by rows.
std::string why_not(const Network& network) {
  if (network.inputs.size() != 1) return "the model has " + std::to_string(network.inputs.size()) + " inputs; expected one";
  if (network.operators.empty()) return "the model has no operator that computes anything; expected --rows off";
  for (const Place& tensor : network.tensors)
    if (tensor.variable) return "the model keeps a tensor from run to run, " + tensor.text + "; expected --rows off";
  for (const Applied& applied : network.operators)
    if (applied.operation->state() > 0) return applied.name + " keeps something from run to run; expected --rows off";
  return "its first operator, " + network.operators[0].name +
         ", cannot run by rows: it does not, or its input is no image [1][height][width][channels] of its own; expected --rows off";
}

}  // namespace

std::string choose_rows(Network& network, const std::string& rows, bool pushed) {
  if (rows == "off") {
    if (pushed) throw Failure{"--push-rows without --rows; expected --rows auto, or how many at once"};
    return {};
  }
  std::int32_t at_once = 0;
  const auto [end, error] = std::from_chars(rows.data(), rows.data() + rows.size(), at_once);
  if (rows != "auto" && (error != std::errc{} || end != rows.data() + rows.size() || at_once < 1 || at_once > 1024))
    throw Failure{"--rows " + rows + ": expected auto, off, or how many rows at once, 1 to 1024"};

  const std::size_t whole = Runner{network}.workspace_bytes();
  network.rows = rows == "auto" ? 1 : at_once;
  network.pushes_rows = pushed;
  const std::int32_t operators = Runner{network}.row_operators();
  if (rows == "auto") network.rows = liked_at_once(network, operators);
  const std::size_t bytes = Runner{network}.workspace_bytes();
  const bool cannot = operators == 0;
  const std::string why = cannot ? why_not(network) : "";
  if (cannot && (rows != "auto" || pushed)) throw Failure{"--rows " + rows + ": " + why};
  std::string sentence = "workspace on whole maps " + std::to_string(whole) + " bytes, ";
  if (cannot)
    sentence += "by rows none, since " + why.substr(0, why.find(';')) + "; taken: whole maps";
  else
    sentence += "by rows " + std::to_string(bytes) + " (" + std::to_string(network.rows) + " at once, " +
                std::to_string(operators) + " of " + std::to_string(network.operators.size()) + " operators, the input " +
                (pushed ? "pushed" : "whole") +
                "); taken: " + (rows == "auto" && !pushed && bytes >= whole ? "whole maps" : "rows");
  if (cannot || (rows == "auto" && !pushed && bytes >= whole)) network.rows = 0;
  return sentence;
}

}  // namespace tools::importer
