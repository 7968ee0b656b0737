// An image that would reach into the sectors of the board's store.
const volatile unsigned char filler[FILLER] = {1};

int main() { return filler[FILLER - 1]; }
