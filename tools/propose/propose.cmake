# nn_propose_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net] [LOSS nn::CrossEntropy])
#
# makes propose_<NAME>, which trains the network of a model.hpp in float, as train_<NAME> does and with its options, and then
# proposes fixed-point formats for it (propose_<NAME> --help). What NETWORK and LOSS are unless stated:
# tools/model/model_tool.cmake.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_propose_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "" "NAME;MODEL;NETWORK;FRONT_END;LOSS" "")
  nn_add_model_tool(propose_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.cpp.in)
endfunction()
