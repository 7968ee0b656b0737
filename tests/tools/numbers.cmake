# Numbers as targets: two at once, by number and by name, normalized and brought back; and a network that is asked for its input.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

# area = 1000 + a·b, sum = (a + b) / 1000; a from 0 to 19, b from 0 to 19.
set(rows "a,b,area,sum\n")
set(plain "")
foreach(a RANGE 0 19)
  foreach(b RANGE 0 19)
    math(EXPR area "1000 + ${a} * ${b}")
    math(EXPR sum "${a} + ${b} + 1000")
    string(SUBSTRING ${sum} 1 3 sum)
    string(APPEND rows "${a},${b},${area},0.${sum}\n")
    string(APPEND plain "${a};${b};${area};0,${sum}\n")
  endforeach()
endforeach()
file(WRITE ${FOLDER}/rows.csv "${rows}")
file(WRITE ${FOLDER}/plain.csv "${plain}")
set(train ${BIN}/train_numbers --train rows.csv --optimizer adam --rate 0.01 --batch 8)
set(all --epochs 60 --validation 0.25 --quiet)

# The deviations of the targets are 87 and 0.0082; a tenth of that is learnt.
succeeds(${train} --target area,sum ${all} --out weights.hpp --image weights.image --log log.csv --plot plot.svg)
if(NOT OUTPUT MATCHES
  "validation +100 samples   loss [0-9.]+   RMSE ([0-9]+)\\.[0-9]+   MAE [0-9.]+\n +area +RMSE [0-9.]+ +MAE [0-9.]+\n\
 +sum +RMSE 0\\.000[0-9]+"
   OR CMAKE_MATCH_1 GREATER 8 OR OUTPUT MATCHES "warning|accuracy")
  message(FATAL_ERROR "${OUTPUT}")
endif()
file(STRINGS ${FOLDER}/log.csv log LIMIT_COUNT 1)
if(NOT log STREQUAL "iteration,epoch,rate,training_loss,training_rmse,validation_loss,validation_rmse")
  message(FATAL_ERROR "${log}")
endif()
file(READ ${FOLDER}/plot.svg svg)
if(NOT svg MATCHES ">RMSE<")
  message(FATAL_ERROR "the plot has no RMSE")
endif()

# One scale for all targets: that of the largest, for the second target, too.
succeeds(${train} --target sum,area --normalize-target scale --epochs 30 --quiet)
if(NOT OUTPUT MATCHES "area +RMSE ([0-9]+)" OR CMAKE_MATCH_1 GREATER 200)
  message(FATAL_ERROR "${OUTPUT}")
endif()

# Normalization is that of the rows that are learnt from: others with another seed, the same if none are set aside.
foreach(part 0 0.5)
  foreach(seed 1 2)
    succeeds(${train} --target area,sum --epochs 1 --validation ${part} --seed ${seed} --quiet --out seed.hpp)
    file(READ ${FOLDER}/seed.hpp header)
    string(REGEX MATCH "normalization{[^;]*;" found_${seed} "${header}")
  endforeach()
  if((part EQUAL 0 AND NOT found_1 STREQUAL found_2) OR (part GREATER 0 AND found_1 STREQUAL found_2) OR NOT found_1)
    message(FATAL_ERROR "normalization with --validation ${part}: ${found_1} and ${found_2}")
  endif()
endforeach()

# By their numbers, and from a file with decimal commas, the same bits.
succeeds(${BIN}/train_numbers --train plain.csv --target 3,4 --optimizer adam --rate 0.01 --batch 8 ${all} --image plain.image)
same(weights.image plain.image)
if(NOT OUTPUT MATCHES "plain.csv: decimal commas were read as points\n")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# A program of the header gives the area in its unit.
file(WRITE ${FOLDER}/use.cpp "#include \"weights.hpp\"
using namespace numbers_weights;
constexpr std::array<float, 2> raw{12, 7};
constexpr auto y = Net::forward(parameters, nn::normalized(normalization, std::span{raw}));
constexpr auto real = nn::denormalized(target_normalization, std::span{y});
static_assert(real[0] > 1064 && real[0] < 1104 && real[1] > 0.015f && real[1] < 0.023f);\n")
succeeds(${compile_again} -fsyntax-only use.cpp)

# The image keeps it: training goes on, 16 bits and 8 are measured in the same unit.
succeeds(${BIN}/train_numbers --train rows.csv --target area,sum --start weights.image --epochs 1 --rate 0 --quiet)
if(NOT OUTPUT MATCHES "training +400 samples   loss 0\\.00[0-9]+   RMSE [0-8]\\.")
  message(FATAL_ERROR "${OUTPUT}")
endif()
file(WRITE ${FOLDER}/labels.csv "1,2,0\n2,1,1\n")
fails("weights.image: learnt numbers; expected --target" ${BIN}/train_numbers --train labels.csv --start weights.image)
succeeds(${BIN}/train_numbers --train labels.csv --epochs 1 --quiet)
if(NOT OUTPUT MATCHES "classes are learnt by squared errors.*to learn numbers, name their columns with --target")
  message(FATAL_ERROR "it is not said that classes are learnt\n${OUTPUT}")
endif()
if(EXISTS ${BIN}/export_numbers_fixed16)
  succeeds(${BIN}/export_numbers_fixed16 --image weights.image --test rows.csv --target 3,4 --out fixed.hpp --strict)
  if(NOT OUTPUT MATCHES "RMSE on 400 test samples: [0-8]\\.[0-9]+ in float, [0-8]\\.[0-9]+ in fixed16")
    message(FATAL_ERROR "${OUTPUT}")
  endif()
  # Targets that go up to 361, unnormalized, beyond what 16 bits hold: said, with the figures and status 0; or no header.
  string(REGEX REPLACE ",1([0-9][0-9][0-9]),0" ",\\1,0" large "${rows}")
  file(WRITE ${FOLDER}/large_targets.csv "${large}")
  succeeds(${BIN}/train_numbers --train large_targets.csv --target 3,4 --normalize-target none --optimizer adam --rate 0.05
    --batch 8 --epochs 60 --quiet --image large.image)
  set(export ${BIN}/export_numbers_fixed16 --image large.image --test large_targets.csv --target 3,4)
  succeeds(${export} --out large.hpp)
  if(NOT OUTPUT MATCHES "warning: fixed16[^;]* has an RMSE of [0-9.]+ where float has [0-9.]+; look above for what saturates")
    message(FATAL_ERROR "${OUTPUT}")
  endif()
  fails("parameters lie beyond their format's range; expected none with --strict" ${export} --out strict.hpp --strict)
  # Near 33, beyond what outputs hold, though no weight is beyond.
  string(REGEX REPLACE ",1([0-9][0-9][0-9]),0" ",33.\\1,0" high "${rows}")
  file(WRITE ${FOLDER}/high.csv "${high}")
  succeeds(${BIN}/train_numbers --train high.csv --target 3,4 --normalize-target none --optimizer adam --rate 0.05
    --decay 0.1 --batch 8 --epochs 40 --quiet --image high.image)
  fails("a warning with --strict: fixed16[^;]* has an RMSE of" ${BIN}/export_numbers_fixed16 --image high.image --test high.csv
    --target 3,4 --out strict.hpp --strict)
  if(EXISTS ${FOLDER}/strict.hpp)
    message(FATAL_ERROR "export --strict wrote a header")
  endif()
  succeeds(${BIN}/quantize_numbers --image weights.image --calibration rows.csv --target area,sum --out int8.hpp)
  if(NOT OUTPUT MATCHES "RMSE on 400 calibration samples: [0-8]\\.[0-9]+ in float, [0-9]+\\.[0-9]+ in int8")
    message(FATAL_ERROR "${OUTPUT}")
  endif()
  file(STRINGS ${FOLDER}/int8.hpp undone REGEX "target_normalization")
  if(NOT undone)
    message(FATAL_ERROR "int8.hpp cannot undo the normalization of targets")
  endif()
  fails("labels.csv: is asked for classes, and the network learnt numbers; expected --target" ${BIN}/quantize_numbers
    --image weights.image --calibration labels.csv)
endif()

# Asked for its input; the columns that are not asked for are left out.
string(REGEX REPLACE ",[0-9]+,0\\.[0-9]+" "" pairs "${rows}")
string(REPLACE ",area,sum" "" pairs "${pairs}")
file(WRITE ${FOLDER}/pairs.csv "${pairs}")
succeeds(${BIN}/train_numbers --train pairs.csv --target input --optimizer adam --rate 0.01 --batch 8 --epochs 60 --quiet)
if(NOT OUTPUT MATCHES "training +400 samples   loss 0\\.00[0-9]+   RMSE 0\\.0[0-9]+" OR OUTPUT MATCHES "warning")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# Mean and deviation over seeds, folds.
succeeds(${train} --target 3,4 --folds 4 --epochs 20 --quiet)
if(NOT OUTPUT MATCHES
  "fold 4: RMSE [0-9.]+ of the rows learnt from, RMSE [0-9.]+ of 100 others\nmean of 4 folds: RMSE [0-9.]+ .\\+/- [0-9.]+.")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# Nothing learnt: the mean of the targets would do as well.
succeeds(${BIN}/train_numbers --train rows.csv --target 3,4 --epochs 1 --rate 0 --quiet)
if(NOT OUTPUT MATCHES
  "warning: the network does no better than giving the mean of the targets always: RMSE [0-9.]+, and 5[0-9]\\.[0-9]* from that \
mean")
  message(FATAL_ERROR "${OUTPUT}")
endif()
# Targets that are all the same.
file(WRITE ${FOLDER}/level.csv "1,3,7,7\n2,4,7,7\n3,1,7,7\n")
succeeds(${BIN}/train_numbers --train level.csv --target 3,4 --epochs 9 --quiet)
if(NOT OUTPUT MATCHES "warning: all targets are the same number")
  message(FATAL_ERROR "${OUTPUT}")
endif()
# One of two that is learnt no better than by its mean.
string(REGEX REPLACE "([0-9.]+),([0-9.]+),([0-9.]+),([0-9.]+)\n([0-9.]+),([0-9.]+),([0-9.]+),([0-9.]+)\n"
  "\\1,\\2,1,\\4\n\\1,\\2,9,\\4\n" torn "${rows}")
file(WRITE ${FOLDER}/torn.csv "${torn}")
succeeds(${BIN}/train_numbers --train torn.csv --target 3,4 --epochs 40 --rate 0.01 --quiet)
if(NOT OUTPUT MATCHES "warning: the network does no better than giving the mean of area always: RMSE [34][0-9.]*, and 4 from \
that mean")
  message(FATAL_ERROR "${OUTPUT}")
endif()
# Diverged, and why.
fails("diverged.*targets are as large as 1361; expected them near 1, as --normalize-target standard" ${BIN}/train_numbers
  --train rows.csv --target 3,4 --normalize-target none --rate 1 --quiet)
file(WRITE ${FOLDER}/beyond.csv "3e38,-3e38,3e38,1\n-3e38,3e38,1,3e38\n")
file(WRITE ${FOLDER}/large.csv "100000,3,1,2\n-100000,4,2,1\n50000,3,0,1\n")
fails("diverged.*inputs are as large as 100000; expected them near 1, as --normalize standard" ${BIN}/train_numbers
  --train large.csv --target 3,4 --normalize none --rate 5 --batch 1 --epochs 30 --quiet)
fails("no rate learns anything.*inputs are as large as 3e.38; expected them near 1" ${BIN}/train_numbers --train beyond.csv
  --target 3,4 --normalize none --normalize-target none --find-rate --plot rate.svg)
if(EXISTS ${FOLDER}/rate.svg)
  message(FATAL_ERROR "a curve of no rate was drawn")
endif()
fails("diverged.*at a lower --rate" ${BIN}/train_numbers --train rows.csv --target 3,4 --rate 50 --quiet)
# A column that 1/deviation of is no float is constant, and that is said; nothing diverges.
file(WRITE ${FOLDER}/tiny.csv "1e-40,3,1,2\n2e-40,4,2,1\n3e-40,5,3,0\n1e-40,3,1,2\n")
succeeds(${BIN}/train_numbers --train tiny.csv --target 3,4 --batch 1 --epochs 50 --quiet)
if(NOT OUTPUT MATCHES "warning: column 1 varies so little, from [0-9.]+e-4[01] to 3e-40" OR OUTPUT MATCHES "nan")
  message(FATAL_ERROR "${OUTPUT}")
endif()

fails("plain.csv: column 3 is a target twice; expected each column once" ${BIN}/train_numbers --train plain.csv --target 3,3)
fails("--target is \"3,\"; expected numbers or names of columns" ${BIN}/train_numbers --train plain.csv --target 3,)
fails("--target is empty; expected a value" sh -c "${BIN}/train_numbers --train plain.csv --target ''")
fails("--target asks for 1 numbers; expected 2" ${BIN}/train_numbers --train plain.csv --label 4 --target 3)
fails("rows.csv: has no column \"c\"; expected a number, or one of \"a\", \"b\", \"area\", \"sum\"" ${train} --target c)
fails("--confusion is for classes" ${train} --target 3,4 --confusion)
file(WRITE ${FOLDER}/gap.csv "1,2,3,4\n2,1,1,\n")
fails("row 2: column 4 is empty; expected a number, or --missing drop" ${BIN}/train_numbers --train gap.csv --target 3,4)
