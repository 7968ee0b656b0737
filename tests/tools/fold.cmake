# A network with BatchNorm: its headers have none and compute what was trained, but for rounding; kept, it learns on.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 1000 --test-count 200)
succeeds(${BIN}/make_samples --data test.csv --count 200 --name some --out samples.hpp)
set(train ${BIN}/train_norm --train train.csv --test test.csv --batch 1 --rate 0.02 --schedule cosine --quiet)
succeeds(${train} --epochs 5 --image float.image --out folded.hpp --name folded)
if(NOT OUTPUT MATCHES "test +200 samples[^%]*accuracy 9[0-9]\\.")
  message(FATAL_ERROR "${OUTPUT}")
endif()
# The same training, its header with BatchNorm.
succeeds(${train} --epochs 5 --image same.image --out trained.hpp --name trained --for-training)
same(float.image same.image)

set(export --image float.image --test test.csv)
succeeds(${BIN}/export_norm_fixed16 ${export} --out folded16.hpp --name folded16 --out-image folded16.image)
if(OUTPUT MATCHES "BatchNorm" OR NOT OUTPUT MATCHES "total +1518 " OR NOT OUTPUT MATCHES "; [0-2] decisions differ")
  message(FATAL_ERROR "${OUTPUT}")
endif()
succeeds(${BIN}/export_norm_learn16 ${export} --out learn16.hpp --name learn16)
if(NOT OUTPUT MATCHES "BatchNorm +2\\^-13 +16 " OR NOT OUTPUT MATCHES "total +1566 ")
  message(FATAL_ERROR "${OUTPUT}")
endif()

# To PyTorch and ONNX, from the image of either arithmetic: 16 bits are floats of their own.
succeeds(${BIN}/export_norm_learn16 ${export} --out-image learn16.image)
foreach(image float learn16)
  succeeds(${BIN}/export_norm_learn16 --image ${image}.image --safetensors ${image}.safetensors --onnx ${image}.onnx)
  if(NOT OUTPUT MATCHES "layer 4.body.1 .BatchNorm.: 4.body.1.weight 4 4.body.1.bias 4 4.body.1.running_mean 4 4.body"
     OR NOT OUTPUT MATCHES "layer 5.branches.1.0 .DepthwiseConv2d.: 5.branches.1.0.weight 4x1x3x3"
     OR NOT OUTPUT MATCHES "inputs are normalized")
    message(FATAL_ERROR "${OUTPUT}")
  endif()
endforeach()
different(float.safetensors learn16.safetensors)
fails("folded16.image: made for another network" ${BIN}/export_norm_learn16 --image folded16.image --onnx none.onnx)

set(compile ${COMPILER} -std=c++20 -O1 -ffp-contract=off -I${SOURCE} -I${SOURCE}/targets/host -I${FOLDER})
succeeds(${compile} ${SOURCE}/tests/tools/fold.cpp -o compare)
succeeds(${FOLDER}/compare)
message("${OUTPUT}")

# Training goes on from the image, which is never folded.
succeeds(${train} --epochs 1 --start float.image --image resumed.image)
different(float.image resumed.image)
fails("folded16.image: made for another network" ${train} --epochs 1 --start folded16.image)
