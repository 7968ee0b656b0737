// A network learns exclusive or on the board, and goes on learning as often as you like.
#include <Ganglion.h>

#include "learn.hpp"

void setup() {
  Serial.begin(115200);
  while (!Serial) {
  }
  Serial.print("the same bits as elsewhere: ");
  Serial.println(nn::same_bits() ? "yes" : "no, -ffp-contract=off is missing");
}

void loop() {
  Serial.print(learn::right_after(500));
  Serial.println(" of 4 right");
  delay(1000);
}
