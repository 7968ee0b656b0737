# nn_export_tool(NAME digits_fixed16 MODEL firmware/digits/model.hpp NETWORK digits::Net TO nn::Fixed16 [FOR_TRAINING] [LOSS …])
#
# makes export_<NAME>, which brings float-trained weights of NETWORK, an image of its trainer, to another arithmetic and
# tells what that costs (export_<NAME> --help). TO is an arithmetic; TO_NETWORK in its place a network of the MODEL with the
# same layers, whose formats may differ from layer to layer (nn::With). The result is for inference, without BatchNorm, which is
# worked into the layer before it (nn::Folded); FOR_TRAINING keeps the network as it is, to learn on on a device. LOSS says, of a
# single output, which values are class 1; what it is unless stated: tools/model/model_tool.cmake.
# With --safetensors or --onnx it gives back to PyTorch and ONNX Runtime what the network has learnt; with neither TO nor
# TO_NETWORK it does nothing else, and NETWORK may be in any arithmetic.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_export_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "FOR_TRAINING" "NAME;MODEL;NETWORK;FRONT_END;LOSS;TO;TO_NETWORK" "")
  if(NOT tool_NETWORK OR (tool_TO AND tool_TO_NETWORK))
    message(FATAL_ERROR "nn_export_tool: expected NETWORK, and TO with an arithmetic, TO_NETWORK with a network or neither")
  endif()
  set(program give_back)
  if(tool_TO OR tool_TO_NETWORK)
    set(program main)
  endif()
  if(tool_TO)
    set(tool_TO_NETWORK ${tool_NETWORK}::As<${tool_TO}>)
  endif()
  string(TOLOWER ${tool_FOR_TRAINING} tool_FOR_TRAINING)
  nn_add_model_tool(export_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${program}.cpp.in)
  nn_link_onnx(export_${tool_NAME})
endfunction()
