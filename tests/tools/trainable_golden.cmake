# Float models, of the folders that NN_ONNX and NN_GOLDEN name or of ../shared: those that layers of nn/ express become networks
# that learn, whose outputs are those of the graph to 1e-5 of the largest; a program of all their headers says by how much they
# differ. The others are refused in a sentence. Where the folders are not, the test is skipped.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
models_of_others(onnx NN_ONNX cases/onnx)
models_of_others(golden NN_GOLDEN golden)
file(GLOB models ${onnx}/ops/*/model.onnx ${onnx}/nets/*/model.onnx ${onnx}/real/*/model.onnx ${golden}/*fp32/model.tflite
  ${golden}/ops/*f32*/model.tflite
  ${golden}/ops/*float*/model.tflite ${golden}/models/*float*/*.tflite)
if(NOT models)
  message("skipped: there are no models in ${onnx} and ${golden}")
  return()
endif()

foreach(model IN LISTS models)
  cmake_path(GET model PARENT_PATH folder)
  cmake_path(GET folder FILENAME name)
  file(GLOB inputs ${folder}/inputs*.bin)
  file(GLOB outputs ${folder}/outputs*.bin)
  string(REPLACE ";" "," inputs "${inputs}")
  string(REPLACE ";" "," outputs "${outputs}")
  later(${name} ${model} --trainable --name ${name} --out ${name}.hpp --inputs ${inputs} --outputs ${outputs} --cases 10)
endforeach()
now(${BIN}/import)

set(includes "")
set(calls "")
set(refused "")
set(compared 0)
foreach(model IN LISTS models)
  cmake_path(GET model PARENT_PATH folder)
  cmake_path(GET folder FILENAME name)
  said(${name})
  if(STATUS EQUAL 0 AND OUTPUT MATCHES "(^|\n)0 of [0-9]+ numbers of [0-9]+ cases differ\n$")
    string(APPEND includes "#include \"${name}.hpp\"\n")
    string(APPEND calls
      "  compare<${name}::Net>(\"${name}\", ${name}::parameters, ${name}::cases_input, ${name}::cases_output);\n")
    math(EXPR compared "${compared} + 1")
  elseif(STATUS EQUAL 1 AND MESSAGE MATCHES "^import: [^\n]*/model[a-z_.]*: ([^\n]*); expected [^\n]+\n$" AND NOT
    EXISTS ${FOLDER}/${name}.hpp)
    string(APPEND refused "  ${name}: ${CMAKE_MATCH_1}\n")
  else()
    message(FATAL_ERROR "${folder}: ended with ${STATUS}\n${OUTPUT}${MESSAGE}")
  endif()
endforeach()

file(WRITE ${FOLDER}/compare.cpp "#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
${includes}
static float most = 0;
static int equal = 0, wrong = 0;

// Over all cases: the largest difference, as a share of the largest output.
template <class Net>
void compare(const char* name, const typename Net::Parameters& parameters, const auto& inputs, const auto& outputs) {
  float apart = 0, largest = 0;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const auto y = Net::forward(parameters, inputs[c]);
    for (std::size_t i = 0; i < y.size(); ++i) {
      largest = std::max(largest, std::abs(outputs[c][i]));
      if (!(std::abs(y[i] - outputs[c][i]) <= apart)) apart = std::abs(y[i] - outputs[c][i]);
    }
  }
  const float share = apart == 0 ? 0 : apart / largest;
  equal += apart == 0;
  most = std::max(most, share);
  if (!(share <= 1e-5f)) ++wrong, std::printf(\"%s: %g of the largest output\\n\", name, static_cast<double>(share));
}

int main() {
${calls}  const double difference = static_cast<double>(most);
  std::printf(\"largest difference %.2g of the largest output; %d equal in every bit\\n\", difference, equal);
  return wrong == 0 ? 0 : 1;
}
")
succeeds(${compile_again} -O0 compare.cpp -o compare)
succeeds(./compare)
list(LENGTH models count)
message("${compared} of ${count} float models are networks that learn: ${OUTPUT}refused:\n${refused}")
if(compared LESS 80)
  message(FATAL_ERROR "expected 80 or more")
endif()
file(REMOVE_RECURSE ${FOLDER})
