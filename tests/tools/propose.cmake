# The tool that proposes formats: it trains as the trainer does, to the last bit, and what it prints compiles.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 600 --test-count 200)
set(options --train train.csv --test test.csv --epochs 3 --quiet)
foreach(learning "--batch 1 --rate 0.05" "--batch 16 --optimizer adam --rate 0.01")
  separate_arguments(learning)
  succeeds(${BIN}/train_digits ${options} ${learning} --image trained.image --out trained.hpp --name weights)
  succeeds(${BIN}/propose_digits ${options} ${learning} --image proposed.image --out proposed.hpp --name weights)
  same(trained.image proposed.image)
endforeach()

# With a headroom of 16, three bits more than with 2, the formats of 16 bits are other ones; those of 8 bits are the same.
succeeds(${BIN}/propose_digits ${options})
string(REGEX MATCH "To learn.*To infer in 8" learn "${OUTPUT}")
string(REGEX MATCH "To infer in 8.*" infer "${OUTPUT}")
succeeds(${BIN}/propose_digits ${options} --headroom 16)
string(REGEX MATCH "To infer in 8.*" infer_roomy "${OUTPUT}")
string(REGEX MATCH "To learn.*To infer in 8" roomy "${OUTPUT}")
if(NOT infer STREQUAL infer_roomy OR learn STREQUAL roomy)
  message(FATAL_ERROR "${learn}${roomy}${infer}${infer_roomy}")
endif()

# Both networks, of 16 bits and of 8, are the one that was trained.
string(REGEX REPLACE ".*one for each layer\n(.*>>)\n\nTo infer.*" "\\1" learn "${learn}")
string(REGEX REPLACE ".*one for each layer\n(.*>>)\n.*" "\\1" infer "${infer}")
file(WRITE ${FOLDER}/use.cpp "#include \"firmware/digits/model.hpp\"
using Learn = ${learn};
using Infer = ${infer};
static_assert(nn::same_topology<Learn, digits::Net> && nn::same_topology<Infer, digits::Net>);
static_assert(sizeof(nn::Trainer<Learn, nn::CrossEntropy>) > 0 && sizeof(Infer::InputNumber) == 1);\n")
succeeds(${compile_again} -fsyntax-only use.cpp)

# The cell state of an Lstm gets a format of its own, and nothing else does; biases inside a layer are no weights.
succeeds(${BIN}/propose_cells --train train.csv --test test.csv --epochs 3 --quiet --rate 0.05)
set(figure "[0-9]+\\.[0-9]+")
if(NOT OUTPUT MATCHES "gradient +cell\n" OR
   NOT OUTPUT MATCHES "\nBidirectional +${figure} +${figure} +${figure} +${figure} +-\n" OR
   NOT OUTPUT MATCHES "\nLstm +${figure} +${figure} +${figure} +${figure} +${figure}\n" OR
   NOT OUTPUT MATCHES "cell = ([0-9]+)}>, nn::Lstm<8, nn::Orthogonal, nn::UnitForgetBias>" OR
   OUTPUT MATCHES "cell = [0-9]+}>, nn::(Gru|Rnn|Dense|Bi)")
  message(FATAL_ERROR "${OUTPUT}")
endif()
string(REGEX REPLACE ".*one for each layer\n(.*>>)\n\nTo infer.*" "\\1" learn "${OUTPUT}")
string(REGEX REPLACE ".*one for each layer\n(.*>>)\n.*" "\\1" infer "${OUTPUT}")
file(WRITE ${FOLDER}/use_cells.cpp "#include \"tests/tools/cells.hpp\"
using Learn = ${learn};
using Infer = ${infer};
static_assert(nn::same_topology<Learn, cells::Net> && nn::same_topology<Infer, cells::Net>);
static_assert(sizeof(nn::Trainer<Learn, nn::CrossEntropy>) > 0 && sizeof(nn::Inference<Infer>) > 0);\n")
succeeds(${compile_again} -fsyntax-only use_cells.cpp)

fails("--headroom is \"0.5\"; expected a number from 1" ${BIN}/propose_digits ${options} --headroom 0.5)
fails("--headroom is not an option here" ${BIN}/train_digits ${options} --headroom 2)
succeeds(${BIN}/propose_digits --help)
if(NOT OUTPUT MATCHES "--optimizer" OR NOT OUTPUT MATCHES "--headroom")
  message(FATAL_ERROR "${OUTPUT}")
endif()
