// Random models as headers: their plans are the compiler's, their expected outputs the oracle's.
#include "golden.hpp"
#include "models.hpp"

int main() {
  compare_all();
  return golden::failures == 0 ? 0 : 1;
}
