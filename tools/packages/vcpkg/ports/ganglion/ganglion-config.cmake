if(NOT TARGET ganglion::nn)
  add_library(ganglion::nn INTERFACE IMPORTED)
  set_target_properties(ganglion::nn PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_CURRENT_LIST_DIR}/../../include/ganglion
    INTERFACE_COMPILE_FEATURES cxx_std_20
    INTERFACE_COMPILE_OPTIONS -ffp-contract=off)
endif()
