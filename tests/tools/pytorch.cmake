# From a training to PyTorch's file and back: the same image; the header compiles for its network and holds its answer; what goes
# wrong is said in a sentence and leaves nothing behind.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(export ${BIN}/export_digits --image trained.image)
set(import ${BIN}/import_digits --safetensors)

# There and back, to the bit. The outputs of the trainer's image are classes, as those of an import are unless it is told.
succeeds(${BIN}/draw_digits --train train.csv --test test.csv --train-count 300 --test-count 100)
succeeds(${BIN}/train_digits --train train.csv --quiet --epochs 3 --normalize none --image trained.image)
succeeds(${export} --safetensors digits.safetensors --onnx digits.onnx)
if(NOT OUTPUT STREQUAL "layer 0 (Dense): 0.weight 32x64 0.bias 32\nlayer 2 (Dense): 2.weight 10x32 2.bias 10\n")
  message(FATAL_ERROR "${OUTPUT}")
endif()
succeeds(${import} digits.safetensors --image back.image --out weights.hpp)
if(NOT OUTPUT MATCHES "0 +Dense +weight +0.weight +32x64 +F32\n +bias +0.bias +32 +F32\n"
   OR NOT OUTPUT MATCHES "\n2410 parameters from 4 tensors\n")
  message(FATAL_ERROR "${OUTPUT}")
endif()
same(trained.image back.image)

# What a device learnt in fixed point comes back, too; its own file then is the same.
succeeds(${BIN}/export_digits_fixed8 --image trained.image --safetensors fixed8.safetensors)
same(digits.safetensors fixed8.safetensors)

# By the names of another file, and by a map.
file(WRITE ${FOLDER}/names.txt "# ours = theirs\n0 = hidden\n2 = out\n2.bias = b\n")
succeeds(${export} --safetensors named.safetensors --map names.txt)
fails("named.safetensors: holds \"b\", 10, which no layer takes; expected tensors for layers alone, or --partial"
  ${import} named.safetensors --image none.image)
succeeds(${import} named.safetensors --map names.txt --image named.image)
same(trained.image named.image)
succeeds(${export} --safetensors like.safetensors --like named.safetensors --map names.txt)
same(named.safetensors like.safetensors)

# What inputs are normalized by.
succeeds(${import} digits.safetensors --mean 8 --std 4 --out normalized.hpp --name normalized --image normalized.image)
file(READ ${FOLDER}/normalized.hpp header)
if(NOT header MATCHES "nn::Normalization<1> normalization{\n    {0x1p.3f}, {0x1p-2f}};")
  message(FATAL_ERROR "${header}")
endif()
different(trained.image normalized.image)
fails("--mean has 2 numbers and --std 1; expected one each, one for each of 1 channels, or for each of 64 inputs"
  ${import} digits.safetensors --mean 1,2 --std 1)
fails("--std holds 0; expected numbers above 0" ${import} digits.safetensors --mean 1 --std 0)
fails("--mean is \"1,\"; expected numbers with commas between them" ${import} digits.safetensors --mean 1, --std 1)

# The header is for its network, and its answer is asserted by the compiler.
file(WRITE ${FOLDER}/use.cpp "#include \"weights.hpp\"
static_assert(digits_weights::normalization.scale[0] == 1);
static_assert(std::size(digits_weights::class_names) == 10);\n")
succeeds(${compile_again} -fsyntax-only use.cpp)
file(READ ${FOLDER}/weights.hpp header)
string(REGEX REPLACE "(Net::Output answer{{0x1\\.)" "\\1f" wrong "${header}")
file(WRITE ${FOLDER}/wrong.cpp "${wrong}")
fails("does not reproduce the output" ${compile_again} -fsyntax-only wrong.cpp)

# The ONNX file, by our own importer, as a header of its own.
succeeds(${BIN}/import digits.onnx --name digits --out digits.hpp)

# Refusals: status 1, a sentence, and no file.
fails("no weights; expected --safetensors FILE" ${BIN}/import_digits --out none.hpp)
fails("trained.image: says that its header has [0-9]+ bytes, and [0-9]+ follow; expected a safetensors file"
  ${import} trained.image --out none.hpp)
fails("none.hpp: would be written over another file of this command"
  ${import} digits.safetensors --out none.hpp --image none.hpp)
fails("digits.safetensors: not a parameter image; expected it to begin with GNGL"
  ${BIN}/export_digits --image digits.safetensors --onnx none.onnx)
fails("no weights; expected --image FILE" ${BIN}/export_digits --onnx none.onnx)
fails("nothing to do; expected --safetensors FILE or --onnx FILE" ${export})
file(WRITE ${FOLDER}/other.txt "0 = hidden\n2 = middle\n")
fails("named.safetensors: has no \"middle.weight\", which other.txt asks for, for weight of layer 2 .Dense."
  ${export} --safetensors none.safetensors --like named.safetensors --map other.txt)
foreach(file none.hpp none.image none.onnx none.safetensors)
  if(EXISTS ${FOLDER}/${file})
    message(FATAL_ERROR "${file} was written")
  endif()
endforeach()
