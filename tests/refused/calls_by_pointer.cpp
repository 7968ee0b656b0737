// A call through a pointer that nobody can follow, to see the memory report refuse it.
namespace {
volatile int number = 3;
int one() { return number; }
}  // namespace

int (*volatile chosen)() = one;

int main() { return chosen(); }
