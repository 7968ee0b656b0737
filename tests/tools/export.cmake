# The tool that exports to fixed point: its header is the same when made again, compiles for its network only, and is left as
# it was by whatever goes wrong; what saturates is told.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 600 --test-count 200)
set(train --train train.csv --test test.csv --quiet)
succeeds(${BIN}/train_digits ${train} --epochs 10 --batch 4 --image float.image)
set(export ${BIN}/export_digits_fixed16 --image float.image --test test.csv)
set(all --out weights.hpp --out-image weights.image)

# The same bytes from the same command.
succeeds(${export} ${all})
foreach(file weights.hpp weights.image)
  file(COPY_FILE ${FOLDER}/${file} ${FOLDER}/first_${file})
endforeach()
succeeds(${export} ${all})
foreach(file weights.hpp weights.image)
  same(${file} first_${file})
endforeach()

# 16 bits lose nothing: every weight within half a step, no decision but perhaps one differs.
if(NOT OUTPUT MATCHES "total +2410 +0.0000[0-9]+ +0.50 +0\n" OR NOT OUTPUT
  MATCHES "accuracy on 200 test samples.*; [01] decisions differ")
  message(FATAL_ERROR "${OUTPUT}")
endif()
# What is proved: a rectifier cannot saturate, nor probabilities.
if(NOT OUTPUT MATCHES "Relu [^\n]*cannot\n" OR NOT OUTPUT MATCHES "Softmax [^\n]*cannot\n" OR OUTPUT MATCHES "input [^\n]*cannot")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# The header compiles, and its answer is asserted, for its network only.
file(WRITE ${FOLDER}/use.cpp "#include \"weights.hpp\"
static_assert(std::is_same_v<digits_fixed16_weights::Net, digits::Net::As<nn::Fixed16>>);
static_assert(digits_fixed16_weights::normalization.scale[0] > 0);\n")
succeeds(${compile} -fsyntax-only use.cpp)
file(READ ${FOLDER}/weights.hpp header)
string(REPLACE "nn::Fixed16" "nn::FixedPoint<nn::Format{.weight = 12}>" other "${header}")
file(WRITE ${FOLDER}/other.cpp "${other}")
fails("these weights were trained for another network" ${compile_again} -fsyntax-only other.cpp)
string(REGEX REPLACE "(Net::Output answer{{{[0-9]*)" "\\12" wrong "${header}")
file(WRITE ${FOLDER}/wrong.cpp "${wrong}")
fails("does not reproduce the output" ${compile_again} -fsyntax-only wrong.cpp)

# A format for each layer, of 8 bits.
succeeds(${BIN}/export_digits_infer8 --image float.image --test test.csv --out by_layer.hpp --name by_layer)
file(WRITE ${FOLDER}/use.cpp "#include \"by_layer.hpp\"\nstatic_assert(sizeof(by_layer::parameters) == 2368 + 4 * 42);\n")
succeeds(${compile_again} -fsyntax-only use.cpp)

# Weights of up to 3 leave [-2, 2): a warning, or with --strict no header.
succeeds(${BIN}/train_digits ${train} --epochs 30 --batch 1 --rate 0.1 --decay 0 --image large.image)
succeeds(${BIN}/export_digits_fixed8 --image large.image --test test.csv --out large.hpp)
if(NOT OUTPUT MATCHES "warning: [1-9][0-9]* parameters lie beyond")
  message(FATAL_ERROR "${OUTPUT}")
endif()
fails("parameters lie beyond their format's range; expected none" ${BIN}/export_digits_fixed8 --image large.image --test test.csv
  --out strict.hpp --strict)
if(EXISTS ${FOLDER}/strict.hpp)
  message(FATAL_ERROR "--strict wrote a header")
endif()
succeeds(${export} --strict)

# What goes wrong leaves a header as it was, and nothing beside it.
set(out --out weights.hpp)
succeeds(${BIN}/train_linear ${train} --epochs 1 --image linear.image)
set(export ${BIN}/export_digits_fixed16 --test test.csv ${out})
fails("linear.image: made for another network" ${export} --image linear.image)
fails("weights.image: made for another network" ${export} --image weights.image)
fails("test.csv: not a parameter image" ${export} --image test.csv)
fails("missing.image: cannot be opened" ${export} --image missing.image)
file(WRITE ${FOLDER}/short.image "GNGL")
fails("short.image: shorter than an image's header" ${export} --image short.image)
fails("no weights; expected --image" ${export})
fails("no test data" ${BIN}/export_digits_fixed16 --image float.image ${out})
file(WRITE ${FOLDER}/short.csv "1,2,3\n")
fails("short.csv: has 2 features a row; expected 64" ${BIN}/export_digits_fixed16 --image float.image --test short.csv ${out})
fails("cannot be written" ${BIN}/export_digits_fixed16 --image float.image --test test.csv --out missing/weights.hpp)
fails("float.image: would be written over" ${export} --image float.image --out-image ./float.image)
fails("not an option here" ${export} --image float.image --epochs 3)
fails("expected a C.. name" ${export} --image float.image --name 2nd)
same(weights.hpp first_weights.hpp)
file(GLOB left ${FOLDER}/*.new)
if(left)
  message(FATAL_ERROR "left behind: ${left}")
endif()
succeeds(${BIN}/export_digits_fixed16 --help)
