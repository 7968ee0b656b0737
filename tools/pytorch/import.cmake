# nn_import_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net])
#
# makes import_<NAME>, which fills NETWORK with weights that PyTorch trained (import_<NAME> --help). What NETWORK is unless
# stated: tools/model/model_tool.cmake.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_import_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "" "NAME;MODEL;NETWORK;FRONT_END;LOSS" "")
  nn_add_model_tool(import_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.cpp.in)
  nn_link_pytorch(import_${tool_NAME})
endfunction()
