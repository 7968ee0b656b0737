// What start-up and the report of faults have in common.
#pragma once

extern "C" {

// Prints `exit status`, 0 to 127, and waits for ever.
[[noreturn]] void stop(int status);

// The handler of every exception that nobody expects: prints what happened and where, and ends with 99.
void fault();

// The handler of the non-maskable interrupt: fault, unless a board has its own.
void non_maskable();
}
