// Graphs, and all operators that only move numbers, whatever their type.
#pragma once

#include "nn/graph/cast.hpp"
#include "nn/graph/compare.hpp"
#include "nn/graph/concatenation.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/extremum.hpp"
#include "nn/graph/gather.hpp"
#include "nn/graph/graph.hpp"
#include "nn/graph/pad.hpp"
#include "nn/graph/print_plan.hpp"
#include "nn/graph/resize_nearest.hpp"
#include "nn/graph/select.hpp"
#include "nn/graph/slide.hpp"
#include "nn/graph/strided_copy.hpp"
