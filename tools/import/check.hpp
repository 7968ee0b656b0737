// What must hold of a model beyond what its file says; throws Failure where it does not.
//
// After check(model), who uses it need not look again: indices are within their ranges; every tensor that an operator reads is a
// constant, an input of the model, a variable, or written by an operator before; no tensor is written twice; shapes are whole and
// known, data fit shape and type; scales are positive and finite, zero points within their type, and no number is a NaN; every
// operator is one of operators/, whose inputs, attributes, types and shapes agree.
#pragma once

#include "tools/import/model.hpp"

namespace tools::importer {

void check(Model& model);

// Its parts, in this order, for those who want to go on after the first that is wrong.
void check_graph(const Model& model);                      // who writes and who reads a tensor, in order
void check_tensor(const Model& model, int tensor);         // of one that is used
void check_operator(Model& model, std::size_t index);      // of which the tensors are good
std::vector<bool> used_tensors(const Model& model);        // those that an operator reads or writes, or that go in or out

}  // namespace tools::importer
