// Runs a model that tools/import made of a .tflite file, on the input that its header brings along.
#include <Ganglion.h>

#include <algorithm>

#include "model.hpp"

void setup() {
  Serial.begin(115200);
  while (!Serial) {
  }
}

void loop() {
  static model::Net net;
  std::copy(std::begin(model::probe_0), std::end(model::probe_0), net.input().begin());
  net.run();
  Serial.println(std::equal(net.output().begin(), net.output().end(), std::begin(model::answer_0))
                     ? "as on the desk"
                     : "other bits than on the desk");
  delay(1000);
}
