// softmax 10: int8
// The scale of the logits is 1/16.
#include "operators.hpp"

inline constexpr nn::int8::Softmax softmax{.rows = 1, .classes = 10, .scale = {1073741824, 23}, .least_difference = -248};

int main() { return bench::infer<bench::Alone<softmax, 10, 10>>(); }
