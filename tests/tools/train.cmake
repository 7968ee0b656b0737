# The tool that trains: its header is the same when made again, compiles for its network and for no other, and is left as
# it was by whatever goes wrong.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 600 --test-count 200)
set(train ${BIN}/train_digits --train train.csv --test test.csv --epochs 2)
set(all --out weights.hpp --image weights.bin --log log.csv --plot plot.svg)

# The same bytes from the same command.
succeeds(${train} ${all})
foreach(file weights.hpp weights.bin log.csv plot.svg)
  file(COPY_FILE ${FOLDER}/${file} ${FOLDER}/first_${file})
endforeach()
succeeds(${train} ${all})
foreach(file weights.hpp weights.bin log.csv plot.svg)
  same(${file} first_${file})
endforeach()
succeeds(${train} --image other.bin --seed 2)
different(weights.bin other.bin)

# Every optimizer, schedule and normalization learns something; sanitizers see the first steps of each.
set(epochs 20)
if(SANITIZED)
  set(epochs 1)
endif()
foreach(options "--optimizer sgd --batch 1 --rate 0.02" "--optimizer momentum --rate 0.02 --decay 0.0001"
  "--optimizer nesterov --rate 0.02"
                "--optimizer rmsprop --rate 0.003" "--optimizer adam --rate 0.01 --schedule cosine"
                "--normalize standard --schedule step --step-epochs 4"
                "--rate 0.02 --normalize none --batch 16" "--initializer glorot --shift 1")
  separate_arguments(options)
  succeeds(${BIN}/train_digits --train train.csv --test test.csv --epochs ${epochs} --quiet ${options})
  string(REGEX MATCH "test +200 samples[^%]*accuracy ([0-9]+)" line "${OUTPUT}")
  if(NOT line OR NOT SANITIZED AND CMAKE_MATCH_1 LESS 60)
    message(FATAL_ERROR "${options}: ${OUTPUT}")
  endif()
endforeach()

# Going on from an image: with every layer frozen nothing changes; else the loss goes on falling from where it was.
succeeds(${train} --start weights.bin --freeze 4 --image frozen.bin --quiet)
same(weights.bin frozen.bin)
succeeds(${train} --start weights.bin --image resumed.bin --quiet)
different(weights.bin resumed.bin)
fails("weights.bin: made for another network" ${BIN}/train_linear --train train.csv --start weights.bin)
fails("train.csv: not a parameter image" ${train} --start train.csv)

# A log of the first rows only, at each iteration; and learning from the first rows only.
succeeds(${train} --count 64 --batch 16 --log short.csv --log-every 1 --log-samples 10 --quiet)
file(STRINGS ${FOLDER}/short.csv rows)
list(LENGTH rows count)
if(NOT count EQUAL 9 OR NOT OUTPUT MATCHES "training +64 samples")
  message(FATAL_ERROR "${count} rows\n${OUTPUT}")
endif()
list(GET rows 8 last)
if(NOT last MATCHES ",0\\.[0-9]00000$") # of ten test samples
  message(FATAL_ERROR "${last}")
endif()
fails("has 600 rows; expected --count" ${train} --count 601)

succeeds(${BIN}/train_digits --train train.csv --test test.csv --validation 0.2 --patience 1 --epochs 200 --rate 0.5 --confusion)
if(NOT OUTPUT MATCHES "stopped early" OR NOT OUTPUT MATCHES "rows: actual class")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# The header compiles, and its answer is asserted, for its network only.
succeeds(${BIN}/make_samples --data test.csv --first 10 --count 5 --name some --out samples.hpp)
file(WRITE ${FOLDER}/use.cpp
  "#include \"weights.hpp\"\n#include \"samples.hpp\"\n\
static_assert(digits_weights::normalization.scale[0] > 0 && some::labels.size() == 5);\n")
succeeds(${compile} -fsyntax-only use.cpp)
if(NOT SANITIZED)
  file(READ ${FOLDER}/weights.hpp header)
  string(REPLACE "digits::Net" "nn::Network<float, nn::Input<8, 8, 1>, nn::Dense<32>, nn::Tanh, nn::Dense<10>, nn::Softmax>"
    other "${header}")
  file(WRITE ${FOLDER}/other.cpp "${other}")
  fails("these weights were trained for another network" ${compile_again} -fsyntax-only other.cpp)
  string(REGEX REPLACE "answer{{0x1" "answer{{0x2" wrong "${header}")
  file(WRITE ${FOLDER}/wrong.cpp "${wrong}")
  fails("does not reproduce the output" ${compile_again} -fsyntax-only wrong.cpp)
endif()

# What goes wrong leaves a header as it was, and nothing beside it.
set(out --out weights.hpp)
fails("diverged.*iteration [0-9]+, rate 1000;" ${train} --rate 1000 --decay 1 ${out})
fails("missing.csv: cannot be opened" ${BIN}/train_digits --train missing.csv ${out})
file(WRITE ${FOLDER}/short.csv "1,2,3\n")
fails("short.csv: has 2 features a row; expected 64" ${BIN}/train_digits --train short.csv ${out})
fails("expected one of sgd, momentum" ${train} --optimizer best ${out})
fails("not an option here" ${train} --epoch 3 ${out})
fails("expected a C.. name" ${train} --name 2nd ${out})
fails("--rate is \"fast\"; expected a number" ${train} --rate fast ${out})
fails("cannot be written" ${train} --out missing/weights.hpp)
fails("train.csv: would be written over" ${train} --log ./train.csv)
fails("would be written over" ${train} --log same.csv --plot ./same.csv)
file(COPY_FILE ${FOLDER}/train.csv ${FOLDER}/rows.new)
fails("rows: would be written over" ${BIN}/train_digits --train rows.new --log rows)
same(train.csv rows.new)
file(REMOVE ${FOLDER}/rows.new)
fails("--log has no value" ${train} --log --quiet)
fails("no row is left for --validation" ${train} --validation 0.001 ${out})
file(WRITE ${FOLDER}/short_values.csv "1,300,0\n")
fails("holds the value" ${BIN}/make_samples --data short_values.csv ${out})
same(weights.hpp first_weights.hpp)
file(GLOB left ${FOLDER}/*.new)
if(left)
  message(FATAL_ERROR "left behind: ${left}")
endif()
