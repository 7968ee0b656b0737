// Sums of int8 that read the terms of their inputs from tables (nn/int8/add_by_tables.hpp), where the core is faster so.
#pragma once

#include <string>

#include "tools/import/network.hpp"

namespace tools::importer {

// How many, and of how many tables, is a sentence of its report. Throws Failure, naming the file, where there are none.
void add_by_tables(Network& network, const std::string& file);

}  // namespace tools::importer
