// A model cut behind one of its tensors: the body of another network, whose head learns on a device.
#pragma once

#include <string>

#include "tools/import/model.hpp"

namespace tools::importer {

// Makes a tensor that an operator computes, by its name or its number, the model's only output, and leaves out operators and
// inputs that it does not need, whatever they are. Returns what was done, as a sentence. Throws Failure, with the tensors there
// are, if it is none of them.
std::string cut(Model& model, const std::string& until);

}  // namespace tools::importer
