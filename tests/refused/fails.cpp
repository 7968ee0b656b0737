// Fails, to see its status passed on.
int main() { return 3; }
