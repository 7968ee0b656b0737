// Where a tool's data come from: `--<role> FILE` (CSV), `--<role>-images FILE --<role>-labels FILE` (IDX), `--<role>-x FILE
// --<role>-y FILE` (.npy) or `--<role>-folder FOLDER` (images by class, or sounds for a network with a front end).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nn/shape.hpp"
#include "tools/data/csv.hpp"
#include "tools/options.hpp"

namespace tools {

// The names of those options.
std::vector<std::string> source_options(const std::string& role);

// Nothing if none of them is given. Throws Failure.
std::optional<Dataset> read_source(Options& options, const std::string& role, const Columns& columns);

// Which column of CSV is the class.
Columns label_column(Options& options);

// "3,4" as its parts.
std::vector<std::string> parts_of(const std::string& list);

// Which columns of CSV, or arrays, are asked for, and what to do with missing numbers; `mean` is for training alone.
Columns read_columns(Options& options, bool mean);

// Every row must have the network's inputs.
void require_features(const Dataset& data, std::size_t inputs);

// Nor may a source that says how its rows are shaped have another order of height, width and channels than the network.
void require_shape(const Dataset& data, nn::Shape input);

// And a class it can answer with.
void require_fit(const Dataset& data, std::size_t inputs, std::size_t classes);

}  // namespace tools
