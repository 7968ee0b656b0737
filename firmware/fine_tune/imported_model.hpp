// The imported network for the tools of this machine: train --start, quantize, export. A project of your own would import once,
// with `import … --trainable --out firmware/digits/model.hpp --image digits.image`, and keep both.
#pragma once

#include "imported.hpp"
