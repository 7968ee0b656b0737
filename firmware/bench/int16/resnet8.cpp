// resnet8: int16
#include "resnet8.hpp"

int main() { return bench::infer<bench::resnet8::Net>(); }
