// Compare: a network against inputs and outputs that another implementation wrote.
#pragma once

#include <string>
#include <vector>

#include "tools/import/header.hpp"
#include "tools/import/stream.hpp"

namespace tools::importer {

// The first `most` cases of files that hold one tensor of each case, back to back; or of one that holds all of them, case after
// case.
Cases read_cases(const Network& network, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                 std::size_t most);

// Prints how many numbers of the outputs differ; false if any does.
bool compare(const Network& network, const Cases& cases);
// The same of a stream, which is given each case's window frame by frame; `window` is the network of the cases.
bool compare(const Streamed& streamed, const Network& window, const Cases& cases);

// Puts what the network answers in the place of the outputs of a network's cases that has one input and one output.
void answer(const Network& network, Cases& cases);

}  // namespace tools::importer
