# nn_quantize_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net] [LOSS nn::CrossEntropy])
#
# makes quantize_<NAME>, which brings weights of NETWORK, an image of its trainer, to int8 (quantize_<NAME> --help). What
# NETWORK and LOSS are unless stated: tools/model/model_tool.cmake. The layers that there are in int8: tools/quantize/layers.hpp.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_quantize_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "" "NAME;MODEL;NETWORK;FRONT_END;LOSS" "")
  nn_add_model_tool(quantize_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.cpp.in)
  nn_link_quantizer(quantize_${tool_NAME})
endfunction()
