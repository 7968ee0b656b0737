# The tool that quantizes to int8: what it prints of accuracy and bytes is what its header, compiled, gives; the header is the
# same when made again, and is left as it was by whatever goes wrong.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 2000)
set(train --train train.csv --quiet)
set(data --calibration train.csv --test test.csv)
succeeds(${BIN}/train_digits ${train} --epochs 20 --batch 1 --rate 0.05 --schedule cosine --image digits.image)
succeeds(${BIN}/train_digits_conv ${train} --epochs 4 --batch 1 --rate 0.02 --schedule cosine --image digits_conv.image)

# In hundredths of a per cent, since CMake has whole numbers only; at most one point may be lost.
set(accuracy
  "accuracy on 1000 test samples: ([0-9]+)\\.([0-9][0-9]) % in float, ([0-9]+)\\.([0-9][0-9]) % in int8; [0-9]+ decisions differ")
foreach(net digits digits_conv)
  foreach(range minmax percentile)
    succeeds(${BIN}/quantize_${net} --image ${net}.image ${data} --range ${range} --cases 200 --name ${net}_${range}
      --out ${net}_${range}.hpp)
    if(NOT OUTPUT MATCHES "${accuracy}")
      message(FATAL_ERROR "${OUTPUT}")
    endif()
    message("${net}, ${range}: ${CMAKE_MATCH_0}")
    math(EXPR lost "${CMAKE_MATCH_1}${CMAKE_MATCH_2} - ${CMAKE_MATCH_3}${CMAKE_MATCH_4}")
    if(CMAKE_MATCH_1 LESS 94 OR lost GREATER_EQUAL 100)
      message(FATAL_ERROR "expected at least 94 % in float, and to lose less than one point")
    endif()
    string(REGEX MATCH "([0-9]+) of workspace" line "${OUTPUT}")
    string(APPEND includes
      "#include \"${net}_${range}.hpp\"\nstatic_assert(${net}_${range}::Net::workspace_bytes == ${CMAKE_MATCH_1});\n")
    set(of ${net}_${range}::)
    string(APPEND calls
      "  golden::compare<${of}Net, ${of}cases_reset>(\"${net}_${range}\", ${of}cases, ${of}cases_inputs, ${of}cases_outputs);\n")
  endforeach()
endforeach()

# Rounded as a desktop does: another type, whose codes differ here and there from those of the reference, and as much accuracy.
succeeds(${BIN}/quantize_digits_conv --image digits_conv.image ${data} --range percentile --rounding float32 --cases 200
  --name digits_conv_float32 --out digits_conv_float32.hpp)
if(NOT OUTPUT MATCHES "${accuracy}" OR CMAKE_MATCH_3 LESS 94)
  message(FATAL_ERROR "${OUTPUT}")
endif()
message("digits_conv, Float32 rounding: ${CMAKE_MATCH_0}")
file(READ ${FOLDER}/digits_conv_percentile.hpp reference)
file(READ ${FOLDER}/digits_conv_float32.hpp float32)
if(NOT float32 MATCHES "nn::int8::Conv2dOf<nn::int8::Float32>" OR reference MATCHES "nn::int8::Float32")
  message(FATAL_ERROR "expected Float32 rounding in the types of digits_conv_float32.hpp, and there alone")
endif()
string(REGEX MATCH "cases_output_0[^;]*;" reference "${reference}")
string(REGEX MATCH "cases_output_0[^;]*;" float32 "${float32}")
if(reference STREQUAL float32)
  message(FATAL_ERROR "expected codes that differ somewhere in 200 cases")
endif()
string(APPEND includes "#include \"digits_conv_float32.hpp\"\n")
set(of digits_conv_float32::)
string(APPEND calls
  "  golden::compare<${of}Net, ${of}cases_reset>(\"digits_conv_float32\", ${of}cases, ${of}cases_inputs, ${of}cases_outputs);\n")

# Cut behind a tensor of the table: the accuracy is that of the whole, the header and its cases end there.
succeeds(${BIN}/quantize_digits_conv --image digits_conv.image ${data} --until reshape_8 --cases 50 --name body --out body.hpp)
if(NOT OUTPUT MATCHES "\nreshape_8 .*cut behind tensor [0-9]+ \"reshape_8\": 9 of 11 operators remain\n.*${accuracy}")
  message(FATAL_ERROR "${OUTPUT}")
endif()
string(APPEND includes "#include \"body.hpp\"\nbody::Net body_net;\nstatic_assert(decltype(body_net.output())::extent == 256);\n")
string(APPEND calls
  "  golden::compare<body::Net, body::cases_reset>(\"body\", body::cases, body::cases_inputs, body::cases_outputs);\n")

# A program of the headers answers as the tool did, to the last bit; what inputs and outputs stand for is known to the compiler.
file(WRITE ${FOLDER}/compare.cpp "#include \"golden.hpp\"\n${includes}
using namespace digits_minmax;
static_assert(input_0.code(0) == -128 && input_0.code(1) == 127 && input_0.code(9) == 127 && input_0.real(127) == 1);
static_assert(output_0.real(127) == 255.0f / 256 && normalization.scale[0] > 0);
int main() {\n${calls}  return golden::failures == 0 ? 0 : 1;\n}\n")
succeeds(${compile_again} -I${SOURCE}/tests/golden -O0 compare.cpp -o quantized)
succeeds(./quantized)
if(NOT OUTPUT MATCHES "digits_conv_percentile +0 mismatches in +200 cases" OR NOT OUTPUT
  MATCHES "digits_conv_float32 +0 mismatches in +200 cases" OR NOT OUTPUT MATCHES "body +0 mismatches in +50 cases")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# What is the same for every input is removed, which changes no output.
function(outputs_of header)
  file(READ ${FOLDER}/${header}.hpp text)
  string(REGEX MATCH "cases_output_0[^;]*;" text "${text}")
  set(${header} "${text}" PARENT_SCOPE)
endfunction()
foreach(constants keep remove)
  succeeds(${BIN}/quantize_digits_conv --image digits_conv.image ${data} --constants ${constants} --cases 200
    --out ${constants}.hpp)
  string(REGEX MATCH "constant whatever the input: [1-9]" removed_by_${constants} "${OUTPUT}")
  outputs_of(${constants})
endforeach()
if(removed_by_keep OR NOT removed_by_remove OR NOT keep MATCHES "[0-9], [0-9]" OR NOT keep STREQUAL remove)
  message(FATAL_ERROR
    "--constants keep: \"${removed_by_keep}\", remove: \"${removed_by_remove}\"; expected something removed, \
and the same outputs")
endif()

# The same bytes from the same command; without test data, the accuracy is that on the calibration data.
file(COPY_FILE ${FOLDER}/digits_minmax.hpp ${FOLDER}/first.hpp)
succeeds(${BIN}/quantize_digits --image digits.image ${data} --range minmax --cases 200 --name digits_minmax
  --out digits_minmax.hpp)
same(digits_minmax.hpp first.hpp)
succeeds(${BIN}/quantize_digits --image digits.image --calibration train.csv --rows 50)
if(NOT OUTPUT MATCHES "accuracy on 2000 calibration samples")
  message(FATAL_ERROR "${OUTPUT}")
endif()

fails("has no operator that computes the tensor \"flat\"; expected one of these" ${BIN}/quantize_digits --image digits.image
  ${data} --until flat --out no.hpp)
fails("--until does nothing without --out" ${BIN}/quantize_digits --image digits.image ${data} --until reshape_0)

# What goes wrong leaves a header as it was, and nothing beside it.
set(quantize ${BIN}/quantize_digits ${data} --out digits_minmax.hpp)
fails("digits_conv.image: made for another network" ${quantize} --image digits_conv.image)
fails("test.csv: not a parameter image" ${quantize} --image test.csv)
fails("missing.image: cannot be opened" ${quantize} --image missing.image)
file(WRITE ${FOLDER}/short.image "GNGL")
fails("short.image: shorter than an image's header" ${quantize} --image short.image)
fails("no weights; expected --image" ${quantize})
fails("no calibration data" ${BIN}/quantize_digits --image digits.image --test test.csv --out digits_minmax.hpp)
set(quantize ${BIN}/quantize_digits --image digits.image --out digits_minmax.hpp)
file(WRITE ${FOLDER}/short.csv "1,2,3\n")
fails("short.csv: has 2 features a row; expected 64" ${quantize} --calibration short.csv)
fails("short.csv: has 2 features a row; expected 64" ${quantize} --calibration train.csv --test short.csv)
fails("go together" ${quantize} --calibration-images train.csv)
set(without_out ${BIN}/quantize_digits --image digits.image ${data})
fails("cannot be written" ${without_out} --out missing/digits.hpp)
fails("digits.image: would be written over" ${without_out} --out ./digits.image)
set(quantize ${quantize} ${data})
fails("not an option here" ${quantize} --epochs 1)
fails("expected a C.. name" ${quantize} --name 2nd)
fails("expected one of reference, float32" ${quantize} --rounding exact)
fails("expected one of auto, learnt, minmax, percentile" ${quantize} --range entropy)
fails("--percentile is for --range percentile" ${quantize} --percentile 99)
fails("--percentile is \"101\"; expected a number from 50 to 100" ${quantize} --range percentile --percentile 101)
fails("expected a number from 1" ${quantize} --rows 0)
same(digits_minmax.hpp first.hpp)
file(GLOB left ${FOLDER}/*.new)
if(left)
  message(FATAL_ERROR "left behind: ${left}")
endif()
succeeds(${BIN}/quantize_digits --help)
