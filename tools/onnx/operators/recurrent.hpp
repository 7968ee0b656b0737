// What LSTM, GRU and RNN share: x [steps][batch][inputs], and for each direction W [gates·units][inputs], R [gates·units][units]
// and the two biases of each gate; then the lengths of the sequences and what states begin with. Outputs: that of every step, and
// the last of each state.
#pragma once

#include <string>
#include <vector>

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

// One of them, as the importer has it.
struct RecurrentKind {
  std::string sequence;
  int gates;
  std::size_t states;
  Attributes attributes;
  bool joins_biases = true;  // those of the last gate, too, or they stand behind the others
};
void translate_recurrent(Node& node, const RecurrentKind& kind);

// The functions of one direction, which all directions share, in small letters; `usual`: where none are stated.
std::vector<std::string> activations(const Node& node, const std::vector<std::string>& usual);
// They are the usual ones.
void require_activations(const Node& node, const std::vector<std::string>& usual);

}  // namespace tools::onnx
