// An undefined instruction, to see the fault reported.
int main() { __builtin_trap(); }
