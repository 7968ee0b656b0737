// resnet8 rows: int16
#include "resnet8.hpp"

int main() { return bench::infer_pushed<bench::resnet8::Rows>(); }
