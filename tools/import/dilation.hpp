// Dilation: converters write a dilated convolution as SPACE_TO_BATCH_ND, a convolution, and BATCH_TO_SPACE_ND, with a dimension
// added and taken away around it where there is but one. Row r of what comes out, of which t are left out, reads
//
//   r + t - top + k·block    k = 0 … kernel - 1
//
// of what went in, which `top` rows of padding precede: a convolution with that dilation, that padding, and no other operator.
#pragma once

#include "tools/import/model.hpp"

namespace tools::importer {

// Of a checked model, which stays one. Where the three cannot be one, they stay three, with the same numbers.
void dilate(Model& model);

}  // namespace tools::importer
