// keywords rows: int16
// Two rows at once.
#include "keywords.hpp"

int main() { return bench::infer_pushed<bench::keywords::Rows>(); }
