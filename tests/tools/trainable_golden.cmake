# Float models, of the folders that NN_ONNX and NN_GOLDEN name or of ../shared: those that layers of nn/ express become networks
# that learn, and the importer finds their outputs; a program of headers says that those of networks are the graph's to 1e-5 of
# the largest. It has one of each kind (the layers and their options, but for numbers) and format, and none of more than 1 MB,
# whose layers are in smaller ones; with -DLONG=1 all. What becomes no network is refused in a sentence. Where the folders are
# not, the test is skipped.
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
set(kinds "")
foreach(model IN LISTS models)
  cmake_path(GET model PARENT_PATH folder)
  cmake_path(GET folder FILENAME name)
  said(${name})
  if(STATUS EQUAL 0 AND OUTPUT MATCHES "(^|\n)0 of [0-9]+ numbers of [0-9]+ cases differ\n$")
    math(EXPR compared "${compared} + 1")
    file(SIZE ${FOLDER}/${name}.hpp size)
    if(size GREATER 1000000 AND NOT LONG)
      continue()
    endif()
    file(READ ${FOLDER}/${name}.hpp header)
    string(REGEX MATCH "using Net = [^;]*" kind "${header}")
    string(REGEX REPLACE "[0-9]+|[ \n]+" "" kind "${kind}")
    cmake_path(GET model EXTENSION LAST_ONLY format)
    list(FIND kinds "${kind} ${format}" seen)
    if(seen GREATER_EQUAL 0 AND NOT LONG)
      continue()
    endif()
    list(APPEND kinds "${kind} ${format}")
    string(APPEND includes "#include \"${name}.hpp\"\n")
    string(APPEND calls
      "  compare<${name}::Net>(\"${name}\", ${name}::parameters, ${name}::cases_input, ${name}::cases_output);\n")
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
list(LENGTH kinds compiled)
message("${compared} of ${count} float models are networks that learn; of ${compiled}: ${OUTPUT}refused:\n${refused}")
if(compared LESS 80 OR compiled LESS 60)
  message(FATAL_ERROR "expected 80 or more, and 60 compiled")
endif()
file(REMOVE_RECURSE ${FOLDER})
