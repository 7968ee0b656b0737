// A recursion without end, whose stack leaves the RAM, to see that a fault is reported even so.
namespace {

int deeper(volatile int* last) {
  volatile int here[200] = {*last};
  return *last == 0 ? 0 : deeper(here) + here[1];
}

}  // namespace

int main() {
  volatile int first = 1;
  return deeper(&first);
}
