// square_root(x): VSQRT of an FPU, to the nearest, as IEEE 754 wants it.
#pragma once

namespace target {

inline float square_root(float x) {
  float root;
  asm("vsqrt.f32 %0, %1" : "=t"(root) : "t"(x));
  return root;
}

}  // namespace target
