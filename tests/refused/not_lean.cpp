// An image that computes with double, to see it refused.
volatile double factor = 2;

int main() { return static_cast<int>(factor * factor); }
